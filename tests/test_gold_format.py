"""The gold set means what its format says: every word quoted stands in the text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.model import Modality, RebuttalKind, Topic

GOLD = Path(__file__).parent.parent / "data" / "gold"
DISPUTES = GOLD / "disputes"
DOCUMENTS = sorted(GOLD.glob("[a-z][a-z]/*.gold.json"))
FILES = DOCUMENTS + sorted(DISPUTES.glob("statements/*.gold.json"))
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
    files = [path for path in DOCUMENTS if path.parent.name == language]
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
    assert meta["language"] == json.loads(path.read_text(encoding="utf-8"))["lang"]
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", meta["date"])
    assert all(meta[field] for field in ("title", "publisher", "genre"))


def _records(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((DISPUTES / name).read_text(encoding="utf-8"))
    return records


def _references(kind: str) -> dict[str, str]:
    """Date of the document of every act of a type in the disputes, by reference."""
    found = {}
    for path in sorted(DISPUTES.glob("statements/*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        meta = json.loads(path.with_name(f"{name}.meta.json").read_text(encoding="utf-8"))
        found |= {f"{name}#{act['id']}": meta["date"] for act in _acts(path) if act["type"] == kind}
    return found


def test_disputes_have_enough_allegations_and_statements() -> None:
    assert len(_records("groups.json")) >= 60
    assert len(list(DISPUTES.glob("statements/*.txt"))) >= 40
    assert len(_records("links.json")) >= 40
    assert len(_records("pairs.json")) >= 10


def test_every_accusation_of_the_disputes_is_in_one_group() -> None:
    grouped = [reference for group in _records("groups.json") for reference in group["allegations"]]
    assert sorted(grouped) == sorted(_references("accusation"))


def test_links_lead_from_a_rebuttal_to_earlier_accusations_of_its_group() -> None:
    accusations, rebuttals = _references("accusation"), _references("rebuttal")
    groups = {group["id"]: group["allegations"] for group in _records("groups.json")}
    for link in _records("links.json"):
        assert set(link["answers"]) <= set(groups[link["group"]])
        assert link["answers"]
        assert all(accusations[answered] < rebuttals[link["rebuttal"]] for answered in link["answers"])
    assert {link["rebuttal"] for link in _records("links.json")} == set(rebuttals)


def test_pairs_are_one_statement_in_two_languages() -> None:
    groups = {ref: group["id"] for group in _records("groups.json") for ref in group["allegations"]}
    for pair in _records("pairs.json"):
        paths = [DISPUTES / "statements" / f"{name}.gold.json" for name in pair["documents"]]
        assert {json.loads(path.read_text(encoding="utf-8"))["lang"] for path in paths} == {"fr", "en"}
        told = [
            [(act["type"], groups.get(f"{name}#{act['id']}")) for act in _acts(path)]
            for name, path in zip(pair["documents"], paths, strict=True)
        ]
        assert told[0] == told[1]


@pytest.mark.parametrize("name", ["groups.json", "links.json", "pairs.json"])
def test_whole_disputes_are_held_out(name: str) -> None:
    splits: dict[str, set[str]] = {}
    for record in _records(name):
        first = record.get("id") or record.get("rebuttal") or record["documents"][0]
        splits.setdefault(first[:3], set()).add(record["split"])
    held_out = {dispute for dispute, found in splits.items() if found == {"held_out"}}
    assert held_out == {f"d{number}" for number in range(13, 20)}
    assert all(len(found) == 1 for found in splits.values())
