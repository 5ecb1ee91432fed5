"""Writes the graph, or some documents of it, in an RDF format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.identifiers import graph_of_document
from kg.store.engine import Engine

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def write(engine: Engine, format: str, out: IO[bytes], documents: Sequence[str] | None) -> None:
    """Write all graphs, or the graphs of ``documents``; see :meth:`kg.store.store.Store.export`."""
    try:
        rdf_format = FORMATS[format]
    except KeyError:
        raise StoreError(f"{format!r} is no RDF format. Known are: {', '.join(FORMATS)}") from None
    quads = _selected(engine, documents)
    if rdf_format.supports_datasets:
        ox.serialize(quads, out, rdf_format)
    else:
        ox.serialize((quad.triple for quad in quads), out, rdf_format)


def _selected(engine: Engine, documents: Sequence[str] | None) -> Iterator[ox.Quad]:
    if documents is None:
        yield from engine.quads()
        return
    for document in documents:
        yield from engine.quads(graph_of_document(document))
