"""The disputes of a store as lists.

Each is a thread of :mod:`kg.disputes`, and has the record id of its first accusation for a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from kg.disputes.threads import Thread
from kg.views.choice import Choice, search_words
from kg.views.corpus import Corpus
from kg.views.index.threads import threads_of

ORDERS = {
    "contested": "answers DESC, accusations DESC, id",
    "newest": "since DESC, id",
    "oldest": "since = '', since, id",
    "repeated": "accusations DESC, id",
    "waiting": "waiting DESC, answers DESC, id",
}
"""How the list may be sorted; the first is the default."""
_COLUMNS = "id, side, accused, topic, state, accusations, answers, accusers, since, until, waiting"


class Dispute(NamedTuple):
    """One allegation in a line.

    Attributes:
        id: record id of its first accusation.
        side, accused: side and actor (as links name it) that it is about.
        topic: what it is most often about.
        state: what became of it (:class:`kg.disputes.threads.State`).
        accusations, answers, accusers: how many.
        since, until: first and last date, possibly partial, empty if not known.
        waiting: how many of its links between documents wait for a person's decision.
    """

    id: str
    side: str
    accused: str
    topic: str
    state: str
    accusations: int
    answers: int
    accusers: int
    since: str
    until: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list; an empty one lets everything through."""

    side: str = ""
    topics: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    words: str = ""

    def without(self, name: str) -> Self:
        """Return the same wishes with one cleared."""
        return replace(self, **{name: type(getattr(self, name))()})

    def condition(self) -> tuple[str, list[object]]:
        """Return the SQL condition on ``thread`` and its values."""
        parts: list[str] = []
        values: list[object] = []
        for column, chosen in (("topic", self.topics), ("state", self.states)):
            if chosen:
                parts.append(f"{column} IN ({', '.join('?' * len(chosen))})")
                values += chosen
        if self.side:
            parts.append("side = ?")
            values.append(self.side)
        if search_words(self.words):
            condition, more = Choice(words=self.words).condition()
            parts.append(f"id IN (SELECT thread FROM act WHERE {condition})")
            values += more
        return " AND ".join(parts) or "1", values


def disputes(corpus: Corpus, wanted: Wanted, limit: int, *, order: str = "contested") -> list[Dispute]:
    """Return disputes that pass every filter, in an order of :data:`ORDERS`."""
    condition, values = wanted.condition()
    text = f"SELECT {_COLUMNS} FROM thread WHERE {condition} ORDER BY {ORDERS[order]} LIMIT ?"
    return [Dispute(*row) for row in corpus.rows(text, [*values, limit])]


def count_disputes(corpus: Corpus, wanted: Wanted) -> int:
    """Return how many disputes pass every filter."""
    condition, values = wanted.condition()
    ((count,),) = corpus.rows(f"SELECT COUNT(*) FROM thread WHERE {condition}", values)
    return int(count)


def disputes_by_id(corpus: Corpus, names: Sequence[str]) -> list[Dispute]:
    """Return the disputes with these names, in their order; unknown ones are left out."""
    places = ", ".join("?" * len(names))
    rows = corpus.rows(f"SELECT {_COLUMNS} FROM thread WHERE id IN ({places})", names)
    found = {row[0]: Dispute(*row) for row in rows}
    return [found[name] for name in names if name in found]


def thread(corpus: Corpus, name: str) -> Thread | None:
    """Return a dispute with all its acts; None if there is none of this name."""
    return next(iter(threads_of(corpus.index, [name])), None)
