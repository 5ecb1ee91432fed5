"""Reviews as a file of JSON lines, one decision a line, to keep, to share and to replay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from kg.errors import ReviewError
from kg.rdf.reviews import Decision, Review, moment
from kg.reviews.decisions import to_text

FIELDS = ("target", "decision", "reviewer", "when", "note", "record", "correction")
"""Fields of a line.  The last three are left out where they are empty."""


def write_reviews(reviews: Iterable[Review]) -> Iterator[str]:
    """Yield one line a decision, without line end."""
    for review in reviews:
        line: dict[str, Any] = {
            "target": review.target,
            "decision": review.decision.value,
            "reviewer": review.reviewer,
            "when": moment(review),
        }
        if review.note:
            line["note"] = review.note
        for name in ("record", "correction"):
            if written := getattr(review, name):
                line[name] = json.loads(written)
        yield json.dumps(line, ensure_ascii=False)


def read_reviews(lines: Iterable[str], name: str = "reviews") -> Iterator[Review]:
    """Yield the decisions of a file; empty lines are skipped.

    Args:
        lines: its lines.
        name: of the file, for messages.

    Raises:
        ReviewError: a line is no decision; the message names the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _review(line, f"{name}, line {number}")


def _review(line: str, where: str) -> Review:
    try:
        found = json.loads(line)
        unknown = sorted(found.keys() - set(FIELDS))
        if unknown:
            raise ReviewError(f"{where}: unknown field {unknown[0]!r}; allowed: {', '.join(FIELDS)}")
        when = datetime.fromisoformat(found["when"])
        if when.tzinfo is None:
            raise ReviewError(f"{where}: the time {found['when']!r} has no time zone. Add Z or +00:00")
        return Review(
            found["target"],
            Decision(found["decision"]),
            found["reviewer"],
            when,
            found.get("note", ""),
            to_text(found["record"]) if "record" in found else "",
            to_text(found["correction"]) if "correction" in found else "",
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ReviewError(f"{where}: not a decision: {error!r}") from error
