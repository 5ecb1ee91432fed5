"""Brokers: who carries the accusations of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

STEPS = 4_000_000
"""Edges that the search for shortest paths may look at before it begins to sample."""
_SEED = 0


@dataclass(frozen=True, slots=True)
class Broker:
    """Somebody who passes accusations on.

    Attributes:
        node: who.
        carried: acts of others that it reports, in numbers of reports.
        sources: parties that it reports on directly.
        betweenness: the share of all pairs of others (one starts chains, the other ends them) whose shortest
            chain of reports runs through it; from 0 to 1.
    """

    node: str
    carried: int
    sources: int
    betweenness: float


def carrying_graph(reports: Mapping[tuple[str, str], int]) -> nx.DiGraph:
    """Return the graph of reports: an edge leads from who is reported to who reports.

    Args:
        reports: how many acts, by (reported, reporting).
    """
    graph = nx.DiGraph()
    for (reported, reporting), count in sorted(reports.items()):
        if reported != reporting:
            graph.add_edge(reported, reporting, weight=count)
    return graph


def find_brokers(graph: nx.DiGraph) -> list[Broker]:
    """Return who carries the acts of others, most between others first, then by what they carry.

    Betweenness after Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977),
    as :func:`networkx.betweenness_centrality` counts it on the directed graph; on large graphs estimated from
    a fixed sample of starting points (Brandes and Pich, "Centrality estimation in large networks",
    International Journal of Bifurcation and Chaos 17, 2007).

    Args:
        graph: see :func:`carrying_graph`.
    """
    between = nx.betweenness_centrality(graph, k=sample_size(graph), seed=_SEED) if graph else {}
    found = [
        Broker(node, int(graph.in_degree(node, weight="weight")), graph.in_degree(node), between[node])
        for node in graph
        if graph.in_degree(node)
    ]
    return sorted(found, key=lambda broker: (-broker.betweenness, -broker.carried, broker.node))


def sample_size(graph: nx.DiGraph) -> int | None:
    """Return how many starting points are sampled; None if all are used and the result is exact."""
    each = max(1, graph.number_of_edges() + graph.number_of_nodes())
    wanted = max(10, STEPS // each)
    return None if wanted >= graph.number_of_nodes() else wanted
