"""Clients that others wrote, against the endpoint."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from endpoint_server import TOKEN, endpoint
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, RDFXML, TURTLE, XML, SPARQLWrapper
from store_cases import dispute

from kg.store import open_store

ROOT = Path(__file__).resolve().parents[1]
COMUNICA = ROOT / "node_modules" / ".bin" / "comunica-sparql"
NAMES = """
PREFIX ct: <https://w3id.org/claimtrack/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?name WHERE { ?d a ct:Document ; dcterms:identifier ?name } ORDER BY ?name"""
REBUTTALS = "CONSTRUCT { ?a ?p ?o } WHERE { ?a a <https://w3id.org/claimtrack/ns#Rebuttal> ; ?p ?o }"
WANTED = ["answer", "one", "two"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The SPARQL address of a writable endpoint with three documents."""
    path = tmp_path_factory.mktemp("clients")
    with open_store(path, writable=True) as writer:
        for extraction in dispute():
            writer.ingest(extraction)
    with endpoint(path, TOKEN) as address:
        yield address + "sparql"


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_tables(url: str, method: str) -> None:
    client = SPARQLWrapper(url)
    client.setMethod(method)
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == WANTED
    client.setReturnFormat(XML)
    assert client.queryAndConvert().toxml().count("<result>") == len(WANTED)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["name", *WANTED]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # SPARQLWrapper 2.0 makes one
def test_sparqlwrapper_reads_graphs(url: str) -> None:
    client = SPARQLWrapper(url)
    client.setQuery(REBUTTALS)
    client.setReturnFormat(TURTLE)
    turtle = rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")
    client.setReturnFormat(RDFXML)
    assert set(client.queryAndConvert()) == set(turtle)
    assert len(turtle) > 5


def test_sparqlwrapper_updates_with_the_token(url: str) -> None:
    client = SPARQLWrapper(url)
    client.setMethod(POST)
    client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    client.setQuery("INSERT DATA { GRAPH <a:wrapper> { <a:s> <a:p> 1 } }")
    client.query()
    client.setQuery("ASK { GRAPH <a:wrapper> { <a:s> <a:p> 1 } }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True


def test_rdflibs_sparqlstore_is_a_graph(url: str) -> None:
    graph = rdflib.Graph(SPARQLStore(url))
    assert [str(row.name) for row in graph.query(NAMES)] == WANTED  # type: ignore[union-attr]
    ct = rdflib.Namespace("https://w3id.org/claimtrack/ns#")
    assert len(set(graph.subjects(rdflib.RDF.type, ct.Rebuttal))) == 1


def test_rdflibs_update_store_writes_with_the_token(url: str) -> None:
    store = SPARQLUpdateStore(url, url, headers={"Authorization": f"Bearer {TOKEN}"})
    dataset = rdflib.Dataset(store, default_union=False)
    graph = dataset.graph(rdflib.URIRef("a:rdflib"))
    triple = (rdflib.URIRef("a:s"), rdflib.URIRef("a:p"), rdflib.Literal("été", lang="fr"))
    graph.add(triple)
    assert list(graph) == [triple]


def output(command: list[str]) -> str:
    """What a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_curl(url: str) -> None:
    curl = shutil.which("curl")
    assert curl, "curl is not there"
    form = [curl, "-sS", "--data-urlencode", f"query={NAMES}", "-H", "Accept: text/csv", url]
    assert subprocess.run(form, capture_output=True, text=True, check=True).stdout.split() == [
        "name",
        *WANTED,
    ]
    direct = [curl, "-sS", "--data-binary", NAMES, "-H", "Content-Type: application/sparql-query", url]
    answer = json.loads(subprocess.run(direct, capture_output=True, text=True, check=True).stdout)
    assert len(answer["results"]["bindings"]) == len(WANTED)


def test_comunica(url: str) -> None:
    assert COMUNICA.exists(), "run `npm ci` first"
    rows = json.loads(output([str(COMUNICA), f"sparql@{url}", NAMES]))
    assert [row["name"] for row in rows] == [f'"{name}"' for name in WANTED]
