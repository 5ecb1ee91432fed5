"""The Claims & actors page: the graph's twin for those who read tables."""

from __future__ import annotations

import streamlit as st

from kg.app import filters
from kg.app.cards import party_name, say_empty, say_no_result, show_acts, show_these, type_name
from kg.app.downloads import save_acts, save_note, save_rows
from kg.app.texts import date_text, t
from kg.model import Act
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.pairs import actor_counts

ROWS = 1_000
"""Rows of a table in the page; the download holds them all."""
_SHOWN = ("date", "type", "source", "target", "quote", "topics", "confidence")
_ACTOR_COLUMNS = ("name", "side", "accuses", "is_accused", "answers")


def show_claims(everything: Corpus) -> None:
    """Draw the page."""
    st.title(t("page_claims"))
    st.text(t("about_claims"))
    if say_empty(everything):
        return
    choice = filters.show_filters(everything)
    total = everything.count(choice)
    st.text(t("matching_acts", n=total, total=everything.numbers["acts"], shown=min(ROWS, total)))
    if not total:
        say_no_result(everything, choice, filters.clear)
        return
    claims, actors = st.tabs([t("tab_claims"), t("tab_actors")])
    with claims:
        _show_acts(everything, choice, total)
    with actors:
        _show_actors(everything, choice)


def _show_acts(everything: Corpus, choice: Choice, total: int) -> None:
    acts = everything.acts(choice, ROWS)
    rows = [_row(everything, act) for act in acts]
    picked = st.dataframe(
        rows,
        hide_index=True,
        height=330,
        key="acts",
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: t(f"column_{name}") for name in _SHOWN},
    ).selection.rows
    save_acts(lambda: everything.acts(choice, total), everything, name="claims")
    save_note()
    if picked:
        st.header(t("picked"), anchor=False)
        show_these([acts[picked[0]]], everything, name="picked")
    else:
        show_acts(lambda shown: everything.acts(choice, shown), total, everything, name="claims")


def _row(everything: Corpus, act: Act) -> dict[str, object]:
    return {
        "date": date_text(everything.date_of(act)),
        "type": type_name(act),
        "source": party_name(act.source),
        "target": party_name(act.target),
        "quote": act.sentence,
        "topics": ", ".join(t(f"topic_{topic.value}") for topic in act.topics),
        "confidence": f"{act.confidence:.0%}",
    }


def _show_actors(everything: Corpus, choice: Choice) -> None:
    rows = [
        {"name": party_name(everything.actors[actor]), "side": everything.actors[actor].side}
        | {"accuses": accuses, "is_accused": is_accused, "answers": answers}
        for actor, accuses, is_accused, answers in actor_counts(everything, choice)
    ]
    columns = {name: t(f"column_{name}") for name in _ACTOR_COLUMNS}
    st.dataframe(rows[:ROWS], hide_index=True, column_config=columns)
    with st.container(horizontal=True, gap="small"):
        save_rows(rows, _ACTOR_COLUMNS, name="actors")
