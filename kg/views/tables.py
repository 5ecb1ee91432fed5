"""Rows of the lists, and their files: what a list shows is what its download holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.model import Act
from kg.views.index.rows import Judgement

ACT_COLUMNS = (
    "date",
    "type",
    "source",
    "source_side",
    "target",
    "target_side",
    "quote",
    "topics",
    "modality",
    "kind",
    "confidence",
    "document",
    "id",
    "decision",
    "reviewer",
    "reviewed",
)


def act_row(act: Act, date: str, judgement: Judgement | None = None) -> dict[str, Any]:
    """Return an act as one flat row under :data:`ACT_COLUMNS`; ``date`` is its document's."""
    return {
        "date": date,
        "type": act.type.value,
        "source": act.source.name,
        "source_side": act.source.side,
        "target": act.target.name,
        "target_side": act.target.side,
        "quote": act.sentence,
        "topics": ", ".join(act.topics),
        "modality": act.modality.value,
        "kind": act.kind.value if act.kind else "",
        "confidence": round(act.confidence, 2),
        "document": act.document,
        "id": act.id,
        "decision": judgement.decision if judgement else "",
        "reviewer": judgement.reviewer if judgement else "",
        "reviewed": judgement.moment if judgement else "",
    }


def to_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Write rows as CSV after RFC 4180.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front
    (https://owasp.org/www-community/attacks/CSV_Injection): the texts are not ours.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_inert(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()


def _inert(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell


def to_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as a JSON array, one object a row."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1)
