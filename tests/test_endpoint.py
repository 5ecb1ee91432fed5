"""The endpoint over real HTTP: formats, linked data, limits, writers beside it, and its page's rules."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from endpoint_server import TOKEN, endpoint
from store_cases import CHINA, RURITANIA, accusing, dispute, iri, lines

from kg.identifiers import BASE, document_graph
from kg.rdf.canonical import nquads
from kg.rdf.ontology import read_ontology
from kg.rdf.write import document_quads
from kg.resources import ontology_file
from kg.store import open_store
from kg.store.questions import list_questions

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
COUNT = "SELECT (COUNT(*) AS ?n) { ?d a <https://w3id.org/claimtrack/ns#Document> }"
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/trig",
    "application/rdf+xml",
    "application/n-quads",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published store of three documents."""
    path = tmp_path_factory.mktemp("endpoint")
    with open_store(path, writable=True) as writer:
        for extraction in dispute():
            writer.ingest(extraction)
    return path


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    """The address of a read-only endpoint; queries are stopped after three seconds."""
    with endpoint(store, seconds=3) as address:
        yield address


def media_type(response: httpx.Response) -> str:
    """The media type of a response without its parameters."""
    return response.headers["content-type"].partition(";")[0]


def ask(url: str, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    """Send a query by GET."""
    return httpx.get(url + "sparql", params={"query": query}, headers={"accept": accept}, timeout=30)


@pytest.mark.parametrize("accept", TABLES)
def test_tables_in_every_format(url: str, accept: str) -> None:
    response = ask(url, 'SELECT ?x ?y { BIND("a \\"quoted\\", word\\n–"@fr AS ?x) }', accept)
    assert (response.status_code, media_type(response)) == (200, accept)
    if accept == "text/csv":
        assert response.text == 'x,y\r\n"a ""quoted"", word\n–",\r\n'
        return
    rows = list(ox.parse_query_results(response.content, ox.QueryResultsFormat.from_media_type(accept)))  # type: ignore[arg-type]
    assert rows[0]["x"] == ox.Literal('a "quoted", word\n–', language="fr")
    assert rows[0]["y"] is None


@pytest.mark.parametrize("accept", GRAPHS)
def test_graphs_in_every_format(url: str, accept: str) -> None:
    one = dispute()[0]
    graph = document_graph(one.document)
    response = ask(url, f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", accept)
    assert (response.status_code, media_type(response)) == (200, accept)
    found = {str(quad.triple) for quad in ox.parse(response.content, ox.RdfFormat.from_media_type(accept))}
    assert found == {str(q.triple) for q in document_quads(one) if str(q.graph_name) == f"<{graph}>"}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", TABLES[0]),
        ("", TABLES[0]),
        ("application/json", TABLES[0]),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", TABLES[1]),
        ("text/csv, */*;q=0.1", TABLES[2]),
        ("application/sparql-results+json;q=0, text/*", TABLES[2]),
        ("application/x-nothing, text/tab-separated-values; q=0.2", TABLES[3]),
    ],
)
def test_the_client_chooses_the_format(url: str, accept: str, chosen: str) -> None:
    response = ask(url, "SELECT * {}", accept)
    assert media_type(response) == chosen
    assert "accept" in response.headers["vary"].lower()


def test_a_client_that_accepts_nothing_of_it_is_told_what_there_is(url: str) -> None:
    response = ask(url, "SELECT * {}", "image/png")
    assert response.status_code == 406
    assert TABLES[0] in response.text
    assert ask(url, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status_code == 406


def test_percent_signs_are_decoded_once(url: str) -> None:
    query = "SELECT (STR(<http://ex/a%20b>) AS ?x) {}"
    by_get = httpx.get(url + "sparql", params={"query": query})
    by_form = httpx.post(url + "sparql", data={"query": query})
    direct = httpx.post(
        url + "sparql", content=query.encode(), headers={"content-type": "application/sparql-query"}
    )
    for response in (by_get, by_form, direct):
        assert response.json()["results"]["bindings"][0]["x"]["value"] == "http://ex/a%20b"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * { SERVICE <http://a/> {} }", 403, "SERVICE in line 1, column 12 is refused"),
        ("SELECT * FROM <http://a/> {}", 403, "holds no graph <http://a/>"),
        ("DROP ALL", 403, "this is an update"),
        ("SELECT * {", 400, "not valid SPARQL"),
        (BOMB, 503, "stopped after 3 s"),
        ("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", 422, "more than 50000 rows"),
    ],
)
def test_errors_say_what_and_why(url: str, query: str, status: int, words: str) -> None:
    response = ask(url, query)
    assert (response.status_code, media_type(response)) == (status, "text/plain")
    assert words in response.text


def test_others_are_answered_while_a_bomb_runs(url: str) -> None:
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda _: ask(url, "ASK {}"), range(2)))  # The processes are up.
        bomb = threads.submit(ask, url, BOMB)
        assert ask(url, COUNT).json()["results"]["bindings"][0]["n"]["value"] == "3"
        assert not bomb.done()
        assert bomb.result().status_code == 503


def test_the_service_describes_itself(url: str) -> None:
    response = httpx.get(url + "sparql", headers={"accept": "text/turtle"})
    triples = {(t.subject.value, t.predicate.value, t.object.value) for t in parsed(response)}
    service = next(s for s, p, o in triples if o == SD + "Service")
    assert (service, SD + "endpoint", url + "sparql") in triples
    assert (service, SD + "feature", SD + "UnionDefaultGraph") in triples
    assert {o for s, p, o in triples if p == SD + "supportedLanguage"} == {SD + "SPARQL11Query"}
    assert len([o for _, p, o in triples if p == SD + "resultFormat"]) == len(TABLES) + len(GRAPHS)


def test_void_counts_what_is_published(url: str, store: Path) -> None:
    with open_store(store) as reader:
        wanted = str(reader.stats().quads)
    for path in ("void", ".well-known/void"):
        triples = {(t.predicate.value, t.object.value) for t in parsed(httpx.get(url + path))}
        assert (VOID + "triples", wanted) in triples
        assert (VOID + "sparqlEndpoint", url + "sparql") in triples
        assert (VOID + "class", "https://w3id.org/claimtrack/ns#Accusation") in triples


def parsed(response: httpx.Response) -> list[ox.Quad]:
    """The triples of a response in its own format."""
    assert response.status_code == 200, response.text
    rdf_format = ox.RdfFormat.from_media_type(media_type(response))
    return list(ox.parse(response.content, rdf_format))


def things(store: Path) -> set[str]:
    """Every IRI of ours that the published graph holds."""
    with open_store(store) as reader:
        terms = {term for quad in reader.quads() for term in (quad.subject, quad.object, quad.graph_name)}
    return {t.value for t in terms if isinstance(t, ox.NamedNode) and t.value.startswith(BASE)}


def test_every_iri_of_ours_leads_somewhere(url: str, store: Path) -> None:
    everything = things(store)
    kinds = {re.split("[/#]", name.removeprefix(BASE))[0] for name in everything}
    assert kinds >= {"id", "voc", "ns", "graph"}
    with httpx.Client() as client:
        for name in everything:
            address = (url + name.removeprefix(BASE)).partition("#")[0]
            response = client.get(address, headers={"accept": "application/n-triples"})
            assert response.status_code == 200, name
            assert f"<{name}>" in response.text or name.startswith(BASE + "graph/")


def test_a_record_in_rdf_and_for_people(url: str) -> None:
    address = url + iri(dispute()[2]).removeprefix(BASE)
    triples = parsed(httpx.get(address, headers={"accept": "text/turtle"}))
    assert any(quad.object == ox.Literal("They bombed us. That is a lie.") for quad in triples)
    page = httpx.get(address, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert media_type(page) == "text/html"
    assert "They bombed us. That is a lie." in page.text
    assert httpx.get(url + "id/nothing").status_code == 404
    assert httpx.get(url + "ns/99.0.0").status_code == 404


def digest_of(quads: Iterable[ox.Quad]) -> str:
    """The SHA-256 of the canonical N-Quads (RDFC-1.0): blank nodes may have other names."""
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256(nquads(dataset).encode()).hexdigest()


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("ns", ("ct.ttl", "ct-voc.ttl")),
        ("ns/align", ("ct-align.ttl",)),
        ("shapes", ("ct-shapes.ttl",)),
    ],
)
def test_the_ontology_is_served_whole_with_and_without_its_version(
    url: str, path: str, files: tuple[str, ...]
) -> None:
    wanted = digest_of(q for name in files for q in ox.parse(path=str(ontology_file(name))))
    version = read_ontology().version
    for address in (path, f"{path}/{version}"):
        for accept in ("text/turtle", "application/ld+json", "application/rdf+xml", "*/*"):
            assert digest_of(parsed(httpx.get(url + address, headers={"accept": accept}))) == wanted


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_ontology_has_a_page_in_two_languages(url: str, language: str) -> None:
    accept = {"accept": "text/html,*/*;q=0.8", "accept-language": f"{language}-BE,de;q=0.5"}
    reply = httpx.get(url + "ns", headers=accept)
    assert media_type(reply) == "text/html"
    ontology, page = read_ontology(), html.unescape(reply.text)
    for term in (*ontology.classes, *ontology.properties):
        assert f'id="{term.local}"' in page
        assert term.comment[language] in page
    assert ontology.version_iri in page
    assert page.count("<svg") == 2
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r' id="([^"]+)"', page))


def test_pages_escape_what_strangers_wrote_and_run_nothing_else(tmp_path: Path) -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(1)> said so."
    extraction = accusing("nasty", nasty, (CHINA, RURITANIA), title="<b>title</b>", url="javascript:alert(1)")
    with open_store(tmp_path, writable=True) as writer:
        writer.ingest(extraction)
    with endpoint(tmp_path) as address:
        page = httpx.get(address + iri(extraction).removeprefix(BASE), headers={"accept": "text/html"})
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert 'href="javascript' not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_no_page_names_another_host(url: str) -> None:
    for path in ("", "?lang=fr", "assets/query.js", "assets/style.css", "ns"):
        text = httpx.get(url + path, headers={"accept": "text/html, */*;q=0.1"}).text
        loaded = re.findall(
            r"""(?:src|action|url|import)\s*[=(:]?\s*["'(]([^"')]*)|<link[^>]*href="([^"]*)""", text
        )
        assert not any("//" in name for names in loaded for name in names), path


def test_the_page_speaks_the_readers_language(url: str) -> None:
    page = httpx.get(url, headers={"accept-language": "fr-BE, en;q=0.5"})
    assert '<html lang="fr">' in page.text
    assert '<html lang="en">' in httpx.get(url + "?lang=en", headers={"accept-language": "fr"}).text
    assert httpx.get(url + "sparql", headers={"accept": "text/html"}).headers["location"] == url


def test_the_saved_questions_are_listed_and_filled_in(url: str) -> None:
    listed = httpx.get(url + "questions").json()
    assert [question["name"] for question in listed] == [question.name for question in list_questions()]
    assert all(set(question["title"]) == {"en", "fr"} for question in listed)
    with_parameter = next(question for question in listed if question["parameters"])
    name, parameter = with_parameter["name"], with_parameter["parameters"][0]
    value = {"iri": "http://a/b", "integer": "12", "decimal": "0.5"}.get(parameter["type"], 'it"s')
    filled = httpx.get(f"{url}questions/{name}", params={parameter["name"]: value})
    assert json.dumps(value)[1:-1] in filled.text
    assert ask(url, filled.text).status_code == 200
    assert httpx.get(f"{url}questions/{name}", params={"nonsense": "1"}).status_code == 400


def test_every_saved_question_runs(url: str) -> None:
    for question in list_questions():
        assert ask(url, question.text).status_code == 200, question.name


def test_pages_of_other_sites_may_ask(url: str) -> None:
    headers = {"origin": "https://example.org", "access-control-request-method": "POST"}
    preflight = httpx.options(
        url + "sparql", headers=headers | {"access-control-request-headers": "content-type, authorization"}
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    answer = httpx.get(url + "sparql", params={"query": "ASK {}"}, headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_endpoint_follows_a_writer_beside_it(tmp_path: Path) -> None:
    one, two, _ = dispute()
    with open_store(tmp_path, writable=True) as writer:
        writer.ingest(one)
    with endpoint(tmp_path) as address, open_store(tmp_path, writable=True) as writer:
        assert ask(address, COUNT).json()["results"]["bindings"][0]["n"]["value"] == "1"
        writer.ingest(two)
        assert ask(address, COUNT).json()["results"]["bindings"][0]["n"]["value"] == "1"
        writer.publish()
        assert ask(address, COUNT).json()["results"]["bindings"][0]["n"]["value"] == "2"


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A writable endpoint and its store."""
    path = tmp_path_factory.mktemp("writable")
    with open_store(path, writable=True) as writer:
        writer.ingest(dispute()[0])
    with endpoint(path, TOKEN) as address:
        yield address, path


def test_an_update_is_seen_by_the_next_query_and_by_others(writable: tuple[str, Path]) -> None:
    address, path = writable
    update = "INSERT DATA { GRAPH <https://w3id.org/claimtrack/graph/reviews> { <a:s> <a:p> 'ünï' } }"
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert httpx.post(address + "sparql", data={"update": update}, headers=headers).status_code == 204
    assert ask(address, "ASK { <a:s> <a:p> 'ünï' }").json()["boolean"] is True
    with open_store(path, writable=True) as writer:  # The endpoint does not keep writers out.
        assert '<a:s> <a:p> "ünï" <https://w3id.org/claimtrack/graph/reviews>' in lines(writer)


@pytest.mark.parametrize(
    "update",
    ["LOAD <file:///etc/passwd>", "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a/> { ?s ?p ?o } }"],
)
def test_a_writer_cannot_reach_out_either(writable: tuple[str, Path], update: str) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert httpx.post(writable[0] + "sparql", data={"update": update}, headers=headers).status_code == 403


def test_an_update_waits_in_vain_for_another_writer(writable: tuple[str, Path]) -> None:
    address, path = writable
    with open_store(path, writable=True):
        response = httpx.post(
            address + "sparql",
            data={"update": "CLEAR DEFAULT"},
            headers={"authorization": f"Bearer {TOKEN}"},
            timeout=60,
        )
    assert response.status_code == 503
    assert "has been writing since" in response.text
    assert response.headers["retry-after"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graphs_cannot_be_changed_when_read_only(url: str, method: str) -> None:
    response = httpx.request(method, url + "data", params={"graph": "http://a/g"}, content=b"")
    assert response.status_code == 403
