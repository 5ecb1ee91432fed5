"""Finds lexicon entries in a parsed sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from spacy.tokens import Token

from kg.lexicon.entries import Entry, Pos, load_lexicon
from kg.lexicon.french_verbs import POSSIBLE_VERBS

MAX_GAP = 2
"""Most words that may stand between two words of an idiom."""

_TAGS = {
    Pos.VERB: frozenset({"VERB", "AUX"}),
    Pos.NOUN: frozenset({"NOUN", "PROPN"}),
    Pos.ADJ: frozenset({"ADJ", "VERB", "ADV"}),
    Pos.ADV: frozenset({"ADV", "ADJ", "ADP", "SCONJ"}),
    Pos.PREP: frozenset({"ADP", "SCONJ", "ADV", "VERB", "NOUN"}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a sentence: its tokens in order and the one its arguments hang on."""

    entry: Entry
    tokens: tuple[Token, ...]
    head: Token


class _Indexed(NamedTuple):
    """An entry, its words in lower case, and those after the first, all of which a sentence must have."""

    entry: Entry
    words: tuple[str, ...]
    others: frozenset[str]


@cache
def _index(language: str) -> dict[str, list[_Indexed]]:
    """Return the entries by their first word."""
    index: dict[str, list[_Indexed]] = defaultdict(list)
    for entry in load_lexicon(language):
        words = tuple(entry.lemma.lower().split())
        index[words[0]].append(_Indexed(entry, words, frozenset(words[1:])))
    return dict(index)


CONTRACTED = {"au": "à", "aux": "à", "du": "de", "des": "de"}
"""French preposition and article in one word → the preposition."""
_PARTICIPLE = re.compile(r"é(?:e|s|es)$")


def _forms(tokens: Sequence[Token]) -> list[frozenset[str]]:
    """For each word its form and lemma; in French also the verb it may be, its participle and preposition."""
    if not tokens or tokens[0].lang_ != "fr":
        return [_english_forms(token.lower_, token.lemma_) for token in tokens]
    verbs = tokens[0].doc.user_data.get(POSSIBLE_VERBS, {})
    return [_french_forms(token.lower_, token.lemma_, verbs.get(token.i)) for token in tokens]


@lru_cache(maxsize=100_000)
def _english_forms(lower: str, lemma: str) -> frozenset[str]:
    return frozenset({lower.replace("’", "'"), lemma.lower()})


@lru_cache(maxsize=100_000)
def _french_forms(lower: str, lemma: str, verb: str | None) -> frozenset[str]:
    lower = lower.replace("’", "'")
    participle = _PARTICIPLE.sub("é", lower)
    return frozenset({lower, lemma.lower(), participle, CONTRACTED.get(lower, lower), verb or lower})


def _follow(words: Sequence[str], forms: Sequence[frozenset[str]], start: int) -> list[int]:
    """Return the places of an entry's words from ``start`` on, [] if one is missing."""
    found = [start]
    for word in words[1:]:
        reach = range(found[-1] + 1, min(found[-1] + 2 + MAX_GAP, len(forms)))
        position = next((i for i in reach if word in forms[i]), -1)
        if position < 0:
            return []
        found.append(position)
    return found


def find_entries(tokens: Sequence[Token], language: str) -> list[Match]:
    """Return the lexicon entries in a sentence, in text order.

    Within a family the longest match at a place wins ("mettre en cause" over "cause"), so that no word
    fires twice for one thing.
    """
    index = _index(language)
    forms = _forms(tokens)
    present = frozenset().union(*forms)
    found: list[Match] = []
    for start, token in enumerate(tokens):
        for entry, words, others in chain.from_iterable(index.get(form, ()) for form in forms[start]):
            if not others and token.pos_ not in _TAGS[entry.pos] or not others <= present:
                continue
            places = _follow(words, forms, start)
            if places:
                matched = tuple(tokens[i] for i in places)
                found.append(Match(entry, matched, matched[entry.head]))
    return sorted(_longest(found), key=lambda m: (m.tokens[0].i, m.entry.family, m.entry.lemma))


def _rank(match: Match) -> tuple[int, int, bool, str, str]:
    """Longest first, then leftmost, then the entry whose part of speech is that of the text."""
    entry = match.entry
    differs = match.head.pos_ not in _TAGS[entry.pos]
    return (-len(match.tokens), match.tokens[0].i, differs, entry.lemma, entry.pos)


def _longest(found: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    taken: dict[str, set[int]] = defaultdict(set)
    for match in sorted(found, key=_rank):
        places = {t.i for t in match.tokens}
        if places & taken[match.entry.family]:
            continue
        taken[match.entry.family] |= places
        kept.append(match)
    return kept
