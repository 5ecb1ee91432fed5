"""Measures on graphs: against networkx's own, against every possibility, and by what must always hold."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from math import log

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.records  # noqa: F401  its profile of Hypothesis never depends on the clock
from kg.analysis.balance import count_triads, measure_frustration
from kg.analysis.brokers import carrying_graph, find_brokers, sample_size
from kg.analysis.bursts import find_bursts
from kg.analysis.camps import find_camps, signed_modularity
from kg.analysis.graphs import most_active, signed_graph
from kg.analysis.measures import median, reciprocity

WEIGHTS = st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(any)


@st.composite
def signed_graphs(draw: st.DrawFn, most: int = 9) -> nx.Graph:
    """Undirected signed graphs, with isolated nodes."""
    nodes = [f"n{number}" for number in range(draw(st.integers(1, most)))]
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    for one, other in combinations(nodes, 2):
        if draw(st.booleans()):
            add(graph, one, other, *draw(WEIGHTS))
    return graph


def add(graph: nx.Graph, one: str, other: str, positive: int, negative: int) -> None:
    sign = (positive > negative) - (positive < negative)
    graph.add_edge(one, other, positive=positive, negative=negative, sign=sign)


def signs(*edges: tuple[str, str, int]) -> nx.Graph:
    graph = nx.Graph()
    for one, other, sign in edges:
        add(graph, one, other, int(sign > 0), int(sign < 0))
    return graph


# Reciprocity ------------------------------------------------------------------------------------------


@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.integers(1, 9), max_size=25))
def test_reciprocity_of_pairs_is_that_of_networkx(weights: dict[tuple[int, int], int]) -> None:
    named = {(f"n{source}", f"n{target}"): count for (source, target), count in weights.items()}
    found = reciprocity(named)
    graph = nx.DiGraph(list(named))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    if not graph.number_of_edges():
        assert found.pairs is found.acts is None
        return
    assert found.pairs == pytest.approx(nx.overall_reciprocity(graph))
    assert found.acts is not None
    assert 0 <= found.acts <= 1
    assert (found.acts == 0) == (found.pairs == 0)


def test_reciprocity_of_acts_counts_what_is_returned() -> None:
    accusations = {("a", "b"): 6, ("b", "a"): 2, ("a", "c"): 2, ("a", "a"): 50}
    assert reciprocity(accusations).acts == pytest.approx(2 * 2 / 10)


@given(st.lists(st.integers(0, 40), min_size=1))
def test_median_of_counts_is_the_median(values: list[int]) -> None:
    assert median(Counter(values)) == np.median(values)


# Balance ----------------------------------------------------------------------------------------------


@given(signed_graphs())
def test_triads_are_those_of_every_three_nodes(graph: nx.Graph) -> None:
    expected: Counter[int] = Counter()
    for three in combinations(graph, 3):
        found = [graph.get_edge_data(*pair, {"sign": 0})["sign"] for pair in combinations(three, 2)]
        if all(found):
            expected[found.count(-1)] += 1
    triads = count_triads(graph)
    assert (triads.none, triads.one, triads.two, triads.three) == tuple(expected[n] for n in range(4))


def test_triads_of_one_sign_are_the_triangles_of_networkx() -> None:
    graph = nx.karate_club_graph()
    for _, _, data in graph.edges(data=True):
        data["sign"] = -1
    triads = count_triads(nx.relabel_nodes(graph, str))
    assert triads.three == triads.total == sum(nx.triangles(graph).values()) // 3
    assert triads.share == 0


@given(signed_graphs())
def test_frustration_is_the_least_of_all_ways_to_part_the_graph(graph: nx.Graph) -> None:
    edges = [edge for edge in graph.edges(data="sign") if edge[2]]
    nodes = sorted(graph)
    least = min(
        sum((camp[nodes.index(one)] == camp[nodes.index(other)]) != (sign > 0) for one, other, sign in edges)
        for camp in product((0, 1), repeat=len(nodes))
    )
    found = measure_frustration(graph)
    assert (found.frustrated, found.relations, found.exact) == (least, len(edges), True)
    assert found.camps[0] | found.camps[1] == set(nodes)


@given(st.integers(20, 40), st.integers(0, 2**32 - 1))
def test_descent_finds_balance_where_there_is_balance(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    camp = rng.integers(0, 2, size)
    graph = signs(
        *((f"n{a}", f"n{b}", 1 if camp[a] == camp[b] else -1) for a, b in combinations(range(size), 2))
    )
    found = measure_frustration(graph)
    assert (found.frustrated, found.index, found.exact) == (0, 1, False)


def test_three_mutual_enemies_are_not_balanced() -> None:
    graph = signs(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))
    assert count_triads(graph).balanced == 0
    assert measure_frustration(graph).frustrated == 1


# Camps ------------------------------------------------------------------------------------------------


@given(signed_graphs(), st.data())
def test_camps_hold_every_node_once_and_are_no_worse_than_none(graph: nx.Graph, data: st.DataObject) -> None:
    camps = find_camps(graph)
    assert sorted(node for camp in camps for node in camp) == sorted(graph)
    alone = signed_modularity(graph, [{node} for node in graph])
    assert alone - 1e-9 <= signed_modularity(graph, camps) <= 1
    nodes = data.draw(st.permutations(sorted(graph)))
    again = nx.Graph()
    again.add_nodes_from(nodes)
    again.add_edges_from(graph.edges(data=True))
    assert find_camps(again) == camps


def test_modularity_without_negative_edges_is_that_of_networkx() -> None:
    graph = nx.relabel_nodes(nx.karate_club_graph(), str)
    for _, _, data in graph.edges(data=True):
        data.update(positive=data["weight"], negative=0)
    camps = find_camps(graph)
    assert signed_modularity(graph, camps) == pytest.approx(nx.community.modularity(graph, camps))
    louvain = nx.community.louvain_communities(graph, seed=1)
    assert signed_modularity(graph, camps) > nx.community.modularity(graph, louvain) - 0.03


def test_two_sides_that_only_accuse_each_other_are_two_camps() -> None:
    left, right = [f"l{n}" for n in range(6)], [f"r{n}" for n in range(6)]
    graph = signs(*((one, other, -1) for one, other in product(left, right)))
    assert sorted(map(sorted, find_camps(graph))) == [left, right]


def test_parties_of_two_disputes_share_no_camp() -> None:
    graph = signs(("a", "b", -1), ("c", "d", -1))
    assert all(len({"a", "b"} & camp) in {0, len(camp)} for camp in find_camps(graph))


def test_relations_count_what_is_said_in_either_direction() -> None:
    acts = nx.MultiDiGraph()
    acts.add_edge("a", "b", "accusation", weight=3, sign=-1)
    acts.add_edge("b", "a", "retraction", weight=1, sign=1)
    acts.add_edge("b", "c", "position", weight=9, sign=0)
    acts.add_edge("a", "a", "accusation", weight=9, sign=-1)
    signed = signed_graph(acts)
    assert list(signed.edges(data=True)) == [("a", "b", {"positive": 1, "negative": 3, "sign": -1})]
    assert set(most_active(signed, 1)) == {"a"}


# Brokers ----------------------------------------------------------------------------------------------


def test_betweenness_is_that_of_networkx() -> None:
    reports = {("a", "m"): 2, ("b", "m"): 1, ("m", "p"): 3, ("m", "q"): 1, ("m", "m"): 7, ("c", "p"): 1}
    graph = carrying_graph(reports)
    expected = nx.betweenness_centrality(nx.DiGraph([edge for edge in reports if edge[0] != edge[1]]))
    brokers = find_brokers(graph)
    assert {broker.node: broker.betweenness for broker in brokers} == {
        n: expected[n] for n in ("m", "p", "q")
    }
    assert brokers[0].node == "m"
    assert (brokers[0].carried, brokers[0].sources) == (3, 2)


def test_large_graphs_are_sampled_with_the_same_result_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnp_random_graph(60, 0.1, seed=2, directed=True)
    nx.set_edge_attributes(graph, 1, "weight")
    assert sample_size(graph) is None
    monkeypatch.setattr("kg.analysis.brokers.STEPS", 12 * (len(graph) + graph.number_of_edges()))
    assert sample_size(graph) == 12
    assert find_brokers(graph) == find_brokers(graph)


def test_nobody_carries_where_nobody_reports() -> None:
    assert find_brokers(carrying_graph({})) == []


# Bursts -----------------------------------------------------------------------------------------------

SERIES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=9)


def cost(states: tuple[bool, ...], events: list[int], totals: list[int]) -> float:
    """Kleinberg's cost of a sequence of states, but for the binomial coefficients, written out."""
    usual = sum(events) / sum(totals)
    rates = (usual, min(usual * 2, (1 + usual) / 2))
    entered = sum(state and not before for before, state in zip((False, *states), states, strict=False))
    fit = sum(
        -r * log(rates[state]) - (d - r) * log(1 - rates[state])
        for state, r, d in zip(states, events, totals, strict=True)
    )
    return fit + entered * log(len(events))


@given(SERIES)
def test_bursts_are_the_cheapest_of_all_sequences_of_states(series: list[tuple[int, int]]) -> None:
    events, totals = [r for r, _ in series], [r + rest for r, rest in series]
    bursts = find_bursts(events, totals)
    if not sum(events) or sum(events) == sum(totals):
        assert bursts == []
        return
    chosen = tuple(any(b.first <= t <= b.last for b in bursts) for t in range(len(events)))
    least = min(cost(states, events, totals) for states in product((False, True), repeat=len(events)))
    assert cost(chosen, events, totals) == pytest.approx(least)
    assert all(b.weight > 0 for b in bursts)


def test_a_burst_is_found_where_it_was_put() -> None:
    events = [1, 1, 0, 1, 9, 8, 9, 1, 0, 1, 1, 1]
    (burst,) = find_bursts(events, [20] * 12)
    assert (burst.first, burst.last) == (4, 6)


def test_more_of_everything_is_no_burst() -> None:
    assert find_bursts([1, 1, 10, 1], [10, 10, 100, 10]) == []


def test_more_events_than_acts_are_refused() -> None:
    with pytest.raises(ValueError, match="more events"):
        find_bursts([2], [1])
