"""Acts become nodes and edges; cuts, filters and places are the same on every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from example import extractions

from kg.model import Act
from kg.views.graph import act_graph, actor_graph, count_pairs, excerpt, filtered, kinds_in, relations_in
from kg.views.layout import place
from kg.views.sides import side_end, side_key, side_names
from kg.views.style import EDGE_STYLES, NODE_STYLES, PAGE_GROUNDS, NodeKind, Relation


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return [act for extraction in extractions() for act in extraction.acts]


def test_parallel_acts_become_one_counted_edge(acts: list[Act]) -> None:
    graph = actor_graph(count_pairs(acts, side_end(side_names(acts, "en"))))
    edge = graph.edges["side-cn", "side-us", Relation.ACCUSES]
    assert edge["count"] == len(edge["acts"]) == 3
    assert graph.edges["side-us", "side-cn", Relation.ACCUSES]["count"] == 1


def test_every_count_is_the_number_of_acts_behind_it(acts: list[Act]) -> None:
    graph = actor_graph(count_pairs(acts))
    behind = [name for _, _, edge in graph.edges(data=True) for name in edge["acts"]]
    assert sorted(behind) == sorted(act.id for act in acts)


def test_unnamed_parties_are_no_side(acts: list[Act]) -> None:
    graph = actor_graph(count_pairs(acts, side_end(side_names(acts, "en"))))
    assert not any("unnamed" in name for name in graph)


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


def test_cut_keeps_what_is_near_the_focus_first(acts: list[Act]) -> None:
    graph = actor_graph(count_pairs(acts, side_end(side_names(acts, "en"))))
    cut = excerpt(graph, limit=2, focus="side-be")
    assert cut.is_cut
    assert cut.nodes_in_all == len(graph)
    assert "side-be" in cut.graph
    assert set(cut.graph) <= {"side-be", *graph.successors("side-be"), *graph.predecessors("side-be")}


def test_unknown_focus_is_no_focus(acts: list[Act]) -> None:
    graph = actor_graph(count_pairs(acts))
    assert set(excerpt(graph, focus="gone", depth=1).graph) == set(graph)


def test_known_places_stay_when_more_nodes_come(acts: list[Act]) -> None:
    graph = actor_graph(count_pairs(acts))
    few = place(excerpt(graph, 4).graph)
    more = place(graph, few)
    assert {name: more[name] for name in few} == few
    assert set(more) == set(graph)
    assert len(set(more.values())) == len(more)


_PLACES = """
import json, sys
sys.path.insert(0, {tests!r})
from example import extractions
from kg.views.graph import actor_graph, count_pairs
from kg.views.layout import place
acts = [act for extraction in extractions() for act in extraction.acts]
print(json.dumps(place(actor_graph(count_pairs(acts))), sort_keys=True))
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


def test_sides_are_called_as_the_reader_calls_them(acts: list[Act]) -> None:
    assert side_names(acts, "en")["US"] == "United States"
    assert side_names(acts, "fr")["US"] == "États-Unis"
    assert side_names(acts, "fr")["the velmar courier"] == "The Velmar Courier"
    assert side_names(acts, "en")["XM"] == "Marvenia"


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
