"""The export half of Import & export: what is wanted, and a button for each format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import islice

import streamlit as st

from kg.app.data import corpus, generation, reader
from kg.app.downloads import save_button
from kg.app.filters import show_filters
from kg.app.questions import choose_question
from kg.app.settings import store_path
from kg.app.texts import t
from kg.errors import QueryError
from kg.identifiers import reading_iri
from kg.interchange.exports import EXPORTS
from kg.rdf.formats import FORMATS
from kg.store import Store
from kg.store.results import Answer
from kg.transfer.exporting import OFFERED, export
from kg.transfer.selection import Selection, answered_selection
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.text import one_line

BOX = 2_000
"""Documents in the box, the newest ones."""
SECONDS = 10.0
"""Most time for a question that chooses."""

_NOTHING = Selection(acts=frozenset())


def show_export() -> None:
    """Draw the filters and the download buttons."""
    store = reader()
    if store is None:
        st.info(t("nothing_to_export"), icon=":material/inbox:")
        return
    everything = corpus()
    wanted = Selection(documents=_choose_documents(everything))
    choice = show_filters(everything)
    if choice.active:
        st.text(t("export_chosen", n=everything.count(choice), total=everything.numbers["acts"]))
    with st.expander(t("export_by_question")):
        wanted = _by_question(store, wanted, choose_question())
    content = partial(_export, store, everything, choice, wanted)
    _show_buttons(t("formats_rdf"), FORMATS, content)
    st.text(t("export_note"))
    _show_buttons(t("formats_other"), EXPORTS, content)
    st.text(t("not_a_fact"))


def _choose_documents(everything: Corpus) -> frozenset[str]:
    newest = list(islice(everything.documents.values(), BOX))
    titles = {entry.iri: one_line(entry.title, 90) for entry in newest}
    chosen: list[str] = st.multiselect(
        t("which_documents"), list(titles), format_func=titles.__getitem__, placeholder=t("all_documents")
    )
    return frozenset(chosen)


def _by_question(store: Store, wanted: Selection, query: str | None) -> Selection:
    """Return a selection narrowed to what a query answers; to nothing if it cannot be asked."""
    if not query:
        return wanted if query == "" else _NOTHING
    try:
        narrowed = answered_selection(wanted, _answer(store, query))
    except QueryError as error:
        st.warning(t("query_refused"), icon=":material/block:")
        st.text(str(error))
        return _NOTHING
    st.text(t("export_question_names", n=len(narrowed.acts or narrowed.documents)))
    return narrowed


def _answer(store: Store, query: str) -> Answer:
    return _cached_answer(store, str(store_path()), generation(), query)


@st.cache_data(max_entries=8, show_spinner=False)
def _cached_answer(_store: Store, path: str, generation: int, query: str) -> Answer:
    return _store.query(query, timeout=SECONDS)


def _show_buttons(heading: str, names: Iterable[str], content: Callable[[str], bytes]) -> None:
    st.subheader(heading, anchor=False)
    with st.container(horizontal=True, gap="small"):
        for name in names:
            offer = OFFERED[name]
            label = t(f"format_{name}") if name in EXPORTS else offer.label
            save_button(
                label,
                partial(content, name),
                f"claimtrack.{offer.extension}",
                offer.media_type,
                key=f"export_{name}",
            )


def _export(store: Store, everything: Corpus, choice: Choice, wanted: Selection, name: str) -> bytes:
    out = io.BytesIO()
    export(store, name, out, _with_choice(everything, choice, wanted))
    return out.getvalue()


def _with_choice(everything: Corpus, choice: Choice, wanted: Selection) -> Selection:
    """Return a selection narrowed to the acts that pass the filters."""
    if not choice.active:
        return wanted
    acts = everything.acts(choice, everything.count(choice))
    readings = {reading_iri(act.id): act.act for act in acts}
    if wanted.acts is not None:
        readings = {r: act for r, act in readings.items() if wanted.acts & {r, act}}
    return replace(wanted, acts=frozenset(readings))
