"""The French lexicon: broad, marked up rightly, and found where its own examples put it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg.lexicon.entries import Entry, Family, load_lexicon
from kg.lexicon.matching import find_entries
from kg.nlp import parse

ROLE = re.compile(r"\((SRC|CUE|TAR|CON): ([^()]*)\)")
LEAST = {
    Family.ACCUSING: 500,
    Family.WRONGDOING: 1500,
    Family.REBUTTING: 800,
    Family.ALLEGATION: 100,
    Family.REPORTING: 250,
    Family.HEDGING: 80,
    Family.OPPOSING: 80,
    Family.SUFFERING: 15,
}
SAMPLE = load_lexicon("fr")[::8]


def text_of(entry: Entry) -> str:
    return ROLE.sub(r"\2", entry.example)


def families_found(entries: tuple[Entry, ...], language: str = "fr") -> Counter[tuple[Family, bool]]:
    """Count, by family, whether an entry of that family is found in the example of each entry."""
    counts: Counter[tuple[Family, bool]] = Counter()
    for entry, doc in zip(entries, parse(map(text_of, entries), language), strict=True):
        matches = find_entries(list(doc), language)
        counts[entry.family, any(m.entry.family is entry.family for m in matches)] += 1
    return counts


@pytest.mark.parametrize("family", list(LEAST))
def test_breadth(family: Family) -> None:
    assert sum(e.family is family for e in load_lexicon("fr")) >= LEAST[family]


def test_every_example_marks_a_cue_and_nothing_else_in_brackets() -> None:
    wrong = [e.name for e in load_lexicon("fr") if "(CUE: " not in e.example or "(" in text_of(e)]
    assert wrong == []


def test_words_are_found_in_their_examples() -> None:
    counts = families_found(SAMPLE)
    found = sum(n for (_, hit), n in counts.items() if hit)
    assert found >= 0.95 * len(SAMPLE)


@pytest.mark.parametrize(
    ("sentence", "lookalike"),
    [
        ("Le comité poursuit ses efforts.", "poursuivre effort"),
        ("La mairie fait appel à un expert.", "faire appel à"),
        ("La présomption d'innocence est un droit.", "présomption de innocence"),
        ("Le trafic aérien reprend.", "trafic aérien"),
        ("Des civils innocents sont morts.", "civil innocent"),
    ],
)
def test_lookalike_hides_the_shorter_word(sentence: str, lookalike: str) -> None:
    (doc,) = parse([sentence], "fr")
    first = find_entries(list(doc), "fr")
    hidden = next(m for m in first if m.entry.lemma == lookalike and m.entry.weight == 0)
    places = {t.i for t in hidden.tokens}
    rivals = [m for m in first if m.entry.family is hidden.entry.family and m is not hidden]
    assert not any(places & {t.i for t in m.tokens} for m in rivals)
