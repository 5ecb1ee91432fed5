"""Results as tables: for spreadsheets, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analysis.analysing import Analysis
from kg.views.tables import to_csv


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns.  Nodes are given by id and, in English, by name."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def to_csv(self) -> str:
        """Return the table as CSV after RFC 4180; texts that a spreadsheet would run are made inert."""
        return to_csv(self.records(), self.columns)

    def to_json(self) -> str:
        """Return the table as a JSON array with an object for each row."""
        return json.dumps(self.records(), ensure_ascii=False, indent=1)

    def records(self) -> list[dict[str, Any]]:
        """Return each row by the names of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def tables(analysis: Analysis) -> dict[str, Table]:
    """Return all tables by name.

    Rates and shares are from 0 to 1, times in days, dates in ISO format; other numbers count acts (columns
    that name parties, documents or relations count those).  An empty cell is a value that does not exist.
    """
    found = (Table(name, columns, list(rows(analysis))) for name, (columns, rows) in _TABLES.items())
    return {table.name: table for table in found}


Rows = Iterable[tuple[Any, ...]]


def _edges(analysis: Analysis) -> Rows:
    for source, target, key, data in sorted(analysis.graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        row = (key, data["sign"], data["weight"], data["first"], data["last"])
        yield source, _name(analysis, source), target, _name(analysis, target), *row


def _standings(analysis: Analysis) -> Rows:
    for s in analysis.standings:
        yield s.node, _name(analysis, s.node), s.accuses, s.accuses_whom, s.accused, s.accused_by, s.rebuts


def _pairs(analysis: Analysis) -> Rows:
    for row in analysis.pairs:
        ends = row.source, _name(analysis, row.source), row.target, _name(analysis, row.target)
        answers = (row.by_accused, row.same_text, row.prompt, row.late, row.unanswered)
        yield *ends, row.accusations, row.first, row.last, row.answered, *answers


def _responses(analysis: Analysis) -> Rows:
    for r in analysis.responses:
        counts = (r.accused, r.answered, r.by_accused, r.same_text, r.prompt, r.late)
        yield r.node, _name(analysis, r.node), *counts, round(r.rate, 4), r.median_days


def _camps(analysis: Analysis) -> Rows:
    for number, camp in enumerate(analysis.camps.camps, 1):
        for node in camp.nodes:
            yield number, node, _name(analysis, node)


def _brokers(analysis: Analysis) -> Rows:
    for broker in analysis.brokers:
        measures = broker.carried, broker.sources, round(broker.betweenness, 6)
        yield broker.node, _name(analysis, broker.node), *measures


def _echoes(analysis: Analysis) -> Rows:
    for number, echo in enumerate(analysis.echoes, 1):
        for place, telling in enumerate(echo.tellings, 1):
            who = _name(analysis, telling.source), _name(analysis, telling.target)
            yield number, place, telling.day, *who, telling.act, telling.document


def _topics(analysis: Analysis) -> Rows:
    for profile in analysis.topics:
        for role, found in (("accused of", profile.accused_of), ("accuses of", profile.accuses_of)):
            for topic, count in found.items():
                yield profile.node, _name(analysis, profile.node), role, topic.value, count


def _bursts(analysis: Analysis) -> Rows:
    for b in analysis.bursts:
        yield b.node, _name(analysis, b.node), b.first, b.last, b.accusations, round(b.weight, 3)


def _balance(analysis: Analysis) -> Rows:
    triads, frustration = analysis.triads, analysis.frustration
    yield "reciprocity of pairs", _rounded(analysis.reciprocity.pairs)
    yield "reciprocity of acts", _rounded(analysis.reciprocity.acts)
    for name in ("none", "one", "two", "three"):
        yield f"triangles with negative edges: {name}", getattr(triads, name)
    yield "share of balanced triangles", _rounded(triads.share)
    yield "frustrated relations", frustration.frustrated
    yield "relations", frustration.relations
    yield "frustration is exact", frustration.exact
    yield "line index of balance", _rounded(frustration.index)
    yield "signed modularity of camps", round(analysis.camps.modularity, 4)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _name(analysis: Analysis, node: str) -> str:
    return analysis.name(node, "en")


_SOURCE_TARGET = ("source", "source_name", "target", "target_name")
_ANSWERS = ("answered", "answered_by_accused", "in_same_text", "in_time", "later_or_undated")
_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Analysis], Rows]]] = {
    "edges": ((*_SOURCE_TARGET, "type", "sign", "acts", "first", "last"), _edges),
    "standings": (
        ("node", "name", "accuses", "accuses_parties", "accused", "accused_by_parties", "rebuts"),
        _standings,
    ),
    "pairs": ((*_SOURCE_TARGET, "accusations", "first", "last", *_ANSWERS, "unanswered"), _pairs),
    "responses": (("node", "name", "accused", *_ANSWERS, "response_rate", "median_days"), _responses),
    "camps": (("camp", "node", "name"), _camps),
    "brokers": (("node", "name", "carried", "sources", "betweenness"), _brokers),
    "echoes": (("allegation", "telling", "date", "accuser", "accused", "act", "document"), _echoes),
    "topics": (("node", "name", "role", "topic", "accusations"), _topics),
    "bursts": (("node", "name", "first", "last", "accusations", "weight"), _bursts),
    "balance": (("measure", "value"), _balance),
}
