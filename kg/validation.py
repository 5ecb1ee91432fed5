"""Checks a store or RDF files against the shapes, graph by graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.identifiers import GRAPH
from kg.rdf.formats import format_named
from kg.rdf.namespaces import ACTORS, CATALOGUE, VOCABULARY
from kg.rdf.validate import ValidationReport, validate
from kg.store.results import SelectResult
from kg.store.store import Store

_SHARED = (ACTORS.value, CATALOGUE.value)
"""Graphs that describe what several documents mention."""
_DOCUMENT = GRAPH + "doc-"
"""How the name of a document's graph begins."""


def graphs_to_validate(store: Store) -> list[str]:
    """Return the graphs that are checked: not the shared ones, which are checked with each that needs
    them, and not the vocabulary, which holds no records.
    """
    return [graph for graph in store.graphs() if graph not in (*_SHARED, VOCABULARY.value)]


def validate_store(store: Store) -> Iterator[tuple[str, ValidationReport]]:
    """Yield each graph of ``store`` with what is wrong in it.

    One at a time, each with the descriptions of what it mentions: the time of a validation grows faster
    than the size of what is validated.
    """
    shared: dict[object, list[ox.Quad]] = defaultdict(list)
    for graph in _SHARED:
        for quad in store.quads(graph):
            shared[quad.subject].append(quad)
    for graph in graphs_to_validate(store):
        own = list(store.quads(graph))
        others = [quad for other in _documents_mentioned(store, graph) for quad in store.quads(other)]
        report = validate(_with_descriptions(own + others, shared))
        yield graph, _about(report, own) if others else report


def _documents_mentioned(store: Store, graph: str) -> list[str]:
    """Return the document graphs that describe what links and reviews are about; a document needs none."""
    if graph.startswith(_DOCUMENT):
        return []
    answer = store.query(
        f"SELECT DISTINCT ?g {{ GRAPH <{graph}> {{ ?s ?p ?node }} GRAPH ?g {{ ?node a ?type }} "
        f'FILTER(STRSTARTS(STR(?g), "{_DOCUMENT}")) }} ORDER BY ?g'
    )
    assert isinstance(answer, SelectResult)
    return [name for (name,) in answer.texts()]


def _about(report: ValidationReport, quads: list[ox.Quad]) -> ValidationReport:
    """Leave out what is wrong with other graphs than the one that holds ``quads``."""
    own = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return ValidationReport(tuple(finding for finding in report.findings if finding.focus in own))


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
