"""Brings the index up to date with a store, one changed document at a time.

What is held is what people and machine together say: decisions of people are applied to what was read, and a
record that was rejected stays aside, out of every list and count but that of the reviewed ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.disputes.linking import read_links
from kg.identifiers import actor_iri, digest, document_iri, graph_of_document
from kg.links.across_proposals import Proposal
from kg.model import Act, Document, Extraction, Party
from kg.rdf.reviews import Review, moment, review_iri
from kg.reviews.decisions import reviewed_act
from kg.reviews.effective import Conflict, ReviewedAct, Reviews, by_document
from kg.reviews.keeping import stored_reviews
from kg.store import Store
from kg.store.records import Actors
from kg.store.replacing import stored_digests
from kg.views.graph import key
from kg.views.index import counts, threads
from kg.views.index.documents import Reading, readings
from kg.views.index.rows import ACT_COLUMNS, Entry, act_row, document_row
from kg.views.index.schema import generation_of, note_generation, places, transaction
from kg.views.text import fold

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""
_FEW = 200
"""Up to so many changed documents, only what they touch is counted anew."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the index holds of a document: its name in the store, and digests of its graph and reviews."""

    name: str
    own: str
    digest: str
    reviews: str


def refresh(
    index: sqlite3.Connection, store: Store, progress: Progress | None = None, *, generation: int = 0
) -> int:
    """Read what the store has changed since the last time; return the number of documents read anew.

    One transaction: readers of the index see it before or after.

    Args:
        index: the index.
        store: what it is about.
        progress: told after each document.
        generation: of the store, if it is published: one that the index already shows is not looked at.
    """
    if generation and generation == generation_of(index):
        return 0
    wanted = stored_digests(store.engine)
    reviews = by_document(stored_reviews(store))
    with transaction(index):
        known = _known(index)
        stale = [
            graph for graph, found in known.items() if not _is_current(found, wanted.get(graph), reviews)
        ]
        changed = sorted({graph for graph in stale if graph in wanted} | (wanted.keys() - known.keys()))
        few = bool(known) and len(changed) + len(stale) <= _FEW
        work = _Work(index, store, reviews, wanted)
        work.replace([known[graph].name for graph in stale], changed, progress, few=few)
        if threads.keep_links(index, read_links(store)) or not few and (changed or stale):
            threads.settle_all(index)
            counts.count(index, None)
        note_generation(index, generation)
    return len(changed)


def refresh_reviewed(
    index: sqlite3.Connection, store: Store, names: Collection[str], generation: int
) -> None:
    """Read anew only documents about whose acts somebody has just decided.

    Args:
        index: the index, which shows the generation before the decision.
        store: the store as it is with the decision.
        names: names of the documents in the store.
        generation: of the store with the decision.
    """
    reviews = by_document(stored_reviews(store))
    with transaction(index):
        known = {graph: found for graph, found in _known(index).items() if found.own in names}
        digests = {graph: found.digest for graph, found in known.items()}
        work = _Work(index, store, reviews, digests)
        work.replace([found.name for found in known.values()], sorted(known), None, few=True)
        note_generation(index, generation)


def refresh_link(index: sqlite3.Connection, proposal: Proposal, accepted: bool, generation: int) -> None:
    """Keep that somebody has just accepted or rejected a link; ``generation`` is that of the decision."""
    with transaction(index):
        threads.judge_link(index, proposal, accepted)
        counts.count(index, ())
        note_generation(index, generation)


def fill(index: sqlite3.Connection, extractions: Iterable[Extraction]) -> None:
    """Add documents that are in no store: a preview, or records made for a test."""
    with transaction(index):
        for extraction in extractions:
            records = [ReviewedAct(act, act) for act in extraction.acts]
            _add(index, Reading(document_iri(extraction.document), extraction.document, records), "")
        threads.settle_all(index)
        counts.count(index, None)


@dataclass(frozen=True, slots=True)
class _Work:
    """Replaces documents of the index by what the store says of them."""

    index: sqlite3.Connection
    store: Store
    reviews: Reviews
    digests: Mapping[str, str]

    def replace(
        self, old: Sequence[str], graphs: Sequence[str], progress: Progress | None, *, few: bool
    ) -> None:
        """Forget documents by name, add those of graphs; with ``few``, bring counts and threads along."""
        keys = counts.keys_of(self.index, old) if few else set()
        touched = threads.touched_by(self.index, old) if few else set()
        actors = counts.actors_of(self.index, old) if few else set()
        for name in old:
            _forget(self.index, name)
        new = list(self._add_all(graphs, progress))
        if few and (old or new):
            threads.settle_some(self.index, touched | threads.touched_by(self.index, new))
            counts.count(self.index, keys | counts.keys_of(self.index, new), actors)

    def _add_all(self, graphs: Sequence[str], progress: Progress | None) -> Iterator[str]:
        actors = Actors(self.store)
        for done, graph in enumerate(graphs, 1):
            for reading in readings(self.store, graph, self.reviews, actors):
                signature = _signature(self.reviews.get(reading.document.name, ()))
                yield _add(self.index, reading, self.digests[graph], signature)
            if progress:
                progress(done, len(graphs))


def _known(index: sqlite3.Connection) -> dict[str, _Known]:
    rows = index.execute("SELECT iri, name, own, digest, reviews FROM document")
    return {graph_of_document(iri): _Known(*rest) for iri, *rest in rows}


def _is_current(found: _Known, wanted: str | None, reviews: Reviews) -> bool:
    return found.digest == wanted and found.reviews == _signature(reviews.get(found.own, ()))


def _signature(reviews: Sequence[Review]) -> str:
    return digest(*sorted(map(review_iri, reviews))) if reviews else ""


def _add(index: sqlite3.Connection, reading: Reading, digest: str, reviews: str = "") -> str:
    """Add a document with its acts; return its name in the index."""
    iri, document, records = reading
    (taken,) = index.execute("SELECT COUNT(*) FROM document WHERE name = ?", (document.name,)).fetchone()
    name = f"{document.name} ({key(iri)})" if taken else document.name
    row = document_row(Entry(key(iri), iri, name, document.metadata), digest, document.name, reviews)
    index.execute(f"INSERT INTO document VALUES ({places(row)})", row)
    for item in records:
        shown = item.act or item.found or reviewed_act(item.history[-1])
        act = _with_iris(replace(shown, document=name), document)
        if _add_act(index, act, str(row[5]), item.act is not None) and item.history:
            _add_judgement(index, act.id, item)
    return name


def _with_iris(act: Act, document: Document) -> Act:
    """Return an act whose reporters have IRIs: a review keeps their names alone."""

    def known(party: Party) -> Party:
        return party if party.iri else replace(party, iri=actor_iri(party.side, party.name, document))

    return replace(act, source=known(act.source), target=known(act.target), via=tuple(map(known, act.via)))


def _add_act(index: sqlite3.Connection, act: Act, day: str, held: bool) -> bool:
    parties = (act.source, act.target, *act.via)
    actors = [(key(p.iri), p.name, p.side, fold(f"{p.name} {p.side}")) for p in parties]
    row = act_row(act, day, held)
    added = index.execute(f"INSERT OR IGNORE INTO record ({ACT_COLUMNS}) VALUES ({places(row)})", row)
    if not added.rowcount:
        return False
    number = added.lastrowid
    index.executemany("INSERT OR REPLACE INTO actor VALUES (?, ?, ?, ?)", actors)
    if not held:
        return True
    index.executemany("INSERT OR IGNORE INTO topic VALUES (?, ?)", [(topic, number) for topic in act.topics])
    answered = [(name, act.id) for name in act.rebuts]
    index.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?, 0)", answered)
    reporters = [(number, key(party.iri)) for party in act.via]
    index.executemany("INSERT OR IGNORE INTO reporter VALUES (?, ?)", reporters)
    names = " ".join(party.name for party in parties)
    index.execute(
        "INSERT INTO words (rowid, sentence, parties) VALUES (?, ?, ?)", (number, act.sentence, names)
    )
    return True


def _add_judgement(index: sqlite3.Connection, name: str, item: ReviewedAct) -> None:
    review = item.review
    decided = (review.decision.value, review.reviewer, moment(review)) if review else ("", "", "")
    conflict = "" if item.conflict is Conflict.NONE else item.conflict.value
    row = (name, *decided, review.note if review else "", conflict, item.disagreement, len(item.comments))
    index.execute("INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _forget(index: sqlite3.Connection, name: str) -> None:
    acts = "SELECT n FROM record WHERE document = ?"
    ids = "SELECT id FROM record WHERE document = ?"
    for table in ("words WHERE rowid", "reporter WHERE n", "topic WHERE n"):
        index.execute(f"DELETE FROM {table} IN ({acts})", (name,))
    index.execute(f"DELETE FROM answer WHERE NOT linked AND rebuttal IN ({ids})", (name,))
    index.execute(f"DELETE FROM judgement WHERE id IN ({ids})", (name,))
    index.execute("DELETE FROM record WHERE document = ?", (name,))
    index.execute("DELETE FROM document WHERE name = ?", (name,))
