"""What linking proposes.  A proposal joins two records without changing either; a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Relation(StrEnum):
    """How two records of different documents hang together."""

    SAME_ALLEGATION = "same_allegation"
    """Two accusations say the same of the same party."""
    ANSWERS = "answers"
    """A rebuttal (subject) answers an accusation (object)."""
    RETRACTS = "retracts"
    """A retraction (subject) takes back an accusation (object)."""
    SAME_STATEMENT = "same_statement"
    """Two documents are one statement in two languages."""
    SAME_ACTOR = "same_actor"
    """Two actors may be one."""


SYMMETRIC = frozenset({Relation.SAME_ALLEGATION, Relation.SAME_STATEMENT, Relation.SAME_ACTOR})
"""Relations in which subject and object are in sorted order, as neither comes first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed link.

    Attributes:
        relation: how the two hang together.
        subject, object: record ids of acts, or IRIs of documents or actors.
        score: from 0 to 1.
        reasons: what speaks for it, in plain words.
    """

    relation: Relation
    subject: str
    object: str
    score: float
    reasons: tuple[str, ...] = ()


class Pair(NamedTuple):
    """A relation between two records, in the order of :func:`pair`."""

    relation: Relation
    subject: str
    object: str


def pair(relation: Relation, subject: str, object_: str) -> Pair:
    """Return the pair, sorted if the relation is symmetric."""
    if relation in SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return Pair(relation, subject, object_)


def propose(relation: Relation, subject: str, object_: str, score: float, reasons: Sequence[str]) -> Proposal:
    """Return a proposal in canonical order, its score cut to 0–1 and rounded to two digits."""
    kept = round(min(1.0, max(0.0, score)), 2)
    _, subject, object_ = pair(relation, subject, object_)
    return Proposal(relation, subject, object_, kept, tuple(reasons))


Decisions = Mapping[Pair, bool]
"""What people decided about links: True joins whatever the score, False never joins."""


@dataclass(frozen=True, slots=True)
class Links:
    """All that linking found.

    Attributes:
        proposals: every proposal, strongest first within its relation.
        groups: record ids of the accusations that make one allegation, earliest first; only groups of
            two and more, in the order of their first member.
    """

    proposals: tuple[Proposal, ...] = ()
    groups: tuple[tuple[str, ...], ...] = field(default=())

    def of(self, relation: Relation) -> tuple[Proposal, ...]:
        """Return the proposals of one relation."""
        return tuple(proposal for proposal in self.proposals if proposal.relation is relation)
