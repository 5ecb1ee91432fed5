"""The picture itself: pyvis builds it, for the app and as a standalone page.

pyvis 0.3.2's template has traps, and :func:`standalone_page` closes them: it asks a CDN for Bootstrap
whatever ``cdn_resources`` says; a tooltip holding the letters ``href`` switches *all* tooltips to
``innerHTML``; a heading is not escaped; ``write_html`` uses the locale's encoding.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
from pyvis.network import Network

from kg.errors import GraphError
from kg.views.graph import edge_id
from kg.views.layout import Position
from kg.views.style import EDGE_STYLES, NODE_STYLES, Relation
from kg.views.text import as_html

LABELLED_EDGES = 60
"""Above this many edges their labels would cover the picture: only counts are written."""

_CSP = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_CDN = re.compile(r"<link\s[^>]*https?://[^>]*>|<script\s[^>]*src=\"https?://[^>]*>\s*</script>", re.DOTALL)
_HEADING = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)


def build_network(
    graph: nx.MultiDiGraph, positions: Mapping[str, Position], relation_text: Callable[[Relation], str]
) -> Network:
    """Turn a graph into a pyvis network with fixed positions and no physics.

    Args:
        graph: a graph of :mod:`kg.views.graph`.
        positions: the place of every node, in pixels.
        relation_text: the words for a relation, in the reader's language.
    """
    network = Network(height="720px", width="100%", directed=True, cdn_resources="in_line")
    for name in sorted(graph):
        network.add_node(name, **_node(graph.nodes[name], positions[name]))
    few = graph.number_of_edges() <= LABELLED_EDGES
    parallel: Counter[tuple[str, str]] = Counter()
    for source, target, relation in sorted(graph.edges(keys=True)):
        edge = graph.edges[source, target, relation]
        look = _edge(edge, relation_text(relation), with_words=few) | _bend(parallel[source, target])
        network.add_edge(source, target, **look)
        parallel[source, target] += 1
        network.edges[-1]["id"] = edge_id(source, relation, target)
    network.toggle_physics(False)
    return network


def _node(node: Mapping[str, Any], position: Position) -> dict[str, Any]:
    style = NODE_STYLES[node["kind"]]
    grown = min(12, int(1.6 * (node["weight"] - 1) ** 0.5))
    return {
        "label": node["label"],
        "title": node["title"],
        "x": position[0],
        "y": position[1],
        "shape": style.shape,
        "color": style.colour,
        "size": style.size + grown,
    }


def _edge(edge: Mapping[str, Any], words: str, *, with_words: bool) -> dict[str, Any]:
    style = EDGE_STYLES[edge["relation"]]
    times = f" × {edge['count']}" if edge["count"] > 1 else ""
    return {
        "title": words + times,
        "label": words + times if with_words else times.strip(" ×"),
        "color": style.colour,
        "dashes": list(style.dashes) or False,
        "width": style.width + min(4.0, 0.8 * (edge["count"] - 1) ** 0.5),
        "arrows": "to",
    }


def _bend(place: int) -> dict[str, Any]:
    """Bend edges between two nodes the more the later they come, so that none covers another."""
    return {"smooth": {"enabled": True, "type": "curvedCW", "roundness": round(0.1 + 0.2 * place, 2)}}


def network_data(network: Network) -> dict[str, Any]:
    """Return nodes and edges as vis-network takes them."""
    nodes, edges, *_ = network.get_network_data()
    return {"nodes": nodes, "edges": edges}


def standalone_page(network: Network, title: str, note: str, language: str) -> str:
    """Write a network as one HTML page that works offline and runs nothing from the data.

    Args:
        network: what :func:`build_network` made.  In its tooltips ``href`` gets an invisible
            joiner.
        title: heading of the page, untrusted.
        note: line under the heading (what is shown, when, from where), untrusted.
        language: language of the title, for screen readers.

    Raises:
        GraphError: pyvis's template is not the one that this function knows how to make safe.
    """
    for item in (*network.nodes, *network.edges):
        item["title"] = re.sub("href", "hre\u2060f", item.get("title") or "", flags=re.IGNORECASE)
    network.set_options(json.dumps(_OPTIONS))
    page = _HEADING.sub("", _CDN.sub("", network.generate_html()))
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_CSP}"><title>{as_html(title)}</title>{_STYLE}'
    )
    page = page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{head}', 1)
    page = page.replace("<html>", f'<html lang="{as_html(language)}">', 1)
    page = page.replace("<body>", f"<body><h1>{as_html(title)}</h1><p>{as_html(note)}</p>", 1)
    _check_page(page)
    return f"<!DOCTYPE html>\n{page}"


def _check_page(page: str) -> None:
    if re.search(r"(?:src|href)=\"https?:", page) or "popup.innerHTML" in page or _CSP not in page:
        raise GraphError("pyvis's page template has changed. Use the pinned version of pyvis.")


_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"font": {"size": 15, "face": "sans-serif", "multi": False}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "font": {"size": 12, "face": "sans-serif", "multi": False},
        "color": {"inherit": False},
    },
}
_STYLE = (
    "<style>body{margin:1.5rem;font:16px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff}"
    "h1{font-size:1.4rem;margin:0 0 .25rem}p{margin:0 0 1rem;color:#4a525c}"
    "div.vis-tooltip{max-width:28rem;white-space:pre-wrap!important}</style>"
)
