"""Decided acts, and which accusations are there to be answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import takewhile

from kg.acts.candidates import Candidate
from kg.model import UNNAMED, ActType, Modality
from kg.parties.referents import Referent, Resolution

NEAR = 3
"""Sentences within which an answer without an address is to the last accuser."""


@dataclass(frozen=True, slots=True)
class Decided:
    """An act with resolved parties.

    Attributes:
        via: who reports it, outermost first.
        score: how clearly the words do the act, 0 to 1.
        reasons: what else to tell about the decision.
        likely: probability that both parties are the ones meant.
    """

    candidate: Candidate
    type: ActType
    source: Resolution
    target: Resolution
    via: tuple[Resolution, ...]
    score: float
    reasons: tuple[str, ...] = field(default=())
    likely: float = 1.0

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What makes two findings one act: sentence, type, source, target."""
        return (self.candidate.sentence.index, self.type, key_of(self.source), key_of(self.target))


def key_of(resolution: Resolution) -> str:
    """Return what tells parties apart: the side, one for all that nobody names."""
    referent = resolution.referent
    return referent.side if referent.is_named else UNNAMED


class _Standing(Enum):
    """How much an accusation is there to be answered, most first."""

    ASSERTED = "asserted by somebody named"
    NAMED = "by somebody named"
    ANY = "by anybody"


class Accusations:
    """The accusations that are there to be answered: this sentence's, and the last against each side."""

    def __init__(self) -> None:
        self.here: list[Decided] = []
        self._against: dict[str, dict[_Standing, Referent]] = defaultdict(dict)
        self._latest: list[tuple[int, Referent]] = []

    def add(self, acts: Sequence[Decided]) -> None:
        """Take up the accusations of the next sentence."""
        self.here = list(acts)
        for act in acts:
            source, accused = act.source.referent, act.target.referent.side
            if source.side == accused:
                continue
            self._latest.append((act.candidate.sentence.index, source))
            last = self._against[accused]
            last[_Standing.ANY] = source
            if source.is_named:
                last[_Standing.NAMED] = source
                if act.candidate.modality is Modality.ASSERTED:
                    last[_Standing.ASSERTED] = source

    def last_against(self, side: str) -> Referent | None:
        """Return who last accused a side: somebody named who vouches for it, else named, else anybody."""
        last = self._against.get(side, {})
        return next((last[standing] for standing in _Standing if standing in last), None)

    def last_by_others(self, own: str, here: int) -> Referent | None:
        """Return who accused anybody last, at most :data:`NEAR` sentences before, other than ``own``."""
        near = takewhile(lambda accuser: here - accuser[0] <= NEAR, reversed(self._latest))
        return next((source for _, source in near if source.is_named and source.side != own), None)
