"""Files of many statements: JSON lines and CSV, one statement a row with its metadata beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping

from kg.documents.encoding import decode
from kg.documents.metadata import select_fields
from kg.documents.raw import RawDocument
from kg.documents.sources import MAX_BYTES, Source
from kg.errors import DocumentError

_DELIMITERS = ",;\t|"


def read_jsonl(source: Source, data: bytes) -> Iterator[RawDocument | DocumentError]:
    """Yield one document a line: an object with ``text``, and ``id`` and metadata if known."""
    lines = decode(data, str(source.path)).removeprefix("\ufeff").split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parse_line(source, number, line)


def _parse_line(source: Source, number: int, line: str) -> RawDocument | DocumentError:
    place = f"{source.path}, row {number}"
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        return DocumentError(place, f"malformed JSON ({error})", "Write one JSON object a line")
    if not isinstance(content, dict):
        return DocumentError(place, "not a JSON object", 'Write {"id": …, "text": …}')
    return _row_document(source, number, content)


def read_csv(source: Source, data: bytes) -> Iterator[RawDocument | DocumentError]:
    """Yield one document a row; the header names the columns, of which ``text`` is needed.

    Raises:
        DocumentError: there is no column ``text``, or a quotation mark is never closed.
    """
    place = str(source.path)
    content = decode(data, place).removeprefix("\ufeff")
    # The module's limit of 131,072 characters a cell is less than a long speech.
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content), strict=True)
    header = [name.strip().lower() for name in next(rows, [])]
    if "text" not in header:
        raise DocumentError(place, "no column named text", "Name the column of the statements: text")
    try:
        for number, cells in enumerate(rows, 2):
            if any(cells):
                yield _parse_cells(source, number, header, cells)
    except csv.Error as error:
        raise DocumentError(
            f"{place}, line {rows.line_num}",
            f"malformed CSV ({error})",
            "Close the quotation mark or double it",
        ) from error


def _delimiter(content: str) -> str:
    """Return the separator that the header line uses most."""
    header = content.partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _parse_cells(
    source: Source, number: int, header: list[str], cells: list[str]
) -> RawDocument | DocumentError:
    if len(cells) != len(header):
        reason = f"malformed row ({len(cells)} cells under {len(header)} columns)"
        remedy = "Put quotation marks around a cell that holds the separator"
        return DocumentError(f"{source.path}, row {number}", reason, remedy)
    return _row_document(source, number, dict(zip(header, cells, strict=True)))


def _row_document(source: Source, number: int, row: Mapping[str, object]) -> RawDocument | DocumentError:
    """Return the document of a row; without an ``id`` it is named after the file and the row."""
    place = f"{source.path}, row {number}"
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        return DocumentError(place, "no text in it", "Fill the field text or delete the row")
    name = row.get("id")
    named = str(name).strip() if isinstance(name, (str, int)) else ""
    return RawDocument(named or f"{source.name}-{number}", place, text, select_fields(row))
