"""Acts become nodes and edges; cuts, filters and places are the same on every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from example import extractions

from kg.model import Act, ActType
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.graph import (
    Pair,
    act_graph,
    actor_graph,
    excerpt,
    filtered,
    kinds_in,
    relations_in,
    thinned,
)
from kg.views.layout import place
from kg.views.pairs import Level, pairs_between, top_nodes
from kg.views.sides import side_key, side_name
from kg.views.style import EDGE_STYLES, NODE_STYLES, PAGE_GROUNDS, NodeKind, Relation


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return [act for extraction in extractions() for act in extraction.acts]


def drawn(level: Level, choice: Choice | None = None) -> nx.MultiDiGraph:
    corpus, choice = Corpus.of(extractions()), choice or Choice()
    nodes = top_nodes(corpus, level, choice, 1_000).nodes
    return actor_graph(pairs_between(corpus, level, choice, nodes, "en"))


def test_parallel_acts_become_one_counted_edge() -> None:
    graph = drawn(Level.SIDES)
    assert graph.edges["side-cn", "side-us", Relation.ACCUSES]["count"] == 3
    assert graph.edges["side-us", "side-cn", Relation.ACCUSES]["count"] == 1


@pytest.mark.parametrize("choice", [Choice(), Choice(since="0001-01-01")])
def test_every_count_is_the_number_of_acts_behind_it(acts: list[Act], choice: Choice) -> None:
    graph = drawn(Level.ACTORS, choice)
    assert sum(edge["count"] for _, _, edge in graph.edges(data=True)) == len(acts)


def test_unnamed_parties_are_no_side() -> None:
    assert not any("unnamed" in name for name in drawn(Level.SIDES))


def test_acts_stand_between_their_parties(acts: list[Act]) -> None:
    rebuttal = next(act for act in acts if act.rebuts)
    graph = act_graph(acts, {rebuttal.document: "A title"})
    relations = {(target, relation) for _, target, relation in graph.out_edges(rebuttal.id, keys=True)}
    assert (rebuttal.rebuts[0], Relation.REBUTS) in relations
    assert (rebuttal.document, Relation.QUOTED_IN) in relations
    assert kinds_in(graph)[NodeKind.DOCUMENT] == 1


def test_filters_leave_no_lonely_node(acts: list[Act]) -> None:
    graph = act_graph(acts, {})
    few = filtered(graph, [NodeKind.ACTOR, NodeKind.ACCUSATION], [Relation.MAKES])
    assert set(relations_in(few)) == {Relation.MAKES}
    assert all(few.degree(name) for name in few)


def test_cut_keeps_what_is_near_the_focus_first() -> None:
    graph = drawn(Level.SIDES)
    cut = excerpt(graph, limit=2, focus="side-be")
    assert cut.is_cut
    assert cut.nodes_in_all == len(graph)
    assert "side-be" in cut.graph
    assert set(cut.graph) <= {"side-be", *graph.successors("side-be"), *graph.predecessors("side-be")}


def test_unknown_focus_is_no_focus() -> None:
    graph = drawn(Level.ACTORS)
    assert set(excerpt(graph, focus="gone", depth=1).graph) == set(graph)


def test_focus_shows_the_neighbours_only_and_says_how_many() -> None:
    corpus = Corpus.of(extractions())
    for choice in (Choice(), Choice(since="0001-01-01")):
        part = top_nodes(corpus, Level.SIDES, choice, 10, "BE")
        assert part.nodes[0] == "BE"
        assert set(part.nodes) == {"BE", "CN"}
        assert part.total == 2


def test_largest_nodes_come_first() -> None:
    corpus = Corpus.of(extractions())
    whole = top_nodes(corpus, Level.ACTORS, Choice(), 1_000)
    few = top_nodes(corpus, Level.ACTORS, Choice(), 3)
    assert few.nodes == whole.nodes[:3]
    assert few.total == whole.total == len(whole.nodes)


def test_known_places_stay_when_more_nodes_come() -> None:
    graph = drawn(Level.ACTORS)
    few = place(excerpt(graph, 4).graph)
    more = place(graph, few)
    assert {name: more[name] for name in few} == few
    assert set(more) == set(graph)
    assert len(set(more.values())) == len(more)


_PLACES = """
import json, sys
sys.path.insert(0, {tests!r})
from test_views_graph import drawn
from kg.views.layout import place
from kg.views.pairs import Level
print(json.dumps(place(drawn(Level.ACTORS)), sort_keys=True))
"""


def test_places_are_the_same_in_every_process() -> None:
    pictures = set()
    for seed in ("0", "1"):
        code = _PLACES.format(tests=str(Path(__file__).parent))
        environment = os.environ | {"PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        pictures.add(run.stdout)
    assert len(pictures) == 1
    assert json.loads(pictures.pop())


def test_sides_are_called_as_the_reader_calls_them() -> None:
    names = Corpus.of(extractions())
    assert names.side_names("en")["US"] == "United States"
    assert names.side_names("fr")["US"] == "États-Unis"
    assert names.side_names("fr")["the velmar courier"] == "The Velmar Courier"
    assert names.side_names("en")["XM"] == "Marvenia"
    assert side_name("elsewhere", ["The mayor of Elsewhere", "Mayor"], "en") == "Mayor"


def test_side_keys_tell_sides_apart_and_suit_links() -> None:
    sides = ["US", "le monde", "Le-Monde", "élan", "elan", "中国", "日本", '"><script>', "a~b"]
    keys = [side_key(side) for side in sides]
    assert len(set(keys)) == len(sides)
    assert all(key.replace("-", "").isalnum() and key.isascii() for key in keys)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", PAGE_GROUNDS)
def test_every_colour_reaches_three_to_one(ground: str) -> None:
    for colour in {style.colour for style in (*NODE_STYLES.values(), *EDGE_STYLES.values())}:
        light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, colour


def test_no_two_kinds_or_relations_look_alike_without_colour() -> None:
    assert len({style.shape for style in NODE_STYLES.values()}) == len(NODE_STYLES)
    together = [Relation.ACCUSES, Relation.ANSWERS, Relation.ADDRESSES]
    apart = [Relation.MAKES, Relation.TARGETS, Relation.REPORTS, Relation.REBUTS]
    for group in (together, apart):
        assert len({EDGE_STYLES[relation].dashes for relation in group}) == len(group)


def test_a_thinned_picture_keeps_every_node_and_the_most_frequent_relations() -> None:
    often = [Pair("a", "A", "b", "B", ActType.ACCUSATION, times) for times in range(90, 60, -1)]
    rare = [Pair("c", "C", name, name, ActType.REBUTTAL, 1) for name in "defg"]
    kept = thinned([*often, *rare], 10)
    assert {pair.target for pair in kept} == set("bdefg")
    assert [pair.times for pair in kept[:6]] == [90, 89, 88, 87, 86, 85]
    assert len(kept) == 10
    assert thinned(rare, 10) == rare
