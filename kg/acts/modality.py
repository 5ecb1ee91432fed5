"""Whether a clause is asserted, hedged, or not said to be so at all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from spacy.tokens import Token

from kg.grammar import ancestors, clause_of, feature
from kg.lexicon.matching import Match
from kg.model import Modality


class Irrealis(StrEnum):
    """Why a clause does not say that something is so."""

    CONDITION = "condition"
    OBLIGATION = "obligation"
    QUESTION = "question"
    FUTURE = "future"


_IF = frozenset({"si", "s'", "s’", "if", "unless", "whether", "lest"})
_OBLIGE = frozenset({"must", "should", "shall", "ought", "devoir", "falloir"})
_MIGHT = frozenset({"may", "might", "could"})


def irrealis(head: Token) -> Irrealis | None:
    """Return why the clause of a word is not asserted, None if it is."""
    clause = clause_of(head)
    for token in (clause, *ancestors(clause)):
        if any(c.lower_ in _IF and c.dep_ in {"mark", "advmod"} for c in token.children):
            return Irrealis.CONDITION
        if token.dep_ in {"advcl", "conj", "xcomp"}:
            continue
        break
    if _is_obliged(clause):
        return Irrealis.OBLIGATION
    sent = head.sent
    if any(t.text == "?" for t in sent[-3:]):
        return Irrealis.QUESTION
    if any(c.lower_ in {"will", "shall"} and c.dep_ == "aux" for c in clause.children):
        return Irrealis.FUTURE
    if "Fut" in feature(clause, "Tense"):
        return Irrealis.FUTURE
    return None


def _is_obliged(clause: Token) -> bool:
    modals = {c.lemma_.lower() for c in clause.children if c.dep_ in {"aux", "aux:modal"}}
    modals |= {c.lower_ for c in clause.children if c.dep_ == "aux"}
    if modals & _OBLIGE:
        return True
    return clause.dep_ == "xcomp" and clause.head.lemma_.lower() in {"devoir", "falloir"}


def modality_of(head: Token, hedges: Sequence[Match]) -> Modality:
    """Return how the holder of a word's clause vouches for it; see :func:`is_hedged`."""
    return Modality.HEDGED if is_hedged(head, hedges) else Modality.ASSERTED


def is_hedged(head: Token, hedges: Sequence[Match]) -> bool:
    """Whether the holder does not vouch: hearsay conditional, "allegedly", "may have", "seems to"."""
    clause = clause_of(head)
    words = [clause, head, *(c for c in clause.children if c.dep_.startswith("aux") or c.dep_ == "cop")]
    if any("Cnd" in feature(w, "Mood") for w in words):
        return not any(c.lower_ in _IF for c in clause.children)
    if any(w.lower_ in _MIGHT and w.dep_ == "aux" for w in clause.children):
        return True
    near = {clause.i, head.i, *(a.i for a in _above(head))}
    return any(_governs(hedge, near, head) for hedge in hedges)


def _above(head: Token) -> list[Token]:
    found: list[Token] = []
    for token in ancestors(head):
        found.append(token)
        if token.pos_ in {"VERB", "AUX"} and token.dep_ != "aux":
            break
    return found


def _governs(hedge: Match, near: set[int], head: Token) -> bool:
    if hedge.head == head:
        return True
    return hedge.head.head.i in near or hedge.head.i in near
