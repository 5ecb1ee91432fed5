"""The picture as data and as a page: what pyvis makes is safe to open and draws alike."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from example import extractions
from hostile import EVIL, PAYLOADS
from pyvis.network import Network

from kg.errors import GraphError
from kg.views import network
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.gexf import picture_gexf, table_gexf, triples_gexf
from kg.views.graph import actor_graph
from kg.views.layout import place
from kg.views.legend import legend_markup
from kg.views.pairs import Level, pairs_between, top_nodes
from kg.views.style import NodeKind, Relation


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    corpus = Corpus.of(extractions())
    nodes = top_nodes(corpus, Level.ACTORS, Choice(), 100).nodes
    return actor_graph(pairs_between(corpus, Level.ACTORS, Choice(), nodes, "en"))


def _built(graph: nx.MultiDiGraph) -> Network:
    return network.build_network(graph, place(graph), lambda relation: relation.value)


def _hostile() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for number, text in enumerate(PAYLOADS):
        graph.add_node(f"n{number}", kind=NodeKind.ACTOR, label=text, title=text, weight=1)
        graph.add_edge("n0", f"n{number}", Relation.ACCUSES, relation=Relation.ACCUSES, count=1)
    return graph


def test_every_edge_has_a_name_and_parallel_ones_differ_in_bend(graph: nx.MultiDiGraph) -> None:
    edges = network.network_data(_built(graph))["edges"]
    assert len({edge["id"] for edge in edges}) == graph.number_of_edges()
    looks = [(edge["from"], edge["to"], edge["smooth"]["roundness"]) for edge in edges]
    assert len(set(looks)) == len(looks)


def test_counts_are_written_on_edges(graph: nx.MultiDiGraph) -> None:
    labels = {edge["label"] for edge in network.network_data(_built(graph))["edges"]}
    assert "accuses" in labels
    assert any(" × " in label for label in labels)


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += tag == "script" or any(name.startswith("on") for name, _ in attrs)


def _scripts(page: str) -> int:
    parser = _Scripts()
    parser.feed(page)
    return parser.count


def test_page_asks_nobody_and_holds_no_script_of_the_data(graph: nx.MultiDiGraph) -> None:
    page = network.standalone_page(_built(_hostile()), PAYLOADS[0], PAYLOADS[3], "en")
    assert page.startswith("<!DOCTYPE html>")
    assert not re.search(r'(?:src|href)="https?:', page)
    assert _scripts(page) == _scripts(network.standalone_page(_built(graph), "", "", "en"))
    assert 'content="default-src' in page
    assert "popup.innerHTML" not in page


def test_page_is_refused_when_the_template_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "generate_html", lambda self: '<script src="https://cdn/x.js" async>')
    with pytest.raises(GraphError, match="template"):
        network.standalone_page(_built(_hostile()), "", "", "en")


def test_gexf_is_read_back_whole(graph: nx.MultiDiGraph) -> None:
    for drawn in (graph, _hostile()):
        root = ET.fromstring(picture_gexf(drawn))
        names = {node.get("id") for node in root.iter("{http://www.gexf.net/1.2draft}node")}
        assert names == set(drawn)


def test_rows_and_triples_become_edges_that_gephi_reads(tmp_path: Path) -> None:
    file = tmp_path / "rows.gexf"
    file.write_bytes(table_gexf([("China", "US", "3"), ("China", "US", "4"), ("Belgium", "", "")]))
    read = nx.read_gexf(file)
    assert read["China"]["US"]["weight"] == 2
    assert "Belgium" in read
    file.write_bytes(triples_gexf([("http://x/a#s", "http://x/p", f"{text}") for text in PAYLOADS]))
    assert nx.read_gexf(file, node_type=str).nodes["http://x/a#s"]["label"] == "s"


def test_legend_names_only_what_is_drawn(graph: nx.MultiDiGraph) -> None:
    markup = legend_markup(graph, str, str)
    assert "accuses" in markup
    assert "quoted_in" not in markup
    assert EVIL not in markup
