"""The Overview page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice

import streamlit as st

from kg.app.cards import as_label, say_empty, show_these
from kg.app.components import show_figure
from kg.app.dispute_page import dispute_words
from kg.app.links import go, link
from kg.app.texts import date_text, language, number, t
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.disputes import Wanted, disputes
from kg.views.graph import Pair
from kg.views.overview import matrix_markup
from kg.views.pairs import Level, pairs_between, top_nodes
from kg.views.rows import dispute_rows

TILE = 136
"""Pixels of a number's tile: two fit beside each other on a phone."""
IN_MATRIX = 40
"""Sides among which the matrix chooses."""
UNANSWERED = 3
CONTESTED = 5
LATEST = 6


def show_overview(everything: Corpus) -> None:
    """Draw the page."""
    st.title(t("app"))
    st.text(t("about_overview"))
    if say_empty(everything):
        return
    _numbers(everything)
    left, right = st.columns(2, gap="large")
    with left:
        _contested(everything)
        _latest(everything)
    with right:
        _matrix(everything)
        _unanswered(everything)
    _follow()


def _numbers(everything: Corpus) -> None:
    leads: list[tuple[str, str, dict[str, str]]] = [
        ("documents", "statement", {}),
        ("actors", "graph", {"level": "actors"}),
        ("accusations", "claims", {"type": "accusation"}),
        ("rebuttals", "claims", {"type": "rebuttal"}),
        ("unanswered", "claims", {"unanswered": "1"}),
        ("to_review", "review", {}),
    ]
    waiting = everything.numbers["records"] - everything.numbers["reviewed"]
    counts = {**everything.numbers, "to_review": waiting}
    tiles = st.container(horizontal=True, gap="small")
    for name, page, params in leads:
        with tiles, st.container(border=True, width=TILE):
            st.metric(t(f"number_{name}"), number(counts[name]))
            link(page, t("see_them"), **params)


def _contested(everything: Corpus) -> None:
    st.header(t("most_contested"), anchor=False)
    show_figure(
        dispute_rows(disputes(everything, Wanted(), CONTESTED), partial(dispute_words, everything)),
        _remember("dispute"),
        key="contested",
        name=t("most_contested"),
    )
    link("dispute", t("all_disputes", n=everything.numbers["disputes"]), icon=":material/forum:")


def _matrix(everything: Corpus) -> None:
    st.header(t("who_accuses_whom"), anchor=False)
    st.text(t("matrix_how"))
    sides = top_nodes(everything, Level.SIDES, Choice(), IN_MATRIX).nodes
    pairs = pairs_between(everything, Level.SIDES, Choice(), sides, language())
    show_figure(matrix_markup(pairs, _describe), _remember("pair"), key="matrix", name=t("who_accuses_whom"))


def _describe(pair: Pair) -> str:
    return t("pair", source=pair.source_name, target=pair.target_name, n=pair.times)


def _unanswered(everything: Corpus) -> None:
    st.header(t("unanswered"), anchor=False)
    show_these(
        everything.acts(Choice(unanswered=True), UNANSWERED, order="surest"), everything, name="overview"
    )
    total = everything.numbers["unanswered"]
    link("claims", t("all_unanswered", n=total), icon=":material/mark_chat_unread:", unanswered="1")


def _latest(everything: Corpus) -> None:
    st.header(t("latest"), anchor=False)
    for entry in islice(everything.documents.values(), LATEST):
        label = f"{as_label(date_text(entry.metadata.date))} — {as_label(entry.title)}"
        link("statement", label, doc=entry.key)


def _remember(name: str) -> Callable[[str], None]:
    """Return a callback that keeps what was chosen: a page can only be left while it is drawn."""

    def keep(chosen: str) -> None:
        st.session_state[f"go_{name}"] = chosen

    return keep


def _follow() -> None:
    if chosen := st.session_state.pop("go_dispute", ""):
        go("dispute", dispute=chosen)
    if chosen := st.session_state.pop("go_pair", ""):
        go("graph", node=chosen)
