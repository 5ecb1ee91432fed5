"""Acts as a network of actors: GraphML, GEXF, Cytoscape JSON and CSV edge lists.

Nodes are actors, edges are readings from speaker to target; two acts between the same actors are two
edges.  Gephi, igraph, Cytoscape and networkx open the files.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import IO

import networkx as nx

from kg.model import Act, Extraction
from kg.rdf.formats import xml_text

EDGE_COLUMNS = (
    "Source",
    "Target",
    "Id",
    "Label",
    "Weight",
    "SourceName",
    "TargetName",
    "SourceSide",
    "TargetSide",
    "Document",
    "Date",
    "Certainty",
    "Topics",
    "Sentence",
)
"""Columns of the edge list; the first five are those that Gephi knows by name."""


def actor_network(extractions: Iterable[Extraction]) -> nx.MultiDiGraph:
    """Return a network with one node an actor (its IRI) and one edge a reading, from speaker to target.

    Nodes have ``label`` and ``side``; edges have ``act_type``, ``weight`` (confidence), ``certainty``,
    ``topics``, ``kind``, ``counter``, ``document``, ``date`` and ``sentence``.  The edge's key is the
    record's id.
    """
    graph = nx.MultiDiGraph()
    for extraction in extractions:
        for act in extraction.acts:
            for party in (act.source, act.target):
                graph.add_node(party.iri, label=xml_text(party.name), side=xml_text(party.side))
            graph.add_edge(act.source.iri, act.target.iri, key=act.id, **_edge(extraction, act))
    return graph


def _edge(extraction: Extraction, act: Act) -> dict[str, str | float | bool]:
    return {  # not "type", which GEXF keeps for directed and undirected
        "act_type": act.type.value,
        "weight": act.confidence,
        "certainty": act.modality.value,
        "topics": " ".join(act.topics),
        "kind": act.kind.value if act.kind else "",
        "counter": act.counter,
        "document": xml_text(extraction.document.name),
        "date": extraction.document.metadata.date,
        "sentence": xml_text(act.sentence),
    }


def write_graphml(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write the network as GraphML (http://graphml.graphdrawing.org)."""
    # the writer that needs no lxml: the other one is used only where lxml happens to be installed
    nx.write_graphml_xml(actor_network(extractions), out)


def write_gexf(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write the network as GEXF."""
    out.write(gexf(actor_network(extractions)))


def gexf(graph: nx.MultiDiGraph) -> bytes:
    """Return any graph of networkx as GEXF 1.2 (https://gexf.net), without the date of today."""
    held = io.BytesIO()
    nx.write_gexf(graph, held)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", held.getvalue(), count=1)


def write_cytoscape(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write the network as JSON for Cytoscape and Cytoscape.js (``elements``: ``nodes``, ``edges``)."""
    data = nx.cytoscape_data(actor_network(extractions), name="label")
    for edge in data["elements"]["edges"]:
        edge["data"]["id"] = edge["data"]["key"]
    out.write(json.dumps(data, ensure_ascii=False, indent=1).encode())


def write_edge_list(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write one line an edge as CSV in UTF-8, with the columns :data:`EDGE_COLUMNS`."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(EDGE_COLUMNS)
    for extraction in extractions:
        rows.writerows(_row(extraction, act) for act in extraction.acts)
    text.detach()


def _row(extraction: Extraction, act: Act) -> tuple[str | float, ...]:
    edge = _edge(extraction, act)
    return (
        act.source.iri,
        act.target.iri,
        act.id,
        act.type.value,
        act.confidence,
        act.source.name,
        act.target.name,
        act.source.side,
        act.target.side,
        extraction.document.name,
        edge["date"],
        edge["certainty"],
        edge["topics"],
        act.sentence,
    )
