"""Results as pictures, drawn by matplotlib: the same bytes every time, and never by colour alone.

Colours are those of :mod:`kg.views.style`, which reach a contrast of 3:1 on white; hatches, markers and
numbers say the same once more.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from math import cos, pi, sin
from typing import Any

import matplotlib
import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kg.analysis import gathering
from kg.analysis.analysing import Analysis
from kg.analysis.graphs import signed_graph
from kg.analysis.periods import totals
from kg.analysis.words import Words
from kg.views.style import BLUE, GREEN, GREY, PURPLE, VERMILLION
from kg.views.text import one_line

INK, GRID = "#222222", "#767676"
_WIDTH = 7.6
"""Inches; of a column of text."""
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "claimtrack",
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GRID,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_MARKERS = "osD^vPX*"
_CAMP_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE)
_IN_NETWORK = 24
_BURSTS = 8


def figures(analysis: Analysis, language: str, format: str = "svg") -> dict[str, bytes]:
    """Return the pictures by name; one that would show nothing is left out.

    Args:
        analysis: what to show.
        language: ``en`` or ``fr``.
        format: ``svg`` or ``png``.
    """
    words = Words(language)
    found: dict[str, bytes] = {}
    with matplotlib.rc_context(_STYLE):
        for name, draw in _FIGURES.items():
            figure = draw(analysis, words)
            if figure is not None:
                found[name] = _written(figure, format)
    return found


def _written(figure: Figure, format: str) -> bytes:
    out = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if format == "svg" else {"Software": None}
    figure.savefig(out, format=format, dpi=160, metadata=metadata, bbox_inches="tight", facecolor="white")
    return out.getvalue()


def _figure(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def _draw_standings(analysis: Analysis, words: Words) -> Figure | None:
    """Draw how often each of the most accused and most accusing nodes accuses and is accused."""
    both = {s.node: s for s in (*gathering.most_accused(analysis), *gathering.most_accusing(analysis))}
    shown = sorted(both.values(), key=lambda s: (s.accuses + s.accused, s.node))[-2 * analysis.options.top :]
    if not shown:
        return None
    figure, axes = _figure(1.1 + 0.52 * len(shown))
    places = np.arange(len(shown))
    bars = (
        ("accuses", [s.accuses for s in shown], BLUE, "", 0.2),
        ("is_accused", [s.accused for s in shown], VERMILLION, "////", -0.2),
    )
    for name, values, colour, hatch, shift in bars:
        drawn = axes.barh(
            places + shift, values, 0.36, color=colour, hatch=hatch, edgecolor="white", label=words(name)
        )
        axes.bar_label(drawn, [words.number(value) for value in values], padding=3)
    _name_rows(axes, [analysis.name(s.node, words.language) for s in shown], words("axis_accusations"))
    _put_legend(axes)
    return figure


def _draw_answers(analysis: Analysis, words: Words) -> Figure | None:
    """Draw what became of the accusations against the most accused nodes."""
    shown = gathering.shown_responses(analysis)[::-1]
    if not shown:
        return None
    figure, axes = _figure(1.4 + 0.4 * len(shown))
    parts = (
        ("same_text", [r.same_text for r in shown], GREEN, ""),
        ("prompt", [r.prompt for r in shown], BLUE, "...."),
        ("late", [r.late for r in shown], PURPLE, "\\\\\\\\"),
        ("by_others", [r.answered - r.by_accused for r in shown], GREY, "||||"),
        ("unanswered", [r.accused - r.answered for r in shown], VERMILLION, "////"),
    )
    left = np.zeros(len(shown))
    for name, values, colour, hatch in parts:
        label = words(name, days=analysis.options.days)
        axes.barh(
            range(len(shown)), values, 0.62, left, color=colour, hatch=hatch, edgecolor="white", label=label
        )
        left = left + np.array(values)
    for place, total in enumerate(left):
        axes.text(total, place, f" {words.number(int(total))}", va="center")
    _name_rows(axes, [analysis.name(r.node, words.language) for r in shown], words("axis_accusations"))
    _put_legend(axes, columns=2)
    return figure


def _draw_network(analysis: Analysis, words: Words) -> Figure | None:
    """Draw the relations between the most active nodes; a camp is a colour and a marker."""
    graph = _shown_network(analysis)
    if not graph:
        return None
    figure, axes = _figure(6.4)
    camp_of = {node: n for n, camp in enumerate(analysis.camps.camps) for node in camp.nodes}
    places = _circle(sorted(graph, key=lambda node: (camp_of.get(node, len(camp_of)), node)))
    _draw_edges(axes, graph, places)
    for camp in sorted({camp_of.get(node, len(camp_of)) for node in graph}):
        nodes = [node for node in graph if camp_of.get(node, len(camp_of)) == camp]
        alone = camp == len(camp_of)
        colour = GREY if alone else _CAMP_COLOURS[camp % len(_CAMP_COLOURS)]
        marker = "." if alone else _MARKERS[camp % len(_MARKERS)]
        label = words("no_camp") if alone else words("camp_n", n=camp + 1)
        xs, ys = zip(*(places[node] for node in nodes), strict=True)
        axes.scatter(
            xs,
            ys,
            400 if alone else 150,
            color=colour,
            marker=marker,
            edgecolor="white",
            zorder=3,
            label=label,
        )
    for node, (x, y) in places.items():
        name = one_line(analysis.name(node, words.language), 26)
        side = "left" if x > 0.2 else "right" if x < -0.2 else "center"
        axes.annotate(name, (x, y), (13 * x, 13 * y), textcoords="offset points", ha=side, va="center")
    axes.set_aspect("equal")
    axes.set_xlim(-2.1, 2.1)
    axes.set_ylim(-1.25, 1.25)
    axes.axis("off")
    _put_legend(axes, columns=4)
    return figure


Places = Mapping[str, tuple[float, float]]


def _circle(nodes: Sequence[str]) -> Places:
    """Return places on a circle from the top on, in order: those of one camp stand together."""
    angles = (pi / 2 - 2 * pi * place / len(nodes) for place in range(len(nodes)))
    return {node: (cos(angle), sin(angle)) for node, angle in zip(nodes, angles, strict=True)}


def _shown_network(analysis: Analysis) -> nx.MultiDiGraph:
    weight = analysis.counts.weight
    signed = signed_graph(analysis.graph)
    shown = sorted(signed, key=lambda node: (-weight[node], node))[:_IN_NETWORK]
    graph = nx.MultiDiGraph()
    for source, target, data in analysis.graph.subgraph(shown).edges(data=True):
        if source != target and data["sign"]:
            graph.add_edge(source, target, **data)
    return graph


def _draw_edges(axes: Axes, graph: nx.MultiDiGraph, places: Places) -> None:
    peak = max(weight for *_, weight in graph.edges(data="weight"))
    for source, target, data in graph.edges(data=True):
        against = data["sign"] < 0
        style = {
            "arrowstyle": "-|>",
            "color": VERMILLION if against else GREEN,
            "linestyle": "-" if against else (0, (4, 3)),
            "linewidth": 0.8 + 3.2 * data["weight"] / peak,
            "connectionstyle": f"arc3,rad={0.12 if against else 0.24}",
            "shrinkA": 8,
            "shrinkB": 9,
            "mutation_scale": 11,
        }
        axes.annotate("", places[target], places[source], arrowprops=style, zorder=1)


def _draw_bursts(analysis: Analysis, words: Words) -> Figure | None:
    """Draw accusations over time, and under them the bursts."""
    calendar = analysis.counts.calendar
    everything = ((place, number) for (_, place), number in analysis.counts.periods.items())
    series = totals(everything, len(calendar.starts))
    if len(series) < 2 or not sum(series):
        return None
    bursts = analysis.bursts[:_BURSTS]
    figure = Figure(figsize=(_WIDTH, 2.6 + 0.34 * len(bursts)), layout="constrained")
    heights = [2.0, 0.34 * len(bursts) + 0.1] if bursts else [1.0]
    drawn = figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)
    top = drawn[0][0]
    top.bar(range(len(series)), series, 0.85, color=BLUE)
    top.set_ylabel(words("axis_accusations"))
    top.yaxis.set_major_locator(MaxNLocator(integer=True))
    if bursts:
        _draw_burst_rows(drawn[1][0], analysis, words)
    last = drawn[-1][0]
    ticks = np.unique(np.linspace(0, len(series) - 1, min(6, len(series))).astype(int))
    last.set_xticks(ticks, [words.day(calendar.starts[tick], calendar.unit) for tick in ticks])
    return figure


def _draw_burst_rows(axes: Axes, analysis: Analysis, words: Words) -> None:
    calendar = analysis.counts.calendar
    bursts = analysis.bursts[:_BURSTS]
    for row, burst in enumerate(reversed(bursts)):
        first, last = calendar.place(burst.first) or 0, calendar.place(burst.last) or 0
        length, start = last - first + 0.85, first - 0.42
        axes.barh(row, length, 0.6, start, color=VERMILLION, hatch="////", edgecolor="white")
    names = [one_line(analysis.name(burst.node, words.language), 30) for burst in reversed(bursts)]
    axes.set_yticks(range(len(bursts)), names)
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)


def _name_rows(axes: Axes, names: Sequence[str], unit: str) -> None:
    axes.set_yticks(range(len(names)), [one_line(name, 34) for name in names])
    axes.set_xlabel(unit)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(x=0.1, y=0.02)
    axes.tick_params(left=False)


def _put_legend(axes: Axes, columns: int = 2) -> None:
    axes.legend(
        ncols=columns,
        frameon=False,
        handlelength=1.6,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        borderaxespad=0.2,
    )


_FIGURES: dict[str, Callable[[Analysis, Words], Figure | None]] = {
    "standings": _draw_standings,
    "answers": _draw_answers,
    "network": _draw_network,
    "bursts": _draw_bursts,
}
