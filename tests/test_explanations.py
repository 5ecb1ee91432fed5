"""Why an act was found, in words."""

from __future__ import annotations

from kg.explanations import explain_act, mark_sentence
from kg.model import Quote
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
