"""A text with marked words is the text, marked."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from factory import a_document, an_act, quote
from hostile import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st
from records import extractions

from kg.model import Act, ActType, Extraction
from kg.views import highlight as view
from kg.views.highlight import highlight

DOCUMENT = a_document()
ACT = an_act(DOCUMENT, "Ruritania has bombed its own cities.", "bombed")


def _words(markup: str) -> str:
    """Return what a reader sees of the text: no buttons, no tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<button.*?</button>", "", markup)))


def _label(act: Act) -> str:
    return act.type.value


@given(extractions())
def test_no_character_is_lost_or_doubled(extraction: Extraction) -> None:
    markup = highlight(extraction.document.text, extraction.acts, None, _label)
    assert _words(markup) == extraction.document.text
    assert markup.count("<button") == len(extraction.acts)


@given(st.sampled_from(PAYLOADS))
def test_hostile_text_is_shown_letter_for_letter(text: str) -> None:
    document = a_document(f"Ruritania lies: {text} it said.")
    act = an_act(document, document.text, "lies", content=quote(document, text))
    assert _words(highlight(document.text, [act], act.id, _label)) == document.text


def test_chosen_act_shows_its_parts() -> None:
    content = quote(DOCUMENT, "its own cities")
    act = replace(ACT, content=content, target=replace(ACT.target, mention=quote(DOCUMENT, "Ruritania")))
    markup = highlight(DOCUMENT.text, [act], act.id, _label)
    assert re.search(r'<span class="[^"]*ct-chosen-content[^"]*">its own cities</span>', markup)
    assert re.search(r'<span class="[^"]*ct-chosen-target[^"]*">Ruritania</span>', markup)
    assert 'aria-pressed="true"' in markup


def test_acts_of_one_sentence_each_have_a_button_with_a_name() -> None:
    other = replace(ACT, id="other", type=ActType.REBUTTAL)
    markup = highlight(DOCUMENT.text, [ACT, other], None, _label)
    assert re.findall(r'aria-label="([^"]*)"', markup) == ["1. accusation", "2. rebuttal"]


def test_very_long_texts_are_cut() -> None:
    markup = highlight("a" * (view.SHOWN + 5), [], None, _label)
    assert len(markup) == view.SHOWN
