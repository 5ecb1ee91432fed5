"""Acts and links → threads: one allegation with all that was said of it, in order of time.

The state of a thread says what the parties did (answered, took back, gave in), never who is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kg.links.across_proposals import Proposal
from kg.links.normal_times import day_interval
from kg.model import UNNAMED, Act, Party, RebuttalKind, Topic


class State(StrEnum):
    """What became of an allegation.  It follows from acts, and is no verdict on truth."""

    UNANSWERED = "unanswered"
    """Nobody rebuts it."""
    CONTESTED = "contested"
    """Somebody rebuts it, and its accusers have not all taken it back."""
    CONCEDED = "conceded"
    """The accused takes its denial back."""
    WITHDRAWN = "withdrawn"
    """All who made it, or the media that passed it on, have taken it back."""


class Role(StrEnum):
    """What an act does in a thread."""

    ACCUSES = "accuses"
    """Makes the allegation first."""
    REPEATS = "repeats"
    """The same accuser makes it again."""
    JOINS = "joins"
    """Another accuser makes it too."""
    TRANSLATES = "translates"
    """Another language's version of a statement that makes or answers it."""
    ANSWERS = "answers"
    """Rebuts it."""
    COUNTERS = "counters"
    """The accused accuses an accuser in the same breath as it answers."""
    RETRACTS = "retracts"
    """Takes it back."""
    CONCEDES = "concedes"
    """The accused takes back that it denied it."""


ACCUSING = frozenset({Role.ACCUSES, Role.REPEATS, Role.JOINS})
"""Roles of acts that make the allegation, each in one version."""


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A proposed link with what people decided about it.

    Attributes:
        proposal: the link.
        accepted: True or False by a person's decision, None while it waits for one.
    """

    proposal: Proposal
    accepted: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether nobody rejected it."""
        return self.accepted is not False


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a thread.

    Attributes:
        act: the record.
        document: IRI of its document.
        date: ISO date of the document, possibly partial, empty if not known.
        publisher: of the document.
        role: what it does in the thread.
        link: the proposal by which it is in the thread; None if its own document says so, or it began it.
    """

    act: Act
    document: str
    date: str
    publisher: str
    role: Role
    link: JudgedLink | None = None


@dataclass(frozen=True)
class Thread:
    """One allegation and what was said of it.

    Attributes:
        id: record id of the first accusation.
        accused: whom the allegation is about.
        topic: what it is most often about.
        steps: all acts, in order of time; those without a date come last.
    """

    id: str
    accused: Party
    topic: Topic | None
    steps: tuple[Step, ...]

    def of(self, *roles: Role) -> tuple[Step, ...]:
        """Return the steps of some roles, in order of time."""
        return tuple(step for step in self.steps if step.role in roles)

    @property
    def words(self) -> str:
        """The sentence of the first accusation, on one line."""
        return " ".join(self.accusations[0].act.sentence.split())

    @cached_property
    def accusations(self) -> tuple[Step, ...]:
        """The acts that make the allegation, without their versions in other languages."""
        return self.of(*ACCUSING)

    @cached_property
    def rebuttals(self) -> tuple[Step, ...]:
        """The acts that rebut it, without their versions in other languages."""
        return self.of(Role.ANSWERS)

    @property
    def rebuttals_by_kind(self) -> Mapping[RebuttalKind | None, int]:
        """How many rebuttals there are of each kind, the most frequent first."""
        return dict(Counter(step.act.kind for step in self.rebuttals).most_common())

    @property
    def accusers(self) -> tuple[Party, ...]:
        """Who makes the allegation, in the order of their first act."""
        return _distinct(step.act.source for step in self.accusations)

    @property
    def repeaters(self) -> tuple[Party, ...]:
        """Who makes it again, or after another."""
        return _distinct(step.act.source for step in self.of(Role.REPEATS, Role.JOINS))

    @property
    def reporters(self) -> tuple[Party, ...]:
        """Who says that somebody makes it."""
        return _distinct(party for step in self.accusations for party in step.act.via)

    @property
    def answerers(self) -> tuple[Party, ...]:
        """Who rebuts it."""
        return _distinct(step.act.source for step in self.rebuttals)

    @property
    def state(self) -> State:
        """What became of it."""
        if self.of(Role.CONCEDES):
            return State.CONCEDED
        if self._all_withdrawn():
            return State.WITHDRAWN
        return State.CONTESTED if self.rebuttals else State.UNANSWERED

    @property
    def response_days(self) -> int | None:
        """Days from the first accusation to the first rebuttal; None if a date is missing or partial."""
        dates = [step.date for step in (*self.accusations[:1], *self.rebuttals[:1])]
        days = [day_interval(written) for written in dates]
        if len(days) < 2 or any(day is None or day.days > 1 for day in days):
            return None
        first, answer = (day.first for day in days if day)
        return (answer - first).days

    @property
    def waiting(self) -> int:
        """How many of its links wait for a person's decision."""
        return sum(step.link is not None and step.link.accepted is None for step in self.steps)

    def _all_withdrawn(self) -> bool:
        """Whether everybody who makes it took it back, and did not make it again on a later day."""
        retractions = self.of(Role.RETRACTS)
        return bool(retractions) and all(
            any(
                _voices(step) & _voices(taken) and step_order(step)[0] <= step_order(taken)[0]
                for taken in retractions
            )
            for step in self.accusations
        )


def step_order(step: Step) -> tuple[date, str, int, int, str]:
    """Return the key that orders steps by time, then by document and place in it."""
    day = day_interval(step.date)
    return (
        day.first if day else date.max,
        step.document,
        step.act.start,
        step.act.cue.start,
        step.act.id,
    )


def find_thread(threads: Sequence[Thread], act: str) -> Thread | None:
    """Return the thread in which an accusation, by record id, makes the allegation."""
    making = (*ACCUSING, Role.TRANSLATES)
    return next((t for t in threads if any(step.act.id == act for step in t.of(*making))), None)


def _voices(step: Step) -> frozenset[str]:
    """Return who says an act or passes it on."""
    named = {party.side for party in (step.act.source, *step.act.via) if party.side != UNNAMED}
    return frozenset(named | ({step.publisher.casefold()} if step.publisher else set()))


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.iri or party.name, party)
    return tuple(found.values())
