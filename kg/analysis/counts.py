"""What an analysis holds of a store: counts by pair of nodes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.analysis.nodes import Nodes
from kg.analysis.periods import Calendar
from kg.model import UNNAMED, Act, ActType, Topic


@dataclass(slots=True)
class Tie:
    """Acts of one type by one node towards another: how many, and the first and last date known."""

    count: int = 0
    first: str = ""
    last: str = ""

    def add(self, count: int, day: str) -> None:
        """Count acts of a day; an empty day is one that is not known."""
        self.count += count
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last, day)


@dataclass(slots=True)
class Answered:
    """What became of the accusations of one node against another.

    Attributes:
        anyone: accusations that somebody answers.
        accused: those of them that the accused's side answers.
        same_text: those of these that it answers in the text that holds the accusation.
        delays: of the others, by days until its earliest answer in another text; without those whose dates
            are missing, vague or the wrong way round.
    """

    anyone: int = 0
    accused: int = 0
    same_text: int = 0
    delays: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Later:
    """How one accusation is answered in other documents: by the accused, and after how many days."""

    source: str
    target: str
    accused: bool = False
    delay: int | None = None

    def add(self, accused: bool, delay: int | None) -> None:
        """Note one more answer; of several by the accused the earliest counts."""
        self.accused |= accused
        if accused and delay is not None:
            self.delay = delay if self.delay is None else min(self.delay, delay)


@dataclass(frozen=True, slots=True)
class Telling:
    """An accusation that is linked with another as one allegation; ``source`` and ``target`` are nodes."""

    act: str
    source: str
    target: str
    day: str
    document: str


@dataclass
class Counts:
    """What a store says, by pairs of nodes (ids).

    Attributes:
        nodes: who they are.
        calendar: the periods that ``periods`` counts in.
        totals: acts by type, and ``unnamed`` of them that have no node at one end.
        ties: acts by source, target and type.
        topics: accusations by source, target and topic.
        periods: accusations by accused and period; those of undated documents are left out.
        answered: by accuser and accused.
        defended: answers to accusations against another side, by who answers and whom it was against.
        reports: reports of accusations, by who is reported and who reports; publishers report last.
        echoes: groups of accusations that are one allegation, each in order of time.
        days: the documents of the time asked for (IRIs) with their dates.
        reviewed: the acts that hold of each document that has a review.
        linked_answers: rebuttals in other documents (IRIs), by the accusation that they answer.
    """

    nodes: Nodes
    calendar: Calendar
    days: Mapping[str, str] = field(default_factory=dict)
    reviewed: Mapping[str, Sequence[Act]] = field(default_factory=dict)
    linked_answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    totals: Counter[ActType] = field(default_factory=Counter)
    unnamed: Counter[ActType] = field(default_factory=Counter)
    ties: defaultdict[tuple[str, str, ActType], Tie] = field(default_factory=lambda: defaultdict(Tie))
    topics: Counter[tuple[str, str, Topic]] = field(default_factory=Counter)
    periods: Counter[tuple[str, int]] = field(default_factory=Counter)
    answered: defaultdict[tuple[str, str], Answered] = field(default_factory=lambda: defaultdict(Answered))
    defended: Counter[tuple[str, str]] = field(default_factory=Counter)
    reports: Counter[tuple[str, str]] = field(default_factory=Counter)
    echoes: Sequence[tuple[Telling, ...]] = ()

    @cached_property
    def weight(self) -> Counter[str]:
        """In how many acts each node is, at either end."""
        found: Counter[str] = Counter()
        for (source, target, _), tie in self.ties.items():
            found[source] += tie.count
            found[target] += tie.count
        return found

    def add_acts(
        self, ends: tuple[str, str], type_: ActType, day: str, topics: Iterable[Topic], count: int = 1
    ) -> None:
        """Count acts of one type and day between two actors (IRIs); topics count for accusations alone."""
        self.totals[type_] += count
        one, other = map(self.nodes.of_actor.get, ends)
        if one is None or other is None:
            self.unnamed[type_] += count
            return
        self.ties[one, other, type_].add(count, day)
        if type_ is ActType.ACCUSATION:
            for topic in topics:
                self.topics[one, other, topic] += count
            if (place := self.calendar.place(day)) is not None:
                self.periods[other, place] += count

    def add_answers(self, ends: tuple[str, str], speakers: Iterable[str], later: Later | None) -> None:
        """Count one accusation that is answered.

        Args:
            ends: accuser and accused (actors' IRIs).
            speakers: who answers it in the same text (actors' IRIs).
            later: its answers in other texts.
        """
        one, other = map(self.nodes.of_actor.get, ends)
        own = any(self.answers_for(speaker, ends[1]) for speaker in speakers)
        if one is None or other is None:
            return
        found = self.answered[one, other]
        found.anyone += 1
        found.accused += own or (later is not None and later.accused)
        found.same_text += own
        if not own and later and later.delay is not None:
            found.delays[later.delay] += 1

    def answers_for(self, speaker: str, accused: str) -> bool:
        """Whether an actor speaks for the side of another."""
        side = self.nodes.side.get(speaker, UNNAMED)
        return side != UNNAMED and side == self.nodes.side.get(accused)

    def add_defence(self, speaker: str, accused: str) -> None:
        """Count an answer by one actor to an accusation against another, if they are of two sides."""
        one, other = self.nodes.of_actor.get(speaker), self.nodes.of_actor.get(accused)
        if one is not None and other is not None and not self.answers_for(speaker, accused):
            self.defended[one, other] += 1

    def add_report(self, reported: str, reporter: str, count: int = 1) -> None:
        """Count reports by one actor of what another said or reported."""
        one, other = self.nodes.of_actor.get(reported), self.nodes.of_actor.get(reporter)
        if one is not None and other is not None:
            self.reports[one, other] += count

    def add_publication(self, reporter: str, publisher: str, count: int = 1) -> None:
        """Count reports by an actor that somebody publishes."""
        one = self.nodes.of_actor.get(reporter)
        if one is not None and publisher:
            self.reports[one, self.nodes.publisher(publisher)] += count

    def add_document(self, acts: Sequence[Act], day: str, publisher: str, later: dict[str, Later]) -> None:
        """Count the acts of one document as records; takes what it counts out of ``later`` (by act's IRI)."""
        accusations = {act.id: act for act in acts if act.type is ActType.ACCUSATION}
        answers: defaultdict[str, list[str]] = defaultdict(list)
        for act in acts:
            self.add_acts((act.source.iri, act.target.iri), act.type, day, act.topics)
            if act.type is ActType.REBUTTAL:
                for accusation in (accusations[name] for name in act.rebuts if name in accusations):
                    answers[accusation.id].append(act.source.iri)
                    self.add_defence(act.source.iri, accusation.target.iri)
            if act.type is ActType.ACCUSATION and act.via:
                self._add_chain(act, publisher)
        for name, speakers in answers.items():
            act = accusations[name]
            self.add_answers((act.source.iri, act.target.iri), speakers, later.pop(act.act, None))

    def _add_chain(self, act: Act, publisher: str) -> None:
        chain = [act.source.iri, *(party.iri for party in reversed(act.via))]
        for reported, reporter in zip(chain, chain[1:], strict=False):
            self.add_report(reported, reporter)
        self.add_publication(chain[-1], publisher)


def sums(ties: Mapping[tuple[str, str, ActType], Tie], type_: ActType) -> dict[tuple[str, str], int]:
    """Return how many acts of one type there are, by source and target."""
    return {(one, other): tie.count for (one, other, kind), tie in ties.items() if kind is type_}
