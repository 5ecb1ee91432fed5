"""Decisions and links in the index: what pages list is what people and machine together say."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.disputes.linking import link_store, read_links, read_threads
from kg.identifiers import document_graph
from kg.links.across_proposals import Relation
from kg.links.scoring import read_gold
from kg.model import Act, Extraction
from kg.rdf.reviews import Decision, Review
from kg.rdf.write import document_quads
from kg.reviews.decisions import decide
from kg.reviews.keeping import add_review, add_reviews, stored_reviews
from kg.reviews.links import decide_link
from kg.store.records import read_acts
from kg.store.store import Store, open_store
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.disputes import ORDERS, Wanted, count_disputes, disputes, disputes_by_id, thread
from kg.views.index.build import refresh, refresh_link, refresh_reviewed
from kg.views.index.schema import open_index
from kg.views.queue import Pile, Queue
from kg.views.rows import dispute_rows, queue_rows

GOLD = Path(__file__).parent.parent / "data" / "gold" / "disputes"
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
ALL = 10_000


@pytest.fixture(scope="module")
def documents() -> list[Extraction]:
    return list(read_gold(GOLD, "dev").extractions)


@pytest.fixture(scope="module")
def linked(documents: list[Extraction]) -> list[Quad]:
    """The quads of a store with all documents and the links between them: linking takes a while."""
    with open_store(None) as store:
        store.ingest_many((document_graph(found.document), document_quads(found)) for found in documents)
        link_store(store)
        return list(store.quads())


@pytest.fixture
def store(linked: list[Quad]) -> Iterator[Store]:
    with open_store(None) as store:
        store.engine.load(linked)
        yield store


@pytest.fixture
def index(store: Store) -> sqlite3.Connection:
    index = open_index(None)
    refresh(index, store)
    return index


def _contents(index: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the index but the numbers that rows happen to have."""
    tables = {
        "record": "id, document, type, source, target, held, thread, topics, sentence",
        "topic": "topic, (SELECT id FROM record WHERE record.n = topic.n)",
        "words": "(SELECT id FROM record WHERE record.n = words.rowid)",
    }
    whole = "document actor answer judgement link thread pair node side number".split()
    return {
        name: sorted(index.execute(f"SELECT {tables.get(name, '*')} FROM {name}"), key=str)
        for name in [*tables, *whole]
    }


def _fresh(store: Store) -> dict[str, list[tuple[object, ...]]]:
    index = open_index(None)
    refresh(index, store)
    return _contents(index)


def test_the_index_has_the_threads_of_the_store(index: sqlite3.Connection, store: Store) -> None:
    corpus, threads = Corpus(index), read_threads(store)
    found = {dispute.id: dispute for dispute in disputes(corpus, Wanted(), ALL)}
    assert found.keys() == {thread.id for thread in threads}
    assert len(threads) == count_disputes(corpus, Wanted()) == corpus.numbers["disputes"] > 5
    assert any(len(thread.accusations) > 1 for thread in threads)
    for one in threads:
        row, whole = found[one.id], thread(corpus, one.id)
        assert whole is not None
        assert (row.state, row.accusations, row.answers) == (
            one.state,
            len(one.accusations),
            len(one.rebuttals),
        )
        assert (row.accusers, row.waiting, row.side) == (len(one.accusers), one.waiting, one.accused.side)
        assert [(step.act.id, step.role, step.link) for step in whole.steps] == [
            (step.act.id, step.role, step.link) for step in one.steps
        ]


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (Wanted(states=("unanswered",)), lambda d: d.state == "unanswered"),
        (Wanted(states=("contested", "withdrawn")), lambda d: d.state in ("contested", "withdrawn")),
        (Wanted(topics=("aggression",)), lambda d: d.topic == "aggression"),
        (Wanted(side="nobody"), lambda d: d.side == "nobody"),
    ],
)
def test_disputes_are_filtered(
    index: sqlite3.Connection, wanted: Wanted, holds: Callable[[object], bool]
) -> None:
    corpus = Corpus(index)
    everything = disputes(corpus, Wanted(), ALL)
    found = disputes(corpus, wanted, ALL)
    assert sorted(found) == sorted(filter(holds, everything))
    assert count_disputes(corpus, wanted) == len(found)


def test_disputes_are_found_by_the_words_of_any_accusation(index: sqlite3.Connection) -> None:
    corpus = Corpus(index)
    repeated = next(d for d in disputes(corpus, Wanted(), ALL, order="repeated") if d.accusations > 1)
    whole = thread(corpus, repeated.id)
    assert whole
    words = whole.accusations[-1].act.sentence
    assert repeated in disputes(corpus, Wanted(words=words), ALL)


def test_orders_are_of_the_same_disputes(index: sqlite3.Connection) -> None:
    corpus = Corpus(index)
    lists = [disputes(corpus, Wanted(), ALL, order=order) for order in ORDERS]
    assert len({tuple(found) for found in lists}) > 1
    assert len({frozenset(found) for found in lists}) == 1
    assert lists[0] == sorted(lists[0], key=lambda d: (-d.answers, -d.accusations, d.id))
    assert disputes_by_id(corpus, ["none", lists[0][2].id]) == [lists[0][2]]


def test_an_unanswered_accusation_is_one_that_no_document_answers(index: sqlite3.Connection) -> None:
    corpus = Corpus(index)
    listed = corpus.acts(Choice(unanswered=True), ALL)
    assert len(listed) == corpus.numbers["unanswered"] > 0
    assert not any(corpus.is_answered(act.id) for act in listed)
    threads = [thread(corpus, corpus.thread_of(act.id)) for act in listed]
    assert {found.state for found in threads if found} == {"unanswered"}


def _reviews(acts: list[Act], count: int) -> Iterator[Review]:
    """Yield decisions of every kind about acts chosen at random, one a minute."""
    chance = random.Random(5)
    kinds = [Decision.REJECTED, Decision.CORRECTED, Decision.ACCEPTED, Decision.UNDONE, Decision.COMMENTED]
    other = {"name": "Somewhere", "side": "somewhere"}
    for minute in range(count):
        act, kind = chance.choice(acts), chance.choice(kinds)
        corrections = [{"target": other}, {"topics": ["fraud"]}, {"source": other, "type": "demand"}]
        changes = chance.choice(corrections) if kind is Decision.CORRECTED else None
        yield decide(act, kind, "Ada", note="so", changes=changes, when=NOON + timedelta(minutes=minute))


def test_decisions_come_in_one_by_one_as_they_would_all_at_once(
    index: sqlite3.Connection, store: Store, documents: list[Extraction]
) -> None:
    acts = [act for document in documents[:6] for act in document.acts]
    for generation, review in enumerate(_reviews(acts, 25), 1):
        add_review(store, review)
        name = next(act.document for act in acts if review.target.endswith(act.id))
        refresh_reviewed(index, store, {name}, generation)
    assert _contents(index) == _fresh(store)
    assert Corpus(index).numbers["reviewed"] > 0
    assert refresh(index, store, generation=25) == 0
    refresh(index, store)
    assert _contents(index) == _fresh(store)


def test_a_rejected_record_is_in_no_list_but_that_of_what_was_checked(
    index: sqlite3.Connection, store: Store
) -> None:
    corpus = Corpus(index)
    waiting = Queue()
    act = waiting.acts(corpus, 1)[0]
    total = waiting.count(corpus)
    (stored,) = _stored(store, act)
    add_review(store, decide(stored, Decision.REJECTED, "Ada", when=NOON))
    refresh_reviewed(index, store, {stored.document}, 1)
    corpus = Corpus(index)
    assert corpus.by_id([act.id]) == []
    assert corpus.numbers["acts"] == total - 1 == waiting.count(corpus)
    assert [found.id for found in Queue(Pile.DECIDED).acts(corpus, ALL)] == [act.id]
    judgement = corpus.judgements([act.id])[act.id]
    assert (judgement.decision, judgement.reviewer, judgement.moment) == (
        "rejected",
        "Ada",
        "2024-05-01T12:00:00Z",
    )


def _stored(store: Store, act: Act) -> list[Act]:
    return [found for found in read_acts(store) if found.id == act.id]


def test_two_who_disagree_are_shown(index: sqlite3.Connection, store: Store) -> None:
    (stored,) = _stored(store, Queue().acts(Corpus(index), 1)[0])
    reviews = [
        decide(stored, Decision.REJECTED, "Ada", when=NOON),
        decide(stored, Decision.ACCEPTED, "Ben", when=NOON + timedelta(hours=1)),
    ]
    add_reviews(store, reviews)
    refresh_reviewed(index, store, {stored.document}, 1)
    corpus = Corpus(index)
    assert [act.id for act in Queue(Pile.UNSETTLED).acts(corpus, ALL)] == [stored.id]
    assert corpus.by_id([stored.id])


def test_the_queue_begins_with_the_least_certain_and_can_be_bounded(index: sqlite3.Connection) -> None:
    corpus = Corpus(index)
    acts = Queue().acts(corpus, ALL)
    assert [act.confidence for act in acts] == sorted(act.confidence for act in acts)
    low = Queue(below=acts[-1].confidence)
    assert {act.confidence < acts[-1].confidence for act in low.acts(corpus, ALL)} <= {True}
    assert low.count(corpus) < len(acts)
    assert Queue().acts(corpus, 3, 2) == acts[2:5]


def test_a_decision_about_a_link_parts_or_keeps_a_thread(index: sqlite3.Connection, store: Store) -> None:
    for generation, relation in enumerate((Relation.SAME_ALLEGATION, Relation.ANSWERS), 1):
        link = next(link for link in read_links(store) if link.proposal.relation is relation)
        for accepted, decision in ((True, Decision.ACCEPTED), (False, Decision.REJECTED)):
            when = NOON + timedelta(minutes=len(stored_reviews(store)))
            add_review(store, decide_link(link.proposal, decision, "Ada", when=when))
            refresh_link(index, link.proposal, accepted, generation)
            assert _contents(index) == _fresh(store), (relation, decision)


def test_rows_are_buttons_that_carry_ids_and_escape_words(index: sqlite3.Connection) -> None:
    corpus = Corpus(index)
    found = disputes(corpus, Wanted(), 3)
    markup = dispute_rows(found, lambda dispute: ("<b>", "<i>", "<u>"))
    assert re.findall(r'data-id="([^"]*)"', markup) == [dispute.id for dispute in found]
    assert "<i>" not in markup
    acts = Queue().acts(corpus, 2)
    queue = queue_rows(acts, acts[1].id, {}, lambda act: "<script>", lambda key: key)
    assert re.findall(r'aria-pressed="(\w+)"', queue) == ["false", "true"]
    assert "<script>" not in queue
