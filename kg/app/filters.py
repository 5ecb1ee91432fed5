"""The row of filters that the lists of acts share; its state is in the link."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from kg.app import state
from kg.app.cards import actor_label
from kg.app.texts import t
from kg.model import ActType
from kg.views.corpus import Choice, Corpus, topics_of
from kg.views.timeline import first_day

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
        topics = state.any_of(
            t("filter_topics"),
            [topic.value for topic in topics_of(corpus.acts)],
            param="topic",
            words=lambda topic: t(f"topic_{topic}"),
            placeholder=t("any"),
        )
    words = ""
    if with_words:
        with first[2]:
            words = state.words_in(t("filter_words"), param="q", placeholder=t("words_placeholder"))
    return _more(corpus, Choice(actor=actor, topics=topics, words=words), with_types)


def _more(corpus: Corpus, choice: Choice, with_types: bool) -> Choice:
    with st.expander(t("more_filters"), expanded=bool(set(choice.active) - {"actor", "topics", "words"})):
        types = _types(corpus) if with_types else ()
        columns = st.columns([1, 1, 2], vertical_alignment="bottom")
        since, until = show_days(corpus, columns[:2])
        with columns[2]:
            hedged = state.ticked(t("filter_hedged"), param="hedged")
            unanswered = state.ticked(t("filter_unanswered"), param="unanswered")
    return Choice(choice.actor, types, choice.topics, since, until, choice.words, hedged, unanswered)


def _types(corpus: Corpus) -> tuple[str, ...]:
    present = {act.type for act in corpus.acts}
    return state.any_of(
        t("filter_types"),
        [type_.value for type_ in ActType if type_ in present],
        param="type",
        words=lambda type_: t(f"type_{type_}"),
        placeholder=t("any"),
    )


def actor_box(corpus: Corpus, label: str, param: str) -> str:
    """Draw a box to choose an actor, and return its name in links; empty if none."""
    return state.one_of(
        label,
        list(corpus.actors),
        param=param,
        words=lambda actor: actor_label(corpus, actor),
        placeholder=t("anyone"),
    )


def show_days(corpus: Corpus, places: Sequence[st.delta_generator.DeltaGenerator]) -> tuple[str, str]:
    """Draw the two ends of a date range."""
    days = [day for date in corpus.dates.values() if (day := first_day(date))]
    first, last = (min(days), max(days)) if days else (datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
    with places[0]:
        since = state.day_in(t("filter_since"), param="from", first=first, last=last)
    with places[1]:
        until = state.day_in(t("filter_until"), param="to", first=first, last=last)
    return since, until
