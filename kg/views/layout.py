"""Positions of the picture: the same graph gives the same picture, on every run and machine.

Physics in the browser takes half a minute from some hundreds of nodes on and never twice gives one result, so
networkx places the nodes here (Fruchterman and Reingold 1991) and the browser only draws.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Position = tuple[float, float]

SEED = 7
ITERATIONS = 120
SPACING = 170.0
"""Pixels between two typical neighbours."""
_APART = 0.35
_MARGIN = 1.1
_SHAPE = 1.4
"""Width of the whole picture over its height."""


def place(graph: nx.MultiDiGraph, known: Mapping[str, Position] | None = None) -> dict[str, Position]:
    """Place every node, in pixels.

    Args:
        graph: the graph; directions and parallel edges do not matter here.
        known: positions to keep, so that a picture stays when a filter lets more nodes in.

    Each connected part is laid out alone, and the parts are packed on shelves, largest first: one force
    layout over all of them would fling small parts far away.
    """
    simple = _simple(graph)
    kept = {name: known[name] for name in simple if known and name in known}
    if kept:
        return _extend(simple, kept)
    parts = sorted((sorted(part) for part in nx.connected_components(simple)), key=lambda p: (-len(p), p[0]))
    return _pack([(part, _place_part(simple, part)) for part in parts])


def _simple(graph: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected graph with nodes and edges in sorted order, on which the layout depends."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    simple.add_edges_from(sorted({(min(s, t), max(s, t)) for s, t in graph.edges() if s != t}))
    return simple


def _place_part(simple: nx.Graph, part: list[str]) -> NDArray[np.float64]:
    """Place one connected part, with 1.0 between typical neighbours."""
    if len(part) <= 2:
        return np.array([[float(index), 0.0] for index in range(len(part))])
    ordered = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_edges_from(edge for edge in simple.edges() if edge[0] in ordered)
    # "auto" would change the solver, and so every picture, at 500 nodes
    places = nx.spring_layout(ordered, seed=SEED, iterations=ITERATIONS, method="force")
    points = np.array([places[name] for name in part])
    return _wide(points * _scale(points, _lengths(ordered, places)))


def _scale(points: NDArray[np.float64], lengths: list[float]) -> float:
    """Return the factor that makes edges 1.0 long and keeps nine nodes of ten apart from their nearest."""
    distances = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    np.fill_diagonal(distances, np.inf)
    crowded = float(np.quantile(distances.min(axis=1), 0.1))
    return max(1 / max(1e-9, float(np.median(lengths))), _APART / max(1e-3, crowded))


def _lengths(simple: nx.Graph, places: Mapping[str, NDArray[np.float64]]) -> list[float]:
    return [float(np.linalg.norm(places[source] - places[target])) for source, target in simple.edges()]


def _wide(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the points so that their longest direction lies flat: pictures are wider than high."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return np.asarray(centred @ (axes.T * np.sign(axes[:, :1].T + 1e-12)), dtype=np.float64)


def _pack(parts: list[tuple[list[str], NDArray[np.float64]]]) -> dict[str, Position]:
    positions: dict[str, Position] = {}
    left = top = shelf = 0.0
    corners = [(names, points - points.min(axis=0)) for names, points in parts]
    areas = [float(np.prod(corner.max(axis=0) + _MARGIN)) for _, corner in corners]
    width = (
        max(float(np.sqrt(sum(areas) * _SHAPE)), *(float(c.max(axis=0)[0]) for _, c in corners), 0.0)
        + _MARGIN
    )
    for names, corner in corners:
        across, down = (float(value) + _MARGIN for value in corner.max(axis=0))
        if left and left + across > width:
            left, top, shelf = 0.0, top + shelf, 0.0
        for name, (x, y) in zip(names, corner, strict=True):
            positions[name] = _pixels(x + left, y + top)
        left, shelf = left + across, max(shelf, down)
    return positions


def _extend(simple: nx.Graph, kept: Mapping[str, Position]) -> dict[str, Position]:
    """Place the nodes that have no position yet around those that have one."""
    new = [name for name in simple if name not in kept]
    if not new:
        return dict(kept)
    start = {name: np.array(position) / SPACING for name, position in kept.items()}
    middle = np.mean(list(start.values()), axis=0)
    for index, name in enumerate(new):
        anchors = [start[near] for near in simple[name] if near in kept] or [middle]
        angle = 2.399963 * index  # the golden angle spreads points evenly whatever their number
        start[name] = np.mean(anchors, axis=0) + np.array([np.cos(angle), np.sin(angle)])
    places = nx.spring_layout(
        simple, pos=start, fixed=list(kept), k=1.0, seed=SEED, iterations=30, method="force"
    )
    return dict(kept) | {name: _pixels(*places[name]) for name in new}


def _pixels(x: float, y: float) -> Position:
    return round(float(x) * SPACING, 1), round(float(y) * SPACING, 1)
