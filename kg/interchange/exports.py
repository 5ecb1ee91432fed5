"""The list of what can be exported besides RDF, for the command line, the app and the endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from kg.interchange import claims, evidence, nanopubs, networks, tables
from kg.model import Extraction
from kg.rdf.reviews import Review

_PARQUET = "application/vnd.apache.parquet"

Reviews = Mapping[str, Review]
"""The latest review of each reading that has one, by the reading's IRI."""
Writer = Callable[[Iterable[Extraction], Reviews, IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Export:
    """One way to export acts.

    Attributes:
        name: how users call for it (``--format graphml``).
        label: what it is, in a few words.
        extension: of file names, without the dot.
        media_type: for downloads and content negotiation.
        write: writes the acts of some extractions, and what was decided about them, to a binary file.
    """

    name: str
    label: str
    extension: str
    media_type: str
    write: Writer


def _acts(write: Callable[[Iterable[Extraction], IO[bytes]], None]) -> Writer:
    """Return a writer that takes reviews and has no use for them."""
    return lambda extractions, _, out: write(extractions, out)


_ALL = (
    Export("graphml", "network (GraphML)", "graphml", "application/xml", _acts(networks.write_graphml)),
    Export("gexf", "network (GEXF, Gephi)", "gexf", "application/xml", _acts(networks.write_gexf)),
    Export("cytoscape", "network (Cytoscape)", "cyjs", "application/json", _acts(networks.write_cytoscape)),
    Export("edges", "network (CSV edge list)", "edges.csv", "text/csv", _acts(networks.write_edge_list)),
    Export("csv", "table of acts (CSV)", "csv", "text/csv", _acts(tables.write_csv)),
    Export(
        "parquet",
        "table of acts (Parquet)",
        "parquet",
        _PARQUET,
        _acts(tables.write_parquet),
    ),
    Export(
        "claims", "claims (schema.org)", "claims.jsonld", "application/ld+json", _acts(claims.write_claims)
    ),
    Export(
        "annotations",
        "evidence (W3C Web Annotation)",
        "annotations.jsonld",
        "application/ld+json",
        _acts(evidence.write_annotations),
    ),
    Export(
        "nanopubs",
        "reviewed acts (nanopublications)",
        "nanopubs.trig",
        "application/trig",
        nanopubs.write_nanopubs,
    ),
)
EXPORTS = {export.name: export for export in _ALL}
"""All by name."""
