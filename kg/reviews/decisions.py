"""Decisions about acts: what a person saw, what they decided, what they changed.

A decision keeps the record as the person saw it.  So it outlives a new reading of the document, and
comparing the two shows whether the machine has changed its mind since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from kg.errors import ReviewError
from kg.identifiers import actor_iri, digest, reading_iri
from kg.model import Act, Document, Party
from kg.rdf.reviews import Decision, Review
from kg.records import act_from_json, act_to_json

CORRECTABLE = (
    "type", "start", "end", "sentence", "cue", "content", "source", "target", "via", "modality", "topics",
    "kind", "rebuts", "counter",
)  # fmt: skip
"""Fields of a record that a person may change; ids, confidence and reasons are the machine's."""
_PARTIES = ("source", "target")

Json = Mapping[str, Any]


def decide(
    act: Act,
    decision: Decision,
    reviewer: str,
    *,
    note: str = "",
    changes: Json | None = None,
    when: datetime | None = None,
) -> Review:
    """Return a decision about an act.

    Args:
        act: the act as the person sees it.
        decision: what they decide.
        reviewer: who decides, as they want to be named.
        note: why.
        changes: for :attr:`Decision.CORRECTED`, the right values of fields, as a record has them
            (``{"topics": ["fraud"], "target": {"name": "China", "side": "CN"}}``).
        when: time of the decision with a time zone; now if None.

    Raises:
        ReviewError: nobody decides, a field cannot be changed, a value is not one of its list, or changes
            are missing where the decision is a correction or given where it is none.
    """
    if not reviewer.strip():
        raise ReviewError("a review needs the name of who decides")
    if (decision is Decision.CORRECTED) != bool(changes):
        raise ReviewError(f"{act.id}: a correction, and only a correction, says what is right instead")
    review = Review(
        reading_iri(act.id),
        decision,
        reviewer.strip(),
        (when or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0),
        note,
        record=to_text(act_to_json(act)),
        correction=to_text(changes) if changes else "",
    )
    corrected(act, review)
    return review


def time_after(history: Iterable[Review]) -> datetime:
    """Return the time, after that of any earlier decision: times are kept to the second and order them."""
    now = datetime.now(UTC).replace(microsecond=0)
    return max([now, *(review.when + timedelta(seconds=1) for review in history)])


def reviewed_act(review: Review) -> Act:
    """Return the act as the reviewer saw it.

    Raises:
        ReviewError: the review is not of an act, or keeps no record.
    """
    try:
        return act_from_json(json.loads(review.record))
    except (KeyError, TypeError, ValueError) as error:
        raise ReviewError(f"<{review.target}>: the review keeps no record of an act: {error!r}") from error


def corrected(act: Act, review: Review) -> Act:
    """Return an act with the changes of a review; the same act if there are none.

    Raises:
        ReviewError: a field cannot be changed, or a value is not one of its list.
    """
    if not review.correction:
        return act
    try:
        changes = dict(json.loads(review.correction))
        unknown = sorted(changes.keys() - set(CORRECTABLE))
        if unknown:
            raise ReviewError(f"{act.id}: {unknown[0]!r} cannot be changed; {', '.join(CORRECTABLE)} can")
        record = act_to_json(act)
        for role in _PARTIES:
            if role in changes:
                changes[role] = _party(getattr(act, role), changes[role], act.document)
        return replace(act_from_json({**record, **changes}), holders=act.holders)
    except (KeyError, TypeError, ValueError) as error:
        raise ReviewError(f"{act.id}: the correction is not of this form: {error!r}") from error


def record_digest(act: Act) -> str:
    """Return a digest of what an act says: words and values, but neither offsets nor confidence.

    An edit elsewhere in the document, or an extractor that is surer of the same, leaves it as it was.
    """
    record = act_to_json(act)
    said = {
        name: record[name] for name in ("type", "sentence", "via", "modality", "topics", "kind", "counter")
    }
    for role in _PARTIES:
        said[role] = (record[role]["name"], record[role]["side"])
    for words in ("cue", "content"):
        said[words] = record[words] and record[words]["text"]
    return digest(to_text(said), length=32)


def to_text(value: Any) -> str:
    """Return a value as JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _party(before: Party, given: Json, document: str) -> Json:
    """Return a party as a record has it; who is another one has another IRI."""
    old = {"name": before.name, "side": before.side}
    mention = before.mention._asdict() if before.mention else None
    new = {"mention": mention, **old, "iri": "", **given}
    if not new["iri"]:
        known = (new["name"], new["side"]) == (before.name, before.side)
        new["iri"] = before.iri if known else actor_iri(new["side"], new["name"], Document(document, ""))
    return new
