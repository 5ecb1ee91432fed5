"""Checks a document's quads against the shapes (SHACL) and returns what is wrong as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import pyshacl
import rdflib
from pyoxigraph import Quad
from rdflib.namespace import SH, SKOS

from kg.errors import ShapeError
from kg.rdf.convert import to_graph
from kg.resources import ontology_file


class Severity(StrEnum):
    """How bad a finding is; only violations make a graph malformed."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        focus: IRI of the node that is wrong.
        path: IRI of the property, or empty if the whole node is meant or the path has several steps.
        value: the offending value, or empty.
        message: what is wrong, in plain words.
        severity: how bad it is.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The outcome of a validation: all findings, in the order of their focus nodes."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings are allowed."""
        return not any(finding.severity is Severity.VIOLATION for finding in self.findings)


def validate(quads: Iterable[Quad]) -> ValidationReport:
    """Check the quads of one document (graph, actors, catalogue) against the shapes.

    The result is the same whatever graphs the triples are in.  Time grows with the number of records and
    the length of the text; validate documents one by one.

    Raises:
        ShapeError: if pySHACL cannot evaluate the shapes on this graph.
    """
    return validate_graph(to_graph(quads))


def validate_graph(data: rdflib.Graph) -> ValidationReport:
    """Like :func:`validate`, for an rdflib graph."""
    together = data + _schemes()
    _, report, text = pyshacl.validate(together, shacl_graph=_shapes(), inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise ShapeError(f"the shapes could not be evaluated: {text}")
    return ValidationReport(tuple(sorted(set(_findings(report)))))


def _findings(report: rdflib.Graph) -> Iterator[Finding]:
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        yield Finding(
            focus=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            value=str(report.value(result, SH.value) or ""),
            message=str(report.value(result, SH.resultMessage) or ""),
            severity=Severity(str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))),
        )


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file("ct-shapes.ttl"))


@cache
def _schemes() -> rdflib.Graph:
    """Which concept is in which scheme: all that the shapes ask of the vocabulary."""
    schemes = rdflib.Graph()
    schemes += rdflib.Graph().parse(ontology_file("ct-voc.ttl")).triples((None, SKOS.inScheme, None))
    return schemes
