"""What a page shows, for Gephi (https://gephi.org); :mod:`kg.interchange` exports the acts themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import networkx as nx

from kg.interchange.networks import gexf
from kg.views.graph import edge_id
from kg.views.text import one_line


def picture_gexf(graph: nx.MultiDiGraph) -> bytes:
    """Write the drawn graph with its kinds, relations and counts."""
    plain = nx.MultiDiGraph()
    for name in sorted(graph):
        node = graph.nodes[name]
        label = one_line(node["label"])
        plain.add_node(name, label=label, kind=node["kind"].value, weight=node["weight"])
    for source, target, relation in sorted(graph.edges(keys=True)):
        count = graph.edges[source, target, relation]["count"]
        plain.add_edge(source, target, edge_id(source, relation, target), label=relation.value, weight=count)
    return gexf(plain)


def table_gexf(rows: Iterable[Sequence[str]]) -> bytes:
    """Write the rows of a query as edges: from the first cell to the second, equal rows counted.

    A row whose second cell is empty gives a node alone.
    """
    counts = Counter((row[0], row[1] if len(row) > 1 else "") for row in rows)
    plain = nx.MultiDiGraph()
    for (source, target), count in sorted(counts.items()):
        plain.add_node(one_line(source), label=one_line(source))
        if target:
            plain.add_node(one_line(target), label=one_line(target))
            plain.add_edge(one_line(source), one_line(target), weight=count)
    return gexf(plain)


def triples_gexf(triples: Iterable[tuple[str, str, str]]) -> bytes:
    """Write triples (subject, predicate, object) as labelled edges."""
    plain = nx.MultiDiGraph()
    for subject, predicate, object_ in sorted(triples):
        for node in (subject, object_):
            plain.add_node(one_line(node), label=_short(node))
        plain.add_edge(one_line(subject), one_line(object_), label=_short(predicate))
    return gexf(plain)


def _short(term: str) -> str:
    """Return the last part of an IRI; other terms as they are."""
    last = term.rstrip("/").replace("#", "/").rpartition("/")[2]
    return one_line(last if "://" in term and last else term, 80)
