"""Filters, search, disputes and the timeline over three documents."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from example import extractions

from kg.identifiers import document_iri
from kg.model import ActType, Metadata, Modality
from kg.views.corpus import Choice, Corpus, Entry, blocking_filter, select
from kg.views.graph import count_pairs, key
from kg.views.overview import disputes, latest, matrix_markup, notable_unanswered
from kg.views.search import find
from kg.views.sides import side_end
from kg.views.timeline import arrange, draw, first_day


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    found = extractions()
    entries = {
        e.document.name: Entry(
            key(document_iri(e.document)), document_iri(e.document), e.document.name, e.document.metadata
        )
        for e in found
    }
    return Corpus(entries, [act for extraction in found for act in extraction.acts])


def test_no_filter_lets_everything_through(corpus: Corpus) -> None:
    assert select(corpus, Choice()) == list(corpus.acts)


@pytest.mark.parametrize(
    ("choice", "holds"),
    [
        (Choice(types=("rebuttal",)), lambda act: act.type is ActType.REBUTTAL),
        (Choice(topics=("espionage",)), lambda act: "espionage" in act.topics),
        (Choice(hedged=True), lambda act: act.modality is Modality.HEDGED),
        (Choice(words="RIVIERE ombre river"), lambda act: False),
        (Choice(words="river Ombre"), lambda act: "river Ombre" in act.sentence),
        (Choice(since="2023-01-01"), lambda act: act.document in ("courier", "reply", "letter")),
    ],
)
def test_each_filter_keeps_what_it_says(corpus: Corpus, choice: Choice, holds: object) -> None:
    kept = select(corpus, choice)
    dated = {name for name, date in corpus.dates.items() if date}
    expected = [a for a in corpus.acts if holds(a) and (not choice.since or a.document in dated)]  # type: ignore[operator]
    assert kept == expected


def test_unanswered_accusations_have_no_rebuttal(corpus: Corpus) -> None:
    kept = select(corpus, Choice(unanswered=True))
    answered = {name for act in corpus.acts for name in act.rebuts}
    assert kept
    assert not answered & {act.id for act in kept}
    assert set(notable_unanswered(corpus)) <= set(kept)


def test_the_filter_to_blame_is_named(corpus: Corpus) -> None:
    assert blocking_filter(corpus, Choice(topics=("espionage",), words="nowhere")) == "words"
    assert blocking_filter(corpus, Choice(types=("rebuttal",), since="2999-01-01", words="nowhere")) is None


def test_clearing_a_filter_clears_it_alone() -> None:
    choice = Choice("a", ("b",), ("c",), "d", "e", "f", True, True)
    for field in fields(Choice):
        left = choice.without(field.name)
        assert set(left.active) == set(choice.active) - {field.name}


def test_search_finds_each_kind_without_accents(corpus: Corpus) -> None:
    pages = {hit.page for hit in find(corpus, "tarsilia").hits}
    assert pages == {"claims", "statement"}
    assert find(corpus, "ETATS-UNIS operation").hits
    assert find(corpus, "  ").total == 0


def test_disputes_join_what_is_said_against_one_side(corpus: Corpus) -> None:
    found = disputes(corpus)
    counted = sum(len(dispute.accusations) for dispute in found)
    named = [a for a in corpus.acts if a.type is ActType.ACCUSATION and a.target.side != "unnamed"]
    assert counted == len(named)
    assert len({dispute.name for dispute in found}) == len(found)
    assert [len(d.answers) for d in found] == sorted((len(d.answers) for d in found), reverse=True)


def test_matrix_counts_accusations_only(corpus: Corpus) -> None:
    pairs = count_pairs(corpus.acts, side_end(corpus.side_names("en")))
    markup = matrix_markup(pairs, lambda pair: f"{pair.source_name}|{pair.target_name}|{pair.times}")
    assert 'data-id="side-cn~accuses~side-us"' in markup
    assert "China|United States|3" in markup
    assert "answers" not in markup


def test_latest_starts_with_the_newest_date(corpus: Corpus) -> None:
    dates = [entry.metadata.date for entry in latest(corpus, 9)]
    assert dates == sorted(dates, reverse=True)


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


def test_timeline_draws_every_act_once(corpus: Corpus) -> None:
    timeline = arrange(corpus.acts, corpus.dates, corpus.side_names("en"))
    drawn = [act.id for moment in timeline.moments for act in moment.acts]
    assert sorted(drawn) == sorted(act.id for act in corpus.acts)
    places = [(moment.x, moment.y) for moment in timeline.moments]
    assert len(set(places)) == len(places)


def test_timeline_keeps_acts_without_a_date(corpus: Corpus) -> None:
    undated = Corpus(
        {n: Entry(e.key, e.iri, n, Metadata()) for n, e in corpus.documents.items()}, corpus.acts
    )
    timeline = arrange(undated.acts, undated.dates, undated.side_names("en"))
    assert timeline.has_undated
    assert not timeline.ticks
    assert sum(len(moment.acts) for moment in timeline.moments) == len(undated.acts)


def test_timeline_signs_are_named_buttons(corpus: Corpus) -> None:
    timeline = arrange(corpus.acts, corpus.dates, corpus.side_names("en"))
    markup = draw(timeline, None, lambda acts: f"<{len(acts)}>", str, "none")
    assert markup.count('role="button"') == len(timeline.moments)
    assert not re.search(r'aria-label="<', markup)
