"""Acts as JSON lines and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from kg.model import Act, ActType, Extraction, Modality, Party, RebuttalKind, Topic
from kg.records import FIELDS, act_from_json, act_to_json
from tests.factory import a_document, a_party, an_act, quote
from tests.records import extractions

DOCUMENT = a_document()
REBUTTAL = an_act(
    DOCUMENT,
    "“That is a lie”, the minister answered.",
    "a lie",
    type=ActType.REBUTTAL,
    content=quote(DOCUMENT, "That"),
    source=a_party(DOCUMENT, "Minister of Ruritania", "RU", "the minister"),
    via=(Party(None, "Le Monde", "le monde", ""),),
    modality=Modality.HEDGED,
    topics=(Topic.AGGRESSION,),
    kind=RebuttalKind.DISMISSAL,
    rebuts=("act-1-accusation",),
    reasons=("en/rebutting/lie",),
    holders=("speaker", "the minister"),
)


def without_explanations(act: Act) -> Act:
    """What a record keeps: how parties were resolved, and where reporters are mentioned, is left out."""
    return replace(
        act,
        source=replace(act.source, resolution=""),
        target=replace(act.target, resolution=""),
        via=tuple(Party(None, party.name, party.side, "") for party in act.via),
    )


def test_the_fields_of_a_record() -> None:
    assert list(act_to_json(REBUTTAL)) == FIELDS
    assert json.loads(json.dumps(act_to_json(REBUTTAL))) == {
        "id": REBUTTAL.id,
        "act": REBUTTAL.act,
        "document": "statement",
        "type": "rebuttal",
        "start": 90,
        "end": 129,
        "sentence": "“That is a lie”, the minister answered.",
        "cue": {"start": 99, "end": 104, "text": "a lie"},
        "content": {"start": 91, "end": 95, "text": "That"},
        "source": {
            "mention": {"start": 107, "end": 119, "text": "the minister"},
            "name": "Minister of Ruritania",
            "side": "RU",
            "iri": REBUTTAL.source.iri,
        },
        "target": {"mention": None, "name": "Ruritania", "side": "RU", "iri": REBUTTAL.target.iri},
        "via": [{"name": "Le Monde", "side": "le monde"}],
        "modality": "hedged",
        "topics": ["aggression"],
        "kind": "dismissal",
        "rebuts": ["act-1-accusation"],
        "counter": False,
        "confidence": 0.75,
        "reasons": ["en/rebutting/lie"],
        "holders": ["speaker", "the minister"],
    }


@given(extractions())
@settings(max_examples=100)
def test_reading_back_is_identity(extraction: Extraction) -> None:
    for act in extraction.acts:
        line = json.dumps(act_to_json(act), ensure_ascii=False)
        again = act_from_json(json.loads(line))
        assert again == without_explanations(act)
        assert json.dumps(act_to_json(again), ensure_ascii=False) == line


@pytest.mark.parametrize("field", ["id", "cue", "type", "holders"])
def test_a_missing_field_is_an_error(field: str) -> None:
    record = act_to_json(REBUTTAL)
    del record[field]
    with pytest.raises(KeyError):
        act_from_json(record)


def test_an_unknown_type_is_an_error() -> None:
    with pytest.raises(ValueError, match="insult"):
        act_from_json(act_to_json(REBUTTAL) | {"type": "insult"})
