"""The gold set means what its format says: every word quoted stands in the text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.model import Modality, RebuttalKind, Topic

GOLD = Path(__file__).parent.parent / "data" / "gold"
FILES = sorted(GOLD.glob("[a-z][a-z]/*.gold.json"))
SIDE = re.compile(r"[A-Z]{2}|[A-Z][A-Z0-9]{2,5}|[^A-Z]+")
COMMON = {"id", "type", "sentence", "cue", "content", "source", "target", "modality", "via", "topic"}
OWN = {"accusation": {"counter"}, "rebuttal": {"kind", "rebuts"}}


def _acts(path: Path) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["acts"]
    return acts


def _text(path: Path) -> str:
    return path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")


CASES = [
    pytest.param(path, id=f"{path.parent.name}-{path.name.removesuffix('.gold.json')}") for path in FILES
]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_language_has_enough_documents_and_acts(language: str) -> None:
    files = [path for path in FILES if path.parent.name == language]
    kinds = [act["type"] for path in files for act in _acts(path)]
    assert len(files) >= 14
    assert kinds.count("accusation") >= 90
    assert kinds.count("rebuttal") >= 50


@pytest.mark.parametrize("path", CASES)
def test_every_quoted_word_stands_in_its_sentence(path: Path) -> None:
    text = _text(path)
    for act in _acts(path):
        assert text.count(act["sentence"]) >= act.get("occurrence", 1), act["id"]
        quoted = [act["cue"], act["content"], act["source"]["mention"], act["target"]["mention"]]
        assert [words for words in quoted if words not in act["sentence"]] == [], act["id"]
        assert act["cue"].strip(), act["id"]


@pytest.mark.parametrize("path", CASES)
def test_fields_hold_values_of_the_model(path: Path) -> None:
    for act in _acts(path):
        assert set(act) - {"occurrence"} == COMMON | OWN[act["type"]], act["id"]
        Topic(act["topic"])
        Modality(act["modality"])
        if act["type"] == "rebuttal":
            RebuttalKind(act["kind"])


@pytest.mark.parametrize("path", CASES)
def test_parties_have_a_name_and_a_well_formed_side(path: Path) -> None:
    for act in _acts(path):
        for party in (act["source"], act["target"]):
            assert set(party) == {"mention", "name", "side"}
            assert SIDE.fullmatch(party["side"]), (act["id"], party)
            assert (party["name"] == "unnamed") == (party["side"] == "unnamed"), (act["id"], party)
        assert all(SIDE.fullmatch(side) for side in act["via"]), act["id"]


@pytest.mark.parametrize("path", CASES)
def test_rebuttals_answer_accusations_of_the_same_document(path: Path) -> None:
    acts = _acts(path)
    assert len({act["id"] for act in acts}) == len(acts)
    accusations = {act["id"] for act in acts if act["type"] == "accusation"}
    for act in acts:
        assert set(act.get("rebuts", [])) <= accusations, act["id"]


@pytest.mark.parametrize("path", CASES)
def test_no_act_is_listed_twice(path: Path) -> None:
    keys = [
        (
            act["sentence"],
            act.get("occurrence", 1),
            act["type"],
            act["source"]["side"],
            act["target"]["side"],
            act["cue"],
        )
        for act in _acts(path)
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("path", CASES)
def test_sidecar_marks_the_text_as_fiction(path: Path) -> None:
    meta = json.loads(
        path.with_name(path.name.replace(".gold.json", ".meta.json")).read_text(encoding="utf-8")
    )
    assert "FICTION" in meta["note"]
    assert meta["language"] == path.parent.name
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", meta["date"])
    assert all(meta[field] for field in ("title", "publisher", "genre"))
