"""No text stops the extractor, and what it quotes is always what stands in the text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.held import find_held_clauses
from kg.model import Act, Document, Metadata, Quote
from kg.nlp import MAX_PARSE
from kg.pipeline import extract
from kg.segments import split_segments
from kg.sentences import parse_sentences

ROOT = Path(__file__).resolve().parents[1]

WORDS = (
    "Russia China le ministère the army denied accuse lied menti bombed rejette l'accusation a mensonge "
    "lie selon said a-t-il dit that que les pirates hackers no evidence Q: R : A. — « » "
    "“ ” \" ' ( ) [ » , . ; : ! ? … - • | \n \n\n \t \u00a0 \u2028 \r\n 12 % € 🇫🇷 \u0301 \ufeff \u202e "
    "﷽ ＠ ß İ ǆ n't 's l' d’ qu’"
).split(" ")
"""What hurts a reader: words that fire, marks without partners, blanks of all kinds, odd characters."""


def quotes_of(act: Act) -> list[Quote]:
    mentions = [party.mention for party in (act.source, act.target, *act.via)]
    return [quote for quote in (act.cue, act.content, *mentions) if quote is not None]


def check(text: str, language: str = "en", genre: str = "speech") -> tuple[Act, ...]:
    """Extract the acts of a text, and check that every quote is exact."""
    speaker = "Kenya" if genre == "speech" else ""
    document = Document("odd", text, Metadata(language=language, genre=genre, speaker=speaker))
    acts = extract(document).acts
    for act in acts:
        assert text[act.start : act.end] == act.sentence
        assert act.sentence.strip()
        for quote in quotes_of(act):
            assert quote.text
            assert text[quote.start : quote.end] == quote.text
        assert act.start <= act.cue.start < act.cue.end <= act.end
    assert len({act.id for act in acts}) == len(acts)
    return acts


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=80),
    st.sampled_from(["fr", "en", "", "de"]),
    st.sampled_from(["speech", "news report", ""]),
)
def test_any_characters(text: str, language: str, genre: str) -> None:
    check(text, language, genre)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.sampled_from(["fr", "en"]),
    st.sampled_from(["speech", "news report"]),
)
def test_any_order_of_words_that_fire(text: str, language: str, genre: str) -> None:
    check(text, language, genre)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
def test_every_clause_and_sentence_is_a_stretch_of_the_text(text: str) -> None:
    document = Document("odd", text, Metadata(language="fr", genre="speech"))
    for clause in find_held_clauses(document):
        for piece in clause.pieces:
            assert text[piece.start : piece.end] == piece.text
    sentences = parse_sentences(split_segments(document), document)
    spans = [sentence.span for sentence in sentences]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


EMPTY = [
    "",
    " ",
    "\n\n\t",
    "\ufeff",
    "\u200b\u200b",
    "-\n-\n-",
    "1\n2\n3",
    "…",
    "« »",
    "Q :\n\nR :",
    "|||\n|---|",
]


@pytest.mark.parametrize("text", EMPTY)
def test_no_words_no_acts(text: str) -> None:
    assert check(text) == ()


ODD = {
    "never closed": "“The army lied to us. It bombed the port. The minister denied it.",
    "never opened": "The army lied to us.” It bombed the port» and denied it.",
    "crossed": "“The army «lied” to us». It ‘bombed “the’ port”.",
    "nested deep": "“" * 300 + "The army bombed the port." + "”" * 300,
    "one letter a line": "\n".join("The army bombed the port."),
    "surrogates": "The army \ud800 bombed \udfff the port.",
    "controls": "The \x00army\x07 bombed\x1b the port.",
    "right to left": "\u202eThe army\u202c bombed \u200fthe port\u200e.",
    "zero width": "The ar\u200bmy bom\u00adbed the po\ufeffrt.",
    "combining": "Le re\u0301gime a bombarde\u0301 ses villes.",
    "emoji": "🇷🇺 bombed the port 💥💥💥. 👩‍👩‍👧 denied it.",
    "one long word": "bombed" * 5_000,
    "long list": "The army bombed " + ", ".join(f"village {number}" for number in range(400)) + ".",
    "brackets": "The army ((((bombed)))) [the (port]).",
    "only capitals": "THE ARMY BOMBED THE PORT. RUSSIA DENIED THE ACCUSATIONS.",
    "no full stops": "the army bombed the port russia denied it " * 100,
    "full stops only": "." * 5_000,
    "windows lines": "The army bombed\r\nthe port.\r\n\r\nRussia denied it.\r\n",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text(text: str, language: str) -> None:
    check(text, language)


FOUND = {
    "capitals": ("en", "THE RUSSIAN ARMY BOMBED THREE VILLAGES.", "RU"),
    "capitales": ("fr", "LA RUSSIE A BOMBARDÉ TROIS VILLAGES.", "RU"),
    "bullets": ("en", "Note:\n- Russia bombed three villages;\n- we grew rye.", "RU"),
    "puces": ("fr", "Nous constatons :\n• la Russie a bombardé trois villages ;\n• la pluie tombe.", "RU"),
    "table": ("en", "| Who | What |\n|---|---|\n| Russia | Russia bombed villages. |\n| Peru | Rain |", "RU"),
    "hyphens of a scan": ("en", "The Russian army bom-\nbed the port. Russia lied to\nthe coun-\ntry.", "RU"),
    "broken lines": ("fr", "La Russie a\nbombardé\ntrois villages du nord.", "RU"),
    "one mark never closed": ("en", "“We regret the war. Russia bombed three villages.", "RU"),
    "scanned marks": ("fr", "<< La paix d'abord >>. La Russie a bombardé trois vi11ages.", "RU"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "side"), FOUND.values(), ids=FOUND)
def test_acts_are_found_in_spite_of_the_form(language: str, text: str, side: str) -> None:
    assert side in {act.target.side for act in check(text, language)}


FRENCH = (
    "La Russie a bombardé trois villages du nord. Le ministère a menti aux habitants sur les faits, et il "
    "le sait. Nous rejetons cette accusation, qui est un mensonge."
)
ENGLISH = (
    "The Russian army bombed three villages in the north. The ministry lied to the people about it, and it "
    "knows that. We reject this accusation, which is a lie."
)


@pytest.mark.parametrize(("first", "second"), [(FRENCH, ENGLISH), (ENGLISH, FRENCH)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_paragraph_in_the_other_language_goes_to_its_model(first: str, second: str, language: str) -> None:
    text = f"{first}\n\n{second}\n\n{first}"
    document = Document("mixed", text, Metadata(language=language, genre="speech"))
    sentences = parse_sentences(split_segments(document), document)
    expected = {FRENCH: "fr", ENGLISH: "en"}
    for sentence in sentences:
        words = text[sentence.span.start : sentence.span.end]
        paragraph = FRENCH if words in FRENCH else ENGLISH
        assert sentence.language == expected[paragraph]
        assert sentence.tokens.doc.lang_ == expected[paragraph]
    assert len(sentences) == 9
    entries = {act.reasons[0].partition("/")[0] for act in check(text, language)}
    assert entries == {"fr", "en"}


def test_one_paragraph_in_two_languages_is_cut_between_them() -> None:
    text = f"{FRENCH} {ENGLISH} {FRENCH}"
    document = Document("mixed", text, Metadata(language="fr", genre="speech"))
    languages = [s.language for s in parse_sentences(split_segments(document), document)]
    assert languages == ["fr"] * 3 + ["en"] * 3 + ["fr"] * 3


def test_no_stretch_is_longer_than_the_parser_takes_and_none_is_lost() -> None:
    text = "The army bombed the port of Lund, the mayor of which protested. " * 400
    segments = list(split_segments(Document("long", text, Metadata(language="en"))))
    assert all(len(segment.text) <= MAX_PARSE for segment in segments)
    assert all(segment.text.startswith("The army") and segment.text.endswith(".") for segment in segments)
    assert sum(segment.text.count("bombed") for segment in segments) == 400


_MEASURE = """
import resource, sys
from kg.model import Document, Metadata
from kg.pipeline import extract
unit = "The army bombed the port of Lund. The minister denied the accusation, and said that Peru had lied. "
text = unit * (int(sys.argv[1]) // len(unit))
acts = extract(Document("long", text, Metadata(language="en", genre="news report"))).acts
assert all(text[act.start : act.end] == act.sentence for act in acts)
print(len(acts), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measure(size: int) -> tuple[int, int]:
    """Return acts and megabytes of a process of its own that reads one paragraph of so many characters."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(size)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    acts, megabytes = done.stdout.split()
    return int(acts), int(megabytes)


def test_memory_for_one_paragraph_is_bounded_by_its_size() -> None:
    """A character may cost some hundred bytes, as it does in many short texts, and no more."""
    (few, small), (many, large) = measure(10_000), measure(110_000)
    assert many > 9 * few > 0
    assert (large - small) * 2**20 < 100_000 * 1_000


@pytest.mark.skipif("KG_LONG_TESTS" not in os.environ, reason="takes minutes; set KG_LONG_TESTS=1 to run it")
def test_five_megabytes_in_one_paragraph() -> None:
    acts, megabytes = measure(5_000_000)
    assert acts > 50_000
    assert megabytes < 6_000
