"""How kinds of nodes and relations look: never by colour alone.

The colours follow Okabe and Ito's palette (https://jfly.uni-koeln.de/color/) without its yellow and orange,
which do not reach the 3:1 contrast of WCAG 2.2 §1.4.11 on white.  Every colour here reaches it on both page
grounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import ActType

BLUE, GREEN, VERMILLION, PURPLE, GREY = "#0072B2", "#009E73", "#D55E00", "#B8578F", "#767676"
PAGE_GROUNDS = ("#FFFFFF", "#16181D")
"""Background of the light and of the dark theme."""


class NodeKind(StrEnum):
    """What a node of the picture stands for."""

    ACTOR = "actor"
    ACCUSATION = "accusation"
    REBUTTAL = "rebuttal"
    OTHER = "other"
    DOCUMENT = "document"


class Relation(StrEnum):
    """What an edge of the picture says."""

    ACCUSES = "accuses"
    ANSWERS = "answers"
    ADDRESSES = "addresses"
    MAKES = "makes"
    TARGETS = "targets"
    REPORTS = "reports"
    REBUTS = "rebuts"
    QUOTED_IN = "quoted_in"


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """Shape (vis-network's name and its printed sign), colour and radius in pixels."""

    shape: str
    sign: str
    colour: str
    size: int


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """Colour, dash lengths in pixels (empty: solid), width in pixels and the printed sign of a relation."""

    colour: str
    dashes: tuple[int, ...] = ()
    width: float = 1.5
    sign: str = "━"


NODE_STYLES = {
    NodeKind.ACTOR: NodeStyle("dot", "●", BLUE, 16),
    NodeKind.ACCUSATION: NodeStyle("diamond", "◆", VERMILLION, 13),
    NodeKind.REBUTTAL: NodeStyle("triangle", "▲", GREEN, 13),
    NodeKind.OTHER: NodeStyle("hexagon", "⬢", PURPLE, 12),
    NodeKind.DOCUMENT: NodeStyle("square", "■", GREY, 11),
}

EDGE_STYLES = {
    Relation.ACCUSES: EdgeStyle(VERMILLION, (), 2.0, "━"),
    Relation.ANSWERS: EdgeStyle(GREEN, (9, 5), 2.0, "╍"),
    Relation.ADDRESSES: EdgeStyle(PURPLE, (2, 5), 1.5, "┈"),
    Relation.MAKES: EdgeStyle(BLUE, (), 1.5, "━"),
    Relation.TARGETS: EdgeStyle(VERMILLION, (9, 5), 1.5, "╍"),
    Relation.REPORTS: EdgeStyle(BLUE, (2, 5), 1.5, "┈"),
    Relation.REBUTS: EdgeStyle(GREEN, (14, 5, 2, 5), 2.0, "┅"),
    Relation.QUOTED_IN: EdgeStyle(GREY, (), 1.0, "─"),
}


def kind_of(act: ActType) -> NodeKind:
    """Return the node kind under which an act is drawn."""
    if act is ActType.ACCUSATION:
        return NodeKind.ACCUSATION
    return NodeKind.REBUTTAL if act is ActType.REBUTTAL else NodeKind.OTHER


def types_of(relation: Relation) -> tuple[ActType, ...]:
    """Return the types of act that one relation between parties stands for."""
    return tuple(type_ for type_ in ActType if relation_of(type_) is relation)


def relation_of(act: ActType) -> Relation:
    """Return the relation under which an act is drawn between its two parties."""
    if act is ActType.ACCUSATION:
        return Relation.ACCUSES
    return Relation.ANSWERS if act is ActType.REBUTTAL else Relation.ADDRESSES
