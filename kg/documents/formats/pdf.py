"""PDF files that hold text, by pypdf."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.documents.raw import RawDocument
from kg.documents.sources import Source
from kg.errors import DocumentError

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGE_NUMBER = re.compile(r"^[\s–—-]*(?:page )?\d{1,4}(?: ?(?:/|of|sur) ?\d{1,4})?[\s–—-]*$", re.I)
_SENTENCE_END = re.compile(r"[.!?…:;»”\"][)\]]?\s*$")
_FULL_LINE = 0.6
"""Share of the longest line from which a line is taken to be broken by the page's width."""


def read_pdf(source: Source, data: bytes) -> Iterator[RawDocument]:
    """Yield the text of a PDF with the lines of a paragraph joined.

    Raises:
        DocumentError: damaged, encrypted, or pictures of pages without text.
    """
    place = str(source.path)
    text = "\n".join(filter(None, map(_join_lines, _pages(data, place))))
    if not text.strip():
        raise DocumentError(
            place, "empty (no text, perhaps scanned pages)", "Run text recognition (OCR) on it"
        )
    yield RawDocument(source.name, place, text)


def _pages(data: bytes, place: str) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        _unlock(reader, place)
        return [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # pypdf meets damage deep inside a file with whatever exception Python raises there.
        reason = "damaged or no PDF file"
        raise DocumentError(place, reason, "Open it in a PDF viewer and print it to a new PDF") from error


def _unlock(reader: PdfReader, place: str) -> None:
    """Open a file that needs no password for reading, as viewers do."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(place, "encrypted PDF", "Save a copy without a password")


def _join_lines(page: str) -> str:
    """Return a page's text with one line a paragraph (or a sentence's end), without page numbers."""
    lines = [line.rstrip() for line in page.splitlines()]
    while lines and (not lines[-1] or _PAGE_NUMBER.match(lines[-1])):
        lines.pop()
    while lines and (not lines[0] or _PAGE_NUMBER.match(lines[0])):
        lines.pop(0)
    width = max(map(len, lines), default=0) * _FULL_LINE
    joined = ""
    for line in lines:
        joined += line.strip() + _separator(line, width)
    return _mend_hyphens(joined).replace("\u00ad", "").strip()


def _separator(line: str, width: float) -> str:
    if _SENTENCE_END.search(line) or len(line) < width:
        return "\n"
    return "\u2028" if line.endswith("-") else " "


def _mend_hyphens(text: str) -> str:
    """Join words that a line end broke (marked U+2028); a hyphen stays if the text has it elsewhere."""

    def mend(match: re.Match[str]) -> str:
        first, second = match.groups()
        keep = second[:1].isupper() or f"{first}-{second}" in text
        return f"{first}-{second}" if keep else first + second

    return re.sub(r"(\w*)-\u2028(\w*)", mend, text).replace("\u2028", " ")
