"""Filters of lists of acts, as fields and as SQL over the index."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

_WORD = re.compile(r"\w")
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters of a list of acts; an empty one lets everything through.

    ``since`` and ``until`` compare ISO dates of the document; an act without a date fails either.  The fields
    after ``unanswered`` are not offered as filters: a place in a picture stands for them.
    """

    actor: str = ""
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""
    hedged: bool = False
    unanswered: bool = False
    source: str = ""
    target: str = ""
    source_side: str = ""
    target_side: str = ""
    either_side: str = ""
    main_topic: str = ""
    document: str = ""

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the offered filters in use, in the order shown."""
        return tuple(name for name in OFFERED if getattr(self, name))

    def without(self, name: str) -> Self:
        """Return the same choice with one filter cleared."""
        return replace(self, **{name: type(getattr(self, name))()})

    def condition(self) -> tuple[str, list[object]]:
        """Return the SQL condition on ``act`` and its values."""
        parts: list[tuple[str, list[object]]] = [
            (f"act.{name} = ?", [getattr(self, name)]) for name in _COLUMNS if getattr(self, name)
        ]
        if self.actor:
            parts.append(("(act.source = ? OR act.target = ?)", [self.actor, self.actor]))
        if self.either_side:
            parts.append(("(act.source_side = ? OR act.target_side = ?)", [self.either_side] * 2))
        if self.types:
            parts.append((f"act.type IN ({_places(self.types)})", [*self.types]))
        if self.topics:
            inner = f"SELECT n FROM topic WHERE topic IN ({_places(self.topics)})"
            parts.append((f"act.n IN ({inner})", [*self.topics]))
        parts += self._in_time() + self._in_words() + self._in_kind()
        return " AND ".join(text for text, _ in parts) or "1", [
            value for _, values in parts for value in values
        ]

    def _in_time(self) -> list[tuple[str, list[object]]]:
        if not self.since and not self.until:
            return []
        return [("act.day <> '' AND act.day BETWEEN ? AND ?", [self.since or "0", self.until or "9"])]

    def _in_words(self) -> list[tuple[str, list[object]]]:
        if not self.words:
            return []
        terms = [word.replace('"', " ") for word in search_words(self.words)]
        if not terms:
            return [("0", [])]
        query = " AND ".join(f'"{term}" *' for term in terms)
        return [("act.n IN (SELECT rowid FROM words WHERE words MATCH ?)", [query])]

    def _in_kind(self) -> list[tuple[str, list[object]]]:
        parts: list[tuple[str, list[object]]] = [("act.hedged = 1", [])] if self.hedged else []
        if self.unanswered:
            parts.append(("act.state = 'unanswered'", []))
        return parts


OFFERED = ("actor", "types", "topics", "since", "until", "words", "hedged", "unanswered")
_COLUMNS = ("source", "target", "source_side", "target_side", "main_topic", "document")


def search_words(text: str) -> list[str]:
    """Return the words of a search, each once and not too many; signs alone are no words."""
    return list(dict.fromkeys(word for word in text.split() if _WORD.search(word)))[:_MOST_WORDS]


def _places(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
