"""Canonical N-Quads: one text for one graph, to compare and to digest.

RDF Dataset Canonicalization (RDFC-1.0, https://www.w3.org/TR/rdf-canon/#canonical-quads) names blank
nodes and sorts the lines.  ClaimTrack's records have no blank nodes, so only the sorting is left.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, serialize


def nquads(quads: Iterable[Quad]) -> str:
    """Return the sorted, distinct N-Quads lines of quads without blank nodes.

    Lines are sorted by code point and end with a line feed.  Oxigraph writes the escapes of canonical
    N-Quads; that is tested.
    """
    written = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    return "".join(sorted({line + "\n" for line in written.split("\n") if line}))
