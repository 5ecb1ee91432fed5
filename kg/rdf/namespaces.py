"""Every RDF term that ClaimTrack writes or reads.  The namespaces are closed: a typo raises.

A test compares :data:`CT` and the concepts with the ontology, so that the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.errors import VocabularyError
from kg.identifiers import BASE, GRAPH, ID, VOC
from kg.model import ActType, Genre, Modality, RebuttalKind, Topic

Member = TypeVar("Member", bound=StrEnum)


class Namespace:
    """A closed set of terms under one base: ``CT.speaker`` or ``CT["speaker"]``.

    Raises:
        VocabularyError: if the term is not one of those listed.
    """

    def __init__(self, base: str, terms: str) -> None:
        self.base = base
        self._terms = {name: NamedNode(base + name) for name in terms.split()}
        vars(self).update(self._terms)  # so that a known term is found without __getattr__

    def __getitem__(self, name: str) -> NamedNode:
        try:
            return self._terms[name]
        except KeyError:
            raise VocabularyError(f"<{self.base}{name}>: not a term that ClaimTrack uses") from None

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)


CT = Namespace(
    BASE + "ns#",
    # classes
    "Accusation Actor Allegation Demand Document Link Passage Position Proposition Reading Rebuttal"
    " Report Retraction Review SpeechAct Warning"
    # properties
    " accused actType affirms certainty confidence content correction counter cue decision denies digest"
    " evidence genre holders inDocument inferredFields mainTopic proposition reading reasons rebuts"
    " rebuttalType reports requests respondsTo retracts reviewedRecord side speaker speakerMention"
    " speakerResolution target targetMention targetResolution textSha256 topic via withdraws",
)
DC = Namespace("http://purl.org/dc/elements/1.1/", "creator publisher")
DCTERMS = Namespace("http://purl.org/dc/terms/", "created creator identifier isPartOf issued license title")
NP = Namespace(
    "http://www.nanopub.org/nschema#", "Nanopublication hasAssertion hasProvenance hasPublicationInfo"
)
OA = Namespace(
    "http://www.w3.org/ns/oa#",
    "TextPositionSelector TextQuoteSelector end exact hasSelector hasSource hasTarget prefix start suffix",
)
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Person alternateOf generatedAtTime wasAttributedTo wasDerivedFrom wasQuotedFrom",
)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "object predicate subject type langString")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment")
SCHEMA = Namespace("https://schema.org/", "genre inLanguage license text url")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", "Concept broader inScheme prefLabel")
VOID = Namespace("http://rdfs.org/ns/void#", "Dataset")
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "anyURI boolean date dateTime decimal gYear gYearMonth integer string",
)

PREFIXES = {
    "ct": CT.base,
    "id": ID,
    "graph": GRAPH,
    "voc": VOC,
    "dc": DC.base,
    "dcterms": DCTERMS.base,
    "np": NP.base,
    "oa": OA.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "schema": SCHEMA.base,
    "skos": SKOS.base,
    "void": VOID.base,
    "xsd": XSD.base,
}
"""Prefixes for Turtle, JSON-LD contexts and the SPARQL editor."""

SCHEMES: dict[type[StrEnum], str] = {
    ActType: "act",
    Genre: "genre",
    Modality: "certainty",
    RebuttalKind: "rebuttal",
    Topic: "topic",
}
"""Concept scheme of every closed list of :mod:`kg.model`."""

CATALOGUE = NamedNode(GRAPH + "catalogue")
"""What graphs there are and what they were made from."""
ACTORS = NamedNode(GRAPH + "actors")
"""Actors that the texts name; they are the same in all documents."""
LINKS = NamedNode(GRAPH + "links")
"""Links between documents: proposed until a person accepts them."""
REVIEWS = NamedNode(GRAPH + "reviews")
"""Decisions of people.  Only ever added to."""
VOCABULARY = NamedNode(GRAPH + "vocabulary")
"""The ontology and its concepts, so that queries can show labels and follow skos:broader."""

_CONCEPTS = {  # with the type: members of two lists may share a value, and then they are equal
    (kind, member.value): NamedNode(f"{VOC}{scheme}/{member.value.replace('_', '-')}")
    for kind, scheme in SCHEMES.items()
    for member in kind
}
_MEMBERS = {(kind, node.value): kind(value) for (kind, value), node in _CONCEPTS.items()}


def concept(member: StrEnum) -> NamedNode:
    """Return the SKOS concept that stands for a member of a closed list."""
    return _CONCEPTS[type(member), member.value]


def member(kind: type[Member], iri: str) -> Member:
    """Return the member of a closed list that a concept stands for.

    Raises:
        VocabularyError: if the concept is not one of that list.
    """
    try:
        found = _MEMBERS[kind, iri]
    except KeyError:
        raise VocabularyError(f"<{iri}>: not a concept for {kind.__name__}") from None
    assert isinstance(found, kind)
    return found
