"""Describes the service (SPARQL 1.1 Service Description) and the data set (VoID) in RDF."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.endpoint.negotiation import GRAPH_TYPES, TABLE_TYPES
from kg.endpoint.service import Service
from kg.identifiers import BASE, ID, digest
from kg.rdf.namespaces import PREFIXES
from kg.store.results import SelectResult, plain

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = PREFIXES["void"]
FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N-Quads",
}
_SECONDS = 60.0
"""Counting classes and properties reads the whole graph once for each published generation."""


def service_quads(service: Service, base: str) -> Iterator[ox.Triple]:
    """Yield the description of the service at ``base``."""
    this = ox.NamedNode(f"{base}sparql#service")
    data, default = ox.NamedNode(f"{base}sparql#data"), ox.NamedNode(f"{base}sparql#default-graph")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if service.settings.token else [])]
    yield ox.Triple(this, _TYPE, _sd("Service"))
    yield ox.Triple(this, _sd("endpoint"), ox.NamedNode(f"{base}sparql"))
    yield ox.Triple(this, _sd("defaultDataset"), data)
    yield ox.Triple(this, _sd("feature"), _sd("UnionDefaultGraph"))
    for language in languages:
        yield ox.Triple(this, _sd("supportedLanguage"), _sd(language))
    for media_type in (*TABLE_TYPES, *GRAPH_TYPES):
        yield ox.Triple(this, _sd("resultFormat"), ox.NamedNode(FORMATS + _FORMAT_NAMES[media_type]))
    yield ox.Triple(data, _TYPE, _sd("Dataset"))
    yield ox.Triple(data, _sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, _sd("Graph"))


def void_quads(service: Service, base: str) -> Iterator[ox.Triple]:
    """Yield the description of the data set, with counts as they are published now."""
    data = ox.NamedNode(ID + "dataset")
    yield ox.Triple(data, _TYPE, _void("Dataset"))
    yield ox.Triple(
        data, ox.NamedNode(PREFIXES["dcterms"] + "title"), ox.Literal("ClaimTrack", language="en")
    )
    yield ox.Triple(data, _void("sparqlEndpoint"), ox.NamedNode(f"{base}sparql"))
    yield ox.Triple(data, _void("uriSpace"), ox.Literal(ID))
    yield ox.Triple(data, _void("vocabulary"), ox.NamedNode(BASE + "ns"))
    yield from _counted(service, data)


def _counted(service: Service, data: ox.NamedNode) -> Iterator[ox.Triple]:
    counts = service.remember("counts", lambda: _counts(service))
    for name, query in _TOTALS.items():
        yield ox.Triple(data, _void(name), counts[query][0][-1])
    for kind, query in _PARTITIONS.items():
        for thing, number in counts[query]:
            part = ox.NamedNode(f"{ID}dataset-{kind}-{digest(plain(thing))}")
            yield ox.Triple(data, _void(f"{kind}Partition"), part)
            yield ox.Triple(part, _void(kind), thing)
            yield ox.Triple(part, _void("entities" if kind == "class" else "triples"), number)


_TOTALS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
}
_PARTITIONS = {
    "class": "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c",
    "property": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
}
_Rows = tuple[tuple[ox.NamedNode | ox.Literal, ...], ...]


def _counts(service: Service) -> dict[str, _Rows]:
    found: dict[str, _Rows] = {}
    for query in (*_TOTALS.values(), *_PARTITIONS.values()):
        answer = service.reader().query(query, timeout=_SECONDS)
        assert isinstance(answer, SelectResult)
        found[query] = answer.rows  # type: ignore[assignment]
    return found


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)
