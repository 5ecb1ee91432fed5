"""Structural balance: whether "the enemy of my enemy is my friend" fits the signed graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

EXACT = 16
"""Nodes of a graph up to which all ways to part it in two are tried."""
_STARTS = 8


@dataclass(frozen=True, slots=True)
class Triads:
    """How many triangles of the signed graph have how many negative edges."""

    none: int
    one: int
    two: int
    three: int

    @property
    def total(self) -> int:
        """All triangles."""
        return self.none + self.one + self.two + self.three

    @property
    def balanced(self) -> int:
        """Triangles with an even number of negative edges."""
        return self.none + self.two

    @property
    def share(self) -> float | None:
        """Balanced triangles among all, from 0 to 1; None if there are none."""
        return self.balanced / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Frustration:
    """How far the signed graph is from two camps that only speak against each other.

    Attributes:
        frustrated: relations that contradict the best two camps found: negative inside or positive across.
        relations: all relations.
        exact: whether no other two camps have fewer; else ``frustrated`` is an upper bound.
        camps: the two camps.
    """

    frustrated: int
    relations: int
    exact: bool
    camps: tuple[frozenset[str], frozenset[str]]

    @property
    def index(self) -> float | None:
        """1 for balanced, 0 for as far from it as can be; None without relations.

        The normalised line index of Aref and Wilson, "Measuring partial balance in signed networks", Journal
        of Complex Networks 6 (2018): at most half of all edges can be frustrated.
        """
        return 1 - 2 * self.frustrated / self.relations if self.relations else None


def count_triads(graph: nx.Graph) -> Triads:
    """Count the triangles of a signed graph by their number of negative edges.

    Balance after Cartwright and Harary, "Structural balance: a generalization of Heider's theory",
    Psychological Review 63 (1956): a triangle is balanced if the product of its signs is positive.

    Args:
        graph: undirected; ``sign`` of an edge is 1 or -1 (others do not count).
    """
    negative, positive = _oriented(graph, -1), _oriented(graph, 1)

    def count(first: sparse.csr_array, second: sparse.csr_array, closing: sparse.csr_array) -> int:
        return int((first @ second).multiply(closing).sum())

    one = count(negative, positive, positive) + count(positive, negative, positive)
    two = count(negative, negative, positive) + count(negative, positive, negative)
    return Triads(
        none=count(positive, positive, positive),
        one=one + count(positive, positive, negative),
        two=two + count(positive, negative, negative),
        three=count(negative, negative, negative),
    )


def _oriented(graph: nx.Graph, sign: int) -> sparse.csr_array:
    """Return the edges of one sign, each from its end of lower degree: triangles then cost little."""
    order = sorted(graph, key=lambda node: (graph.degree(node), node))
    place = {node: number for number, node in enumerate(order)}
    edges = [
        sorted((place[one], place[other]))
        for one, other, found in graph.edges(data="sign")
        if found == sign and one != other
    ]
    rows, columns = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    ones = np.ones(len(edges), dtype=np.int64)
    return sparse.csr_array((ones, (rows, columns)), shape=(len(order), len(order)))


def measure_frustration(graph: nx.Graph, starts: Sequence[set[str]] = ()) -> Frustration:
    """Find the two camps that the fewest relations contradict.

    The line index of balance of Harary, "On the measurement of structural balance", Behavioral Science 4
    (1959), which is hard to compute: exact up to :data:`EXACT` nodes, else the best of several descents that
    move one node at a time.

    Args:
        graph: undirected; ``sign`` of an edge is 1 or -1 (others do not count).  Needs a matrix of all nodes.
        starts: sets of nodes to begin a descent with, as one camp against the rest.
    """
    nodes = sorted(graph)
    signs = np.zeros((len(nodes), len(nodes)))
    place = {node: number for number, node in enumerate(nodes)}
    for one, other, sign in graph.edges(data="sign", default=0):
        if one != other:
            signs[place[one], place[other]] = signs[place[other], place[one]] = sign
    relations = int(np.count_nonzero(signs)) // 2
    exact = len(nodes) <= EXACT
    if exact:
        best = _enumerated(signs)
    else:
        descents = [_descended(signs, start) for start in _starts(signs, nodes, starts)]
        best = min(descents, key=lambda camps: _frustrated(signs, camps))
    sides = tuple(
        frozenset(node for node, camp in zip(nodes, best, strict=True) if camp == side) for side in (1, -1)
    )
    return Frustration(_frustrated(signs, best), relations, exact, (sides[0], sides[1]))


_Vector = npt.NDArray[np.float64]


def _frustrated(signs: _Vector, camps: _Vector) -> int:
    return int(round((np.abs(signs).sum() - camps @ signs @ camps) / 4))


def _enumerated(signs: _Vector) -> _Vector:
    size = len(signs)
    if not size:
        return np.ones(0)
    numbers = np.arange(2 ** (size - 1))[:, None]
    every = 1.0 - 2.0 * ((numbers >> np.arange(size)) & 1)
    agreement = np.einsum("ij,ij->i", every @ signs, every)
    best: _Vector = every[int(np.argmax(agreement))]
    return best


def _starts(signs: _Vector, nodes: Sequence[str], given: Sequence[set[str]]) -> list[_Vector]:
    """Return where descents begin: the sets given, all in one camp, the main axis, and some at random."""
    _, axes = np.linalg.eigh(signs)
    main = np.where(axes[:, -1] >= 0, 1.0, -1.0)
    rng = np.random.default_rng(0)
    some = [rng.choice([-1.0, 1.0], len(nodes)) for _ in range(_STARTS)]
    sets = [np.array([1.0 if node in camp else -1.0 for node in nodes]) for camp in given]
    return [*sets, np.ones(len(nodes)), main, *some]


def _descended(signs: _Vector, start: _Vector) -> _Vector:
    """Move the node that is against most of its relations until there is none."""
    camps = start.copy()
    pull = signs @ camps
    while len(pull) and (camps * pull).min() < 0:
        node = int(np.argmin(camps * pull))
        camps[node] = -camps[node]
        pull += 2 * camps[node] * signs[:, node]
    return camps
