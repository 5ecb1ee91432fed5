"""Diagrams of the ontology as SVG: how its classes are connected, and what kinds there are.

Where a box stands is chosen by hand; what is drawn between boxes is read from the ontology.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from html import escape

from kg.rdf.ontology import Ontology

WIDTH, HEIGHT = 132, 36
"""Size of a box in user units."""
ROW = 48
"""Distance of boxes that stand in one column."""

CONNECTED: Mapping[str, tuple[int, int]] = {
    "Document": (90, 40),
    "Actor": (420, 40),
    "Allegation": (760, 40),
    "SpeechAct": (420, 190),
    "Proposition": (760, 190),
    "Passage": (90, 340),
    "Reading": (420, 340),
    "Report": (760, 340),
    "Rebuttal": (90, 190),
}
"""Centre of the box of each class that the first diagram shows."""

SHOWN: Mapping[str, str] = {
    "speaker": "SpeechAct",
    "target": "SpeechAct",
    "inDocument": "SpeechAct",
    "affirms": "SpeechAct",
    "denies": "SpeechAct",
    "evidence": "SpeechAct",
    "reading": "SpeechAct",
    "rebuts": "Rebuttal",
    "accused": "Allegation",
    "cue": "Reading",
    "content": "Reading",
    "via": "Reading",
    "reports": "Report",
}
"""The properties that a reader meets first, with the class they start from."""

Point = tuple[float, float]


def connections(ontology: Ontology, title: str) -> str:
    """Return the diagram of the main classes and properties."""
    ends = {term.local: term.range[0].partition(":")[2] for term in ontology.properties}
    arrows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, start in SHOWN.items():
        arrows[start, ends[name]].append(name)
    lines = "".join(_arrow(CONNECTED[start], CONNECTED[end], names) for (start, end), names in arrows.items())
    return _picture(title, 860, 380, lines + "".join(_box(name, at) for name, at in CONNECTED.items()))


def kinds(ontology: Ontology, title: str) -> str:
    """Return the diagram of our own classes that are kinds of another."""
    children: defaultdict[str, list[str]] = defaultdict(list)
    for term in ontology.classes:
        for parent in term.parents:
            if parent.startswith("ct:"):
                children[parent.removeprefix("ct:")].append(term.local)
    parts, left, height = "", 90.0, 0.0
    for parent, names in sorted(children.items(), key=lambda item: -len(item[1])):
        parts += _tree(parent, names, left)
        left += 440
        height = max(height, ROW * len(names))
    return _picture(title, 860, int(height) + 8, parts)


def _tree(parent: str, names: list[str], left: float) -> str:
    """Return a class with its kinds to the right of it, one below the other."""
    root = (left, ROW * len(names) / 2 + 4)
    places = {name: (left + 240, ROW * (row + 0.5) + 4) for row, name in enumerate(names)}
    lines = (_line((x - WIDTH / 2, y), (root[0] + WIDTH / 2, root[1]), "kind") for x, y in places.values())
    return "".join(lines) + _box(parent, root) + "".join(_box(name, at) for name, at in places.items())


def _picture(title: str, width: int, height: int, content: str) -> str:
    return (
        f'<svg class="diagram" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>'
        f"{content}</svg>"
    )


def _box(name: str, at: Point) -> str:
    x, y = at
    left, top = x - WIDTH / 2, y - HEIGHT / 2
    return (
        f'<a href="#{name}"><rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text x="{x}" y="{y + 5}">{name}</text></a>'
    )


def _arrow(start: Point, end: Point, names: list[str]) -> str:
    a, b = _border(start, end), _border(end, start)
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    first = y + 4 - 8 * (len(names) - 1)
    labels = "".join(
        f'<a href="#{name}"><text class="property" x="{x}" y="{first + 16 * row}">{name}</text></a>'
        for row, name in enumerate(names)
    )
    return _line(a, b, "property") + labels


def _line(a: Point, b: Point, kind: str) -> str:
    return (
        f'<line class="{kind}" x1="{a[0]:.0f}" y1="{a[1]:.0f}" x2="{b[0]:.0f}" y2="{b[1]:.0f}" '
        'marker-end="url(#head)"/>'
    )


def _border(box: Point, towards: Point) -> Point:
    """Return where the line from the centre of a box to a point leaves the box."""
    dx, dy = towards[0] - box[0], towards[1] - box[1]
    scale = min(WIDTH / 2 / abs(dx) if dx else 9e9, HEIGHT / 2 / abs(dy) if dy else 9e9)
    return box[0] + dx * scale, box[1] + dy * scale
