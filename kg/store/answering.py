"""Answers one request after the other from a cached copy of a store, within limits of size."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, QueryTooLarge
from kg.rdf.namespaces import PREFIXES
from kg.store.engine import OxigraphEngine
from kg.store.requests import Limits, Request
from kg.store.results import Answer

ROW_MARKS = {
    ox.QueryResultsFormat.JSON: b'},{"',
    ox.QueryResultsFormat.XML: b"<result>",
    ox.QueryResultsFormat.CSV: b"\r\n",
    ox.QueryResultsFormat.TSV: b"\n",
}
"""Bytes that each row adds once.  In JSON, XML and TSV no value can hold them; a CSV cell with a line
break of two characters counts as a row more."""


class Answerer:
    """Keeps the copy of the last request open."""

    def __init__(self) -> None:
        self._copy: Path | None = None
        self._engine = OxigraphEngine.in_memory()

    def answer(self, request: Request) -> Answer | bytes:
        """Return the values, or the serialised answer if the request names a media type.

        Raises:
            QueryError: malformed, or the media type does not fit the kind of query.
            QueryTooLarge: the serialised answer is too large.
        """
        if request.copy != self._copy:
            self._engine = opened(request.copy)
            self._copy = request.copy
        if request.media_type is None:
            return self._engine.query(*request.query, request.limits.rows)
        try:
            answer = self._engine.solve(*request.query)
            return serialized(answer, request.media_type, request.limits)
        except SyntaxError as error:
            raise QueryError(f"the query is not valid SPARQL: {error}") from error
        except (OSError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from error


def opened(copy: Path) -> OxigraphEngine:
    """Open a snapshot directory, or load an N-Quads file into memory."""
    if copy.is_dir():
        return OxigraphEngine.snapshot(copy)
    engine = OxigraphEngine.in_memory()
    engine.raw.bulk_load(path=copy, format=ox.RdfFormat.N_QUADS)
    return engine


def serialized(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str, limits: Limits
) -> bytes:
    """Return an answer in the format that a media type names, within the limits of rows and bytes."""
    if isinstance(answer, ox.QueryTriples):
        rdf_format = ox.RdfFormat.from_media_type(media_type)
        if rdf_format is None:
            raise QueryError(f"{media_type} is no format for the graph that this query answers")
        out = BoundedWriter(limits, b"")
        ox.serialize(_at_most(answer, limits.rows), out, rdf_format, prefixes=PREFIXES)
        return out.getvalue()
    table_format = ox.QueryResultsFormat.from_media_type(media_type)
    if table_format is None:
        raise QueryError(f"{media_type} is no format for the table that this query answers")
    out = BoundedWriter(limits, ROW_MARKS[table_format])
    answer.serialize(out, table_format)
    return out.getvalue()


class BoundedWriter(io.BytesIO):
    """A buffer that stops the writer at the limits."""

    def __init__(self, limits: Limits, row_mark: bytes) -> None:
        super().__init__()
        self._limits = limits
        self._mark = row_mark
        self._tail = b""
        self._rows = 0

    def write(self, data: object) -> int:
        """Take the bytes, or raise :class:`QueryTooLarge`."""
        chunk = bytes(data)  # type: ignore[call-overload]
        if self.tell() + len(chunk) > self._limits.answer_bytes:
            raise QueryTooLarge(too_many(f"{self._limits.answer_bytes} bytes"))
        if self._mark and self._limits.rows is not None:
            seen = self._tail + chunk
            self._rows += seen.count(self._mark)
            self._tail = seen[len(seen) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
            if self._rows > self._limits.rows + 1:  # CSV and TSV have a head line.
                raise QueryTooLarge(too_many(f"{self._limits.rows} rows"))
        return super().write(chunk)


def too_many(what: str) -> str:
    """Return the message for an answer of more than ``what``."""
    return f"the answer has more than {what}. Add LIMIT, or narrow the query"


def _at_most(triples: Iterable[ox.Triple], limit: int | None) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number == limit:
            raise QueryTooLarge(too_many(f"{limit} triples"))
        yield triple
