"""Checks a store or RDF files against the shapes, document by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.rdf.formats import format_named
from kg.rdf.namespaces import ACTORS, CATALOGUE
from kg.rdf.validate import ValidationReport, validate
from kg.store.store import Store

_SHARED = (ACTORS.value, CATALOGUE.value)
"""Graphs that describe what several documents mention."""


def validate_store(store: Store) -> Iterator[tuple[str, ValidationReport]]:
    """Yield each named graph of ``store`` with what is wrong in it.

    One at a time, each with the shared descriptions (actors, catalogue) of what it mentions: the time of
    a validation grows faster than the size of what is validated.
    """
    shared: dict[object, list[ox.Quad]] = defaultdict(list)
    for graph in _SHARED:
        for quad in store.quads(graph):
            shared[quad.subject].append(quad)
    for graph in store.graphs():
        if graph not in _SHARED:
            yield graph, validate(_with_descriptions(list(store.quads(graph)), shared))


def _with_descriptions(quads: list[ox.Quad], shared: dict[object, list[ox.Quad]]) -> list[ox.Quad]:
    """Return ``quads`` and the shared quads about their nodes and about what those mention in turn."""
    found, waiting, known = list(quads), list(quads), set[object]()
    while waiting:
        quad = waiting.pop()
        for node in {quad.subject, quad.object} - known:
            known.add(node)
            described = shared.get(node, [])
            found += described
            waiting += described
    return found


def validate_file(path: Path) -> ValidationReport:
    """Check an RDF file; its format is told by its suffix.

    Raises:
        GraphError: the suffix is of no RDF format, or the file is malformed.
    """
    format_ = format_named(path.suffix)
    try:
        return validate(ox.parse(path=path, format=format_.syntax))
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"{path}: malformed {format_.label} ({error}). Correct the file") from error
