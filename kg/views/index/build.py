"""Brings the index up to date with a store, one changed document at a time."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.identifiers import ID, document_iri, graph_of_document, record_id
from kg.model import Act, ActType, Extraction
from kg.rdf.namespaces import ACTORS, CT, LINKS, RDF
from kg.rdf.read import Properties, QuadSource, read_acts, read_document, readings_of
from kg.store import Store
from kg.store.replacing import stored_digests
from kg.views.graph import key
from kg.views.index.rows import ACT_COLUMNS, Entry, act_row, document_row
from kg.views.index.schema import summarise
from kg.views.sides import LANGUAGES, side_name
from kg.views.text import fold

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""


def refresh(index: sqlite3.Connection, store: Store, progress: Progress | None = None) -> int:
    """Read what the store has changed since the last time; return the number of documents read anew.

    One transaction: readers of the index see it before or after.
    """
    wanted = stored_digests(store.engine)
    with _transaction(index):
        known = {
            graph_of_document(iri): digest
            for iri, digest in index.execute("SELECT iri, digest FROM document")
        }
        stale = [graph for graph, digest in known.items() if wanted.get(graph) != digest]
        _forget(index, stale)
        changed = sorted(graph for graph, digest in wanted.items() if known.get(graph) != digest)
        actors = QuadSource(store.quads(ACTORS.value)) if changed else QuadSource(())
        for done, graph in enumerate(changed, 1):
            for extraction, iri in _extractions(store, graph, actors):
                _add(index, extraction, iri, wanted[graph])
            if progress:
                progress(done, len(changed))
        _add_links(index, store)
        if changed or stale:
            summarise(index)
            _name_sides(index)
    return len(changed)


def fill(index: sqlite3.Connection, extractions: Iterable[Extraction]) -> None:
    """Add documents that are in no store: a preview, or records made for a test."""
    with _transaction(index):
        for extraction in extractions:
            _add(index, extraction, document_iri(extraction.document), "")
        summarise(index)
        _name_sides(index)


@contextmanager
def _transaction(index: sqlite3.Connection) -> Iterator[None]:
    index.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        index.execute("ROLLBACK")
        raise
    index.execute("COMMIT")


class _Layered:
    """Looks into a document's graph, then among the actors, which all documents share."""

    def __init__(self, document: QuadSource, actors: QuadSource) -> None:
        self._document, self._actors = document, actors

    def properties(self, node: str) -> Properties:
        """Return the values of every property of ``node``."""
        return self._document.properties(node) or self._actors.properties(node)

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[str]:
        """Yield the nodes of the document that have ``value`` for ``predicate``."""
        return self._document.subjects(predicate, value)


def _extractions(store: Store, graph: str, actors: QuadSource) -> Iterator[tuple[Extraction, str]]:
    source = _Layered(QuadSource(store.quads(graph)), actors)
    for iri in list(source.subjects(RDF.type, CT.Document)):
        acts = read_acts(source, readings_of(source, iri))
        yield Extraction(read_document(source, iri), tuple(acts)), iri


def _add(index: sqlite3.Connection, extraction: Extraction, iri: str, digest: str) -> None:
    found = extraction.document
    (taken,) = index.execute("SELECT COUNT(*) FROM document WHERE name = ?", (found.name,)).fetchone()
    name = f"{found.name} ({key(iri)})" if taken else found.name
    row = document_row(Entry(key(iri), iri, name, found.metadata), digest)
    index.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    for act in extraction.acts:
        _add_act(index, replace(act, document=name), str(row[5]))


def _add_act(index: sqlite3.Connection, act: Act, day: str) -> None:
    parties = (act.source, act.target, *act.via)
    actors = [(key(p.iri), p.name, p.side, fold(f"{p.name} {p.side}")) for p in parties]
    index.executemany("INSERT OR REPLACE INTO actor VALUES (?, ?, ?, ?)", actors)
    row = act_row(act, day)
    places = ", ".join("?" * len(row))
    number = index.execute(f"INSERT INTO act ({ACT_COLUMNS}) VALUES ({places})", row).lastrowid
    index.executemany("INSERT OR IGNORE INTO topic VALUES (?, ?)", [(topic, number) for topic in act.topics])
    index.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?)", [(name, act.id) for name in act.rebuts])
    reporters = [(number, key(party.iri)) for party in act.via]
    index.executemany("INSERT OR IGNORE INTO reporter VALUES (?, ?)", reporters)
    names = " ".join(party.name for party in parties)
    index.execute(
        "INSERT INTO words (rowid, sentence, parties) VALUES (?, ?, ?)", (number, act.sentence, names)
    )


def _forget(index: sqlite3.Connection, graphs: Sequence[str]) -> None:
    for graph in graphs:
        iri = ID + key(graph)
        acts = "SELECT n FROM act WHERE document = (SELECT name FROM document WHERE iri = ?)"
        index.execute(f"DELETE FROM words WHERE rowid IN ({acts})", (iri,))
        index.execute(f"DELETE FROM reporter WHERE n IN ({acts})", (iri,))
        index.execute(f"DELETE FROM topic WHERE n IN ({acts})", (iri,))
        index.execute(
            f"DELETE FROM answer WHERE rebuttal IN ({acts.replace('n FROM', 'id FROM', 1)})", (iri,)
        )
        index.execute(f"DELETE FROM act WHERE n IN ({acts})", (iri,))
        index.execute("DELETE FROM document WHERE iri = ?", (iri,))


def _add_links(index: sqlite3.Connection, store: Store) -> None:
    """Add the answers between documents that people accepted."""
    links = [
        (
            record_id(key(quad.object.value), ActType.ACCUSATION),
            record_id(key(quad.subject.value), ActType.REBUTTAL),
        )
        for quad in store.quads(LINKS.value)
        if quad.predicate == CT.rebuts
        and isinstance(quad.object, NamedNode)
        and isinstance(quad.subject, NamedNode)
    ]
    index.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?)", links)


def _name_sides(index: sqlite3.Connection) -> None:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for name, side in index.execute("SELECT name, side FROM actor"):
        names[side][name] += 1
    rows = [
        (side, *(side_name(side, found, language) for language in LANGUAGES)) for side, found in names.items()
    ]
    index.execute("DELETE FROM side")
    index.executemany("INSERT INTO side VALUES (?, ?, ?)", rows)
