"""Untrusted text made harmless: for markup, for Markdown-only places, for one line.

Streamlit renders labels and messages as Markdown, where ``![x](https://…)`` makes the browser fetch an
address and ``:red[…]`` imitates our own signs.  :func:`as_markdown` is for those places alone; everywhere
else text is escaped with :func:`as_html` or shown by a widget that takes plain text.
"""

from __future__ import annotations

import html
import re
import unicodedata

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=\"'^@/])")
_AUTOLINK = re.compile(r"(https?|ftp|www|mailto)(?=[:\\.])", re.IGNORECASE)
_TYPOGRAPHY = re.compile(r"(?<=[-<>=~])(?=[-<>=~])|(?<=material)(?=/)|(?=@)")
_WORD_JOINER = "\u2060"
_BIDI_CONTROLS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_ZERO_WIDTH_JOINER = "\u200d"


def as_html(text: str) -> str:
    """Escape text for element content and quoted attributes."""
    return html.escape(text, quote=True)


def one_line(text: str, limit: int = 120) -> str:
    """Return text without line breaks, control and bidi override characters, cut with an ellipsis.

    Direction overrides are removed because a label is set among our own words, which they would reorder.
    Emoji sequences keep their joiner.
    """
    spaced = " ".join(text.translate(_BIDI_CONTROLS).split())
    kept = "".join(c for c in spaced if unicodedata.category(c)[0] != "C" or c == _ZERO_WIDTH_JOINER)
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def as_markdown(text: str, limit: int = 120) -> str:
    """Escape text so that Streamlit's Markdown shows it letter for letter on one line.

    Besides Markdown's own signs this breaks directives (``:red[``), icons (``:material/``), LaTeX, automatic
    links and typographic replacements.
    """
    broken = _TYPOGRAPHY.sub(_WORD_JOINER, one_line(text, limit))
    escaped = _MARKDOWN.sub(r"\\\1", broken)
    return _AUTOLINK.sub(lambda found: found[0][0] + _WORD_JOINER + found[0][1:], escaped)


def fold(text: str) -> str:
    """Return text as it is compared in searches: no case, no accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
