"""The Overview page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from kg.app.cards import as_label, say_empty, show_acts
from kg.app.components import show_figure
from kg.app.dispute_page import dispute_words
from kg.app.links import go, link
from kg.app.texts import date_text, language, t
from kg.model import ActType
from kg.views.corpus import Corpus
from kg.views.graph import Pair, count_pairs
from kg.views.overview import dispute_rows, disputes, latest, matrix_markup, notable_unanswered
from kg.views.sides import side_end

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
    accusations = sum(act.type is ActType.ACCUSATION for act in everything.acts)
    rebuttals = sum(act.type is ActType.REBUTTAL for act in everything.acts)
    numbers = {
        "statement": (t("number_documents"), len(everything.documents), {}),
        "graph": (t("number_actors"), len(everything.actors), {}),
        "claims": (t("number_accusations"), accusations, {"type": "accusation"}),
        "claims_": (t("number_rebuttals"), rebuttals, {"type": "rebuttal"}),
        "claims__": (t("number_unanswered"), len(everything.unanswered()), {"unanswered": "1"}),
    }
    for column, (page, (label, count, params)) in zip(st.columns(5), numbers.items(), strict=True):
        with column, st.container(border=True):
            st.metric(label, f"{count:,}".replace(",", "\u202f"))
            link(page.rstrip("_"), t("see_them"), **params)


def _contested(everything: Corpus) -> None:
    st.header(t("most_contested"), anchor=False)
    found = disputes(everything)
    show_figure(
        dispute_rows(found[:CONTESTED], partial(dispute_words, everything)),
        _remember("dispute"),
        key="contested",
        name=t("most_contested"),
    )
    link("dispute", t("all_disputes", n=len(found)), icon=":material/forum:")


def _matrix(everything: Corpus) -> None:
    st.header(t("who_accuses_whom"), anchor=False)
    st.text(t("matrix_how"))
    pairs = count_pairs(everything.acts, side_end(everything.side_names(language())))
    markup = matrix_markup(pairs, _describe)
    show_figure(markup, _remember("pair"), key="matrix", name=t("who_accuses_whom"))


def _describe(pair: Pair) -> str:
    return t("pair", source=pair.source_name, target=pair.target_name, n=pair.times)


def _unanswered(everything: Corpus) -> None:
    st.header(t("unanswered"), anchor=False)
    show_acts(notable_unanswered(everything)[:3], everything, name="overview")
    link(
        "claims",
        t("all_unanswered", n=len(everything.unanswered())),
        icon=":material/mark_chat_unread:",
        unanswered="1",
    )


def _latest(everything: Corpus) -> None:
    st.header(t("latest"), anchor=False)
    for entry in latest(everything, LATEST):
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
