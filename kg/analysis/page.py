"""Parts of a page: links from numbers to evidence, tables, pictures.  All text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.analysis.analysing import Analysis
from kg.analysis.evidence import Shown
from kg.analysis.gathering import key_of
from kg.analysis.words import Words
from kg.views.graph import edge_id
from kg.views.pairs import Level
from kg.views.style import Relation
from kg.views.text import as_html, one_line

_NAMED = re.compile(r'(\bid="|\bhref="#|url\(#)')
"""Before every name inside a picture: two pictures on a page may not use the same."""


@dataclass(frozen=True)
class Page:
    """What every part of a page needs.

    Attributes:
        analysis: the results.
        words: of the page's language.
        evidence: every number that has some, by its anchor.
        pictures: SVG by name.
        app: address of the app, ending in ``/``; None for no links to it.
    """

    analysis: Analysis
    words: Words
    evidence: Mapping[str, Shown]
    pictures: Mapping[str, bytes]
    app: str | None

    def name(self, node: str) -> str:
        """Return a node's name, for a heading or a cell."""
        return as_html(one_line(self.analysis.name(node, self.words.language), 80))

    def subject(self, node: str) -> str:
        """Return a node's name as it stands in a sentence."""
        return as_html(one_line(self.words.subject(self.analysis.name(node, self.words.language)), 80))

    def number(self, count: int, *key: str) -> str:
        """Return a number that leads to its evidence, if it has some."""
        return self.link(self.words.number(count), *key)

    def link(self, text: str, *key: str) -> str:
        """Return text that leads to the evidence of a number."""
        anchor = key_of(*key)
        shown = as_html(text)
        return f'<a href="#{as_html(anchor)}">{shown}</a>' if anchor in self.evidence else shown

    def say(self, key: str, **values: str) -> str:
        """Return a sentence with values that are markup already."""
        return as_html(self.words.template(key)).format(**values)

    def times(self, count: int, *key: str) -> str:
        """Return "once" or "5 times", leading to its evidence."""
        return self.link(self.words.counted("times", count), *key)

    def note(self, key: str, **values: object) -> str:
        """Return a remark under a heading."""
        return f'<p class="note">{as_html(self.words(key, **values))}</p>'

    def picture(self, name: str) -> str:
        """Return a picture with what it shows in words; nothing if there is none."""
        if name not in self.pictures:
            return ""
        svg = self.pictures[name].decode()
        drawn = _NAMED.sub(rf"\g<1>{name}-", svg[svg.index("<svg") :])
        label = as_html(self.words(f"alt_{name}"))
        return f'<figure role="img" aria-label="{label}">{drawn}</figure>'

    def table(self, label: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        """Return a table; cells are markup, the first of each row is its heading."""
        head = "".join(f'<th scope="col">{as_html(name)}</th>' for name in heads)
        body = "".join(
            f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
            for first, *rest in rows
        )
        found = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return self.scrolling(found, label)

    def scrolling(self, table: str, label: str) -> str:
        """Return a table in a frame that scrolls on narrow screens, with the keyboard too."""
        name = as_html(label)
        return f'<div class="scroll" role="group" tabindex="0" aria-label="{name}">{table}</div>'

    def list(self, items: Sequence[str]) -> str:
        """Return sentences as a list; a remark that there are none if so."""
        if not items:
            return self.note("empty")
        return f'<ul class="said">{"".join(f"<li>{item}</li>" for item in items)}</ul>'

    def app_link(self, page: str, **parameters: str) -> str:
        """Return the address of a page of the app; empty without the app."""
        return "" if self.app is None else as_html(f"{self.app}{page}?{urlencode(parameters)}")

    def pair_link(self, source: str, target: str) -> str:
        """Return the address of a pair's accusations in the app."""
        return self.node_link(edge_id(source, Relation.ACCUSES, target))

    def node_link(self, node: str) -> str:
        """Return the address of a node or an edge in the app's graph."""
        level = self.analysis.options.level
        return self.app_link("graph", **({} if level is Level.SIDES else {"level": level.value}), node=node)
