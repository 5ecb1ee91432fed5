"""Web pages: the article without menus and footers, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.documents.encoding import decode
from kg.documents.raw import RawDocument
from kg.documents.sources import Source
from kg.errors import DocumentError


def read_html(source: Source, data: bytes) -> Iterator[RawDocument]:
    """Yield the main text of a page, a blank line between paragraphs, and what its meta tags say.

    Raises:
        DocumentError: the page has no text.
    """
    import trafilatura

    place = str(source.path)
    page = _decode_page(data, place)
    if "<html" not in page.lower():  # trafilatura takes a bare fragment for no page at all
        page = f"<html><body>{page}</body></html>"
    article: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    text = (article and article.text) or trafilatura.html2txt(page)
    if not text.strip():
        raise DocumentError(place, "empty (no text in the page)", "Save the page after its text has loaded")
    paragraphs = filter(None, map(str.strip, text.splitlines()))
    yield RawDocument(source.name, place, "\n\n".join(paragraphs), embedded=_meta_tags(article))


def _decode_page(data: bytes, place: str) -> str:
    """Decode as UTF-8, else as the page itself declares, else by the bytes alone."""
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    for encoding in ("utf-8", declared):
        try:
            if encoding:
                return decode(data.decode(encoding).encode(), place)
        except (UnicodeDecodeError, LookupError):
            continue
    return decode(data, place)


def _meta_tags(article: Any) -> dict[str, str]:
    if article is None:
        return {}
    fields = {"title": article.title, "publisher": article.sitename, "date": article.date, "url": article.url}
    return {name: value for name, value in fields.items() if value}
