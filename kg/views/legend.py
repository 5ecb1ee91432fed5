"""The key to the picture's shapes, colours and dashes: only what is drawn."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx

from kg.views.graph import kinds_in, relations_in
from kg.views.style import EDGE_STYLES, NODE_STYLES, NodeKind, Relation
from kg.views.text import as_html

_SHAPES = {
    "dot": '<circle cx="8" cy="8" r="6.5"/>',
    "diamond": '<polygon points="8,1 15,8 8,15 1,8"/>',
    "triangle": '<polygon points="8,1 15,14 1,14"/>',
    "hexagon": '<polygon points="1,8 4.5,2 11.5,2 15,8 11.5,14 4.5,14"/>',
    "square": '<rect x="2" y="2" width="12" height="12"/>',
}


def legend_markup(
    graph: nx.MultiDiGraph, kind_words: Callable[[str], str], relation_words: Callable[[str], str]
) -> str:
    """Return the legend as a list, with counts."""
    kinds, relations = kinds_in(graph), relations_in(graph)
    items = [_node_item(kind, kind_words(kind.value), kinds[kind]) for kind in NodeKind if kinds[kind]]
    items += [_edge_item(r, relation_words(r.value), relations[r]) for r in Relation if relations[r]]
    return f'<ul class="ct-legend">{"".join(items)}</ul>'


def _node_item(kind: NodeKind, words: str, count: int) -> str:
    style = NODE_STYLES[kind]
    sign = (
        f'<svg width="16" height="16" fill="{style.colour}" aria-hidden="true">{_SHAPES[style.shape]}</svg>'
    )
    return f"<li>{sign}{as_html(words)} ({count})</li>"


def _edge_item(relation: Relation, words: str, count: int) -> str:
    style = EDGE_STYLES[relation]
    dashes = f' stroke-dasharray="{" ".join(map(str, style.dashes))}"' if style.dashes else ""
    stroke = f'stroke="{style.colour}" stroke-width="{style.width + 0.5}"{dashes}'
    line = f'<line x1="0" y1="8" x2="30" y2="8" {stroke}/>'
    tip = f'<polygon points="30,4 37,8 30,12" fill="{style.colour}"/>'
    return (
        f'<li><svg width="38" height="16" aria-hidden="true">{line}{tip}</svg>{as_html(words)} ({count})</li>'
    )
