"""Finds lexicon entries in a parsed sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.lexicon.entries import Entry, Pos, load_lexicon

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


@cache
def _index(language: str) -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in load_lexicon(language):
        index[entry.words[0].lower()].append(entry)
    return dict(index)


_ER_ENDINGS = re.compile(r"(?:e|es|ent|é|ée|és|ées|ait|aient|ant|era|eront)$")


def _forms(token: Token) -> set[str]:
    """Form, lemma, and for a French verb whose lemma the model missed the regular infinitive."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if token.pos_ == "VERB" and token.lang_ == "fr" and not lemma.endswith(("er", "ir", "re", "oir")):
        return {lower, lemma, _ER_ENDINGS.sub("er", lower)}
    return {lower, lemma}


def _follow(entry: Entry, tokens: Sequence[Token], start: int) -> tuple[Token, ...] | None:
    found = [tokens[start]]
    position = start
    for word in entry.words[1:]:
        reach = range(position + 1, min(position + 2 + MAX_GAP, len(tokens)))
        position = next((i for i in reach if word.lower() in _forms(tokens[i])), -1)
        if position < 0:
            return None
        found.append(tokens[position])
    return tuple(found)


def find_entries(tokens: Sequence[Token], language: str) -> list[Match]:
    """Return the lexicon entries in a sentence, in text order.

    Within a family the longest match at a place wins ("mettre en cause" over "cause"), so that no word
    fires twice for one thing.
    """
    index = _index(language)
    found: list[Match] = []
    for start, token in enumerate(tokens):
        for entry in {id(e): e for form in _forms(token) for e in index.get(form, ())}.values():
            single = len(entry.words) == 1
            if single and token.pos_ not in _TAGS[entry.pos]:
                continue
            matched = _follow(entry, tokens, start)
            if matched:
                found.append(Match(entry, matched, matched[entry.head]))
    return sorted(_longest(found), key=lambda m: (m.tokens[0].i, m.entry.family, m.entry.lemma))


def _longest(found: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    taken: dict[str, set[int]] = defaultdict(set)
    for match in sorted(found, key=lambda m: (-len(m.tokens), m.tokens[0].i, m.entry.lemma, m.entry.pos)):
        places = {t.i for t in match.tokens}
        if places & taken[match.entry.family]:
            continue
        taken[match.entry.family] |= places
        kept.append(match)
    return kept
