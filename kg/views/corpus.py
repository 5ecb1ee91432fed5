"""What a reader sees of a store, as the questions that pages ask of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from kg.identifiers import ID
from kg.model import Act, ActType, Extraction, Party
from kg.views.choice import Choice
from kg.views.index.build import fill
from kg.views.index.rows import ACT_COLUMNS, Entries, Entry, Judgement, acts_of
from kg.views.index.schema import open_index, places
from kg.views.sides import side_key

_ORDER = "act.day, act.document, act.start, act.id"
_NEWEST = "act.day DESC, act.document, act.start, act.id"
_AT_ONCE = 10_000
_SUREST = "ROUND(act.confidence, 1) DESC, act.day DESC, act.id"


class Corpus:
    """Documents, actors and acts of an index.

    Args:
        index: a filled index; see :mod:`kg.views.index.build`.
    """

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    @classmethod
    def of(cls, extractions: Iterable[Extraction]) -> Corpus:
        """Return a corpus of documents that are in no store."""
        index = open_index(None)
        fill(index, extractions)
        return cls(index)

    # The whole --------------------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """How many: documents, acts, actors, accusations, rebuttals, unanswered, unnamed, disputes, reviewed
        records, records in all (with rejected ones)."""
        return {name: value for name, value in self.rows("SELECT name, value FROM number")}

    @cached_property
    def documents(self) -> Mapping[str, Entry]:
        """Documents by :attr:`Act.document`, newest first; undated ones last."""
        rows = self.rows("SELECT name, key, iri, metadata FROM document ORDER BY day DESC, name")
        return Entries({row[0]: row for row in rows})

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Documents by the last part of their IRI, newest first."""
        rows = self.rows("SELECT name, key, iri, metadata FROM document ORDER BY day DESC, name")
        return Entries({row[1]: row for row in rows})

    @cached_property
    def actors(self) -> Mapping[str, Party]:
        """Actors by the last part of their IRI, those in most acts first."""
        rows = self.rows(
            "SELECT actor.key, actor.name, actor.side FROM actor"
            " LEFT JOIN node ON node.level = 'actors' AND node.node = actor.key"
            " ORDER BY COALESCE(node.weight, 0) DESC, actor.name, actor.key"
        )
        return {name: Party(None, words, side, ID + name) for name, words, side in rows}

    @cached_property
    def _side_names(self) -> Mapping[str, Mapping[str, str]]:
        rows = self.rows("SELECT side, en, fr FROM side")
        return {"en": {side: en for side, en, _ in rows}, "fr": {side: fr for side, _, fr in rows}}

    @cached_property
    def sides(self) -> Mapping[str, str]:
        """Sides by their name in links."""
        return {side_key(side): side for side in self._side_names["en"]}

    def side_names(self, language: str) -> Mapping[str, str]:
        """Return what each side is called, by side."""
        return self._side_names[language]

    @cached_property
    def topics(self) -> Sequence[str]:
        """Topics of the acts, most frequent first."""
        return [
            t for (t,) in self.rows("SELECT topic FROM topic GROUP BY topic ORDER BY COUNT(*) DESC, topic")
        ]

    @cached_property
    def types(self) -> Sequence[str]:
        """Types of the acts, in the order of :class:`~kg.model.ActType`."""
        present = {type_ for (type_,) in self.rows("SELECT DISTINCT type FROM act")}
        return [type_.value for type_ in ActType if type_.value in present]

    @cached_property
    def days(self) -> tuple[str, str]:
        """First and last day of the documents; empty if none has a date."""
        ((first, last),) = self.rows("SELECT MIN(day), MAX(day) FROM document WHERE day <> ''")
        return first or "", last or ""

    def date_of(self, act: Act) -> str:
        """Return the possibly partial date of an act's document; empty if not known."""
        entry = self.documents.get(act.document)
        return entry.metadata.date if entry else ""

    def language_of(self, act: Act) -> str:
        """Return the language of an act's words; empty if not known."""
        entry = self.documents.get(act.document)
        return entry.metadata.language if entry else ""

    # Acts -------------------------------------------------------------------------------------------

    def count(self, choice: Choice) -> int:
        """Return how many acts pass every filter."""
        condition, values = choice.condition()
        ((count,),) = self.rows(f"SELECT COUNT(*) FROM act WHERE {condition}", values)
        return int(count)

    def acts(self, choice: Choice, limit: int, offset: int = 0, *, order: str = "") -> list[Act]:
        """Return acts that pass every filter.

        Args:
            choice: the filters.
            limit: how many at most.
            offset: how many to leave out first.
            order: ``""`` by date and place in the text, ``"newest"`` first, ``"surest"`` first.
        """
        condition, values = choice.condition()
        sort = {"newest": _NEWEST, "surest": _SUREST}.get(order, _ORDER)
        return self._acts(f"WHERE {condition} ORDER BY {sort} LIMIT ? OFFSET ?", [*values, limit, offset])

    def by_id(self, names: Sequence[str]) -> list[Act]:
        """Return the acts with these record ids, in their order; unknown ones are left out."""
        found = {act.id: act for act in self._acts(f"WHERE id IN ({places(names)})", names)}
        return [found[name] for name in names if name in found]

    def answers_to(self, accusations: Sequence[str], limit: int = 1_000) -> list[Act]:
        """Return the acts that rebut any of these accusations, by date."""
        inner = f"SELECT rebuttal FROM answer WHERE accusation IN ({places(accusations)})"
        return self._acts(f"WHERE id IN ({inner}) ORDER BY {_ORDER} LIMIT ?", [*accusations, limit])

    def is_answered(self, accusation: str) -> bool:
        """Whether anybody answers the allegation that an accusation makes, here or in another document."""
        text = "SELECT thread.state FROM record JOIN thread ON thread.id = record.thread WHERE record.id = ?"
        return [state for (state,) in self.rows(text, [accusation])] != ["unanswered"]

    def thread_of(self, act: str) -> str:
        """Return the dispute in which an act accuses or answers, by its id; empty if there is none."""
        answered = "SELECT accusation FROM answer WHERE rebuttal = ?1"
        text = f"SELECT thread FROM record WHERE id = ?1 OR id IN ({answered})"
        return next((thread for (thread,) in self.rows(text, [act]) if thread), "")

    def judgements(self, acts: Sequence[str]) -> Mapping[str, Judgement]:
        """Return what people decided about acts, by record id; an act nobody looked at is left out."""
        text = f"SELECT * FROM judgement WHERE id IN ({places(acts)})"
        return {name: Judgement(*rest) for name, *rest in self.rows(text, acts)}

    def records(self, rest: str, values: Sequence[object]) -> list[Act]:
        """Return acts, with rejected ones, for what follows ``FROM record AS act`` in a query."""
        return self._acts(rest, values, "record AS act")

    def _acts(self, rest: str, values: Sequence[object], table: str = "act") -> list[Act]:
        cursor = self._index.cursor()
        cursor.row_factory = sqlite3.Row
        columns = ", ".join(f"act.{name.strip()}" for name in ACT_COLUMNS.split(","))
        rows = cursor.execute(f"SELECT {columns} FROM {table} {rest}", values).fetchall()
        return acts_of(rows, self.actors, self._answered(rows))

    def _answered(self, rows: Sequence[sqlite3.Row]) -> dict[str, tuple[str, ...]]:
        names = [row["id"] for row in rows]
        found: dict[str, tuple[str, ...]] = {}
        for place in range(0, len(names), _AT_ONCE):
            part = names[place : place + _AT_ONCE]
            text = f"SELECT rebuttal, accusation FROM answer WHERE rebuttal IN ({places(part)}) ORDER BY 2"
            for rebuttal, accusation in self.rows(text, part):
                found[rebuttal] = (*found.get(rebuttal, ()), accusation)
        return found

    def blocking(self, choice: Choice) -> str | None:
        """Return the filter without which something would be found; None if no single one is to blame."""
        for name in reversed(choice.active):
            if self.count(choice.without(name)):
                return name
        return None

    @property
    def index(self) -> sqlite3.Connection:
        """The index below, for what is asked of it elsewhere."""
        return self._index

    def rows(self, text: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query to the index."""
        return self._index.execute(text, values).fetchall()
