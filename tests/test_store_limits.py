"""Costly queries are stopped at their limits, and others are answered meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryBusy, QueryError, QueryRefused, QueryTimeout, QueryTooLarge
from kg.store import Store, open_store
from kg.store.requests import Limits, Query, Request
from kg.store.results import SelectResult
from kg.store.sandbox import Sandbox
from kg.store.snapshots import StoreDirectory

GRAPH = "https://w3id.org/claimtrack/graph/links"
EVERYTHING = f"SELECT * {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (<a:p>|^<a:p>|<a:q>)* ?b . ?b (<a:p>/<a:q>?)* ?c . ?c (!<a:x>)+ ?d }"
REGEX = (  # A new pattern for each row; a fixed one like ^(a+)+$ costs this engine nothing.
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER REGEX(CONCAT(STR(?a), STR(?f)), CONCAT('^(\\\\w{1,30}', STR(?c), STR(?d), '|a+)+$')) }"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A published store of a dense little graph, open for reading."""
    path = tmp_path_factory.getbasetemp() / "limits"
    nodes = [ox.NamedNode(f"a:{number}") for number in range(60)]
    links = [
        (a, ox.NamedNode("a:p" if (i + j) % 2 else "a:q"), b)
        for i, a in enumerate(nodes)
        for j, b in enumerate(nodes)
    ]
    with open_store(path, writable=True) as writer:
        writer.add_quads(ox.Quad(*link, ox.NamedNode(GRAPH)) for link in links)
    with open_store(path) as reader:
        yield reader


@pytest.fixture
def snapshot(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the store's processes open."""
    return StoreDirectory(tmp_path_factory.getbasetemp() / "limits").snapshot(1)


@pytest.mark.parametrize("bomb", [CARTESIAN, PATHS, REGEX], ids=["cartesian", "paths", "regex"])
def test_a_bomb_is_stopped_while_another_query_is_answered(store: Store, bomb: str) -> None:
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda _: store.query("ASK {}", timeout=10), range(2)))  # Processes are up.
        stopped = threads.submit(store.query, bomb, timeout=2.5)
        answer = store.query("SELECT ?o { <a:1> <a:p> ?o }", timeout=10)
        assert isinstance(answer, SelectResult)
        assert len(answer) == 30
        assert not stopped.done(), "the other query was answered only after the bomb was stopped"
        with pytest.raises(QueryTimeout, match=r"stopped after 2\.5 s"):
            stopped.result()


def test_many_bombs_leave_a_way_for_quick_queries(store: Store) -> None:
    def stopped(bomb: str) -> str:
        with pytest.raises((QueryTimeout, QueryBusy)) as caught:
            store.query(bomb, timeout=8)
        return caught.typename

    with ThreadPoolExecutor(8) as threads:
        bombs = [threads.submit(stopped, bomb) for bomb in (CARTESIAN, PATHS, REGEX, CARTESIAN)]
        while not all(bomb.running() or bomb.done() for bomb in bombs):
            continue
        assert store.query("ASK {}", timeout=30) is True
        assert not all(bomb.done() for bomb in bombs), "answered only after all bombs were stopped"
        assert {bomb.result() for bomb in bombs} == {"QueryTimeout", "QueryBusy"}


def test_a_memory_bomb_is_stopped(snapshot: Path) -> None:
    doubling = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}, ?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(20))
    bomb = f"SELECT (STRLEN(?x20) AS ?n) {{ BIND('aaaaaaaa' AS ?x0) {doubling} }}"
    sandbox = Sandbox(processes=1, memory_bytes=200_000_000)
    with pytest.raises(QueryTooLarge, match="more than 200 MB of memory"):
        sandbox.run(Request(snapshot, Query(bomb), Limits(seconds=60)))
    assert sandbox.run(Request(snapshot, Query("ASK {}"), Limits())) is True
    sandbox.close()


def test_rows_beyond_the_limit_are_cut_and_said_to_be(store: Store) -> None:
    answer = store.query(EVERYTHING, timeout=10, row_limit=100)
    assert isinstance(answer, SelectResult)
    assert (len(answer), answer.truncated) == (100, True)
    everything = store.query(EVERYTHING, timeout=10, row_limit=3600)
    assert isinstance(everything, SelectResult)
    assert (len(everything), everything.truncated) == (3600, False)


@pytest.mark.parametrize(
    "media_type",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_a_serialised_answer_with_too_many_rows_is_refused(store: Store, media_type: str) -> None:
    assert store.serialize(EVERYTHING, media_type, limits=Limits(rows=3600))
    with pytest.raises(QueryTooLarge, match="more than 3000 rows"):
        store.serialize(EVERYTHING, media_type, limits=Limits(rows=3000))
    with pytest.raises(QueryTooLarge, match="more than 10000 bytes"):
        store.serialize(EVERYTHING, media_type, limits=Limits(rows=None, answer_bytes=10_000))


def test_a_graph_with_too_many_triples_is_refused(store: Store) -> None:
    with pytest.raises(QueryTooLarge, match="more than 100 triples"):
        store.serialize("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", limits=Limits(rows=100))


def test_errors_come_through(store: Store) -> None:
    with pytest.raises(QueryError, match="not valid SPARQL: error at 1:"):
        store.query("SELECT * {", timeout=10)
    with pytest.raises(QueryRefused, match="SERVICE"):
        store.query("SELECT * { SERVICE <http://a/> {} }", timeout=10)
    with pytest.raises(QueryError, match="no format for the table"):
        store.serialize("SELECT * {}", "text/turtle")


def test_a_query_waits_for_its_turn_but_not_for_ever(snapshot: Path) -> None:
    sandbox = Sandbox(processes=1)
    slow = Request(snapshot, Query(CARTESIAN), Limits(seconds=3))
    with ThreadPoolExecutor() as threads:
        first = threads.submit(sandbox.run, slow)
        while not first.running():
            continue
        with pytest.raises(QueryBusy):
            sandbox.run(Request(snapshot, Query("ASK {}"), Limits(seconds=0.5)))
        with pytest.raises(QueryTimeout):
            first.result()
    assert sandbox.run(Request(snapshot, Query("ASK {}"), Limits())) is True
    sandbox.close()


def test_a_query_with_limits_sees_the_writers_and_the_memorys_last_state(tmp_path: Path) -> None:
    quad = ox.Quad(*[ox.NamedNode("a:b")] * 4)
    for path in (None, tmp_path):
        with open_store(path, writable=True) as store:
            assert store.query("ASK { ?s <a:b> ?o }", timeout=10) is False
            store.add_quads([quad])
            assert store.query("ASK { ?s <a:b> ?o }", timeout=10) is True
