"""Camps: who stands with whom, judged by who speaks against whom.

A camp is a community of the signed graph: inside it parties speak against each other less, and for each
other more, than their activity lets expect.  It says nothing about who is right, nor that the parties know
of each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
_BETTER = 1e-12
"""Gains below this are rounding."""


def find_camps(graph: nx.Graph) -> list[set[str]]:
    """Return the communities of a signed graph, largest first.

    The signed modularity of Gómez, Jensen and Arenas, "Analysis of community structure in networks of
    correlated data", Physical Review E 80, 016114 (2009), is climbed by the Louvain method (Blondel et al.,
    Journal of Statistical Mechanics P10008, 2008) on the modularity matrix itself, since parties of one camp
    need not be neighbours: a common opponent is enough.  Nodes are visited in sorted order, so that the
    result is always the same; it is a good partition, not provably the best one.

    Args:
        graph: undirected; ``positive`` and ``negative`` of an edge are weights from 0, in numbers of acts.
            Needs a matrix of all nodes: for thousands of nodes, not for tens of thousands.

    Returns:
        sets of nodes that hold every node once; a node without edges is alone.
    """
    camps: dict[tuple[str, int], set[str]] = {}
    for part in nx.connected_components(graph):  # parties of two disputes have no camp in common
        nodes = sorted(part)
        for node, label in zip(nodes, _louvain(modularity_matrix(graph, nodes)), strict=True):
            camps.setdefault((nodes[0], int(label)), set()).add(node)
    return sorted(camps.values(), key=lambda camp: (-len(camp), min(camp)))


def modularity_matrix(graph: nx.Graph, nodes: Sequence[str]) -> Matrix:
    """Return for each two nodes how much more they are joined than expected, as shares of all weight.

    Summed over the pairs of nodes inside camps it is the signed modularity, from -1 to 1 (equation 17 of
    Gómez et al. 2009).  Without negative edges it is Newman's modularity.

    Args:
        graph: as :func:`find_camps` takes it.
        nodes: rows and columns.
    """
    positive, negative = (_weights(graph, nodes, sign) for sign in ("positive", "negative"))
    total = positive.sum() + negative.sum()
    if not total:
        return np.zeros((len(nodes), len(nodes)))
    matrix: Matrix = (_excess(positive) - _excess(negative)) / total
    return matrix


def signed_modularity(graph: nx.Graph, camps: Sequence[set[str]]) -> float:
    """Return how well camps part a signed graph: 0 for no better than chance, at most 1.

    Source, and the form of ``graph``: see :func:`modularity_matrix`.
    """
    nodes = sorted(graph)
    place = {node: number for number, camp in enumerate(camps) for node in camp}
    label = np.array([place[node] for node in nodes], dtype=np.int64)
    inside = label[:, None] == label[None, :]
    return float(modularity_matrix(graph, nodes)[inside].sum())


def _weights(graph: nx.Graph, nodes: Sequence[str], sign: str) -> Matrix:
    place: Mapping[str, int] = {node: number for number, node in enumerate(nodes)}
    matrix = np.zeros((len(nodes), len(nodes)))
    for one, other, weight in graph.subgraph(nodes).edges(data=sign, default=0):
        matrix[place[one], place[other]] += weight
        matrix[place[other], place[one]] += weight
    return matrix


def _excess(weights: Matrix) -> Matrix:
    """Return weights less what strengths alone would give."""
    strength = weights.sum(axis=0)
    total = strength.sum()
    return weights - np.outer(strength, strength) / total if total else weights


def _louvain(matrix: Matrix) -> npt.NDArray[np.int64]:
    """Return a label for each row so that the sum inside equal labels is high."""
    labels = np.arange(len(matrix))
    while True:
        merged = _move(matrix)
        count = merged.max() + 1 if len(merged) else 0
        labels = merged[labels]
        if count == len(matrix):
            return labels
        members = np.eye(count)[merged]
        matrix = members.T @ matrix @ members


def _move(matrix: Matrix) -> npt.NDArray[np.int64]:
    """Move rows one by one to the label where they fit best until none fits better elsewhere."""
    size = len(matrix)
    labels = np.arange(size)
    toward = matrix.copy()  # toward[i, c]: the sum of row i over the members of c
    moved = True
    while moved:
        moved = False
        for row in range(size):
            here = labels[row]
            gain = toward[row].copy()
            gain[here] -= matrix[row, row]
            best = int(np.argmax(gain))
            if gain[best] > gain[here] + _BETTER:
                toward[:, here] -= matrix[:, row]
                toward[:, best] += matrix[:, row]
                labels[row] = best
                moved = True
    _, compact = np.unique(labels, return_inverse=True)
    return compact
