"""Markdown with YAML front matter: the words without the mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.documents.encoding import decode
from kg.documents.metadata import select_fields
from kg.documents.raw import RawDocument
from kg.documents.sources import Source
from kg.errors import DocumentError

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)


def read_markdown(source: Source, data: bytes) -> Iterator[RawDocument]:
    """Yield the text of a Markdown file; its front matter is stated metadata, its first heading a title.

    Raises:
        DocumentError: the front matter is not a YAML mapping.
    """
    place = str(source.path)
    content = decode(data, place)
    match = _FRONT_MATTER.match(content)
    given = _front_matter(match["yaml"], place) if match else {}
    tokens = _tokens(content[match.end() :] if match else content)
    embedded = {"title": title} if (title := _first_heading(tokens)) else {}
    yield RawDocument(source.name, place, _text(tokens), given, embedded)


def _front_matter(text: str, place: str) -> dict[str, str]:
    import yaml

    try:
        content = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        reason = f"malformed front matter ({' '.join(str(error).split())})"
        raise DocumentError(place, reason, "Correct the YAML between the --- lines") from error
    if not isinstance(content, dict):
        raise DocumentError(place, "front matter is not a mapping", "Write one key: value a line")
    return select_fields(content)


def _tokens(body: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)


def _first_heading(tokens: Sequence[Token]) -> str:
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _inline_text(inline)
    return ""


def _text(tokens: Sequence[Token]) -> str:
    """Return the blocks' words, a blank line between blocks."""
    blocks = (_inline_text(token) if token.type == "inline" else token.content for token in tokens)
    kinds = {"inline", "code_block", "fence"}
    return "\n\n".join(
        block.strip() for token, block in zip(tokens, blocks, strict=True) if token.type in kinds
    )


def _inline_text(token: Token) -> str:
    """Return the words of a paragraph; a wrapped line is joined, since it breaks a sentence."""
    breaks = {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())
