"""Links inside one document, after what was said so far."""

from __future__ import annotations

from collections.abc import Sequence

from kg.acts.decisions import Decided
from kg.model import UNNAMED, ActType

REACH = 25
"""Sentences that a rebuttal looks back for what it answers."""


def link_rebuttals(acts: Sequence[Decided]) -> dict[int, tuple[int, ...]]:
    """Return for each rebuttal, by its place in ``acts``, the places of the accusations that it answers."""
    return {place: _answered(place, acts) for place, act in enumerate(acts) if act.type is ActType.REBUTTAL}


def _answered(place: int, acts: Sequence[Decided]) -> tuple[int, ...]:
    rebuttal = acts[place]
    own = rebuttal.source.referent.side
    here = rebuttal.candidate.sentence.index
    against = rebuttal.target.referent.side
    same: list[int] = []
    earlier: list[int] = []
    for other, act in enumerate(acts):
        if act.type is not ActType.ACCUSATION or act.source.referent.side == own:
            continue
        distance = here - act.candidate.sentence.index
        if distance < 0 or distance > REACH:
            continue
        if against not in {UNNAMED, act.source.referent.side} and act.source.referent.side != UNNAMED:
            continue
        if distance == 0:
            same.append(other)
        elif act.target.referent.side == own:
            earlier.append(other)
    return tuple(same or earlier[-2:])
