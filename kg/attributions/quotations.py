"""Finds quotation marks that belong together and tells quotations from scare quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token

from kg.grammar import feature

_PAIRS = {"«": "»", "“": "”", "„": "”", "‹": "›"}
_STRAIGHT = frozenset({'"', "''", "``"})


class QuotationType(StrEnum):
    """What quotation marks do."""

    DIRECT = "direct"
    """Somebody's words as they were said: a clause of their own."""
    MIXED = "mixed"
    """Some words of somebody within the writer's clause, or words held at a distance (scare quotes)."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens between a pair of quotation marks, marks left out."""

    tokens: tuple[Token, ...]
    type: QuotationType


def find_quotations(doc: Doc) -> list[Quotation]:
    """Return the quotations of a parsed segment, outer ones first.

    A mark without a partner is ignored: a speaker who reads a letter aloud opens every paragraph anew.
    """
    found: list[Quotation] = []
    opened: list[tuple[str, int]] = []
    for token in doc:
        mark = token.text
        if mark in _STRAIGHT:
            if opened and opened[-1][0] == '"':
                _close(doc, opened.pop()[1], token.i, found)
            else:
                opened.append(('"', token.i))
        elif mark in _PAIRS:
            opened.append((_PAIRS[mark], token.i))
        elif any(mark == closing for closing, _ in opened):
            while opened:
                closing, start = opened.pop()
                if closing == mark:
                    _close(doc, start, token.i, found)
                    break
    return sorted(found, key=lambda q: (q.tokens[0].i, -len(q.tokens)))


def _close(doc: Doc, start: int, end: int, found: list[Quotation]) -> None:
    tokens = tuple(t for t in doc[start + 1 : end] if not t.is_space)
    if tokens:
        found.append(Quotation(tokens, quotation_type(tokens)))


def quotation_type(tokens: Sequence[Token]) -> QuotationType:
    """Tell a clause that was said from words that are only marked."""
    words = [t for t in tokens if t.is_alpha]
    finite = any(is_finite(t) for t in words)
    is_direct = finite and len(words) >= 4 or len(words) >= 9 or finite and tokens[-1].text in {"!", "?"}
    return QuotationType.DIRECT if is_direct else QuotationType.MIXED


def is_finite(token: Token) -> bool:
    """Whether a token is a finite verb form."""
    if token.tag_ in {"VBD", "VBP", "VBZ", "MD"}:
        return True
    return token.pos_ in {"VERB", "AUX"} and "Fin" in feature(token, "VerbForm")
