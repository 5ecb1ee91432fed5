"""What a format reader yields: words and the fields that came with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.documents.sources import Source
from kg.errors import DocumentError


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The words of one document before anything is concluded from them.

    Attributes:
        name: the file name without extension, or the record's id.
        place: the file, or the file and row, as error messages name it.
        text: the words that offsets will refer to.
        given: metadata that a person stated (front matter, columns), by field name.
        embedded: metadata that the file's own mark-up suggests (heading, HTML meta tags).
    """

    name: str
    place: str
    text: str
    given: dict[str, str] = field(default_factory=dict)
    embedded: dict[str, str] = field(default_factory=dict)


Reader = Callable[[Source, bytes], Iterator[RawDocument | DocumentError]]
"""Turns a file's bytes into documents; raises a DocumentError if the whole file is unusable."""
