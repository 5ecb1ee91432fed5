"""Components that remember give every token the annotation that spaCy's own give it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.memoised import memoise
from kg.nlp import MODELS

GOLD = Path(__file__).resolve().parents[1] / "data" / "gold"
ODD = [
    "",
    " ",
    "\n\n  There's   nothing.\n",
    "It's I. There is one; there are two. Whose?  They gonna lie, wouldn't they? Got it: he gets it.",
    "C'est-à-dire qu'il n'y en a pas.  L'on t'a menti !\t\tAujourd'hui",
    "IRAN LIED 1,234 times :-) 🇫🇷 http://a.b/c",
    "\u00a0\u2028 \ufffd x\u0301",
]


@cache
def models(language: str) -> tuple[Language, Language]:
    """The model with and without memory."""
    shipped, remembering = (import_module(MODELS[language]).load() for _ in range(2))
    memoise(remembering)
    return shipped, remembering


def annotation(doc: Doc) -> list[tuple[object, ...]]:
    return [_labels(token) for token in doc]


def _labels(token: Token) -> tuple[object, ...]:
    tagged = (token.text, token.pos_, token.tag_, token.lemma_, str(token.morph))
    return (*tagged, token.dep_, token.head.i, token.ent_type_, token.ent_iob_, token.is_sent_start)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_annotation_is_that_of_the_model(language: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((GOLD / language).glob("*.txt"))[:6]]
    shipped, remembering = models(language)
    documents = list(zip(shipped.pipe(texts + ODD), remembering.pipe(texts + ODD), strict=True))
    assert sum(len(doc) for doc, _ in documents) > 1_000
    for expected, found in documents:
        assert annotation(found) == annotation(expected)
        assert found.has_annotation("LEMMA") == expected.has_annotation("LEMMA")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_remembered_is_that_of_the_model(language: str) -> None:
    shipped, remembering = models(language)
    for text in ODD:
        remembering(text)
        assert annotation(remembering(text)) == annotation(shipped(text))
