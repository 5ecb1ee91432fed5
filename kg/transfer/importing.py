"""Reads RDF files into a store: records are checked and written anew, so that a store holds nothing else.

A document that the file holds whole (the catalogue's digest tells) replaces that of the store; one that it
holds in part is added to it.  Reviews and links are added.  Graphs that are not ClaimTrack's stay as they
are, under their names.  Triples in no such graph that belong to no record are left out and counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import IO

import pyoxigraph as ox

from kg.errors import GraphError, InputError
from kg.identifiers import GRAPH, ID, document_graph, document_iri
from kg.model import Act, Document, Extraction, Quote
from kg.rdf import formats
from kg.rdf.formats import Format
from kg.rdf.namespaces import ACTORS, CT, LINKS, PROV, RDF, RDFS, VOCABULARY
from kg.rdf.read import StoreSource, read_acts, read_document, readings_of
from kg.rdf.reviews import read_reviews, review_quads
from kg.rdf.write import document_quads, graph_digest, graph_quads, without_links
from kg.reviews.keeping import Replayed, add_reviews
from kg.store.records import EngineSource
from kg.store.store import Outcome, Store

_LINKING = {CT.rebuts, CT.retracts, CT.respondsTo, PROV.alternateOf}
_LOST = "\ufffd"
"""What stands for characters that a format cannot hold."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file, as numbers of things.

    Attributes:
        documents: by outcome.
        reviews: decisions that were added, and that the store had.
        links: triples about links between documents.
        other: triples in graphs that are not ClaimTrack's.
        left_out: triples that belong to no record.
    """

    documents: Mapping[Outcome, int]
    reviews: Replayed
    links: int
    other: int
    left_out: int


def import_rdf(store: Store, file: IO[bytes] | bytes, format_: Format) -> Imported:
    """Add the records of an RDF file; a file that is not right changes nothing.

    The file is held in memory (about 0.4 KB a triple) while it is read.

    Raises:
        GraphError: it is malformed, holds a record in part, or its words are not those of its text.
        StoreError: the store is open for reading only.
    """
    raw = ox.Store()
    raw.bulk_extend(formats.read(file, format_))
    source = StoreSource(raw)
    extractions = [_checked(source, iri) for iri in sorted(source.subjects(RDF.type, CT.Document))]
    reviews = read_reviews(source)
    versions = [_version(store, source, extraction) for extraction in extractions]
    known = _Known()
    for extraction in extractions:
        known.add(document_quads(extraction))
    with store.batch():
        outcomes = store.ingest_many((document_graph(v.document), document_quads(v)) for v in versions)
        for review in reviews:
            known.add(review_quads(review))
        rest = _sorted_out(quad for quad in raw if quad.triple not in known)
        for quads in rest.kept.values():
            store.add_quads(quads)
        replayed = add_reviews(store, reviews)
    links = rest.kept.pop(LINKS, [])
    return Imported(outcomes, replayed, len(links), sum(map(len, rest.kept.values())), rest.left_out)


def import_graph(store: Store, file: IO[bytes] | bytes, format_: Format, graph: str) -> int:
    """Put all triples of a file into one graph, as they are, instead of what it held; return their number.

    Raises:
        InputError: the graph is one of ClaimTrack's.
        GraphError: the file is malformed.
        StoreError: the store is open for reading only, or the name is no IRI.
    """
    if graph.startswith(GRAPH):
        raise InputError(f"<{graph}>: this is where ClaimTrack keeps its own records. Choose another name")
    triples = list(dict.fromkeys(quad.triple for quad in formats.read(file, format_)))
    name = ox.NamedNode(graph)
    store.replace_graph(graph, (ox.Quad(t.subject, t.predicate, t.object, name) for t in triples))
    return len(triples)


class _Known:
    """Triples that belong to records: their hashes, which take a tenth of the memory."""

    def __init__(self) -> None:
        self._hashes: set[int] = set()

    def add(self, quads: Iterable[ox.Quad]) -> None:
        self._hashes.update(hash(quad.triple) for quad in quads)

    def __contains__(self, triple: ox.Triple) -> bool:
        return hash(triple) in self._hashes


@dataclass(frozen=True, slots=True)
class _Rest:
    """Triples that belong to no document: those to keep, by graph, and the number of the others."""

    kept: dict[ox.NamedNode, list[ox.Quad]]
    left_out: int


def _sorted_out(quads: Iterable[ox.Quad]) -> _Rest:
    kept: defaultdict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
    left_out = 0
    for quad in quads:
        if quad.graph_name == VOCABULARY or _starts(quad.subject, GRAPH):
            continue  # every store has its own vocabulary, and writes its own catalogue
        if graph := _graph_of(quad):
            kept[graph].append(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
        else:
            left_out += 1
    return _Rest(dict(kept), left_out)


def _graph_of(quad: ox.Quad) -> ox.NamedNode | None:
    """Return the graph for a triple that belongs to no document; None if there is none."""
    if _is_link(quad):
        return LINKS
    if quad.predicate == RDFS.label and _starts(quad.subject, ID + "actor-"):
        return ACTORS  # a name that other documents give to an actor
    if isinstance(quad.graph_name, ox.NamedNode) and not _starts(quad.graph_name, GRAPH):
        return quad.graph_name
    return None


def _is_link(quad: ox.Quad) -> bool:
    """Return whether a triple describes a link, or is what an accepted one says."""
    if _starts(quad.subject, ID + "link-"):
        return True
    return quad.predicate in _LINKING and _starts(quad.subject, ID) and _starts(quad.object, ID)


def _starts(term: object, beginning: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(beginning)


def _checked(source: StoreSource, iri: str) -> Extraction:
    """Return a document whose acts quote it word for word.

    Raises:
        GraphError: they do not, or the text is not the one that was read.
    """
    document = read_document(source, iri)
    if document_iri(document) != iri:
        raise GraphError(f"<{iri}>: its URL and name give another IRI, <{document_iri(document)}>")
    pinned = source.properties(iri)[CT.textSha256.value]
    if document.text_sha256 not in pinned and _LOST not in document.text:
        raise GraphError(f"<{iri}>: the text is not the one whose SHA-256 is {pinned[0]}")
    acts = tuple(read_acts(source, readings_of(source, iri)))
    for act in acts:
        _check_words(document, act)
    return without_links(Extraction(document, acts))


def _check_words(document: Document, act: Act) -> None:
    mentions = (party.mention for party in (act.source, act.target, *act.via))
    for quote in (Quote(act.start, act.end, act.sentence), act.cue, act.content, *mentions):
        if quote and document.text[quote.start : quote.end] != quote.text:
            raise GraphError(f"{act.id}: {quote.text!r} is not what {document.name} says at {quote.start}")


def _version(store: Store, source: StoreSource, extraction: Extraction) -> Extraction:
    """Return what the store is to hold of a document."""
    graph = document_graph(extraction.document)
    whole = graph_digest(graph_quads(extraction)) in source.properties(graph).get(CT.digest.value, ())
    return extraction if whole or not store.engine.has_graph(graph) else _joined(store, extraction)


def _joined(store: Store, part: Extraction) -> Extraction:
    """Return the store's version of a document with the acts of another part of it.

    Raises:
        GraphError: the two are parts of different texts.
    """
    iri = document_iri(part.document)
    source = EngineSource(store.engine)
    stored = read_document(source, iri)
    if stored.text != part.document.text:
        raise GraphError(f"<{iri}>: the file has a part of another version of {stored.name}")
    acts = {act.id: act for act in read_acts(source, readings_of(source, iri))}
    acts.update((act.id, act) for act in part.acts)
    ordered = sorted(acts.values(), key=lambda act: (act.start, act.end, act.cue.start, act.type, act.id))
    return without_links(replace(part, document=stored, acts=tuple(ordered)))
