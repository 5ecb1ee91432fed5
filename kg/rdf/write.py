"""Records to quads.

What a document says goes into the document's own graph, named actors into one graph for all documents,
and what was made from what into the catalogue.  No triple is written into two graphs: queries see the
union of all graphs, and Oxigraph counts a triple once for every graph it is in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.identifiers import ID, document_graph, document_iri
from kg.model import UNNAMED, Act, Document, Extraction, Genre
from kg.rdf import literals
from kg.rdf.act_triples import ActWriter, Triple, actor_triples
from kg.rdf.canonical import nquads
from kg.rdf.namespaces import ACTORS, CATALOGUE, CT, DC, DCTERMS, PROV, RDF, SCHEMA, VOID, concept

DATASET = NamedNode(ID + "dataset")
"""The data set that all documents of a store are part of."""


def document_quads(extraction: Extraction) -> list[Quad]:
    """Return everything that is written for one document: its graph, its actors, its catalogue entry.

    Same extraction, same quads in the same order, on every run and machine.  The document graph holds
    no times.
    """
    content = graph_quads(extraction)
    catalogue = catalogue_triples(extraction.document, graph_digest(content))
    actors = dict.fromkeys(quad for act in extraction.acts for quad in named_actor_quads(act))
    return [*content, *actors, *(Quad(*triple, CATALOGUE) for triple in catalogue)]


def graph_quads(extraction: Extraction) -> list[Quad]:
    """Return the quads of the document graph without repetitions: the document, then its acts in order."""
    graph = NamedNode(document_graph(extraction.document))
    triples = dict.fromkeys(_document_triples(extraction.document))
    triples.update(dict.fromkeys(ActWriter(extraction).triples()))
    return [Quad(*triple, graph) for triple in triples]


def part_quads(extraction: Extraction, acts: Iterable[Act]) -> Iterator[Quad]:
    """Yield what :func:`graph_quads` writes of a document and some of its acts, in the same words."""
    graph = NamedNode(document_graph(extraction.document))
    writer = ActWriter(extraction)
    triples = dict.fromkeys(_document_triples(extraction.document))
    triples.update(dict.fromkeys(triple for act in acts for triple in writer.whole_act_triples(act)))
    return (Quad(*triple, graph) for triple in triples)


def without_links(extraction: Extraction) -> Extraction:
    """Return a document whose acts answer only acts of the document.

    Read from a store, an act also answers acts of other documents, by links that a person has accepted;
    these are no part of the document.
    """
    own = {act.id for act in extraction.acts}
    acts = (replace(act, rebuts=tuple(r for r in act.rebuts if r in own)) for act in extraction.acts)
    return replace(extraction, acts=tuple(acts))


def graph_digest(quads: Iterable[Quad]) -> str:
    """Return the hex SHA-256 of the canonical N-Quads (RDFC-1.0; there are no blank nodes to rename)."""
    return hashlib.sha256(nquads(quads).encode()).hexdigest()


def catalogue_triples(document: Document, digest: str) -> Iterator[Triple]:
    """Yield the catalogue's entry for one document graph: what it was made from and its digest."""
    graph = NamedNode(document_graph(document))
    yield graph, PROV.wasDerivedFrom, NamedNode(document_iri(document))
    yield graph, DCTERMS.isPartOf, DATASET
    yield graph, CT.digest, Literal(digest)
    yield DATASET, RDF.type, VOID.Dataset


def named_actor_quads(act: Act) -> Iterator[Quad]:
    """Yield what is known of the named actors of an act, which all documents share."""
    for party in (act.source, act.target, *act.via):
        if party.side != UNNAMED:
            for triple in actor_triples(party):
                yield Quad(*triple, ACTORS)


def _document_triples(document: Document) -> Iterator[Triple]:
    node, metadata = NamedNode(document_iri(document)), document.metadata
    yield node, RDF.type, CT.Document
    yield node, DCTERMS.identifier, literals.text(document.name)
    yield node, CT.textSha256, Literal(document.text_sha256)
    yield node, SCHEMA.text, literals.text(document.text)
    if metadata.title:
        yield node, DCTERMS.title, literals.words(metadata.title, metadata.language)
    if metadata.date:
        yield node, DCTERMS.issued, literals.partial_date(metadata.date)
    if metadata.url:
        yield node, SCHEMA.url, literals.address(metadata.url)
    if metadata.inferred:
        yield node, CT.inferredFields, literals.lines(metadata.inferred)
    if metadata.genre in set(Genre):
        yield node, CT.genre, concept(Genre(metadata.genre))
    elif metadata.genre:
        yield node, SCHEMA.genre, literals.text(metadata.genre)
    for predicate, value in (
        (DC.publisher, metadata.publisher),
        (DC.creator, metadata.speaker),
        (SCHEMA.inLanguage, metadata.language),
        (SCHEMA.license, metadata.licence),
    ):
        if value:
            yield node, predicate, literals.text(value)
