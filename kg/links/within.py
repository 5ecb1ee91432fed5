"""Links inside one document, after what was said so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.acts.accusations import Decided
from kg.model import UNNAMED, ActType

REACH = 25
"""Sentences that a rebuttal looks back for what it answers."""
SAME_SENTENCE = 1.5
AGAINST_IT = 2.0
"""For an accusation against whoever answers."""
ITS_ACCUSER = 0.8
"""For an accusation by whom the answer is addressed to; against one by somebody else."""
SOMEBODY = 0.8
"""Where the accuser or the addressee is not named."""
FADING = 0.15
"""For each sentence between accusation and answer."""
LEAST = 0.5
"""Least fit of an accusation that is answered."""
ALIKE = 1.2
"""What an accusation may fit less than the best one and be answered too."""
MOST = 3
"""Accusations that one answer is linked to at most."""


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
    """Return the accusations that fit best: those of the rebuttal's own sentence, else the best before it."""
    scored = [(fit, other) for other in reach if (fit := _fit(rebuttal, acts[other])) is not None]
    if not scored:
        return ()
    best = max(fit for fit, _ in scored)
    near = sorted((-fit, -other) for fit, other in scored if fit >= max(LEAST, best - ALIKE))
    return tuple(sorted(-other for _, other in near[:MOST]))


def _fit(rebuttal: Decided, act: Decided) -> float | None:
    """How well an accusation fits an answer: who makes it, whom it is against, how far back it stands."""
    own, accuser = rebuttal.source.referent.side, act.source.referent.side
    if act.type is not ActType.ACCUSATION or accuser == own != UNNAMED:
        return None
    away = rebuttal.candidate.sentence.index - act.candidate.sentence.index
    fit = SAME_SENTENCE if away == 0 else -FADING * away
    fit += AGAINST_IT if act.target.referent.side == own else 0.0
    answered = rebuttal.target.referent.side
    if UNNAMED in (answered, accuser):
        return fit + SOMEBODY
    return fit + (ITS_ACCUSER if answered == accuser else -ITS_ACCUSER)
