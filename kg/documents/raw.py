"""What a format reader yields: words and the fields that came with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The words of one document before anything is concluded from them.

    Attributes:
        name: the file name without extension, or the record's id.
        text: the words that offsets will refer to.
        given: metadata that a person stated (front matter, columns), by field name.
        embedded: metadata that the file's own mark-up suggests (HTML meta tags, PDF title).
    """

    name: str
    text: str
    given: Mapping[str, str] = field(default_factory=dict)
    embedded: Mapping[str, str] = field(default_factory=dict)
