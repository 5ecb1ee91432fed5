"""Answers of queries: as Turtle, and the records that a row names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.identifiers import BASE, ID, record_id
from kg.model import Act, ActType
from kg.store.results import SelectResult
from kg.views.corpus import Corpus
from kg.views.graph import key

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PREFIXES = {"rs": _RS, "ct": f"{BASE}ns#", "id": ID}


def table_turtle(result: SelectResult) -> bytes:
    """Write a table as Turtle in the result set vocabulary of the W3C
    (https://www.w3.org/2001/sw/DataAccess/tests/result-set).
    """
    return ox.serialize(_table(result), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _table(result: SelectResult) -> Iterator[ox.Triple]:
    table = ox.BlankNode()
    yield ox.Triple(table, _TYPE, _term("ResultSet"))
    for variable in result.variables:
        yield ox.Triple(table, _term("resultVariable"), ox.Literal(variable))
    for row in result.rows:
        solution = ox.BlankNode()
        yield ox.Triple(table, _term("solution"), solution)
        for variable, value in zip(result.variables, row, strict=True):
            if value is not None and not isinstance(value, ox.Triple):
                binding = ox.BlankNode()
                yield ox.Triple(solution, _term("binding"), binding)
                yield ox.Triple(binding, _term("variable"), ox.Literal(variable))
                yield ox.Triple(binding, _term("value"), value)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(_RS + name)


def acts_in(corpus: Corpus, cells: Sequence[str]) -> list[Act]:
    """Return the acts whose IRIs, or whose readings' IRIs, stand in the cells of a row."""
    names = [cell.removeprefix(ID) for cell in cells if cell.startswith(ID)]
    records = [*names, *(record_id(ID + name, type_) for name in names for type_ in ActType)]
    return corpus.by_id(list(dict.fromkeys(records)))


def documents_in(corpus: Corpus, cells: Sequence[str]) -> list[str]:
    """Return the documents whose IRIs stand in the cells of a row, as links name them."""
    return [key(cell) for cell in cells if key(cell) in corpus.by_key and cell.startswith(ID)]


def actors_in(corpus: Corpus, cells: Sequence[str]) -> list[str]:
    """Return the actors whose IRIs, or whose names, stand in the cells of a row, as links name them."""
    named = {party.name: name for name, party in corpus.actors.items()}
    found = [key(cell) if cell.startswith(ID) else named.get(cell, "") for cell in cells]
    return [name for name in dict.fromkeys(found) if name in corpus.actors]
