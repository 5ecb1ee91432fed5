"""Counts → graphs of networkx."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from kg.analysis.counts import Counts
from kg.model import ActType

DEFENCE, AGREEMENT = "defence", "agreement"
"""Keys of edges that no single act makes: answering for another side, making the allegation of another."""

SIGNS = {
    ActType.ACCUSATION: -1,
    ActType.REBUTTAL: -1,
    ActType.DEMAND: -1,
    ActType.WARNING: -1,
    ActType.POSITION: 0,
    ActType.RETRACTION: 1,
    DEFENCE: 1,
    AGREEMENT: 1,
}
"""Whether an edge speaks against its target (-1), for it (1) or neither.

Accusing, rejecting, demanding and threatening are "verbal conflict" in the quad classes of CAMEO (Schrodt,
"CAMEO: Conflict and Mediation Event Observations. Event and Actor Codebook", 2012, chapters 10 to 13), which
PLOVER keeps; who takes an accusation back, or answers one for another, speaks for it.
"""


def actor_graph(counts: Counts) -> nx.MultiDiGraph:
    """Return the signed, directed, time-stamped multigraph of actors.

    Nodes have ``side``.  An edge has the type of act as its key and as attributes ``weight`` (acts), ``sign``
    (see :data:`SIGNS`), ``first`` and ``last`` (ISO dates of documents, possibly partial, empty if not
    known).  Edges of one node with itself (a party that accuses its own side) are kept.
    """
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((name, {"side": node.side}) for name, node in counts.nodes.by_id.items())
    for (source, target, type_), tie in counts.ties.items():
        sign = SIGNS[type_]
        graph.add_edge(
            source, target, type_.value, weight=tie.count, sign=sign, first=tie.first, last=tie.last
        )
    for key, found in ((DEFENCE, counts.defended), (AGREEMENT, agreements(counts))):
        for (source, target), count in found.items():
            graph.add_edge(source, target, key, weight=count, sign=SIGNS[key], first="", last="")
    return graph


def agreements(counts: Counts) -> Counter[tuple[str, str]]:
    """Return how often a party makes an allegation that another made before it, by (later, first)."""
    found: Counter[tuple[str, str]] = Counter()
    for group in counts.echoes:
        first = group[0].source
        found.update((later, first) for later in {telling.source for telling in group} - {first})
    return found


def signed_graph(graph: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected signed graph of relations between two different nodes.

    ``negative`` and ``positive`` of an edge are numbers of acts in either direction, ``sign`` is that of the
    larger one, 0 if they are equal.
    """
    signed = nx.Graph()
    for one, other, data in graph.edges(data=True):
        if one == other or not data["sign"]:
            continue
        if not signed.has_edge(one, other):
            signed.add_edge(one, other, positive=0, negative=0, sign=0)
        edge = signed[one][other]
        edge["positive" if data["sign"] > 0 else "negative"] += data["weight"]
        difference = edge["positive"] - edge["negative"]
        edge["sign"] = (difference > 0) - (difference < 0)
    return signed


def most_active(graph: nx.Graph, count: int) -> nx.Graph:
    """Return the part of a signed graph between the nodes with the most acts, by id where equal."""
    strength: Counter[str] = Counter()
    for one, other, data in graph.edges(data=True):
        for node in (one, other):
            strength[node] += data["positive"] + data["negative"]
    chosen = sorted(strength, key=lambda node: (-strength[node], node))[:count]
    return graph.subgraph(chosen)
