"""The Disputes page: the list of allegations, or the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kg.app import filters, state
from kg.app.cards import MOST_SHOWN, say_empty, show_more
from kg.app.components import show_figure
from kg.app.dispute_card import show_thread
from kg.app.downloads import save_rows, turtle_of
from kg.app.linking import offer_linking
from kg.app.texts import date_text, language, t
from kg.disputes.threads import State
from kg.views.corpus import Corpus
from kg.views.disputes import ORDERS, Dispute, Wanted, count_disputes, disputes, disputes_by_id, thread
from kg.views.rows import dispute_rows
from kg.views.text import one_line

STEP = 20
"""Disputes listed at first, and more on request."""
MOST = 2_000
"""Disputes in a download."""
_PARAMS = {"side": "against", "topics": "topic", "states": "state", "words": "q"}
_COLUMNS = (
    "id", "accused", "side", "topic", "state", "accusations", "answers", "accusers", "since", "until",
    "waiting", "quote",
)  # fmt: skip


def show_disputes(everything: Corpus) -> None:
    """Draw the page: the list, or the one that is chosen."""
    st.title(t("page_dispute"))
    st.text(t("about_dispute"))
    if say_empty(everything):
        return
    asked = state.read("dispute")
    found = thread(everything, everything.thread_of(asked) or asked) if asked else None
    if found:
        show_thread(everything, found)
        return
    if asked:
        st.info(t("dispute_gone"), icon=":material/search_off:")
    _list(everything)


def heading(everything: Corpus, dispute: Dispute) -> str:
    """Return a dispute in a few words: against whom, about what."""
    target = one_line(everything.side_names(language()).get(dispute.side, dispute.side), 60)
    return t("dispute_heading", target=target, topic=t(f"topic_{dispute.topic}"))


def dispute_words(everything: Corpus, dispute: Dispute) -> tuple[str, str, str]:
    """Return a dispute's heading, its state and counts, and the words of its first accusation."""
    counts = t("dispute_counts", accusations=dispute.accusations, answers=dispute.answers)
    words = " · ".join(filter(None, (t(f"state_{dispute.state}"), counts, _period(dispute))))
    quote = next((act.sentence for act in everything.by_id([dispute.id])), "")
    return heading(everything, dispute), words, quote


def _period(dispute: Dispute) -> str:
    if not dispute.since:
        return ""
    first, last = date_text(dispute.since), date_text(dispute.until)
    return first if first == last else f"{first} – {last}"


def _list(everything: Corpus) -> None:
    wanted, order = _ask(everything)
    total = count_disputes(everything, wanted)
    if not total:
        _say_nothing(everything, wanted)
        return
    limit = state.count_of("n", STEP, MOST_SHOWN)
    shown = disputes(everything, wanted, limit, order=order)
    st.text(t("showing_disputes", shown=len(shown), total=total))
    show_figure(
        dispute_rows(shown, partial(dispute_words, everything)),
        lambda name: state.write("dispute", name),
        key="disputes",
        name=t("page_dispute"),
    )
    if total > len(shown):
        show_more(total - len(shown), limit, "disputes", STEP)
    _save(everything, wanted, order, total)
    offer_linking(everything)


def _ask(everything: Corpus) -> tuple[Wanted, str]:
    first = st.columns([2, 2, 2, 2.4, 1.8], vertical_alignment="bottom")
    names = everything.side_names(language())
    with first[0]:
        side = state.one_of(
            t("against"),
            list(everything.sides)[: filters.OFFERED],
            param="against",
            words=lambda key: one_line(names[everything.sides[key]], 60),
            placeholder=t("anyone"),
        )
    with first[1]:
        topics = filters.topic_box(everything)
    with first[2]:
        states = state.any_of(
            t("state"),
            list(State),
            param="state",
            words=lambda name: t(f"state_{name}"),
            placeholder=t("any"),
        )
    with first[3]:
        words = state.words_in(t("filter_words"), param="q", placeholder=t("words_placeholder"))
    with first[4]:
        order = state.one_of(
            t("order"),
            list(ORDERS),
            param="order",
            words=lambda name: t(f"order_{name}"),
            default="contested",
        )
    return Wanted(everything.sides.get(side, ""), topics, states, words), order


def _say_nothing(everything: Corpus, wanted: Wanted) -> None:
    cause = next((name for name in _PARAMS if _helps(everything, wanted, name)), None)
    if cause is None:
        st.info(t("no_result") if wanted != Wanted() else t("no_dispute"), icon=":material/filter_alt_off:")
        return
    st.info(t("no_result_because", filter=t(f"filter_{cause}")), icon=":material/filter_alt_off:")
    words = t("clear_filter", filter=t(f"filter_{cause}"))
    st.button(words, on_click=state.clear, args=(_PARAMS[cause],))


def _helps(everything: Corpus, wanted: Wanted, name: str) -> bool:
    """Return whether something is found without one of the filters."""
    return bool(getattr(wanted, name)) and count_disputes(everything, wanted.without(name)) > 0


def _save(everything: Corpus, wanted: Wanted, order: str, total: int) -> None:
    def found() -> list[Dispute]:
        return disputes(everything, wanted, min(MOST, total), order=order)

    def rows() -> list[dict[str, object]]:
        return [
            dispute._asdict()
            | {"accused": _accused(everything, dispute), "quote": _quote(everything, dispute)}
            for dispute in found()
        ]

    with st.container(horizontal=True, gap="small"):
        save_rows(rows, _COLUMNS, name="disputes", turtle=lambda: _turtle(everything, found()))


def _accused(everything: Corpus, dispute: Dispute) -> str:
    party = everything.actors.get(dispute.accused)
    return party.name if party else dispute.side


def _quote(everything: Corpus, dispute: Dispute) -> str:
    return next((act.sentence for act in everything.by_id([dispute.id])), "")


def _turtle(everything: Corpus, found: Sequence[Dispute]) -> bytes:
    """Return the first accusations of disputes as Turtle."""
    known = disputes_by_id(everything, [dispute.id for dispute in found])
    return turtle_of(everything.by_id([dispute.id for dispute in known]), everything)
