"""Chooses the format of an answer from what a client accepts (RFC 9110 section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

TABLE_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""Formats of tables and truth values, the preferred one first."""

GRAPH_TYPES = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/trig",
    "application/rdf+xml",
    "application/n-quads",
)
"""Formats of graphs, the preferred one first."""

ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
"""What some clients ask for and what they mean, where tables are offered."""


def choose(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that a client likes best; None if it accepts none of them.

    Args:
        accept: the Accept header; empty means anything.
        offers: media types, the server's favourite first, which wins among equals.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",")]
    best, quality = None, 0.0
    for offer in offers:
        if (liked := _quality(offer, ranges)) > quality:
            best, quality = offer, liked
    return best


def choose_table(accept: str) -> str | None:
    """Return the format for a table or a truth value; common short names are understood too."""
    chosen = choose(accept, (*TABLE_TYPES, *ALIASES))
    return ALIASES.get(chosen, chosen) if chosen else None


def _range(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return media_range.lower(), float(value)
            except ValueError:
                return media_range.lower(), 0.0
    return media_range.lower(), 1.0


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality that the most exact range gives to an offer."""
    for wanted in (offer, offer.partition("/")[0] + "/*", "*/*"):
        found = [quality for media_range, quality in ranges if media_range == wanted]
        if found:
            return max(found)
    return 0.0
