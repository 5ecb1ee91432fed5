"""The row of filters that the lists of acts share; its state is in the link."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from kg.app import state
from kg.app.cards import actor_label
from kg.app.texts import t
from kg.views.choice import Choice
from kg.views.corpus import Corpus

OFFERED = 2_000
"""Actors in a box; the search finds the others."""
PARAMS = {
    "actor": "actor",
    "types": "type",
    "topics": "topic",
    "since": "from",
    "until": "to",
    "words": "q",
    "hedged": "hedged",
    "unanswered": "unanswered",
}
"""Parameter of the link for each field of a :class:`Choice`."""


def clear(field: str) -> None:
    """Drop one filter."""
    state.clear(PARAMS[field])


def show_filters(corpus: Corpus, *, with_words: bool = True, with_types: bool = True) -> Choice:
    """Draw the filters and return what is chosen."""
    first = st.columns([3, 3, 4] if with_words else [3, 4], vertical_alignment="bottom")
    with first[0]:
        actor = actor_box(corpus, t("filter_actor"), "actor")
    with first[1]:
        topics = topic_box(corpus)
    words = ""
    if with_words:
        with first[2]:
            words = state.words_in(t("filter_words"), param="q", placeholder=t("words_placeholder"))
    return _more(corpus, Choice(actor=actor, topics=topics, words=words), with_types)


def _more(corpus: Corpus, choice: Choice, with_types: bool) -> Choice:
    with st.expander(t("more_filters"), expanded=bool(set(choice.active) - {"actor", "topics", "words"})):
        types = type_box(corpus) if with_types else ()
        columns = st.columns([1, 1, 2], vertical_alignment="bottom")
        since, until = show_days(corpus, columns[:2])
        with columns[2]:
            hedged = state.ticked(t("filter_hedged"), param="hedged")
            unanswered = state.ticked(t("filter_unanswered"), param="unanswered")
    return Choice(choice.actor, types, choice.topics, since, until, choice.words, hedged, unanswered)


def type_box(corpus: Corpus) -> tuple[str, ...]:
    """Draw a box to choose kinds of act, and return them; none means all."""
    return state.any_of(
        t("filter_types"),
        list(corpus.types),
        param="type",
        words=lambda type_: t(f"type_{type_}"),
        placeholder=t("any"),
    )


def actor_box(corpus: Corpus, label: str, param: str) -> str:
    """Draw a box to choose an actor, and return its name in links; empty if none."""
    offered = list(corpus.actors)[:OFFERED]
    chosen = state.read(param)
    if chosen in corpus.actors and chosen not in offered:
        offered.append(chosen)
    return state.one_of(
        label,
        offered,
        param=param,
        words=lambda actor: actor_label(corpus, actor),
        placeholder=t("anyone"),
    )


def topic_box(corpus: Corpus) -> tuple[str, ...]:
    """Draw a box to choose topics, and return them; none means all."""
    return state.any_of(
        t("filter_topics"),
        list(corpus.topics),
        param="topic",
        words=lambda topic: t(f"topic_{topic}"),
        placeholder=t("any"),
    )


def show_days(corpus: Corpus, places: Sequence[st.delta_generator.DeltaGenerator]) -> tuple[str, str]:
    """Draw the two ends of a date range."""
    first = datetime.date.fromisoformat(corpus.days[0] or "1900-01-01")
    last = datetime.date.fromisoformat(corpus.days[1] or "2100-01-01")
    with places[0]:
        since = state.day_in(t("filter_since"), param="from", first=first, last=last)
    with places[1]:
        until = state.day_in(t("filter_until"), param="to", first=first, last=last)
    return since, until
