"""The ontology: complete, documented in two languages, and at one with the code that writes RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import pytest
import rdflib
from hypothesis import given, settings
from pyoxigraph import NamedNode, Quad
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from kg.model import Extraction
from kg.rdf import namespaces
from kg.rdf.namespaces import CT, PREFIXES, SCHEMES, VOCABULARY, Namespace, concept
from kg.rdf.reviews import Decision
from kg.rdf.validate import validate_graph
from kg.rdf.vocabulary import vocabulary_quads
from kg.rdf.write import document_quads
from kg.resources import ontology_file
from tests.records import extractions

NS = "https://w3id.org/claimtrack/ns#"
VOC = "https://w3id.org/claimtrack/voc/"
FILES = ("ct.ttl", "ct-voc.ttl", "ct-align.ttl", "ct-shapes.ttl")


def load(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(name))


ONTOLOGY = load("ct.ttl")
CONCEPTS = load("ct-voc.ttl")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype)
TERMS = sorted({t for kind in KINDS for t in ONTOLOGY.subjects(RDF.type, kind) if t.startswith(NS)})
PROPERTIES = [t for t in TERMS if t.rpartition("#")[2][0].islower() and not t.endswith("Code")]


def languages(graph: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.URIRef) -> list[str]:
    return sorted(str(text.language) for text in graph.objects(term, predicate))


@pytest.mark.parametrize("name", FILES)
def test_each_file_has_a_version(name: str) -> None:
    graph = load(name)
    ontology = graph.value(None, RDF.type, OWL.Ontology)
    version = str(graph.value(ontology, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(graph.value(ontology, OWL.versionIRI)).endswith("/" + version)
    assert graph.value(ontology, DCTERMS.license) is not None
    assert languages(graph, ontology, DCTERMS.title) == ["en", "fr"]


def test_all_files_have_one_version_and_the_changelog_has_it() -> None:
    versions = {str(v) for name in FILES for v in load(name).objects(None, OWL.versionInfo)}
    assert len(versions) == 1
    assert f"### {versions.pop()}" in ontology_file("README.md").read_text(encoding="utf-8")


def test_every_term_used_is_defined() -> None:
    for name in FILES:
        used = {term for triple in load(name) for term in triple if isinstance(term, rdflib.URIRef)}
        undefined = {t for t in used if t.startswith(NS) and t not in TERMS and t != rdflib.URIRef(NS)}
        assert undefined == set(), name


def test_concepts_are_not_below_themselves() -> None:
    for term in CONCEPTS.subjects(RDF.type, SKOS.Concept):
        broader = CONCEPTS.objects(term, SKOS.broader)
        above = {a for o in broader for a in CONCEPTS.transitive_objects(o, SKOS.broader)}
        assert term not in above


def test_the_code_knows_exactly_the_terms_of_the_ontology() -> None:
    unwritten = {"externalCode", "cameoCode", "ploverCode"}
    assert set(CT) | unwritten == {term.removeprefix(NS) for term in TERMS}


@pytest.mark.parametrize("kind", SCHEMES, ids=lambda kind: kind.__name__)
def test_every_member_of_a_closed_list_is_a_concept(kind: type[StrEnum]) -> None:
    scheme = rdflib.URIRef(VOC + SCHEMES[kind])
    for member in kind:
        node = rdflib.URIRef(concept(member).value)
        assert (node, SKOS.inScheme, scheme) in CONCEPTS, member
    written = {concept(member).value for member in kind}
    extra = {str(c) for c in CONCEPTS.subjects(SKOS.inScheme, scheme)} - written
    groups = {str(c) for c in CONCEPTS.objects(None, SKOS.broader)}
    assert extra <= groups, "a concept that is neither a member nor a group of members"


def test_review_decisions_are_concepts() -> None:
    found = {
        str(c).rpartition("/")[2] for c in CONCEPTS.subjects(SKOS.inScheme, rdflib.URIRef(VOC + "review"))
    }
    assert found == {decision.value for decision in Decision}


def test_concepts_conform_to_their_shape() -> None:
    assert validate_graph(CONCEPTS).findings == ()


def test_a_concept_without_french_is_found() -> None:
    broken = rdflib.Graph() + CONCEPTS
    node = rdflib.URIRef(VOC + "topic/espionage")
    broken.remove((node, SKOS.prefLabel, rdflib.Literal("espionnage", lang="fr")))
    assert [finding.focus for finding in validate_graph(broken).findings] == [str(node)]


def test_concepts_of_a_scheme_have_different_labels() -> None:
    for scheme in CONCEPTS.subjects(RDF.type, SKOS.ConceptScheme):
        for language in ("en", "fr"):
            labels = [
                str(label)
                for node in CONCEPTS.subjects(SKOS.inScheme, scheme)
                for label in CONCEPTS.objects(node, SKOS.prefLabel)
                if label.language == language
            ]
            assert len(labels) == len(set(labels)), scheme


def test_top_concepts_and_broader_stay_in_their_scheme() -> None:
    for node, above in CONCEPTS.subject_objects(SKOS.broader):
        assert CONCEPTS.value(node, SKOS.inScheme) == CONCEPTS.value(above, SKOS.inScheme)
    for node in CONCEPTS.subjects(RDF.type, SKOS.Concept):
        top = (node, SKOS.topConceptOf, CONCEPTS.value(node, SKOS.inScheme)) in CONCEPTS
        assert top != ((node, SKOS.broader, None) in CONCEPTS), node


def classes_of(term: rdflib.term.Node) -> set[str]:
    """The named classes that a domain or range allows, with their subclasses."""
    members = ONTOLOGY.value(term, OWL.unionOf)
    named = set(ONTOLOGY.items(members)) if members else {term}
    return {str(sub) for one in named for sub in ONTOLOGY.transitive_subjects(RDFS.subClassOf, one)}


def misuses(quads: list[Quad]) -> Iterator[str]:
    types: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, NamedNode):
            types.setdefault(str(quad.subject.value), set()).add(quad.object.value)
    for quad in quads:
        term = rdflib.URIRef(quad.predicate.value)
        if term not in PROPERTIES:
            continue
        domain = ONTOLOGY.value(term, RDFS.domain)
        range_ = ONTOLOGY.value(term, RDFS.range)
        if str(domain) != "http://www.w3.org/ns/prov#Entity" and not types.get(
            quad.subject.value, set()
        ) & classes_of(domain):
            yield f"{quad}: wrong subject"
        if str(range_).startswith(str(XSD)):
            if quad.object.datatype.value != str(range_):
                yield f"{quad}: wrong datatype"
        elif range_ != SKOS.Concept and not types.get(quad.object.value, set()) & classes_of(range_):
            yield f"{quad}: wrong object"


@settings(max_examples=25)
@given(extractions())
def test_what_is_written_keeps_to_domains_and_ranges(extraction: Extraction) -> None:
    assert list(misuses(document_quads(extraction))) == []


def test_prefixes_are_those_of_the_namespaces() -> None:
    closed = [value for value in vars(namespaces).values() if isinstance(value, Namespace)]
    assert {space.base for space in closed} <= set(PREFIXES.values())
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_the_vocabulary_graph_has_no_blank_nodes_and_all_labels() -> None:
    quads = vocabulary_quads()
    assert {quad.graph_name for quad in quads} == {VOCABULARY}
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    labels = [quad for quad in quads if quad.predicate.value == str(SKOS.prefLabel)]
    assert len(labels) == 2 * len(set(CONCEPTS.subjects(RDF.type, SKOS.Concept)))
