"""Which suffix is read by which reader."""

from __future__ import annotations

from collections.abc import Iterator

from kg.documents.formats.docx import read_docx
from kg.documents.formats.html import read_html
from kg.documents.formats.markdown import read_markdown
from kg.documents.formats.pdf import read_pdf
from kg.documents.formats.tables import read_csv, read_jsonl
from kg.documents.formats.text import read_text
from kg.documents.raw import RawDocument, Reader
from kg.documents.sources import Source
from kg.errors import DocumentError

READERS: dict[str, Reader] = {
    "": read_text,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
}
"""Readers by lower-case suffix."""


def read_raw(source: Source, data: bytes) -> Iterator[RawDocument | DocumentError]:
    """Yield the raw documents of a file by its suffix.

    Raises:
        DocumentError: the file's format is not read here, or the file is damaged.
    """
    reader = READERS.get(source.suffix)
    if reader is None:
        reason = f"format {source.suffix} is not read"
        raise DocumentError(str(source.path), reason, f"Convert it to one of{' '.join(sorted(READERS))}")
    yield from reader(source, data)
