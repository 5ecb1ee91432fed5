"""The store: documents in, SPARQL and RDF out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg import identifiers
from kg.model import Extraction
from kg.rdf.namespaces import VOCABULARY
from kg.rdf.vocabulary import vocabulary_quads
from kg.rdf.write import document_quads
from kg.store import export, maintenance, replacing
from kg.store.engine import UNION, Engine, Scope
from kg.store.requests import Limits, Query
from kg.store.results import Answer, SelectResult, plain
from kg.store.sessions import MemorySession, ReaderSession, Session, WriterSession
from kg.store.snapshots import StoreDirectory
from kg.store.sparql_safety import check_query, check_update

if TYPE_CHECKING:
    import rdflib

SERVER_FILE = "server.toml"
_DEFAULT_LIMITS = Limits()


class Outcome(StrEnum):
    """What ingesting a document did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stats:
    """What a store holds, as numbers of things."""

    documents: int
    acts: int
    accusations: int
    rebuttals: int
    actors: int
    quads: int


class Transaction:
    """Changes that wait to be made together; the last one to a document counts."""

    def __init__(self) -> None:
        self.documents: dict[str, Sequence[ox.Quad]] = {}

    def ingest(self, extraction: Extraction) -> None:
        """Add a document, or replace its earlier version."""
        self.documents[identifiers.document_graph(extraction.document)] = document_quads(extraction)

    def delete_document(self, iri: str) -> None:
        """Remove a document; nothing happens if it is not there."""
        self.documents[identifiers.graph_of_document(iri)] = ()


class Store:
    """A graph of documents.  Obtain one from :func:`open_store`; use it as a context manager.

    Every change is one transaction: a reader, or this process after a crash, sees a document as it was
    before or after.  When a changing method returns, the change is on disk; other processes see it
    once it is published: at the end of :meth:`batch`, on :meth:`publish`, or on :meth:`close`.

    One object may be used from several threads.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        # The engine does not serialise concurrent updates of one store: it loses some.
        self._writing = threading.RLock()
        self._batches = 0

    # Changing ---------------------------------------------------------------------------------------

    def ingest(self, extraction: Extraction) -> Outcome:
        """Add a document with its acts, or replace its earlier version.

        Raises:
            StoreError: the store is open for reading only, or cannot write.
        """
        graph = identifiers.document_graph(extraction.document)
        return self.ingest_quads(graph, document_quads(extraction))

    def ingest_quads(self, graph: str, quads: Sequence[ox.Quad]) -> Outcome:
        """Like :meth:`ingest`, from a document's ready quads (its graph, catalogue entry and actors)."""
        with self._writing:
            before = replacing.stored_digest(self.engine, graph)
            same = before is not None and before == replacing.incoming_digest(graph, quads)
            if same and not replacing.lacks_any(self.engine, replacing.actor_quads(quads)):
                return Outcome.UNCHANGED
            self._commit({graph: quads})
            return Outcome.ADDED if before is None else Outcome.REPLACED

    def ingest_many(self, documents: Iterable[tuple[str, Sequence[ox.Quad]]]) -> dict[Outcome, int]:
        """Ingest many prepared documents, given as (graph IRI, quads), at bulk speed.

        All documents that are new are added as a whole; changed ones then replace theirs one by one.
        """
        counts = dict.fromkeys(Outcome, 0)
        with self._writing:
            known = replacing.stored_digests(self.engine)
            later: list[tuple[str, Sequence[ox.Quad]]] = []
            self._session.begin_write()
            self.engine.load(_new_quads(documents, known, later, counts))
            for graph, quads in later:
                counts[self.ingest_quads(graph, quads)] += 1
            self._settle()
        return counts

    def delete_document(self, iri: str) -> bool:
        """Remove a document and all that only it says; return whether it was there."""
        graph = identifiers.graph_of_document(iri)
        with self._writing:
            if replacing.stored_digest(self.engine, graph) is None:
                return False
            self._commit({graph: ()})
            return True

    def replace_graph(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Replace a graph that belongs to no document (links, derived, vocabulary)."""
        blocks = replacing.graph_blocks(quads)
        self.update(f"DROP SILENT GRAPH <{graph}> ;\nINSERT DATA {{ {blocks} }}")

    def add_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads to graphs that belong to no document (reviews)."""
        self.update(f"INSERT DATA {{ {replacing.graph_blocks(quads)} }}")

    def update(self, text: str, base: str | None = None) -> None:
        """Run a SPARQL update as one transaction; ``base`` is for its relative IRIs.

        Raises:
            QueryError: the update is malformed or would reach outside the store.
            StoreError: the store is open for reading only.
        """
        check_update(text)
        with self._writing:
            self._session.begin_write()
            self.engine.update(text, base)
            self._settle()

    def keep_vocabulary(self) -> None:
        """Hold the vocabulary of this version of ClaimTrack, so that queries can show labels."""
        wanted = vocabulary_quads()
        if set(self.quads(VOCABULARY.value)) != set(wanted):
            self.replace_graph(VOCABULARY.value, wanted)

    @contextmanager
    def batch(self) -> Iterator[Store]:
        """Make the changes inside safe on disk and visible to readers at the end, all at once.

        Much faster than one by one; until the end, a power cut may undo changes (a killed process
        does not).
        """
        with self._writing:
            self._batches += 1
            try:
                yield self
            finally:
                self._batches -= 1
                self._settle()
                if not self._batches:
                    self.publish()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Change several documents at once: all of them at the end, or none if the block raises."""
        changes = Transaction()
        yield changes
        with self._writing:
            if changes.documents:
                self._commit(changes.documents)

    def publish(self) -> int:
        """Let other processes see what was written; return the number of the generation."""
        with self._writing:
            return self._session.publish()

    def backup(self, path: Path) -> None:
        """Write everything as N-Quads, compressed if the name ends in ``.gz``.

        Raises:
            StoreError: the file cannot be written.
        """
        maintenance.write_backup(self.engine, path)

    def restore(self, path: Path) -> None:
        """Hold what a backup holds and nothing else; a backup that is not whole changes nothing.

        Raises:
            StoreError: the file cannot be read or is not N-Quads, or the store is open for reading only.
        """
        with self._writing, maintenance.backup_quads(path) as quads:
            self._session.rebuild(lambda: quads)

    def compact(self) -> None:
        """Rebuild the store from its own quads, without what the engine piles up over time."""
        with self._writing:
            self._session.rebuild(self.engine.quads)

    # Reading ----------------------------------------------------------------------------------------

    def query(
        self, text: str, *, timeout: float | None = None, row_limit: int | None = None, scope: Scope = UNION
    ) -> Answer:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE over the union of all graphs.

        Args:
            text: the query.
            timeout: seconds until the query is stopped; it then runs in a process of its own, with a
                memory limit.  None runs it here and cannot stop it: for queries you trust.
            row_limit: how many rows or triples to return; more are cut off.
            scope: the graphs to look into.

        Raises:
            QueryRefused: the query would reach outside the store, or change it.
            QueryTimeout, QueryTooLarge, QueryBusy: it was stopped, or could not start.
            QueryError: it is malformed.
        """
        checked = self._checked(text, scope)
        if timeout is None:
            return self.engine.query(text, checked, row_limit)
        answer = self._session.run(Query(text, checked), Limits(seconds=timeout, rows=row_limit))
        assert not isinstance(answer, bytes)
        return answer

    def serialize(
        self, text: str, media_type: str, *, limits: Limits = _DEFAULT_LIMITS, scope: Scope = UNION
    ) -> bytes:
        """Run a query within limits, in a process of its own, and return the answer in a format.

        Raises:
            QueryError: as :meth:`query`; also if the format does not fit the kind of query.
        """
        answer = self._session.run(Query(text, self._checked(text, scope)), limits, media_type)
        assert isinstance(answer, bytes)
        return answer

    def _checked(self, text: str, scope: Scope = UNION) -> Scope:
        """Return the graphs that a query looks into, or refuse it.

        Raises:
            QueryRefused: the query would reach outside the store, or change it.
        """
        query = check_query(text, self.engine.has_graph)
        return replace(scope, own_dataset=query.has_dataset)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate over all quads, or those of one graph, without holding them in memory."""
        return self.engine.quads(graph)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return everything as an rdflib dataset whose default graph is the union of all graphs.

        A copy in memory (about 2 KB a quad): later changes do not show in it, and changing it does not
        change the store.  Literals keep their written form.
        """
        from kg.rdf.convert import to_dataset  # rdflib takes half a second to load and few need it

        return to_dataset(self.quads())

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return self.engine.graphs()

    def stats(self) -> Stats:
        """Count what the store holds."""
        return Stats(
            documents=self._count("?x a ct:Document"),
            acts=self._count("?x ct:reading ?reading"),
            accusations=self._count("?x a ct:Accusation"),
            rebuttals=self._count("?x a ct:Rebuttal"),
            actors=self._count("?x a ct:Actor"),
            quads=self.engine.size(),
        )

    def export(self, format: str, out: IO[bytes], *, documents: Sequence[str] | None = None) -> None:
        """Write the graph, or what some documents say, in an RDF format.

        Args:
            format: a name of :data:`kg.rdf.formats.FORMATS` ("turtle", "trig", "nquads", …).
            out: a binary file.
            documents: IRIs of the documents wanted; None for everything but the vocabulary.

        Raises:
            StoreError: there is no such format, or no such document.
        """
        export.write(self.engine, format, out, documents)

    def refresh(self) -> bool:
        """Move a reader to the newest published generation; return whether there was a newer one."""
        return self._session.refresh()

    def close(self) -> None:
        """Publish what was written and release lock and files.  The object is of no use afterwards."""
        self._session.close()

    @property
    def engine(self) -> Engine:
        """The engine below, for what the store itself does not offer."""
        return self._session.engine

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    # Inside -----------------------------------------------------------------------------------------

    def _commit(self, documents: Mapping[str, Sequence[ox.Quad]]) -> None:
        self._session.begin_write()
        self.engine.update(replacing.change(self.engine, documents))
        self._settle()

    def _count(self, pattern: str) -> int:
        answer = self.engine.query(
            f"PREFIX ct: <{identifiers.BASE}ns#> SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
        )
        assert isinstance(answer, SelectResult)
        return int(plain(answer.rows[0][0]))

    def _settle(self) -> None:
        if not self._batches:
            self.engine.flush()


def open_store(path: Path | None, *, writable: bool = False, wait: float = 0) -> Store:
    """Open a store.

    Args:
        path: the store's directory; None for an empty store in memory.  A directory that holds
            ``server.toml`` (:func:`kg.store.remote.read_server`) stands for a store on that server.
        writable: open for writing, which one process at a time can; else read what is published.
        wait: seconds to wait for another writer to end.

    Raises:
        StoreLocked: another process is writing (the message names it).
        StoreError: there is nothing to read at ``path``.
    """
    if path and (path / SERVER_FILE).is_file():
        from kg.store.remote import open_remote, read_server  # which needs this module

        return open_remote(read_server(path / SERVER_FILE), writable=writable)
    directory = StoreDirectory(path) if path else None
    if directory and not writable:
        return Store(ReaderSession(directory))
    session = WriterSession(directory, wait) if directory else MemorySession()
    store = Store(session)
    store.keep_vocabulary()
    return store


def _new_quads(
    documents: Iterable[tuple[str, Sequence[ox.Quad]]],
    known: dict[str, str],
    later: list[tuple[str, Sequence[ox.Quad]]],
    counts: dict[Outcome, int],
) -> Iterator[ox.Quad]:
    """Yield the quads of new documents; put the others into ``later``."""
    for graph, quads in documents:
        if graph in known:
            later.append((graph, quads))
            continue
        known[graph] = ""
        counts[Outcome.ADDED] += 1
        yield from quads
