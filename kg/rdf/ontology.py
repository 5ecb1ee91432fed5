"""The ontology as records, for those who document it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from kg.rdf.namespaces import CT, PREFIXES
from kg.resources import ontology_file

LANGUAGES = ("en", "fr")
Texts = Mapping[str, str]
"""One text by language."""

_PREFIXES = {
    **PREFIXES,
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "cito": "http://purl.org/spar/cito/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "owl": str(OWL),
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sioc": "http://rdfs.org/sioc/ns#",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property.

    Attributes:
        name: with its prefix, such as ``ct:speaker``.
        label, comment: by language.
        parents: names of its superclasses or superproperties.
        aligned: names of the terms of other vocabularies that it is aligned with.
        domain, range: names of classes or datatypes; several if it is any of them; none for classes.
        functional: whether there is at most one value.
    """

    name: str
    label: Texts
    comment: Texts
    parents: tuple[str, ...]
    aligned: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    functional: bool

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Concept:
    """A member of a closed list; ``group`` is the local name of the broader one, or empty."""

    local: str
    label: Texts
    definition: Texts
    group: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A closed list of concepts."""

    iri: str
    title: Texts
    description: Texts
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a shape demands, in words."""

    local: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All of it, each list in the order of names."""

    iri: str
    version: str
    version_iri: str
    title: Texts
    description: Texts
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    schemes: tuple[Scheme, ...]
    shapes: tuple[Shape, ...]


@cache
def read_ontology() -> Ontology:
    """Return the ontology of this version of ClaimTrack."""
    graph, concepts, alignments = map(_load, ("ct.ttl", "ct-voc.ttl", "ct-align.ttl"))
    node = rdflib.URIRef(CT.base.removesuffix("#"))
    schemes = sorted(concepts.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty)
    return Ontology(
        iri=str(node),
        version=str(graph.value(node, OWL.versionInfo)),
        version_iri=str(graph.value(node, OWL.versionIRI)),
        title=_texts(graph, node, DCTERMS.title),
        description=_texts(graph, node, DCTERMS.description),
        classes=tuple(_term(graph, alignments, term) for term in _own(graph, OWL.Class)),
        properties=tuple(_term(graph, alignments, term) for term in _own(graph, *properties)),
        schemes=tuple(_scheme(concepts, scheme) for scheme in schemes),
        shapes=tuple(_shapes(_load("ct-shapes.ttl"))),
    )


def local_name(iri: object) -> str:
    """Return the last part of an IRI."""
    return str(iri).replace("#", "/").rpartition("/")[2]


def prefixed(iri: object) -> str:
    """Return an IRI with its prefix, such as ``ct:speaker``."""
    for prefix, base in _PREFIXES.items():
        if str(iri).startswith(base):
            return f"{prefix}:{str(iri).removeprefix(base)}"
    return f"<{iri}>"


def expanded(name: str) -> str:
    """Return the IRI that a name with a prefix stands for; the inverse of :func:`prefixed`."""
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local


def _load(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(name))


def _own(graph: rdflib.Graph, *kinds: rdflib.URIRef) -> list[Node]:
    found = {t for kind in kinds for t in graph.subjects(RDF.type, kind) if str(t).startswith(CT.base)}
    return sorted(found, key=str)


def _texts(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> Texts:
    found = {
        o.language or "": str(o) for o in graph.objects(node, predicate) if isinstance(o, rdflib.Literal)
    }
    return {language: found[language] for language in LANGUAGES}


def _term(graph: rdflib.Graph, alignments: rdflib.Graph, term: Node) -> Term:
    above = (RDFS.subClassOf, RDFS.subPropertyOf)
    return Term(
        name=prefixed(term),
        label=_texts(graph, term, RDFS.label),
        comment=_texts(graph, term, RDFS.comment),
        parents=_names(o for p in above for o in graph.objects(term, p)),
        aligned=_names(o for p in (*above, RDFS.seeAlso) for o in alignments.objects(term, p)),
        domain=tuple(_members(graph, graph.value(term, RDFS.domain))),
        range=tuple(_members(graph, graph.value(term, RDFS.range))),
        functional=(term, RDF.type, OWL.FunctionalProperty) in graph,
    )


def _names(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(map(prefixed, nodes)))


def _members(graph: rdflib.Graph, node: Node | None) -> list[str]:
    """Return the names of the classes that a domain or range allows: one, or those of a union."""
    if node is None:
        return []
    union = graph.value(node, OWL.unionOf)
    return [prefixed(node)] if union is None else list(map(prefixed, graph.items(union)))


def _scheme(graph: rdflib.Graph, scheme: Node) -> Scheme:
    members = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
    return Scheme(
        iri=str(scheme),
        title=_texts(graph, scheme, DCTERMS.title),
        description=_texts(graph, scheme, DCTERMS.description),
        concepts=tuple(_concept(graph, member) for member in members),
    )


def _concept(graph: rdflib.Graph, node: Node) -> Concept:
    group = graph.value(node, SKOS.broader)
    codes = graph.objects(node, rdflib.URIRef(CT.base + "externalCode"))
    return Concept(
        local=local_name(node),
        label=_texts(graph, node, SKOS.prefLabel),
        definition=_texts(graph, node, SKOS.definition),
        group=local_name(group) if group else "",
        codes=tuple(sorted(map(_code, codes))),
    )


def _code(literal: Node) -> str:
    assert isinstance(literal, rdflib.Literal)
    return f"{local_name(literal.datatype).removesuffix('Code')} {literal}"


def _shapes(graph: rdflib.Graph) -> Iterator[Shape]:
    helpers = CT.base.replace("ns#", "shapes#In")  # each says: a concept of that scheme
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        if str(shape).startswith(helpers):
            continue
        parts = [shape, *graph.objects(shape, SH.property), *graph.objects(shape, SH.sparql)]
        messages = sorted(
            str(message).removesuffix(": {?value}").rstrip(".")
            for part in parts
            for message in graph.objects(part, SH.message)
        )
        yield Shape(local_name(shape), tuple(dict.fromkeys(messages)))
