"""The engines that hold quads: what the store asks of one, and pyoxigraph in memory or on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.results import Answer, SelectResult


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a query looks: the graphs that it sees, and what its relative IRIs mean.

    ``default`` are merged into the default graph and ``named`` answer to GRAPH.  None for either means:
    not restricted by the caller.  With both None the default graph is the union of all named graphs.
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    own_dataset: bool = False
    """Whether the query text has FROM clauses, which then decide."""
    base: str | None = None
    """What relative IRIs in the query text are relative to."""


UNION = Scope()
"""Everything: the default graph is the union of all named graphs."""


class Engine(Protocol):
    """A quad store that speaks SPARQL 1.1."""

    def query(self, text: str, scope: Scope = UNION, row_limit: int | None = None) -> Answer:
        """Run a read query; raise :class:`QueryError` for a malformed one."""
        ...

    def update(self, text: str, base: str | None = None) -> None:
        """Run an update as one transaction; ``base`` is for its relative IRIs."""
        ...

    def quads(
        self,
        graph: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads with the given IRIs in the given places; None is anything."""
        ...

    def dump_graph(
        self, graph: str, out: IO[bytes], format: ox.RdfFormat, prefixes: dict[str, str] | None
    ) -> None:
        """Write the triples of one graph."""
        ...

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add many quads at once: all of them, or none if the process is killed."""
        ...

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        ...

    def has_graph(self, graph: str) -> bool:
        """Return whether there is a named graph with this IRI."""
        ...

    def size(self) -> int:
        """Return the number of quads."""
        ...

    def flush(self) -> None:
        """Make what was written safe on disk."""
        ...

    def optimize(self) -> None:
        """Prepare for many reads."""
        ...


class OxigraphEngine:
    """pyoxigraph in this process; ``raw`` is the pyoxigraph store."""

    def __init__(self, raw: ox.Store) -> None:
        self.raw = raw

    @classmethod
    def in_memory(cls) -> OxigraphEngine:
        """Return an empty engine that is gone with the process."""
        return cls(ox.Store())

    @classmethod
    def on_disk(cls, directory: Path) -> OxigraphEngine:
        """Open a directory for writing, free of the leftovers of killed bulk loads."""
        directory.mkdir(parents=True, exist_ok=True)
        for leftover in directory.glob("bulk-*.sst"):
            leftover.unlink()
        return cls(_opened(lambda: ox.Store(directory), directory))

    def shut(self) -> None:
        """Let go of the files: the engine has no close, it closes when nothing refers to it."""
        del self.raw

    @classmethod
    def snapshot(cls, directory: Path) -> OxigraphEngine:
        """Open a published snapshot for reading."""
        return cls(_opened(lambda: ox.Store.read_only(str(directory)), directory))

    def query(self, text: str, scope: Scope = UNION, row_limit: int | None = None) -> Answer:
        """See :class:`Engine`."""
        try:
            return collected(self.solve(text, scope), row_limit)
        except SyntaxError as error:
            raise QueryError(f"the query is not valid SPARQL: {error}") from error
        except (OSError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def solve(self, text: str, scope: Scope) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Start a query and return pyoxigraph's lazy answer."""
        if scope.own_dataset and scope.default is None and scope.named is None:
            return self.raw.query(text, base_iri=scope.base)
        if scope.default is None and scope.named is None:
            return self.raw.query(text, base_iri=scope.base, use_default_graph_as_union=True)
        # An explicit data set has nothing but what is listed (SPARQL 1.1 Protocol 2.1.4).
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            node(iri) for iri in scope.default or ()
        ]
        named: list[ox.NamedNode | ox.BlankNode] = [node(iri) for iri in scope.named or ()]
        return self.raw.query(text, base_iri=scope.base, default_graph=default, named_graphs=named)

    def update(self, text: str, base: str | None = None) -> None:
        """See :class:`Engine`."""
        try:
            self.raw.update(text, base_iri=base)
        except SyntaxError as error:
            raise QueryError(f"the update is not valid SPARQL: {error}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the update failed, nothing was changed: {error}") from error

    def quads(
        self,
        graph: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
    ) -> Iterator[ox.Quad]:
        """See :class:`Engine`."""
        return self.raw.quads_for_pattern(
            _wanted(subject), _wanted(predicate), _wanted(object), _wanted(graph)
        )

    def dump_graph(
        self, graph: str, out: IO[bytes], format: ox.RdfFormat, prefixes: dict[str, str] | None
    ) -> None:
        """See :class:`Engine`."""
        self.raw.dump(out, format, from_graph=node(graph), prefixes=prefixes)

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """See :class:`Engine`."""
        self.raw.bulk_extend(quads)

    def graphs(self) -> list[str]:
        """See :class:`Engine`."""
        return sorted(graph.value for graph in self.raw.named_graphs())

    def has_graph(self, graph: str) -> bool:
        """See :class:`Engine`."""
        return self.raw.contains_named_graph(node(graph))

    def size(self) -> int:
        """See :class:`Engine`."""
        return len(self.raw)

    def flush(self) -> None:
        """See :class:`Engine`."""
        self.raw.flush()

    def optimize(self) -> None:
        """See :class:`Engine`."""
        self.raw.optimize()


def collected(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, row_limit: int | None = None
) -> Answer:
    """Return a lazy answer as values, at most ``row_limit`` rows (a CONSTRUCT is cut likewise)."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return list(islice(answer, row_limit))
    variables = tuple(variable.value for variable in answer.variables)
    rows = tuple(tuple(solution) for solution in islice(answer, row_limit))
    truncated = row_limit is not None and len(rows) == row_limit and next(answer, None) is not None
    return SelectResult(variables, rows, truncated)


def node(iri: str) -> ox.NamedNode:
    """Return an IRI as a term.

    Raises:
        StoreError: the text is no IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise StoreError(f"{iri!r} is no IRI: {error}") from error


def _wanted(iri: str | None) -> ox.NamedNode | None:
    return None if iri is None else node(iri)


def _opened(opener: Callable[[], ox.Store], directory: Path) -> ox.Store:
    try:
        return opener()
    except OSError as error:
        raise StoreError(f"{directory}: the store cannot be opened: {error}") from error
