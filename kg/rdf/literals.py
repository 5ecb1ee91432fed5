"""Python values as canonical RDF literals and back.

Oxigraph rewrites what is not canonical (``0.300`` to ``0.3``, ``nonNegativeInteger`` to ``integer``,
language tags to lower case), and then a document read back would differ from the one written.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal

from kg.rdf.namespaces import XSD

CONFIDENCE_DIGITS = 6
"""Decimal places kept of a confidence; Oxigraph's decimals hold 18."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_TRUE = Literal("true", datatype=XSD.boolean)


def text(value: str) -> Literal:
    """Return a string literal.  Half a surrogate pair, which no RDF syntax can hold, becomes U+FFFD."""
    try:
        return Literal(value)
    except ValueError:
        return Literal(_SURROGATE.sub("\ufffd", value))


def words(value: str, language: str) -> Literal:
    """Return words of a natural language; without a tag if ``language`` is empty or malformed."""
    tag = language.lower()
    if not _LANGUAGE.fullmatch(tag):
        return text(value)
    return Literal(text(value).value, language=tag)


def address(value: str) -> Literal:
    """Return a web address as ``xsd:anyURI``: as a literal, it may be malformed and still be kept."""
    return Literal(text(value).value, datatype=XSD.anyURI)


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: float) -> Literal:
    """Return an ``xsd:decimal`` without exponent and trailing zeros, rounded to :data:`CONFIDENCE_DIGITS`."""
    written = format(Decimal(repr(round(value, CONFIDENCE_DIGITS))), "f")
    canonical = written.rstrip("0").rstrip(".") if "." in written else written
    return Literal(canonical or "0", datatype=XSD.decimal)


def true() -> Literal:
    """Return the ``xsd:boolean`` true; false is written by leaving the triple out."""
    return _TRUE


def partial_date(value: str) -> Literal:
    """Return an ISO date (``2020``, ``2020-07`` or ``2020-07-25``) with the datatype of its precision.

    Anything else stays a string, so that nothing is lost; the shapes then report it.
    """
    datatype = _DATE_TYPES.get(len(value))
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return text(value)
    return Literal(value, datatype=datatype) if datatype else text(value)


def lines(values: tuple[str, ...]) -> Literal:
    """Return strings as one literal, one a line: their order and repetitions matter and are kept."""
    return text("\n".join(value.replace("\\", "\\\\").replace("\n", "\\n") for value in values))


def from_lines(value: str) -> tuple[str, ...]:
    """Return the strings that :func:`lines` wrote."""
    return tuple(
        re.sub(r"\\(.)", lambda escape: "\n" if escape[1] == "n" else escape[1], line)
        for line in value.split("\n")
    )
