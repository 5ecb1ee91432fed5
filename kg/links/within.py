"""Links inside one document, after what was said so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.acts.accusations import Decided
from kg.model import UNNAMED, ActType

REACH = 25
"""Sentences that a rebuttal looks back for what it answers."""


def link_rebuttals(acts: Sequence[Decided]) -> dict[int, tuple[int, ...]]:
    """Return for each rebuttal, by its place in ``acts``, the places of the accusations that it answers."""
    sentences = [act.candidate.sentence.index for act in acts]
    return {
        place: _answered(act, acts, _reach(sentences, place))
        for place, act in enumerate(acts)
        if act.type is ActType.REBUTTAL
    }


def _reach(sentences: Sequence[int], place: int) -> range:
    """Return the places of the acts of a rebuttal's sentence and of the sentences that it looks back."""
    here = sentences[place]
    return range(bisect_left(sentences, here - REACH), bisect_right(sentences, here))


def _answered(rebuttal: Decided, acts: Sequence[Decided], reach: range) -> tuple[int, ...]:
    own = rebuttal.source.referent.side
    here = rebuttal.candidate.sentence.index
    against = rebuttal.target.referent.side
    same: list[int] = []
    earlier: list[int] = []
    for other in reach:
        act = acts[other]
        if act.type is not ActType.ACCUSATION or act.source.referent.side == own:
            continue
        if against not in {UNNAMED, act.source.referent.side} and act.source.referent.side != UNNAMED:
            continue
        if act.candidate.sentence.index == here:
            same.append(other)
        elif act.target.referent.side == own:
            earlier.append(other)
    return tuple(same or earlier[-2:])
