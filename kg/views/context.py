"""The words around an act, so that it can be judged without leaving the page."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Act, Quote
from kg.views.highlight import highlight
from kg.views.text import as_html

AROUND = 320
"""Characters shown before and after the sentence."""


def context_markup(text: str, act: Act, label: str) -> str:
    """Return an act's sentence, its parts marked, between the words before and after it.

    Args:
        text: the document's text, untrusted.
        act: the act; its offsets are of this text.
        label: read out on the number behind the sentence.
    """
    start, end = _cut(text, act)
    inside = _shifted(act, start, end)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return f"{as_html(before)}{highlight(text[start:end], [inside], act.id, lambda _: label)}{as_html(after)}"


def _cut(text: str, act: Act) -> tuple[int, int]:
    """Return where the excerpt starts and ends: not inside a word, and every marked word within."""
    quotes = [act.cue, act.content, act.source.mention, act.target.mention]
    starts = [act.start, *(quote.start for quote in quotes if quote and act.start - quote.start < AROUND)]
    start, end = max(0, min(starts) - AROUND), min(len(text), act.end + AROUND)
    while start and not text[start - 1].isspace() and act.start - start < 2 * AROUND:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - act.end < 2 * AROUND:
        end += 1
    return start, end


def _shifted(act: Act, start: int, end: int) -> Act:
    """Return the act with offsets in the excerpt; what lies outside of it is not marked."""

    def moved(quote: Quote | None) -> Quote | None:
        if quote is None or not start <= quote.start <= quote.end <= end:
            return None
        return Quote(quote.start - start, quote.end - start, quote.text)

    cue = moved(act.cue) or Quote(0, 0, "")
    return replace(
        act,
        start=act.start - start,
        end=act.end - start,
        cue=cue,
        content=moved(act.content),
        source=replace(act.source, mention=moved(act.source.mention)),
        target=replace(act.target, mention=moved(act.target.mention)),
    )
