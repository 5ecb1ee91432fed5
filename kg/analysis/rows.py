"""Rows of SPARQL queries as they come, so that an answer is never held as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.rdf.namespaces import PREFIXES
from kg.store import Store
from kg.store.engine import UNION, OxigraphEngine, Scope
from kg.store.results import SelectResult, Term, plain

_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def rows(store: Store, text: str, graphs: Sequence[str] | None = None) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a SELECT query as texts, ``""`` where a variable is unbound.

    Args:
        store: where to look.
        text: a query without prefixes.
        graphs: IRIs of the graphs to look into; all if None.

    Raises:
        QueryError: the query fails.
    """
    scope = UNION if graphs is None else Scope(default=tuple(graphs), named=())
    for row in _solutions(store, _PROLOGUE + text, scope):
        yield tuple(map(plain, row))


def _solutions(store: Store, text: str, scope: Scope) -> Iterator[tuple[Term | None, ...]]:
    engine = store.engine
    if not isinstance(engine, OxigraphEngine):  # one of another machine, which sends answers as a whole
        answer = engine.query(text, scope)
        if not isinstance(answer, SelectResult):
            raise GraphError("the query answers no table")
        yield from answer.rows
        return
    try:
        solutions = engine.solve(text, scope)
        if isinstance(solutions, ox.QuerySolutions):
            yield from map(tuple, solutions)
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def part(variables: str, pattern: str) -> str:
    """Return a part of a query that the engine joins with the others by hashing.

    A pattern on its own would be looked up once for each row of the parts before it, in every graph of the
    scope.  A sub-select is read once, in the order of an index.
    """
    return f"{{ SELECT {variables} {{ {pattern} }} }}"
