"""Retractions → the speaker's own acts of earlier documents that they take back.

Mostly that is an accusation; a rebuttal that is taken back concedes what it denied.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from kg.links.across_answers import Answering
from kg.links.across_proposals import Pair, Proposal, Relation, pair, propose
from kg.links.across_similarity import Prepared, overlap
from kg.links.normal_stems import fold
from kg.model import UNNAMED

THRESHOLD = 0.4
"""Lowest score at which a retraction is proposed to take back an accusation."""
TOLD = 0.4
"""What it counts that an accusation is one allegation with what the retraction's own document tells."""
TOLD_REASON = "takes back the same allegation as it is told in its own document"
LATEST = 200
"""Accusations of one speaker that are looked at: the latest ones."""


def link_retractions(
    retractions: Sequence[Prepared], acts: Sequence[Prepared], context: Answering
) -> list[Proposal]:
    """Return proposals that retractions take back acts that their speaker performed or passed on.

    Args:
        retractions: in order of time.
        acts: accusations and rebuttals, likewise.
        context: groups, decisions and parties.
    """
    if not retractions:
        return []
    spoken: defaultdict[str, list[Prepared]] = defaultdict(list)
    for item in acts:
        for voice in _voices(item, context):
            spoken[voice].append(item)
    proposals: dict[Pair, Proposal] = {}
    for retraction in retractions:
        voices = _voices(retraction, context)
        pool = {item.form.act.id: item for voice in voices for item in spoken[voice][-LATEST:]}
        told = {act for own in retraction.form.act.rebuts for act in context.groups.get(own, ())}
        scored = [
            (score + (TOLD if act in told else 0.0), act, TOLD_REASON if act in told else reason)
            for act, item in sorted(pool.items())
            if _is_earlier(item, retraction)
            for score, reason in [_judge(retraction, item)]
        ]
        best = max(scored, default=None, key=lambda entry: (entry[0], entry[1]))
        if best is not None and best[0] >= THRESHOLD:
            key = pair(Relation.RETRACTS, retraction.form.act.id, best[1])
            if context.decisions.get(key) is not False:
                proposals[key] = propose(*key, best[0], ("of the same speaker", best[2]))
    return list(proposals.values())


def _voices(item: Prepared, context: Answering) -> set[str]:
    """Return who made an accusation or passed it on: speaker, reporters, publisher."""
    act = item.form.act
    sides = {context.side(party.side) for party in (act.source, *act.via) if party.side != UNNAMED}
    publisher = fold(item.form.placed.publisher)
    return sides | ({publisher} if publisher else set())


def _is_earlier(item: Prepared, retraction: Prepared) -> bool:
    if item.form.said is None or retraction.form.said is None:
        return False
    return item.form.said.last < retraction.form.said.first


def _judge(retraction: Prepared, accusation: Prepared) -> tuple[float, str]:
    common = overlap(retraction, accusation)
    score = (0.4 + 0.6 * max(common.ours, common.theirs)) * (1 - math.exp(-1.1 * common.mass))
    days = [interval for interval in retraction.form.spoken if interval.days <= 2]
    said = accusation.form.said
    if said and said.days <= 2 and any(day.meets(said, slack=0) for day in days):
        score += 0.2
    return score, f"both speak of {', '.join(common.shared[:4])}"
