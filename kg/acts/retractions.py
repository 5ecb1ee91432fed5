"""What a retraction takes back among the acts of its own document."""

from __future__ import annotations

from collections.abc import Sequence

from kg.acts.accusations import Decided
from kg.model import UNNAMED, ActType
from kg.sentences import Sentence

REACH = 25
"""Sentences that a retraction looks back for what it takes back."""


def find_taken_back(retraction: Decided, before: Sequence[Decided]) -> int | None:
    """Return the place of the act that a retraction takes back, None if the document does not hold it.

    It is the speaker's own or passed on by it: an accusation, or a rebuttal where that is what is named
    ("withdrew its denial"); of several the one in the same sentence, else the one that shares most words.

    Args:
        retraction: the act.
        before: acts in text order, those of its own sentence included.
    """
    here = retraction.candidate.sentence
    wanted = _type_taken_back(retraction)
    best: tuple[int, int, int] | None = None
    for place, act in enumerate(before):
        distance = here.index - act.candidate.sentence.index
        if act.type is not wanted or not 0 <= distance <= REACH or not _is_own(act, retraction):
            continue
        rank = (int(distance == 0), len(_words(here) & _words(act.candidate.sentence)), place)
        best = rank if best is None else max(best, rank)
    return best[2] if best else None


def _type_taken_back(retraction: Decided) -> ActType:
    """A denial that is taken back is a rebuttal; anything else is an accusation."""
    reasons = {t.lemma_.lower() for t in retraction.candidate.content}
    return ActType.REBUTTAL if reasons & _DENIALS else ActType.ACCUSATION


_DENIALS = frozenset("denial rebuttal démenti dénégation déni".split())


def _is_own(act: Decided, retraction: Decided) -> bool:
    own, against = retraction.source.referent.side, retraction.target.referent.side
    voices = {act.source.referent.side, *(reporter.referent.side for reporter in act.via)}
    return own in voices - {UNNAMED} and against in {UNNAMED, act.target.referent.side}


def _words(sentence: Sentence) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for t in sentence.tokens if t.pos_ in {"NOUN", "PROPN", "NUM"})
