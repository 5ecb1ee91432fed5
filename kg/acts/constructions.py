"""Names the construction that a lexicon entry stands in, for explanations and for counting errors by it."""

from __future__ import annotations

from kg.grammar import (
    OBJECTS,
    RELATIVES,
    agents,
    is_infinitive,
    is_participle,
    is_passive,
    is_verbal,
    possessors,
)
from kg.lexicon.entries import Pos
from kg.lexicon.matching import Match

_ATTRIBUTIVE = frozenset({"amod", "acl", "appos"})


def construction(match: Match) -> str:
    """Return how an entry is used: "active verb", "noun with an owner", "predicate adjective"."""
    if match.entry.pos is Pos.VERB:
        return _of_verb(match)
    if match.entry.pos is Pos.NOUN:
        return _of_noun(match)
    if match.entry.pos is Pos.ADJ:
        return "attributive adjective" if match.head.dep_ in _ATTRIBUTIVE else "predicate adjective"
    return match.entry.pos.value


def _of_verb(match: Match) -> str:
    verb = match.head
    if verb.dep_ in RELATIVES:
        return "relative clause"
    if verb.dep_ in _ATTRIBUTIVE and is_participle(verb):
        return "participle"
    if is_passive(verb):
        return "passive verb with an agent" if agents(verb) else "passive verb without an agent"
    if is_infinitive(verb):
        return "infinitive"
    return "active verb"


def _of_noun(match: Match) -> str:
    noun = match.head
    if is_verbal(noun):
        return "predicate noun"
    if agents(noun):
        return "noun with an agent"
    if possessors(noun):
        return "noun with an owner"
    return "noun as an object" if noun.dep_ in OBJECTS else "noun"
