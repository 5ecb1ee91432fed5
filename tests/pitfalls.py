"""A checker for the usual pitfalls of ontologies, named as in OOPS! (https://oops.linkeddata.es/catalogue.jsp)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, VANN, XSD
from rdflib.term import Node

LANGUAGES = ("en", "fr")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)


class Checker:
    """Yields what is wrong with an ontology whose own terms begin with a namespace."""

    def __init__(self, graph: rdflib.Graph, namespace: str) -> None:
        self.graph = graph
        self.namespace = namespace
        self.classes = self._own(OWL.Class)
        self.properties = self._own(*PROPERTY_KINDS)
        self.terms = sorted({*self.classes, *self.properties, *self._own(RDFS.Datatype)})

    def _own(self, *kinds: rdflib.URIRef) -> list[rdflib.URIRef]:
        found = {t for kind in kinds for t in self.graph.subjects(RDF.type, kind)}
        return sorted(t for t in found if isinstance(t, rdflib.URIRef) and t.startswith(self.namespace))

    def findings(self) -> list[str]:
        """All of them, each with its code."""
        return sorted(f"{code}: {found}" for code, check in PITFALLS.items() for found in check(self))

    def equivalents(self) -> Iterator[str]:
        """P02, P03: synonyms as classes of their own; ``is`` instead of a type."""
        for one, other in self.graph.subject_objects(OWL.equivalentClass):
            if str(other).startswith(self.namespace):
                yield f"{one} is {other}"

    def islands(self) -> Iterator[str]:
        """P04: a class that is no domain, range, or kind of one."""
        ends = {o for p in (RDFS.domain, RDFS.range) for o in self.graph.objects(None, p)}
        ends |= set(self.graph.objects(None, RDF.first))
        for term in self.classes:
            if not ends & set(self.graph.transitive_objects(term, RDFS.subClassOf)):
                yield term

    def cycles(self) -> Iterator[str]:
        """P06, P24: a class or property below itself."""
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            for term in self.terms:
                above = {p for o in self.graph.objects(term, predicate) for p in self._up(o, predicate)}
                if term in above:
                    yield term

    def _up(self, term: Node, predicate: rdflib.URIRef) -> Iterator[Node]:
        return self.graph.transitive_objects(term, predicate)

    def merged(self) -> Iterator[str]:
        """P07: two concepts in one class."""
        return (term for term in self.classes if re.search("[a-z](And|Or)[A-Z]", term))

    def unexplained(self) -> Iterator[str]:
        """P08: a term without a label and a comment in each language."""
        for term in self.terms:
            for predicate in (RDFS.label, RDFS.comment):
                found = sorted(str(text.language) for text in self.graph.objects(term, predicate))
                if found != sorted(LANGUAGES):
                    yield f"{term} {predicate} {found}"

    def not_disjoint(self) -> Iterator[str]:
        """P10: nothing is said to be disjoint, or a class is below two that are."""
        groups = [
            set(self.graph.items(members))
            for node in self.graph.subjects(RDF.type, OWL.AllDisjointClasses)
            for members in self.graph.objects(node, OWL.members)
        ]
        groups += [{a, b} for a, b in self.graph.subject_objects(OWL.disjointWith)]
        if not groups:
            yield "no disjoint classes"
        for term in self.classes:
            above = set(self.graph.transitive_objects(term, RDFS.subClassOf))
            if any(len(above & group) > 1 for group in groups):
                yield term

    def ends(self) -> Iterator[str]:
        """P11, P18, P19: a property with no domain or range, or with several (their intersection)."""
        for term in self.properties:
            for predicate in (RDFS.domain, RDFS.range):
                if len(list(self.graph.objects(term, predicate))) != 1:
                    yield f"{term} {predicate}"

    def swapped(self) -> Iterator[str]:
        """P20: a label longer than the comment, or equal to it."""
        for term in self.terms:
            for language in LANGUAGES:
                label, comment = (
                    next((str(o) for o in self.graph.objects(term, p) if o.language == language), "")
                    for p in (RDFS.label, RDFS.comment)
                )
                if label and len(label) >= len(comment):
                    yield term

    def names(self) -> Iterator[str]:
        """P22: names that do not follow one convention."""
        for term in self.terms:
            upper = term in self.classes
            if not re.fullmatch("[A-Z][A-Za-z0-9]*" if upper else "[a-z][A-Za-z0-9]*", self._local(term)):
                yield term

    def _local(self, term: str) -> str:
        return term.removeprefix(self.namespace)

    def kinds(self) -> Iterator[str]:
        """P23: an object property with literal values, or the other way round."""
        for term in self.properties:
            literal = str(self.graph.value(term, RDFS.range)).startswith((str(XSD), str(RDFS)))
            if literal != ((term, RDF.type, OWL.DatatypeProperty) in self.graph):
                yield term

    def same_label(self) -> Iterator[str]:
        """P32: two classes, or two properties, with one label."""
        for group in (self.classes, self.properties):
            labels = Counter(o for term in group for o in self.graph.objects(term, RDFS.label))
            yield from (str(label) for label, number in labels.items() if number > 1)

    def undefined(self) -> Iterator[str]:
        """P34, P35: a term that is used and not defined."""
        used = {t for triple in self.graph for t in triple if isinstance(t, rdflib.URIRef)}
        ours = {t for t in used if t.startswith(self.namespace) and t != rdflib.URIRef(self.namespace)}
        return iter(sorted(ours - set(self.terms)))

    def header(self) -> Iterator[str]:
        """P38, P39, P41: no declaration, namespace, version, licence or title."""
        node = rdflib.URIRef(self.namespace.rstrip("#/"))
        if (node, RDF.type, OWL.Ontology) not in self.graph:
            yield "no declaration"
        wanted = (OWL.versionIRI, OWL.versionInfo, DCTERMS.license, DCTERMS.title, DCTERMS.creator)
        for predicate in (*wanted, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri):
            if self.graph.value(node, predicate, any=True) is None:
                yield str(predicate)

    def unlinked(self) -> Iterator[str]:
        """P36 and good practice: a file extension in an IRI; a term that does not say where it is defined."""
        node = rdflib.URIRef(self.namespace.rstrip("#/"))
        for term in self.terms:
            if self.graph.value(term, RDFS.isDefinedBy) != node or re.search(r"\.(owl|rdf|ttl)\b", term):
                yield term


PITFALLS: dict[str, Callable[[Checker], Iterator[str]]] = {
    "P02": Checker.equivalents,
    "P04": Checker.islands,
    "P06": Checker.cycles,
    "P07": Checker.merged,
    "P08": Checker.unexplained,
    "P10": Checker.not_disjoint,
    "P11": Checker.ends,
    "P20": Checker.swapped,
    "P22": Checker.names,
    "P23": Checker.kinds,
    "P32": Checker.same_label,
    "P34": Checker.undefined,
    "P36": Checker.unlinked,
    "P38": Checker.header,
}
