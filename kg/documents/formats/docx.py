"""Word documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.documents.raw import RawDocument
from kg.documents.sources import MAX_BYTES, Source
from kg.errors import DocumentError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MAX_UNPACKED = 10 * MAX_BYTES
"""Bytes that a file may unpack to: a few kilobytes of zip can hold gigabytes of zeros."""


def read_docx(source: Source, data: bytes) -> Iterator[RawDocument]:
    """Yield the paragraphs and table cells in reading order, a blank line between blocks.

    Raises:
        DocumentError: damaged, protected or too large when unpacked.
    """
    place = str(source.path)
    document = _open(data, place)
    embedded = {"title": title} if (title := _title(document)) else {}
    yield RawDocument(source.name, place, "\n\n".join(_blocks(document)), embedded=embedded)


def _open(data: bytes, place: str) -> WordDocument:
    from docx import Document as open_word
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            reason = f"too large (unpacks to {unpacked // 1_000_000} MB)"
            raise DocumentError(place, reason, "Save the text alone, without pictures")
        return open_word(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, SyntaxError, KeyError, ValueError) as error:
        # lxml's XMLSyntaxError is a SyntaxError.
        reason = "damaged, protected by a password, or no DOCX file"
        raise DocumentError(place, reason, "Open it in a word processor and save it as DOCX again") from error


def _title(document: WordDocument) -> str:
    """Return the paragraph in Word's Title style; the property is left aside, being a template's often."""
    titles = (p.text.strip() for p in document.paragraphs if p.style is not None and p.style.name == "Title")
    return next(filter(None, titles), "")


def _blocks(document: WordDocument) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            cells = [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        else:
            cells = [block.text.strip()]
        yield from filter(None, cells)
