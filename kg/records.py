"""Acts as JSON objects and back: one line of ``kg extract --format jsonl`` is one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model import Act, ActType, Modality, Party, Quote, RebuttalKind, Topic

FIELDS = (
    "id act document type start end sentence cue content source target via modality topics kind rebuts "
    "counter confidence reasons holders"
).split()
"""The fields of a record in the order they are written."""

Json = dict[str, Any]


def act_to_json(act: Act) -> Json:
    """Return ``act`` as a JSON object with exactly :data:`FIELDS`.

    ``start`` and ``end`` are half-open code-point ranges in the document's text.  How a party was
    resolved is left out: it explains a run and is no part of the record.
    """
    return {
        **{name: getattr(act, name) for name in FIELDS},
        "type": act.type.value,
        "cue": _quote_to_json(act.cue),
        "content": _quote_to_json(act.content),
        "source": _party_to_json(act.source),
        "target": _party_to_json(act.target),
        "via": [{"name": party.name, "side": party.side} for party in act.via],
        "modality": act.modality.value,
        "topics": [topic.value for topic in act.topics],
        "kind": act.kind and act.kind.value,
        "rebuts": list(act.rebuts),
        "reasons": list(act.reasons),
        "holders": list(act.holders),
    }


def act_from_json(record: Mapping[str, Any]) -> Act:
    """Return the act that :func:`act_to_json` wrote.

    Raises:
        KeyError: a field is missing.
        ValueError: a type, modality, topic or kind that does not exist.
    """
    return Act(
        **{name: record[name] for name in ("id", "act", "document", "start", "end", "sentence")},
        type=ActType(record["type"]),
        cue=Quote(**record["cue"]),
        content=_quote_from_json(record["content"]),
        source=_party_from_json(record["source"]),
        target=_party_from_json(record["target"]),
        via=tuple(Party(None, reporter["name"], reporter["side"], "") for reporter in record["via"]),
        modality=Modality(record["modality"]),
        topics=tuple(map(Topic, record["topics"])),
        kind=RebuttalKind(record["kind"]) if record["kind"] else None,
        rebuts=tuple(record["rebuts"]),
        counter=record["counter"],
        confidence=record["confidence"],
        reasons=tuple(record["reasons"]),
        holders=tuple(record["holders"]),
    )


def _quote_to_json(quote: Quote | None) -> Json | None:
    return None if quote is None else quote._asdict()


def _quote_from_json(record: Json | None) -> Quote | None:
    return None if record is None else Quote(**record)


def _party_to_json(party: Party) -> Json:
    mention = _quote_to_json(party.mention)
    return {"mention": mention, "name": party.name, "side": party.side, "iri": party.iri}


def _party_from_json(record: Json) -> Party:
    return Party(_quote_from_json(record["mention"]), record["name"], record["side"], record["iri"])
