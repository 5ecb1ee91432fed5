"""Where a lexicon entry's roles stand in a parse, and who is behind a deed."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.grammar import (
    OBJECTS,
    SUBJECTS,
    agents,
    ancestors,
    clause_complements,
    complements,
    indirect_objects,
    is_participle,
    is_verbal,
    logical_objects,
    logical_subjects,
    modified,
    nested_complements,
    possessors,
    surface_subjects,
)
from kg.lexicon.entries import Entry, Family, Pos
from kg.lexicon.matching import Match

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
_OF = frozenset({"prep:of", "prep:de", "prep:d'"})
_PREDICATE_DEPS = frozenset({"attr", "acomp", "oprd"})


def fill(match: Match, positions: Sequence[str]) -> list[Token]:
    """Return the tokens at the first argument position that is filled."""
    for position in positions:
        at = _at(match, position) or _beside(match, position)
        found = [t for t in at if t not in match.tokens or t == match.head]
        if found:
            return found
    return []


def _at(match: Match, position: str) -> list[Token]:
    head = match.head
    verbal = match.entry.pos is Pos.VERB or is_verbal(head)
    if position.startswith("prep:"):
        preposition = position.removeprefix("prep:")
        found = complements(head, preposition)
        nests = not found and not verbal and preposition not in {"de", "of"}
        return nested_complements(head, preposition) if nests else found
    if position == "subj":
        return logical_subjects(head) if verbal else modified(head) or possessors(head)
    if position == "poss":
        return _owners(head, match.entry)
    simple = {
        "obj": logical_objects,
        "iobj": _dative,
        "comp": clause_complements,
        "agent": agents,
        "mod": _described,
    }
    return simple[position](head)


def _beside(match: Match, position: str) -> list[Token]:
    """Return complements that hang on another word of an idiom: "lance des accusations contre Paris"."""
    preposition = {"iobj": "à", "poss": "de"}.get(position, position.removeprefix("prep:"))
    if position == "poss" and _OF & set(match.entry.content):
        return []
    others = (t for t in match.tokens if t != match.head and t.pos_ in {"NOUN", "PROPN"})
    return [t for other in others for t in complements(other, preposition)]


def _dative(head: Token) -> list[Token]:
    return indirect_objects(head) or complements(head, "à") or complements(head, "to")


def _described(head: Token) -> list[Token]:
    """What an adjective or a noun of agency ("liar") is said of; the noun itself when of nobody else."""
    found = modified(head)
    return found or ([head] if head.pos_ in {"NOUN", "PROPN"} else [])


def _owners(head: Token, entry: Entry) -> list[Token]:
    victims = _OF & set(entry.content)
    return [t for t in possessors(head, of=not victims) if t.pos_ in _NOMINAL]


def doer_of_noun(noun: Token, contexts: dict[int, Family]) -> list[Token]:
    """Return who does the deed that a noun names when the noun itself does not say.

    The noun may be what somebody does ("launched an attack", "resorts to lies"), or is said to be ("is a
    violation").  Verbs of :data:`Family.OPPOSING` and :data:`Family.SUFFERING` ("fights", "undergoes")
    tell that their subject is not the doer.

    Args:
        noun: the deed.
        contexts: family of the opposing and suffering words of the sentence by token index.
    """
    if by_participle := _agents_of_participles(noun, contexts):
        return by_participle
    current = noun
    for above in ancestors(noun):
        if above.i in contexts:
            return []
        if current.dep_ in SUBJECTS:
            return []
        if is_verbal(above) or above.pos_ in {"VERB", "AUX"}:
            if current.dep_ in OBJECTS | _PREDICATE_DEPS | {
                "prep",
                "obl:arg",
                "obl:mod",
                "xcomp",
                "pobj",
                "conj",
            }:
                return logical_subjects(above) or surface_subjects(above)
            return []
        current = above
    if is_verbal(noun):
        return surface_subjects(noun)
    return []


def opponents_of_noun(noun: Token, contexts: dict[int, Family]) -> list[Token]:
    """Return who fights the wrong that a noun names, or is its victim ("we combat fraud")."""
    for above in ancestors(noun):
        if above.i in contexts:
            return surface_subjects(above) if contexts[above.i] is Family.OPPOSING else []
        if above.pos_ in {"VERB", "AUX"}:
            return []
    return []


def _agents_of_participles(noun: Token, contexts: dict[int, Family]) -> list[Token]:
    """Return who did the deed by a participle beside it: "sévices infligés par les gardiens"."""
    participles = (c for c in noun.children if c.dep_ in {"acl", "amod"} and is_participle(c))
    return [t for c in participles if c.i not in contexts for t in agents(c)]
