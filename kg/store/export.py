"""Writes the graph, or what some documents say, in an RDF format.

The vocabulary is left out: it is the same for everybody and is published by itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.identifiers import graph_of_document
from kg.rdf import formats
from kg.rdf.namespaces import ACTORS, CATALOGUE, PREFIXES, VOCABULARY
from kg.store.engine import Engine

_BY_GRAPH = ("turtle", "ntriples")
"""Formats whose documents can be joined by writing one after the other."""


def write(engine: Engine, format: str, out: IO[bytes], documents: Sequence[str] | None = None) -> None:
    """Write all graphs but the vocabulary, or some documents with all that they need.

    What is written is streamed: memory does not grow with it.

    Args:
        engine: where the quads are.
        format: a key of :data:`kg.rdf.formats.FORMATS`.  Formats without graphs get all triples together.
        out: a binary file.
        documents: IRIs of documents; each brings its graph, its catalogue entry and its actors.

    Raises:
        StoreError: there is no such format, or no such document.
    """
    if format not in formats.FORMATS:
        raise StoreError(f"{format!r} is no RDF format. Known are: {', '.join(formats.FORMATS)}")
    if documents is None and format in _BY_GRAPH:
        _write_by_graph(engine, format, out)
        return
    quads = _everything(engine) if documents is None else _of_documents(engine, documents)
    formats.write(quads, formats.FORMATS[format], out)


def _write_by_graph(engine: Engine, format: str, out: IO[bytes]) -> None:
    """Let the engine dump each graph: twice as fast as handing it every triple."""
    rdf_format = formats.FORMATS[format].syntax
    prefixes = PREFIXES if rdf_format is ox.RdfFormat.TURTLE else None
    head = _head() if prefixes else b""
    out.write(head)
    for graph in _exported_graphs(engine):
        engine.dump_graph(graph, _WithoutHead(out, len(head)), rdf_format, prefixes)


class _WithoutHead(io.BytesIO):
    """A file that drops the first bytes of what is written to it: the prefixes."""

    def __init__(self, out: IO[bytes], head: int) -> None:
        super().__init__()
        self._out = out
        self._left = head

    def write(self, data: object) -> int:
        chunk = bytes(data)  # type: ignore[call-overload]
        self._out.write(chunk[self._left :])
        self._left = max(0, self._left - len(chunk))
        return len(chunk)


@cache
def _head() -> bytes:
    """The prefixes as the engine writes them, but always in the same order."""
    sample = ox.serialize([ox.Triple(*[CATALOGUE] * 3)], format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert sample
    return b"".join(sorted(sample.splitlines(keepends=True)[:-1]))


def _exported_graphs(engine: Engine) -> list[str]:
    return [graph for graph in engine.graphs() if graph != VOCABULARY.value]


def _everything(engine: Engine) -> Iterator[ox.Quad]:
    for graph in _exported_graphs(engine):
        yield from engine.quads(graph)


def _of_documents(engine: Engine, documents: Sequence[str]) -> Iterator[ox.Quad]:
    """Yield the documents' graphs, then the catalogue's entries for them and their actors, each once."""
    actors: set[str] = set()
    for document in documents:
        graph = graph_of_document(document)
        if not engine.has_graph(graph):
            raise StoreError(f"<{document}>: no such document")
        for quad in engine.quads(graph):
            yield quad
            if isinstance(quad.object, ox.NamedNode):
                actors.add(quad.object.value)
    entries = dict.fromkeys(graph_of_document(document) for document in documents)
    for entry in entries:
        yield from engine.quads(CATALOGUE.value, entry)
    for actor in sorted(actors):
        yield from engine.quads(ACTORS.value, actor)
