"""Why an act was found, in words."""

from __future__ import annotations

import pytest

from kg.explanations import explain_act, explanation_json, mark_sentence
from kg.model import ActType, Document, Metadata, Quote
from kg.pipeline import extract
from tests.factory import a_document, a_party, an_act, quote

TEXT = "The embassy rejects the accusations of the ministry."
DOCUMENT = a_document(TEXT)


def test_spans_are_marked_and_nested() -> None:
    act = an_act(
        DOCUMENT,
        TEXT,
        "rejects",
        source=a_party(DOCUMENT, "Embassy", "XX", "The embassy"),
        target=a_party(DOCUMENT, "Ministry", "YY", "the ministry"),
        content=quote(DOCUMENT, "the accusations of the ministry"),
    )
    assert mark_sentence(act) == (
        "[source: The embassy] [cue: rejects] [content: the accusations of [target: the ministry]]."
    )


def test_one_place_for_two_spans() -> None:
    act = an_act(DOCUMENT, TEXT, "rejects", content=quote(DOCUMENT, "rejects"))
    assert mark_sentence(act) == "The embassy [content: [cue: rejects]] the accusations of the ministry."


def test_crossing_and_outside_spans_are_left_out() -> None:
    crossing = quote(DOCUMENT, "embassy rejects")
    act = an_act(DOCUMENT, TEXT, "rejects the", content=crossing)
    assert mark_sentence(act) == "The [content: embassy rejects] the accusations of the ministry."
    outside = an_act(DOCUMENT, TEXT, "rejects", content=Quote(80, 90, "elsewhere."))
    assert mark_sentence(outside) == "The embassy [cue: rejects] the accusations of the ministry."


def test_explanation_names_holders_reasons_and_parties() -> None:
    act = an_act(
        DOCUMENT, TEXT, "rejects", holders=("speaker", "the embassy"), reasons=("en/rebutting/reject",)
    )
    explained = explain_act(act).split("\n")
    assert explained[0].startswith("accusation, asserted, confidence 0.75")
    assert "  said by: speaker > the embassy" in explained
    assert "  because: en/rebutting/reject" in explained
    assert "  target:  Ruritania (RU); not expressed" in explained


def test_explanation_tells_what_is_answered_and_where_it_stands() -> None:
    accusation = an_act(DOCUMENT, TEXT, "accusations")
    rebuttal = an_act(DOCUMENT, TEXT, "rejects", type=ActType.REBUTTAL, rebuts=(accusation.id,))
    explained = explain_act(rebuttal, [accusation, rebuttal]).split("\n")
    assert f"  place:   statement, characters 0 to {len(TEXT)}" in explained
    (answers,) = [line for line in explained if line.startswith("  answers:")]
    assert '"accusations" at 24' in answers
    assert accusation.source.name in answers
    assert accusation.id in answers
    assert f"  answers: {accusation.id}" in explain_act(rebuttal).split("\n")


CONSTRUCTIONS = {
    "active verb": ("en", "The army bombed three villages."),
    "passive verb with an agent": ("en", "Three villages were bombed by the army."),
    "passive verb without an agent": ("fr", "Trois villages ont été bombardés."),
    "noun with an owner": ("fr", "Leurs mensonges ne trompent personne."),
    "attributive adjective": ("en", "The illegal sanctions of Peru hurt our farmers."),
    "predicate adjective": ("en", "The sanctions of Peru are illegal."),
    "relative clause": ("en", "The soldiers who bombed the port have fled."),
}


@pytest.mark.parametrize(("name", "case"), CONSTRUCTIONS.items(), ids=CONSTRUCTIONS)
def test_construction_is_named(name: str, case: tuple[str, str]) -> None:
    acts = extract(Document("c", case[1], Metadata(language=case[0], genre="speech", speaker="Kenya"))).acts
    assert f"construction: {name}" in {reason for act in acts for reason in act.reasons}


def test_every_act_of_the_extractor_is_explained_completely() -> None:
    text = (
        "Belgian media claim that Russia bombed three villages. “That is a lie”, the ambassador said. "
        "We reject these accusations, and Peru has slandered us."
    )
    acts = extract(Document("c", text, Metadata(language="en", genre="speech", speaker="Kenya"))).acts
    assert len(acts) >= 3
    for act in acts:
        lines = explain_act(act, acts).split("\n")
        heads = [line.split(":")[0].strip() for line in lines[2:]]
        assert {"place", "said by", "source", "target", "because"} <= set(heads)
        assert any(line.startswith("  because: en/") for line in lines)
        assert any(line.startswith("  because: construction: ") for line in lines)
        assert "[cue: " in lines[1]
        assert act.source.resolution
        assert act.target.resolution
        shown = explanation_json(act)
        assert shown["marked"] == lines[1].strip()
        assert shown["resolutions"]["target"] == act.target.resolution
