"""The evidence of a report: for each number the acts that it counts, in their own words."""

from __future__ import annotations

from kg.analysis.evidence import Item, Shown, Source
from kg.analysis.options import Level
from kg.analysis.page import Page
from kg.model import Act
from kg.views.graph import key
from kg.views.text import as_html, one_line

_ANSWERS = 3
"""Answers that are shown under an accusation."""


def evidence(page: Page) -> str:
    """Return a list of acts for every number that has one, under its anchor."""
    parts = [_block(page, anchor, shown) for anchor, shown in page.evidence.items()]
    title = f'<h2 id="evidence">{as_html(page.words("evidence"))}</h2>'
    return (
        f'<section aria-labelledby="evidence">{title}{page.note("evidence_note")}{"".join(parts)}</section>'
    )


def _block(page: Page, anchor: str, shown: Shown) -> str:
    words, found = page.words, shown.evidence
    some = words("shown_of", shown=len(found.items), n=found.count)
    more = _link(_app_address(page, shown), words("see_in_app"))
    note = f'<p class="src">{" · ".join(part for part in (as_html(some), more) if part)}</p>'
    items = "".join(f"<li>{_item(page, item)}</li>" for item in found.items)
    heading = f"<h3>{_heading(page, shown)}</h3>"
    return (
        f'<section class="ev" id="{as_html(anchor)}">{heading}{note}<ol>{items}</ol>{_back(page)}</section>'
    )


def _back(page: Page) -> str:
    return f'<p class="src"><a href="#brief">{as_html(page.words("back"))}</a></p>'


def _heading(page: Page, shown: Shown) -> str:
    words = page.words
    values = {
        "source": page.subject(shown.source) if shown.source else "",
        "target": page.subject(shown.target) if shown.target else "",
        "topic": as_html(words(f"topic_{shown.topic}")) if shown.topic else "",
        "first": as_html(words.date(shown.first)),
        "last": as_html(words.date(shown.last)),
    }
    heading = page.say(f"ev_{shown.what}", **values)
    return heading[:1].upper() + heading[1:]


def _app_address(page: Page, shown: Shown) -> str:
    """Return where the app shows all that a number counts, or the party that it is about."""
    if shown.source and shown.target:
        return page.pair_link(shown.source, shown.target)
    if shown.topic and page.analysis.options.level is Level.SIDES:
        return page.app_link("dispute", dispute=f"{shown.target}.{shown.topic}")
    return page.node_link(shown.source or shown.target)


def _item(page: Page, item: Item) -> str:
    words = page.words
    answers = "".join(_answer(page, *answer) for answer in item.answers[:_ANSWERS])
    below = f"<ul>{answers}</ul>" if answers else f'<p class="src">{as_html(words("no_answer"))}</p>'
    return f"{_quote(item.act, item.source)}{_source(page, item.act, item.source)}{below}"


def _answer(page: Page, act: Act, source: Source) -> str:
    name = as_html(page.words("answered_by", name=one_line(act.source.name, 80)))
    return f"<li><b>{name}</b>{_quote(act, source)}{_source(page, act, source)}</li>"


def _quote(act: Act, source: Source) -> str:
    """Return the sentence verbatim, its cue marked."""
    start, end = act.cue.start - act.start, act.cue.end - act.start
    text = act.sentence
    if 0 <= start < end <= len(text):
        marked = f"{as_html(text[:start])}<mark>{as_html(text[start:end])}</mark>{as_html(text[end:])}"
    else:
        marked = as_html(text)
    language = f' lang="{as_html(source.language)}"' if source.language else ""
    return f"<blockquote{language}><bdi>{marked}</bdi></blockquote>"


def _source(page: Page, act: Act, source: Source) -> str:
    words = page.words
    ends = {"source": one_line(act.source.name, 80), "target": one_line(act.target.name, 80)}
    parts = [as_html(words("against", **ends))]
    if act.via:
        names = words.list([one_line(party.name, 80) for party in act.via])
        parts.append(as_html(words("reported_by", names=names)))
    origin = (source.title, source.publisher, words.date(source.day))
    parts.append(as_html(", ".join(one_line(part, 120) for part in origin if part)))
    parts.append(_link(page.app_link("statement", doc=key(source.iri), act=act.id), words("read_in_app")))
    parts.append(_link(_web(source.url), words("original")))
    parts.append(f"{as_html(words('record'))} <code>{as_html(act.act)}</code>")
    return f'<p class="src">{" · ".join(part for part in parts if part)}</p>'


def _link(address: str, text: str) -> str:
    return f'<a href="{address}" rel="noreferrer">{as_html(text)}</a>' if address else ""


def _web(url: str) -> str:
    """Return an address that leads to a page; nothing for one that could run something."""
    return as_html(url) if url.startswith(("https://", "http://")) else ""
