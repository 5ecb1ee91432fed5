"""Measures links between acts that the extractor finds, so that its errors count along with those of linking.

The gold set (``data/gold/disputes``) states which accusations make one allegation and which rebuttal answers
it.  What is found is matched with what is given; a link of an act that nobody gave is a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.links.scoring import DisputeGold, Measure, Scores, link_extractions, score_links
from kg.model import Act, ActType, Extraction

COMPARED = (ActType.ACCUSATION, ActType.REBUTTAL)
"""The types of acts that the gold set has."""


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """How good extraction and linking are together.

    Attributes:
        acts: over accusations and rebuttals: right is one of the same type in the same sentence.
        links: over links between the acts that were found.
    """

    acts: Measure
    links: Scores


def score_extracted(gold: DisputeGold, extractions: Iterable[Extraction]) -> EndToEnd:
    """Link extracted acts and measure the links.

    Args:
        gold: a part of the gold set.
        extractions: its documents with what the extractor found in them.
    """
    found = [
        Extraction(e.document, tuple(act for act in e.acts if act.type in COMPARED)) for e in extractions
    ]
    given = {extraction.document.name: extraction.acts for extraction in gold.extractions}
    names = {act.id: f"{act.document}!{act.id}" for extraction in found for act in extraction.acts}
    matched = {
        act.id: gold.names[wanted.id]
        for extraction in found
        for wanted, act in match_acts(given[extraction.document.name], extraction.acts)
    }
    names |= matched
    own = {names[a.id]: names[a.id] for e in found for a in e.acts if a.type is ActType.ACCUSATION}
    known = replace(gold, extractions=tuple(found), names=names, groups=own | dict(gold.groups))
    acts = Measure(len(names), sum(map(len, given.values())), len(matched))
    return EndToEnd(acts, score_links(link_extractions(found), known))


def match_acts(given: Sequence[Act], found: Sequence[Act]) -> list[tuple[Act, Act]]:
    """Return pairs of a given act and the one that was found in its place, each in one pair.

    Both are of one type and in one sentence; of several the one with the same parties comes first, then the
    one whose cue is nearest.
    """
    ranked = sorted(_possible(given, found), key=lambda pair: (pair[0], pair[1], pair[2]))
    pairs: list[tuple[Act, Act]] = []
    taken: set[tuple[str, int]] = set()
    for _, one, other in ranked:
        if not taken & {("given", one), ("found", other)}:
            taken |= {("given", one), ("found", other)}
            pairs.append((given[one], found[other]))
    return pairs


def _possible(given: Sequence[Act], found: Sequence[Act]) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Yield a rank (the best first) with the places of two acts that may be one."""
    for one, wanted in enumerate(given):
        for other, act in enumerate(found):
            if act.type is wanted.type and act.start < wanted.end and wanted.start < act.end:
                parties = (act.source.side != wanted.source.side) + (act.target.side != wanted.target.side)
                yield (parties, abs(act.cue.start - wanted.cue.start)), one, other
