"""Acts → the networkx graph of the picture.

Two pictures: :func:`actor_graph` bundles parallel acts into one counted edge a relation, :func:`act_graph`
draws every act as a node between its parties, the act that it answers and the document that holds it.

Node attributes: ``kind`` (:class:`~kg.views.style.NodeKind`), ``label``, ``title`` (plain text of the
tooltip), ``weight`` (acts).  Edge attributes: ``relation`` (also the key), ``count`` (acts).  Nodes are
named by the last part of their IRI (:func:`key`), acts by their record id, sides by
:func:`kg.views.sides.side_key`.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import networkx as nx

from kg.model import Act, ActType, Party
from kg.views.style import NodeKind, Relation, kind_of, relation_of
from kg.views.text import one_line

DRAWN = 300
"""Nodes drawn unless asked otherwise: more labels cannot be read."""


End = tuple[str, str]
"""A node and its label."""


class Pair(NamedTuple):
    """How often one actor (or side) did one kind of act to another."""

    source: str
    source_name: str
    target: str
    target_name: str
    type: ActType
    times: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a graph that is drawn, and how large the whole is."""

    graph: nx.MultiDiGraph
    nodes_in_all: int
    edges_in_all: int

    @property
    def is_cut(self) -> bool:
        """Whether something is left out."""
        return len(self.graph) < self.nodes_in_all


def key(iri: str) -> str:
    """Return the last part of an IRI: unique among our records, and short in a link."""
    return iri.rpartition("/")[2]


def edge_id(source: str, relation: Relation, target: str) -> str:
    """Return the name of an edge in the picture and in links."""
    return f"{source}~{relation.value}~{target}"


def thinned(pairs: Sequence[Pair], limit: int) -> list[Pair]:
    """Keep the most frequent pairs, and before them the most frequent one of every node.

    Args:
        pairs: the most frequent first.
        limit: how many to keep; more only if there are more nodes.
    """
    if len(pairs) <= limit:
        return list(pairs)
    met: set[str] = set()
    first: dict[Pair, None] = {}
    for pair in pairs:
        if not {pair.source, pair.target} <= met:
            met |= {pair.source, pair.target}
            first[pair] = None
    rest = (pair for pair in pairs if pair not in first)
    kept = set(first) | set(islice(rest, max(0, limit - len(first))))
    return [pair for pair in pairs if pair in kept]


def actor_graph(pairs: Iterable[Pair]) -> nx.MultiDiGraph:
    """Draw actors, with one edge for all acts of one relation between two of them."""
    graph = nx.MultiDiGraph()
    for pair in pairs:
        for actor, name in ((pair.source, pair.source_name), (pair.target, pair.target_name)):
            _add_node(graph, actor, NodeKind.ACTOR, name, pair.times)
        _add_edge(graph, pair.source, pair.target, relation_of(pair.type), pair.times)
    return graph


def act_graph(acts: Iterable[Act], titles: Mapping[str, str]) -> nx.MultiDiGraph:
    """Draw every act between its parties.

    Args:
        acts: the acts.
        titles: label of each document by :attr:`Act.document`; a document without one is not drawn.
    """
    graph = nx.MultiDiGraph()
    drawn = {act.id: act for act in acts}
    for act in drawn.values():
        _add_act(graph, act)
    for act in drawn.values():
        if act.document in titles:
            _add_node(graph, act.document, NodeKind.DOCUMENT, titles[act.document], 1)
            _add_edge(graph, act.id, act.document, Relation.QUOTED_IN, 1)
        for answered in act.rebuts:
            if answered in drawn:
                _add_edge(graph, act.id, answered, Relation.REBUTS, 1)
    return graph


def _add_act(graph: nx.MultiDiGraph, act: Act) -> None:
    quote = act.content.text if act.content else act.cue.text
    _add_node(graph, act.id, kind_of(act.type), quote, 1)
    graph.nodes[act.id]["title"] = f"{act.source.name} → {act.target.name}\n{one_line(act.sentence, 300)}"
    _add_edge(graph, _add_party(graph, act.source), act.id, Relation.MAKES, 1)
    _add_edge(graph, act.id, _add_party(graph, act.target), Relation.TARGETS, 1)
    for reporter in act.via:
        _add_edge(graph, _add_party(graph, reporter), act.id, Relation.REPORTS, 1)


def _add_party(graph: nx.MultiDiGraph, party: Party) -> str:
    name = key(party.iri)
    _add_node(graph, name, NodeKind.ACTOR, party.name, 1)
    return name


def _add_node(graph: nx.MultiDiGraph, name: str, kind: NodeKind, label: str, weight: int) -> None:
    if name not in graph:
        graph.add_node(name, kind=kind, label=one_line(label, 48), title=one_line(label, 300), weight=0)
    graph.nodes[name]["weight"] += weight


def _add_edge(graph: nx.MultiDiGraph, source: str, target: str, relation: Relation, count: int) -> None:
    edge = graph.get_edge_data(source, target, relation)
    if edge is None:
        graph.add_edge(source, target, relation, relation=relation, count=count)
    else:
        edge["count"] += count


def filtered(
    graph: nx.MultiDiGraph, kinds: Iterable[NodeKind], relations: Iterable[Relation]
) -> nx.MultiDiGraph:
    """Keep nodes of some kinds and edges of some relations; a node left without an edge goes too."""
    kinds, relations = set(kinds), set(relations)
    edges = [
        (source, target, relation)
        for source, target, relation in graph.edges(keys=True)
        if relation in relations and {graph.nodes[source]["kind"], graph.nodes[target]["kind"]} <= kinds
    ]
    return graph.edge_subgraph(edges).copy()


def excerpt(
    graph: nx.MultiDiGraph, limit: int = DRAWN, focus: str | None = None, depth: int | None = None
) -> Excerpt:
    """Cut a graph to ``limit`` nodes: those nearest to ``focus``, then those with most acts.

    Args:
        graph: the whole graph.
        limit: nodes to keep at most.
        focus: a node that is kept, with its neighbours first; ignored when the graph lacks it.
        depth: steps from the focus to keep; None: no bound.
    """
    if focus not in graph:
        focus = depth = None
    distances = _distances(graph, focus) if focus is not None else {}
    far = len(graph) + 1
    names = [name for name in graph if depth is None or distances.get(name, far) <= depth]
    names.sort(key=lambda name: (distances.get(name, far), -graph.nodes[name]["weight"], name))
    return Excerpt(graph.subgraph(names[:limit]).copy(), graph.number_of_nodes(), graph.number_of_edges())


def _distances(graph: nx.MultiDiGraph, focus: str) -> dict[str, int]:
    distances, queue = {focus: 0}, deque([focus])
    while queue:
        name = queue.popleft()
        for neighbour in (*graph.successors(name), *graph.predecessors(name)):
            if neighbour not in distances:
                distances[neighbour] = distances[name] + 1
                queue.append(neighbour)
    return distances


def kinds_in(graph: nx.MultiDiGraph) -> Counter[NodeKind]:
    """Count the nodes of each kind."""
    return Counter(kind for _, kind in graph.nodes(data="kind"))


def relations_in(graph: nx.MultiDiGraph) -> Counter[Relation]:
    """Count the acts behind the edges of each relation."""
    counts: Counter[Relation] = Counter()
    for _, _, edge in graph.edges(data=True):
        counts[edge["relation"]] += edge["count"]
    return counts
