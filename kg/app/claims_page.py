"""The Claims & actors page: the graph's twin for those who read tables."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kg.app import filters
from kg.app.cards import actor_label, party_name, say_empty, say_no_result, show_acts, type_name
from kg.app.downloads import save_acts, save_note, save_rows
from kg.app.texts import date_text, t
from kg.model import Act, ActType
from kg.views.corpus import Corpus, select
from kg.views.graph import key

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
    acts = select(everything, choice)
    st.text(t("showing_acts", shown=min(ROWS, len(acts)), total=len(everything.acts)))
    if not acts:
        say_no_result(everything, choice, filters.clear)
        return
    claims, actors = st.tabs([t("tab_claims"), t("tab_actors")])
    with claims:
        _show_acts(everything, acts)
    with actors:
        _show_actors(everything, acts)


def _show_acts(everything: Corpus, acts: Sequence[Act]) -> None:
    rows = [_row(everything, act) for act in acts[:ROWS]]
    picked = st.dataframe(
        rows,
        hide_index=True,
        height=330,
        key="acts",
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: t(f"column_{name}") for name in _SHOWN},
    ).selection.rows
    save_acts(acts, everything, name="claims")
    save_note()
    if picked:
        st.header(t("picked"), anchor=False)
        acts = [acts[picked[0]]]
    show_acts(acts, everything, name="claims")


def _row(everything: Corpus, act: Act) -> dict[str, object]:
    return {
        "date": date_text(everything.dates.get(act.document, "")),
        "type": type_name(act),
        "source": party_name(act.source),
        "target": party_name(act.target),
        "quote": act.sentence,
        "topics": ", ".join(t(f"topic_{topic.value}") for topic in act.topics),
        "confidence": f"{act.confidence:.0%}",
    }


def _show_actors(everything: Corpus, acts: Sequence[Act]) -> None:
    rows = _actor_rows(everything, acts)
    st.dataframe(rows, hide_index=True, column_config={n: t(f"column_{n}") for n in _ACTOR_COLUMNS})
    with st.container(horizontal=True, gap="small"):
        save_rows(rows, _ACTOR_COLUMNS, name="actors")


def _actor_rows(everything: Corpus, acts: Sequence[Act]) -> list[dict[str, object]]:
    counts: dict[str, dict[str, int]] = {}
    for act in acts:
        source = counts.setdefault(key(act.source.iri), {})
        target = counts.setdefault(key(act.target.iri), {})
        if act.type is ActType.ACCUSATION:
            source["accuses"] = source.get("accuses", 0) + 1
            target["is_accused"] = target.get("is_accused", 0) + 1
        if act.type is ActType.REBUTTAL:
            source["answers"] = source.get("answers", 0) + 1
    ordered = sorted(counts, key=lambda actor: (-sum(counts[actor].values()), actor_label(everything, actor)))
    return [
        {"name": party_name(everything.actors[actor]), "side": everything.actors[actor].side}
        | {column: counts[actor].get(column, 0) for column in _ACTOR_COLUMNS[2:]}
        for actor in ordered
    ]
