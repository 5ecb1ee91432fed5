"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from kg.documents.encoding import decode
from kg.documents.raw import RawDocument
from kg.documents.sources import Source


def read_text(source: Source, data: bytes) -> Iterator[RawDocument]:
    """Yield a plain text: exactly the file's characters, with every line end as ``\\n``."""
    yield RawDocument(source.name, str(source.path), decode(data, str(source.path)))
