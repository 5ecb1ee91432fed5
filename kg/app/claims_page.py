"""The Claims & actors page: the graph's twin for those who read tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from kg.app import filters, state
from kg.app.cards import (
    decided_words,
    party_name,
    say_empty,
    say_no_result,
    show_acts,
    show_these,
    type_name,
)
from kg.app.downloads import MOST_IN_TURTLE, save_acts, save_note, save_rows, turtle_of
from kg.app.texts import date_text, t
from kg.model import Act, ActType
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.index.rows import Judgement
from kg.views.pairs import actor_counts
from kg.views.text import as_html

ROWS = 1_000
"""Rows of a table in the page; the download holds them all."""
_TABS = ("claims", "actors")
_SHOWN = ("date", "type", "source", "target", "quote", "topics", "confidence", "checked")
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
    if state.switch(t("show"), _TABS, param="tab", words=lambda name: t(f"tab_{name}")) == "claims":
        _show_acts(everything, choice, total)
    else:
        _show_actors(everything, choice)


def _show_acts(everything: Corpus, choice: Choice, total: int) -> None:
    acts = everything.acts(choice, ROWS)
    judged = everything.judgements([act.id for act in acts])
    st.dataframe(
        [_row(everything, act, judged.get(act.id)) for act in acts],
        hide_index=True,
        height=330,
        key="acts",
        on_select=lambda: _pick([act.id for act in acts], "acts", "act"),
        selection_mode="single-row",
        column_config={name: t(f"column_{name}") for name in _SHOWN},
        alt=t("matching_acts", n=total, total=everything.numbers["acts"], shown=len(acts)),
    )
    save_acts(lambda: everything.acts(choice, total), everything, name="claims", total=total)
    save_note()
    picked = everything.by_id([state.read("act")])
    if picked:
        st.header(t("picked"), anchor=False)
        show_these(picked, everything, name="picked")
        st.button(t("show_all"), on_click=state.clear, args=("act",))
    else:
        show_acts(lambda shown: everything.acts(choice, shown), total, everything, name="claims")


def _pick(names: Sequence[str], table: str, param: str) -> None:
    """Keep in the link which row of a table is chosen."""
    rows = st.session_state[table].selection.rows
    state.write(param, names[rows[0]] if rows else "")


def _row(everything: Corpus, act: Act, judgement: Judgement | None) -> dict[str, object]:
    return {
        "date": date_text(everything.date_of(act)),
        "type": type_name(act),
        "source": party_name(act.source),
        "target": party_name(act.target),
        "quote": act.sentence,
        "topics": ", ".join(t(f"topic_{topic.value}") for topic in act.topics),
        "confidence": f"{act.confidence:.0%}",
        "checked": decided_words(judgement) if judgement and judgement.decision else "",
    }


def _show_actors(everything: Corpus, choice: Choice) -> None:
    counted = actor_counts(everything, choice)
    rows = [
        {"name": party_name(everything.actors[actor]), "side": everything.actors[actor].side}
        | {"accuses": accuses, "is_accused": is_accused, "answers": answers}
        for actor, accuses, is_accused, answers in counted
    ]
    st.text(t("showing_actors", shown=min(ROWS, len(rows)), total=len(rows)))
    st.dataframe(
        rows[:ROWS],
        hide_index=True,
        height=330,
        key="actors",
        on_select=lambda: _pick([actor for actor, *_ in counted], "actors", "who"),
        selection_mode="single-row",
        column_config={name: t(f"column_{name}") for name in _ACTOR_COLUMNS},
        alt=t("tab_actors"),
    )
    with st.container(horizontal=True, gap="small"):
        save_rows(
            rows,
            _ACTOR_COLUMNS,
            name="actors",
            turtle=lambda: turtle_of(_all(everything, choice), everything),
        )
    if state.read("who") in everything.actors:
        _show_actor(everything, choice, state.read("who"))
    else:
        st.text(t("pick_actor"))


def _all(everything: Corpus, choice: Choice) -> Sequence[Act]:
    return everything.acts(choice, MOST_IN_TURTLE)


def _show_actor(everything: Corpus, choice: Choice, actor: str) -> None:
    """Draw the acts behind the three counts of one actor."""
    st.html(f'<h2 class="ct-title">{as_html(party_name(everything.actors[actor]))}</h2>')
    part = state.switch(t("show"), tuple(_PARTS), param="part", words=lambda name: t(f"column_{name}"))
    end, type_ = _PARTS[part]
    behind = replace(choice, types=(type_,))
    behind = replace(behind, source=actor) if end == "source" else replace(behind, target=actor)
    total = everything.count(behind)
    st.text(t("n_acts", n=total))
    show_acts(lambda shown: everything.acts(behind, shown), total, everything, name=f"{actor}_{part}")


_PARTS = {
    "accuses": ("source", ActType.ACCUSATION.value),
    "is_accused": ("target", ActType.ACCUSATION.value),
    "answers": ("source", ActType.REBUTTAL.value),
}
"""What is counted of an actor: the end of the act at which it stands, and the type of act."""
