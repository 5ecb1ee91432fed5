"""The Statement page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlsplit

import streamlit as st

from kg.app import state
from kg.app.cards import describe, say_empty, show_act
from kg.app.components import show_figure
from kg.app.data import document
from kg.app.downloads import save_acts
from kg.app.links import link
from kg.app.texts import date_text, t
from kg.model import Act, Document
from kg.reviews.effective import ReviewedAct
from kg.views.corpus import Corpus
from kg.views.highlight import SHOWN, highlight
from kg.views.index.rows import Entry
from kg.views.text import as_html, one_line

OFFERED = 2_000
"""Documents in the box, the newest ones; the search finds the others."""


def show_statement(everything: Corpus) -> None:
    """Draw the page."""
    st.title(t("page_statement"))
    st.text(t("about_statement"))
    if say_empty(everything):
        return
    entry = _choose(everything)
    text, acts, records = document(entry)
    chosen = state.read("act")
    if chosen not in {act.id for act in acts}:
        chosen = ""
    _head(text)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        _text(text, acts, chosen)
    with right:
        _acts(everything, acts, chosen)
        _say_rejected(records)


def _choose(everything: Corpus) -> Entry:
    newest = list(islice(everything.documents.values(), OFFERED))
    asked = everything.by_key.get(state.read("doc"))
    entries = newest if asked is None or asked in newest else [asked, *newest]
    by_key = {entry.key: entry for entry in entries}
    chosen = state.one_of(
        t("choose_statement"),
        list(by_key),
        param="doc",
        words=lambda name: one_line(f"{date_text(by_key[name].metadata.date)} — {by_key[name].title}", 110),
        default=entries[0].key,
    )
    place = list(by_key).index(chosen)
    with st.container(horizontal=True, gap="small"):
        _step(
            t("previous"),
            entries[place + 1].key if place + 1 < len(entries) else None,
            ":material/chevron_left:",
        )
        _step(t("next"), entries[place - 1].key if place else None, ":material/chevron_right:")
    return by_key[chosen]


def _step(label: str, target: str | None, icon: str) -> None:
    st.button(label, icon=icon, disabled=target is None, on_click=_open, args=(target,))


def _open(target: str) -> None:
    state.clear("act")
    st.query_params["doc"] = target


def _head(text: Document) -> None:
    metadata = text.metadata
    language = as_html(metadata.language)
    facts = [metadata.speaker or metadata.publisher, metadata.publisher if metadata.speaker else ""]
    facts += [
        date_text(metadata.date),
        t(f"lang_{metadata.language}") if metadata.language in ("en", "fr") else "",
    ]
    line = " · ".join(dict.fromkeys(fact for fact in facts if fact))
    host = urlsplit(metadata.url).netloc if metadata.url.startswith(("http://", "https://")) else ""
    source = f"<br>{as_html(t('published_at', host=host))}" if host else ""
    st.html(
        f'<h2 class="ct-title" lang="{language}">{as_html(one_line(metadata.title or text.name, 300))}</h2>'
        f'<p class="ct-facts-line">{as_html(one_line(line, 300))}{source}</p>'
    )


def _text(text: Document, acts: Sequence[Act], chosen: str) -> None:
    markup = highlight(text.text, acts, chosen or None, describe)
    show_figure(
        markup,
        lambda act: state.write("act", act),
        key="text",
        style="ct-text",
        language=text.metadata.language,
        name=t("page_statement"),
    )
    if len(text.text) > SHOWN:
        st.text(t("text_cut", shown=SHOWN, total=len(text.text)))


def _acts(everything: Corpus, acts: Sequence[Act], chosen: str) -> None:
    st.header(t("n_acts", n=len(acts)), anchor=False)
    if not acts:
        st.text(t("no_acts"))
        return
    state.one_of(
        t("choose_act"),
        [act.id for act in acts],
        param="act",
        words=lambda name: _numbered(acts, name),
        placeholder=t("choose_act_placeholder"),
    )
    numbered = list(enumerate(acts, 1))
    for number, act in numbered:
        if act.id == chosen:
            show_act(act, everything, links=("graph", "dispute", "review"), number=number)
            _why(act)
    with st.container(height=640, border=False):
        for number, act in numbered:
            if act.id != chosen:
                show_act(act, everything, links=(), number=number)
    save_acts(lambda: acts, everything, name="statement")


def _say_rejected(records: Sequence[ReviewedAct]) -> None:
    """Say how many records of this text people rejected: they are shown in no list."""
    rejected = sum(record.act is None for record in records)
    if rejected:
        st.text(t("n_rejected", n=rejected))
        link("review", t("see_rejected"), icon=":material/fact_check:", pile="decided")


def _numbered(acts: Sequence[Act], name: str) -> str:
    for number, act in enumerate(acts, 1):
        if act.id == name:
            return f"{number}. {describe(act)}"
    return name


def _why(act: Act) -> None:
    with st.expander(t("why")):
        for reason in act.reasons:
            st.text(reason)
        if act.holders:
            st.text(t("held_by", chain=" → ".join(act.holders)))
        for party in (act.source, act.target):
            if party.resolution:
                st.text(f"{party.name}: {party.resolution}")
