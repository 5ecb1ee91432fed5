"""Actors that a person says are one: seen as one in threads, while every record keeps its own.

Only accepted links count, as a proposal asserts nothing; when a decision is undone the two are two again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.disputes.threads import JudgedLink
from kg.links.across_proposals import Relation
from kg.model import UNNAMED, Act, Party


@dataclass(frozen=True, slots=True)
class Merged:
    """Who stands for whom.

    Attributes:
        actors: IRI of the actor that stands for an actor, by the actor's IRI.
        sides: the same of sides.
    """

    actors: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)

    def side(self, party: Party) -> str:
        """Return the side that stands for that of a party."""
        return self.sides.get(party.side, party.side)


def merge_actors(acts: Iterable[Act], links: Iterable[JudgedLink]) -> Merged:
    """Return who stands for whom by the accepted links between actors."""
    pairs = [
        (link.proposal.subject, link.proposal.object)
        for link in links
        if link.accepted and link.proposal.relation is Relation.SAME_ACTOR
    ]
    if not pairs:
        return Merged()
    actors = _representatives(pairs)
    sides = {p.iri: p.side for act in acts for p in (act.source, act.target, *act.via) if p.iri in actors}
    joined = [(sides[one], sides[other]) for one, other in pairs if {one, other} <= sides.keys()]
    return Merged(actors, _representatives(pair for pair in joined if UNNAMED not in pair))


def _representatives(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each member of a chain of pairs the first of the chain, in sorted order."""
    chains: dict[str, set[str]] = {}
    for one, other in pairs:
        chain = chains.get(one, {one}) | chains.get(other, {other})
        chains |= dict.fromkeys(chain, chain)
    return {member: min(chain) for member, chain in chains.items()}
