"""The W3C test suite for the SPARQL 1.1 protocol, run over HTTP against the endpoint.

The suite is not part of this repository: ``sparql/sparql11`` of w3c/rdf-tests is looked for in
``../shared/suites/w3c-sparql11``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from endpoint_server import TOKEN, endpoint
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from kg.store import open_store

SUITE = Path(__file__).resolve().parents[2] / "shared" / "suites" / "w3c-sparql11"
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")

pytestmark = [
    pytest.mark.skipif(not SUITE.is_dir(), reason=f"the W3C suite is not at {SUITE}"),
    # rdflib 7.6 warns of its own use of an old name when JSON-LD is read
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]


@dataclass(frozen=True)
class Exchange:
    """A request of the suite and what it expects of the answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    format: str
    location: str
    graph: bytes | None
    graph_type: str


@dataclass(frozen=True)
class Case:
    """A test: a few requests one after the other, on some graphs."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: dict[str, Path]


def cases(manifest: Path) -> list[Case]:
    """The tests of a manifest, in its order."""
    if not manifest.exists():
        return []
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    entries = graph.value(URIRef(manifest.as_uri()), MF.entries)
    return [_case(graph, node) for node in Collection(graph, entries)]


def entries(manifest: Path) -> list[str]:
    """The names of the tests of a manifest."""
    if not manifest.exists():
        return []
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    return [str(name) for name in graph.objects(None, MF.name)]


def _case(graph: Graph, node: Node) -> Case:
    action = graph.value(node, MF.action)
    requests = Collection(graph, graph.value(action, HT.requests))
    data = {
        str(graph.value(item, RDFS.label)): Path(str(graph.value(item, UT.graph)).removeprefix("file://"))
        for item in graph.objects(node, UT.graphData)
    }
    name = str(node).rpartition("#")[2]
    return Case(name, tuple(_exchange(graph, request) for request in requests), data)


def _exchange(graph: Graph, request: Node) -> Exchange:
    response = graph.value(request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    expected = _headers(graph, response)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        path=str(graph.value(request, HT.absolutePath)),
        headers=_headers(graph, request),
        body=_body(graph, request),
        statuses=frozenset(
            str(status).rpartition("#")[2] for status in graph.objects(response, MF.expectedStatus)
        ),
        boolean=None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
        format=str(graph.value(response, MF.expectedFormat) or ""),
        location=str(graph.value(response, MF.expectedLocation) or ""),
        graph=_body(graph, response),
        graph_type=expected.get("content-type", "").partition(";")[0],
    )


def _headers(graph: Graph, node: Node | None) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    return {
        str(graph.value(header, HT.fieldName)).lower(): str(graph.value(header, HT.fieldValue))
        for header in (Collection(graph, listed) if listed else ())
    }


def _body(graph: Graph, node: Node | None) -> bytes | None:
    body = graph.value(node, HT.body)
    if body is None or (body, RDF.type, CNT.ContentAsText) not in graph:
        return None
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding) or "utf-8"))


STATUSES = {
    "OK": {200},
    "Created": {201},
    "NoContent": {204},
    "NotFound": {404},
    "BadRequest": {400},
    "UnsupportedMediaType": {415},
    "StatusCode2xx": set(range(200, 300)),
    "StatusCode3xx": set(range(300, 400)),
    "StatusCode4xx": set(range(400, 500)),
}
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}


Variables = dict[str, str]


def send(url: str, exchange: Exchange, token: str = "", variables: Variables | None = None) -> httpx.Response:
    """Send a request of the suite; the suite calls the graph store ``/gsp``, we call it ``/data``."""
    headers, path, body = dict(exchange.headers), exchange.path, exchange.body
    path = re.sub("^/gsp", "/data", path)
    for variable, value in (variables or {}).items():
        path, body = path.replace(variable, value), body and body.replace(variable.encode(), value.encode())
    if token:
        headers["authorization"] = f"Bearer {token}"
    # The suite's own host name, so that graphs named by the request's address have the address it expects.
    headers["host"] = "www.example"
    return httpx.request(exchange.method, url + path.lstrip("/"), headers=headers, content=body)


def check(exchange: Exchange, response: httpx.Response) -> None:
    """Compare a response with what the suite expects."""
    allowed = set().union(*(STATUSES[name] for name in exchange.statuses))
    assert response.status_code in allowed, response.text
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if exchange.format:
        assert media_type in FORMATS[exchange.format]
    if exchange.boolean is not None:
        answer = ox.parse_query_results(response.content, ox.QueryResultsFormat.from_media_type(media_type))
        assert bool(answer) is exchange.boolean
    if exchange.graph is not None and exchange.graph_type:
        assert media_type == exchange.graph_type
        base = "http://www.example" + exchange.path
        found, expected = (
            Graph().parse(data=data, format=exchange.graph_type, publicID=base)
            for data in (response.content, exchange.graph)
        )
        assert isomorphic(found, expected)


PROTOCOL = cases(SUITE / "protocol" / "manifest.ttl")
QUERIES = [case for case in PROTOCOL if not case.name.startswith("update")]
UPDATES = [case for case in PROTOCOL if case.name.startswith("update")]
GRAPH_STORE = [
    *cases(SUITE / "graph-store-protocol" / "manifest-direct.ttl"),
    *cases(SUITE / "graph-store-protocol" / "manifest-indirect.ttl"),
]


def by_name(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint on the graphs that the suite asks for."""
    path = tmp_path_factory.mktemp("w3c")
    graphs = {name: file for case in PROTOCOL for name, file in case.graphs.items()}
    with open_store(path, writable=True) as store:
        for name, file in graphs.items():
            store.add_quads(
                ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
                for quad in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)
            )
    with endpoint(path) as url:
        yield url


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint on an empty store that the token lets change."""
    path = tmp_path_factory.mktemp("w3c-writable")
    with open_store(path, writable=True):
        pass
    with endpoint(path, TOKEN) as url:
        yield url


DESCRIPTIONS = entries(SUITE / "service-description" / "manifest.ttl")


def test_the_whole_suite_is_there() -> None:
    assert (len(QUERIES), len(UPDATES)) == (27, 7)
    assert set(DESCRIPTIONS) == set(DESCRIBED)
    assert len(GRAPH_STORE) >= 10


@pytest.mark.parametrize("case", QUERIES, ids=by_name)
def test_query(case: Case, read_only: str) -> None:
    for exchange in case.exchanges:
        check(exchange, send(read_only, exchange))


@pytest.mark.parametrize("case", UPDATES, ids=by_name)
def test_update_is_refused_when_read_only(case: Case, read_only: str) -> None:
    assert 400 <= send(read_only, case.exchanges[0]).status_code < 500


@pytest.mark.parametrize("case", UPDATES, ids=by_name)
def test_update_is_refused_without_the_token(case: Case, writable: str) -> None:
    for token in ("", "wrong"):
        assert send(writable, case.exchanges[0], token).status_code == 401


@pytest.mark.parametrize("case", UPDATES, ids=by_name)
def test_update(case: Case, writable: str) -> None:
    for exchange in case.exchanges:
        check(exchange, send(writable, exchange, TOKEN))


@pytest.mark.parametrize("case", GRAPH_STORE, ids=by_name)
def test_graph_store(case: Case, writable: str) -> None:
    # The tests use the same few graphs and expect them to be new.
    httpx.post(writable + "sparql", data={"update": "DROP ALL"}, headers={"authorization": f"Bearer {TOKEN}"})
    variables: Variables = {}
    for exchange in case.exchanges:
        response = send(writable, exchange, TOKEN, variables)
        check(exchange, response)
        if exchange.location:
            variables[exchange.location] = response.headers["location"]


# Service description: the suite's tests have no requests of their own, only names.

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SCHEMA = {
    SD.endpoint: SD.Service,
    SD.defaultDataset: SD.Service,
    SD.feature: SD.Service,
    SD.supportedLanguage: SD.Service,
    SD.resultFormat: SD.Service,
    SD.defaultGraph: SD.Dataset,
}
"""The properties that we use, with the class that the vocabulary gives them for a domain."""
INSTANCES = {
    SD.feature: {SD.UnionDefaultGraph},
    SD.supportedLanguage: {SD.SPARQL11Query, SD.SPARQL11Update},
}
"""What the vocabulary defines as features and languages (https://www.w3.org/TR/sparql11-service-description/)."""


def described(url: str, accept: str = "text/turtle") -> Graph:
    """What a GET of the endpoint without a query returns."""
    reply = httpx.get(url + "sparql", headers={"accept": accept})
    assert reply.status_code == 200
    media_type = reply.headers["content-type"].partition(";")[0]
    return Graph().parse(data=reply.content, format=media_type.replace("application/ld+json", "json-ld"))


def returns_rdf(url: str) -> None:
    for accept in (*FORMATS["RDF"], "*/*"):
        assert len(described(url, accept)) > 5


def names_the_endpoint(url: str) -> None:
    assert set(described(url).objects(None, SD.endpoint)) == {URIRef(url + "sparql")}


def conforms_to_the_schema(url: str) -> None:
    graph = described(url)
    assert len(set(graph.subjects(RDF.type, SD.Service))) == 1
    used = {p for p in graph.predicates() if str(p).startswith(str(SD))}
    assert used == set(SCHEMA)
    for property_, domain in SCHEMA.items():
        for subject, value in graph.subject_objects(property_):
            assert (subject, RDF.type, domain) in graph
            assert isinstance(value, URIRef)
            assert value in INSTANCES.get(property_, {value})


DESCRIBED = {
    "GET on endpoint returns RDF": returns_rdf,
    "Service description contains a matching sd:endpoint triple": names_the_endpoint,
    "Service description conforms to schema": conforms_to_the_schema,
}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_service_description(name: str, read_only: str, writable: str) -> None:
    for url in (read_only, writable):
        DESCRIBED[name](url)
