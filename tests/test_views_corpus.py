"""Filters, search, disputes and the timeline over three documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from example import extractions
from hostile import PAYLOADS

from kg.model import Act, ActType, Extraction, Modality
from kg.views.choice import OFFERED, Choice
from kg.views.corpus import Corpus
from kg.views.overview import matrix_markup
from kg.views.pairs import Level, actor_counts, pairs_between, top_nodes
from kg.views.search import find
from kg.views.timeline import arrange, draw, first_day

ALL = 10_000


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.of(extractions())


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return [act for extraction in extractions() for act in extraction.acts]


def _ids(acts: list[Act]) -> list[str]:
    return sorted(act.id for act in acts)


def test_no_filter_lets_everything_through(corpus: Corpus, acts: list[Act]) -> None:
    assert _ids(corpus.acts(Choice(), ALL)) == _ids(acts)
    assert corpus.count(Choice()) == corpus.numbers["acts"] == len(acts)


@pytest.mark.parametrize(
    ("choice", "holds"),
    [
        (Choice(types=("rebuttal",)), lambda act: act.type is ActType.REBUTTAL),
        (Choice(types=("rebuttal", "demand")), lambda act: act.type in ("rebuttal", "demand")),
        (Choice(topics=("espionage",)), lambda act: "espionage" in act.topics),
        (Choice(hedged=True), lambda act: act.modality is Modality.HEDGED),
        (Choice(source_side="CN"), lambda act: act.source.side == "CN"),
        (Choice(either_side="US"), lambda act: "US" in (act.source.side, act.target.side)),
        (Choice(words="RIVER ombre"), lambda act: "river Ombre" in act.sentence),
        (Choice(words="rivière ombre"), lambda act: False),
        (Choice(words="…"), lambda act: False),
        (Choice(since="2023-01-01"), lambda act: not act.document.startswith("cn_")),
        (Choice(until="2020-12-31"), lambda act: act.document.startswith("cn_")),
        (Choice(document="reply"), lambda act: act.document == "reply"),
    ],
)
def test_each_filter_keeps_what_it_says(
    corpus: Corpus, acts: list[Act], choice: Choice, holds: Callable[[Act], bool]
) -> None:
    assert _ids(corpus.acts(choice, ALL)) == _ids([act for act in acts if holds(act)])
    assert corpus.count(choice) == len(corpus.acts(choice, ALL))


def test_acts_come_back_as_they_went_in(corpus: Corpus, acts: list[Act]) -> None:
    assert acts
    for act in acts:
        (found,) = corpus.by_id([act.id])
        parties = [
            replace(party, mention=None, resolution="") for party in (act.source, act.target, *act.via)
        ]
        topics = set(act.topics)
        assert [found.source, found.target, *found.via] == parties
        assert set(found.topics) == topics
        assert found == replace(
            act,
            source=found.source,
            target=found.target,
            via=found.via,
            topics=found.topics,
            rebuts=tuple(sorted(act.rebuts)),
            confidence=found.confidence,
            reasons=(),
            holders=(),
        )


@pytest.mark.parametrize("words", PAYLOADS)
def test_no_words_break_the_search(corpus: Corpus, words: str) -> None:
    assert corpus.count(Choice(words=words)) >= 0
    assert find(corpus, words).total >= 0


def test_unanswered_accusations_have_no_rebuttal(corpus: Corpus, acts: list[Act]) -> None:
    answered = {name for act in acts for name in act.rebuts}
    expected = [act for act in acts if act.type is ActType.ACCUSATION and act.id not in answered]
    assert _ids(corpus.acts(Choice(unanswered=True), ALL)) == _ids(expected)
    assert corpus.numbers["unanswered"] == len(expected)
    assert not any(corpus.is_answered(act.id) for act in expected)


def test_surest_come_first(corpus: Corpus) -> None:
    found = [round(act.confidence, 1) for act in corpus.acts(Choice(), ALL, order="surest")]
    assert found == sorted(found, reverse=True)


def test_the_filter_to_blame_is_named(corpus: Corpus) -> None:
    assert corpus.blocking(Choice(topics=("espionage",), words="nowhere")) == "words"
    assert corpus.blocking(Choice(types=("rebuttal",), since="2999-01-01", words="nowhere")) is None


def test_clearing_a_filter_clears_it_alone() -> None:
    choice = Choice("a", ("b",), ("c",), "d", "e", "f", True, True)
    assert choice.active == OFFERED
    for name in OFFERED:
        assert set(choice.without(name).active) == set(OFFERED) - {name}


def test_search_finds_each_kind_without_accents(corpus: Corpus) -> None:
    assert {hit.page for hit in find(corpus, "tarsilia").hits} == {"claims", "statement"}
    assert find(corpus, "ETATS-UNIS operation").hits
    assert find(corpus, "  ").total == 0


def test_matrix_counts_accusations_only(corpus: Corpus) -> None:
    sides = top_nodes(corpus, Level.SIDES, Choice(), 40).nodes
    pairs = pairs_between(corpus, Level.SIDES, Choice(), sides, "en")
    markup = matrix_markup(pairs, lambda pair: f"{pair.source_name}|{pair.target_name}|{pair.times}")
    assert 'data-id="side-cn~accuses~side-us"' in markup
    assert "China|United States|3" in markup
    assert "answers" not in markup


def test_actors_are_counted_on_both_ends(corpus: Corpus, acts: list[Act]) -> None:
    rows = actor_counts(corpus, Choice())
    accusations = sum(act.type is ActType.ACCUSATION for act in acts)
    assert (
        sum(accuses for _, accuses, _, _ in rows) == sum(accused for _, _, accused, _ in rows) == accusations
    )


def test_documents_come_newest_first(corpus: Corpus) -> None:
    dates = [entry.metadata.date for entry in corpus.documents.values() if entry.metadata.date]
    assert dates == sorted(dates, reverse=True)
    assert corpus.days == ("2020-07-25", max(first_day(date).isoformat() for date in dates))  # type: ignore[union-attr]


def test_two_documents_of_one_name_are_both_kept() -> None:
    first, *_ = extractions()
    again = replace(
        first.document, metadata=replace(first.document.metadata, url="https://example.org/other")
    )
    corpus = Corpus.of([first, Extraction(again, ())])
    assert corpus.numbers["documents"] == 2


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2020", "2020-01-01"),
        ("2020-07", "2020-07-01"),
        ("2020-07-25", "2020-07-25"),
        ("", None),
        ("soon", None),
    ],
)
def test_partial_dates_stand_at_their_start(date: str, day: str | None) -> None:
    found = first_day(date)
    assert (found.isoformat() if found else None) == day


def test_timeline_draws_every_act_once(corpus: Corpus, acts: list[Act]) -> None:
    timeline = arrange(acts, {act.document: corpus.date_of(act) for act in acts}, corpus.side_names("en"))
    drawn = [act.id for moment in timeline.moments for act in moment.acts]
    assert sorted(drawn) == _ids(acts)
    places = [(moment.x, moment.y) for moment in timeline.moments]
    assert len(set(places)) == len(places)


def test_timeline_keeps_acts_without_a_date(corpus: Corpus, acts: list[Act]) -> None:
    timeline = arrange(acts, {}, corpus.side_names("en"))
    assert timeline.has_undated
    assert not timeline.ticks
    assert sum(len(moment.acts) for moment in timeline.moments) == len(acts)


def test_timeline_signs_are_named_buttons(corpus: Corpus, acts: list[Act]) -> None:
    timeline = arrange(acts, {}, corpus.side_names("en"))
    markup = draw(timeline, None, lambda acts: f"<{len(acts)}>", str, "none")
    assert markup.count('role="button"') == len(timeline.moments)
    assert not re.search(r'aria-label="<', markup)
