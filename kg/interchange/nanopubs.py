"""Reviewed acts as nanopublications (https://nanopub.net/guidelines/working_draft/), in TriG.

Each has four graphs: head, assertion (who performed which act, and its proposition: never the content
itself), provenance (the passage it was read from, and who accepted it) and publication information.
They are unsigned and have no trusty URI; a nanopublication client adds both when it publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad

from kg.identifiers import ID, digest, document_iri, passage_iri, reading_iri
from kg.model import Act, Document, Extraction
from kg.rdf import literals
from kg.rdf.act_triples import ActWriter, Triple, actor_triples
from kg.rdf.formats import FORMATS, write
from kg.rdf.namespaces import CT, DCTERMS, NP, PROV, RDF, SCHEMA, XSD
from kg.rdf.reviews import Decision, Review, moment, reviewer_iri

LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
"""Of the nanopublication, not of the text that it quotes."""

_PUBLISHED = (Decision.ACCEPTED, Decision.CORRECTED)
_SPAN = ID + "span-"


def write_nanopubs(extractions: Iterable[Extraction], reviews: Mapping[str, Review], out: IO[bytes]) -> None:
    """Write a nanopublication for each reading that a person has accepted or put right.

    ``reviews`` gives the latest review of a reading by the reading's IRI
    (:func:`kg.rdf.reviews.latest_reviews`).
    """
    write(_accepted(extractions, reviews), FORMATS["trig"], out)


def _accepted(extractions: Iterable[Extraction], reviews: Mapping[str, Review]) -> Iterator[Quad]:
    for extraction in extractions:
        writer = ActWriter(extraction)
        for act in extraction.acts:
            review = reviews.get(reading_iri(act.id))
            if review and review.decision in _PUBLISHED:
                yield from _nanopub(extraction.document, act, review, writer)


def _nanopub(document: Document, act: Act, review: Review, writer: ActWriter) -> Iterator[Quad]:
    base = f"{ID}np-{digest(act.id, review.reviewer, moment(review))}"
    node = NamedNode(base)
    head, assertion, provenance, about = (
        NamedNode(f"{base}-{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(node, RDF.type, NP.Nanopublication, head)
    yield Quad(node, NP.hasAssertion, assertion, head)
    yield Quad(node, NP.hasProvenance, provenance, head)
    yield Quad(node, NP.hasPublicationInfo, about, head)
    triples = dict.fromkeys(writer.act_triples(act))
    for party in (act.source, act.target, *act.via):
        triples.update(dict.fromkeys(actor_triples(party)))
    for triple in triples:
        yield Quad(*triple, provenance if triple[0].value.startswith(_SPAN) else assertion)
    for triple in dict.fromkeys(_provenance(document, act, review, assertion)):
        yield Quad(*triple, provenance)
    yield Quad(node, DCTERMS.created, Literal(moment(review), datatype=XSD.dateTime), about)
    yield Quad(node, DCTERMS.creator, NamedNode(reviewer_iri(review.reviewer)), about)
    yield Quad(node, DCTERMS.license, LICENCE, about)


def _provenance(document: Document, act: Act, review: Review, assertion: NamedNode) -> Iterator[Triple]:
    source = NamedNode(document_iri(document))
    yield assertion, PROV.wasDerivedFrom, source
    yield assertion, PROV.wasQuotedFrom, NamedNode(passage_iri(document, act.start, act.end))
    yield assertion, PROV.wasAttributedTo, NamedNode(reviewer_iri(review.reviewer))
    yield source, RDF.type, CT.Document
    yield source, CT.textSha256, Literal(document.text_sha256)
    if document.metadata.title:
        yield source, DCTERMS.title, literals.words(document.metadata.title, document.metadata.language)
    if document.metadata.url:
        yield source, SCHEMA.url, literals.address(document.metadata.url)
