"""Turns the bytes of each file format into raw documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.documents.encoding import decode
from kg.documents.raw import RawDocument
from kg.documents.sources import Source
from kg.errors import DocumentError

Reader = Callable[[Source, bytes], Iterator[RawDocument | DocumentError]]


def read_text(source: Source, data: bytes) -> Iterator[RawDocument | DocumentError]:
    """Yield a plain text: exactly the file's characters, line ends as ``\\n``."""
    yield RawDocument(source.name, decode(data, str(source.path)))


READERS: dict[str, Reader] = {".txt": read_text, ".text": read_text}


def read_raw(source: Source, data: bytes) -> Iterator[RawDocument | DocumentError]:
    """Yield the raw documents of a file by its suffix.

    Raises:
        DocumentError: the file's format is not read here, or the file is damaged.
    """
    reader = READERS.get(source.suffix)
    if reader is None:
        remedy = "Convert it to one of " + ", ".join(sorted(READERS))
        raise DocumentError(
            str(source.path), f"format {source.suffix or 'without suffix'} is not read", remedy
        )
    yield from reader(source, data)
