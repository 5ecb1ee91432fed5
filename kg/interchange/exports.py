"""The list of what can be exported besides RDF, for the command line, the app and the endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from kg.errors import InputError
from kg.interchange import claims, evidence, networks, tables
from kg.model import Extraction

_PARQUET = "application/vnd.apache.parquet"

Writer = Callable[[Iterable[Extraction], IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Export:
    """One way to export acts.

    Attributes:
        name: how users call for it (``--format graphml``).
        label: what it is, in a few words.
        extension: of file names, without the dot.
        media_type: for downloads and content negotiation.
        write: writes the acts of some extractions to a binary file.
    """

    name: str
    label: str
    extension: str
    media_type: str
    write: Writer


_ALL = (
    Export("graphml", "network (GraphML)", "graphml", "application/xml", networks.write_graphml),
    Export("gexf", "network (GEXF, Gephi)", "gexf", "application/xml", networks.write_gexf),
    Export("cytoscape", "network (Cytoscape)", "cyjs", "application/json", networks.write_cytoscape),
    Export("edges", "network (CSV edge list)", "edges.csv", "text/csv", networks.write_edge_list),
    Export("csv", "table of acts (CSV)", "csv", "text/csv", tables.write_csv),
    Export(
        "parquet",
        "table of acts (Parquet)",
        "parquet",
        _PARQUET,
        tables.write_parquet,
    ),
    Export("claims", "claims (schema.org)", "claims.jsonld", "application/ld+json", claims.write_claims),
    Export(
        "annotations",
        "evidence (W3C Web Annotation)",
        "annotations.jsonld",
        "application/ld+json",
        evidence.write_annotations,
    ),
)
EXPORTS = {export.name: export for export in _ALL}
"""All by name.  Nanopublications need reviews too and are in :mod:`kg.interchange.nanopubs`."""


def export_named(name: str) -> Export:
    """Return an export by its name.

    Raises:
        InputError: if there is none of that name.
    """
    try:
        return EXPORTS[name]
    except KeyError:
        raise InputError(f"{name!r}: no such export. There are: {', '.join(EXPORTS)}") from None
