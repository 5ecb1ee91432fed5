"""The acts that are compared: of a gold file, of a file of records, of the extractor, of a person's decision.

All become one record with what the comparison reads.  A gold file states its acts as ``data/README.md``
describes; a file of records has one JSON object a line, as ``kg extract`` writes it, of which another
extractor may give only ``document``, ``type``, ``start`` and ``end``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.errors import EvaluationError
from kg.model import UNNAMED, Act, ActType, Modality
from kg.records import act_to_json

COMPARED = (ActType.ACCUSATION, ActType.REBUTTAL)
"""The types of acts that have gold; acts of other types are left out."""

Json = Mapping[str, Any]


class Named(NamedTuple):
    """A party by its side and its name."""

    side: str = UNNAMED
    name: str = ""

    def __str__(self) -> str:
        is_plain = self.side.isupper() or self.name.lower() in {"", self.side}
        return self.side if is_plain else f"{self.side} ({self.name})"


@dataclass(frozen=True, slots=True)
class ComparedAct:
    """What is compared of an act.

    Attributes:
        document: name of its document.
        id: its id among the acts of the document.
        start, end: half-open code-point range of its sentence.
        sentence, cue: their words, empty if not given.
        via: sides of the reporters, outermost first.
        topics, kind: closed words of the model, empty if there is none.
        rebuts: ids of the accusations that a rebuttal answers.
        confidence: the extractor's, 0 to 1; 1 for gold.
        reasons: the lexicon entry first, then the rules that fired; none for gold.
    """

    document: str
    id: str
    type: ActType
    start: int
    end: int
    source: Named
    target: Named
    sentence: str = ""
    cue: str = ""
    modality: str = Modality.ASSERTED
    topics: tuple[str, ...] = ()
    kind: str = ""
    via: tuple[str, ...] = ()
    rebuts: tuple[str, ...] = ()
    counter: bool = False
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


def from_act(act: Act) -> ComparedAct:
    """Return what is compared of an act of the extractor or of a person's decision."""
    return from_record(act_to_json(act))


def from_records(records: Iterable[Json], where: str) -> list[ComparedAct]:
    """Return the accusations and rebuttals of JSON records, in their order.

    Args:
        records: one an act.
        where: the file, for messages.

    Raises:
        EvaluationError: a record lacks a field or has one of the wrong form; the message names its number.
    """
    found = []
    for number, record in enumerate(records, 1):
        try:
            if record["type"] in COMPARED:
                found.append(from_record(record))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise EvaluationError(f"{where}, record {number}: not an act: {error!r}") from error
    return found


def from_record(record: Json) -> ComparedAct:
    """Return what is compared of a record; what it does not give is empty.

    Raises:
        KeyError, TypeError, ValueError: it has no document, type or range, or one of the wrong form.
    """
    return ComparedAct(
        document=record["document"],
        id=str(record.get("id", "")),
        start=int(record["start"]),
        end=int(record["end"]),
        sentence=record.get("sentence", ""),
        cue=(record.get("cue") or {}).get("text", ""),
        via=tuple(party["side"] for party in record.get("via") or ()),
        topics=tuple(record.get("topics") or ()),
        confidence=float(record.get("confidence", 1.0)),
        reasons=tuple(record.get("reasons") or ()),
        **_shared(record),
    )


def from_gold(record: Json, document: str, text: str) -> ComparedAct:
    """Return what is compared of an act of a gold file.

    Raises:
        KeyError, TypeError, ValueError: a field is missing or of the wrong form, or the sentence does not
            stand in the text.
    """
    start, end = _place(record, text)
    cue = record.get("cue", "")
    return ComparedAct(
        document=document,
        id=str(record["id"]),
        start=start,
        end=end,
        sentence=text[start:end],
        cue=cue if isinstance(cue, str) else text[slice(*cue)],
        via=tuple(record.get("via") or ()),
        topics=(record["topic"],) if record.get("topic") else (),
        **_shared(record),
    )


def _shared(record: Json) -> dict[str, Any]:
    """Return the fields that gold and records write alike."""
    return {
        "type": ActType(record["type"]),
        "source": _named(record.get("source")),
        "target": _named(record.get("target")),
        "modality": record.get("modality") or Modality.ASSERTED.value,
        "kind": record.get("kind") or "",
        "rebuts": tuple(map(str, record.get("rebuts") or ())),
        "counter": bool(record.get("counter")),
    }


def _place(record: Json, text: str) -> tuple[int, int]:
    """Return the range of the sentence: as stated, or where its words stand."""
    if "sentence" not in record:
        return int(record["start"]), int(record["end"])
    place = -1
    for _ in range(record.get("occurrence", 1)):
        place = text.index(record["sentence"], place + 1)
    return place, place + len(record["sentence"])


def _named(party: Json | None) -> Named:
    party = party or {}
    return Named((party.get("side") or "").strip() or UNNAMED, party.get("name") or "")
