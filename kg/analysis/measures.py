"""Measures of who accuses, who is accused, and who answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from kg.analysis.counts import Answered, Counts, sums
from kg.model import ActType, Topic


@dataclass(frozen=True, slots=True)
class Standing:
    """How often a node acts and is acted against, in numbers of acts; ``accuses_whom`` and ``accused_by``
    are numbers of other nodes.
    """

    node: str
    accuses: int
    accused: int
    accuses_whom: int
    accused_by: int
    rebuts: int


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """How far accusations go both ways, from 0 to 1; None without accusations between two nodes.

    Attributes:
        pairs: accusing relations whose accused accuses its accuser too, among all.
        acts: accusations that are returned, among all.
    """

    pairs: float | None
    acts: float | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """Accusations of one node against another and their answers, in numbers of accusations.

    ``same_text``, ``prompt`` and ``late`` part those that the accused answers: in the text that holds the
    accusation, in another within the days asked for, and later or at a time not known.
    """

    source: str
    target: str
    accusations: int
    first: str
    last: str
    answered: int
    by_accused: int
    same_text: int
    prompt: int
    late: int

    @property
    def unanswered(self) -> int:
        """Accusations that nobody answers in these documents."""
        return self.accusations - self.answered


@dataclass(frozen=True, slots=True)
class Response:
    """How a node answers the accusations against it, in numbers of accusations (see :class:`PairRow`).

    ``median_days`` is the median time from an accusation to the first answer in another text, in days; None
    if no such time is known.
    """

    node: str
    accused: int
    answered: int
    by_accused: int
    same_text: int
    prompt: int
    late: int
    median_days: float | None

    @property
    def rate(self) -> float:
        """Accusations that the accused answers, among all against it; from 0 to 1."""
        return self.by_accused / self.accused


@dataclass(frozen=True, slots=True)
class TopicProfile:
    """What a node is accused of, and what it accuses others of, in numbers of accusations by topic."""

    node: str
    accused_of: Mapping[Topic, int]
    accuses_of: Mapping[Topic, int]


def standings(counts: Counts) -> list[Standing]:
    """Return the nodes that accuse, are accused or rebut, by id.

    Weighted and plain in- and outdegree (Wasserman and Faust, "Social Network Analysis", 1994, chapter 5).
    """
    accuses: Counter[str] = Counter()
    accused: Counter[str] = Counter()
    whom: Counter[str] = Counter()
    by: Counter[str] = Counter()
    rebuts: Counter[str] = Counter()
    for (source, target), number in sums(counts.ties, ActType.ACCUSATION).items():
        accuses[source] += number
        accused[target] += number
        whom[source] += source != target
        by[target] += source != target
    for (source, _), number in sums(counts.ties, ActType.REBUTTAL).items():
        rebuts[source] += number
    names = sorted(accuses.keys() | accused.keys() | rebuts.keys())
    return [Standing(n, accuses[n], accused[n], whom[n], by[n], rebuts[n]) for n in names]


def reciprocity(accusations: Mapping[tuple[str, str], int]) -> Reciprocity:
    """Return how far accusations go both ways.

    ``pairs`` is what :func:`networkx.overall_reciprocity` counts; ``acts`` is the weighted reciprocity of
    Squartini, Picciolo, Ruzzenenti and Garlaschelli, "Reciprocity of weighted networks", Scientific Reports
    3:2729 (2013): of each pair, the smaller of the two weights is returned.  A node's accusations against
    itself are left out of both.

    Args:
        accusations: how many, by accuser and accused.
    """
    others = {ends: count for ends, count in accusations.items() if ends[0] != ends[1]}
    if not others:
        return Reciprocity(None, None)
    back = {ends: others[ends[::-1]] for ends in others if ends[::-1] in others}
    returned = sum(min(others[ends], count) for ends, count in back.items())
    return Reciprocity(len(back) / len(others), returned / sum(others.values()))


def pair_rows(counts: Counts, days: int) -> list[PairRow]:
    """Return who accuses whom how often, most often first, then by ids.

    Args:
        counts: of a store.
        days: how late, in days, an answer may come to count as prompt.
    """
    none = Answered()
    found = [
        PairRow(source, target, tie.count, tie.first, tie.last, *_answers(answered, days))
        for (source, target, type_), tie in counts.ties.items()
        if type_ is ActType.ACCUSATION
        for answered in [counts.answered.get((source, target), none)]
    ]
    return sorted(found, key=lambda row: (-row.accusations, row.source, row.target))


def _answers(answered: Answered, days: int) -> tuple[int, int, int, int, int]:
    prompt = sum(number for delay, number in answered.delays.items() if delay <= days)
    late = answered.accused - answered.same_text - prompt
    return answered.anyone, answered.accused, answered.same_text, prompt, late


def responses(counts: Counts, rows: Iterable[PairRow]) -> list[Response]:
    """Return how every accused node answers, by id.

    An answer is a rebuttal by the accused's side that a document or a link between documents ties to the
    accusation.  In the text that holds the accusation it has no delay to speak of: that text came out at
    once.
    """
    delays: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (_, target), answered in counts.answered.items():
        delays[target].update(answered.delays)
    against: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        against[row.target].update({name: getattr(row, name) for name in _SUMMED})
    found = []
    for node, sums_ in sorted(against.items()):
        total, some, own, same, prompt, late = (sums_[name] for name in _SUMMED)
        found.append(Response(node, total, some, own, same, prompt, late, median(delays[node])))
    return found


_SUMMED = ("accusations", "answered", "by_accused", "same_text", "prompt", "late")


def median(counts: Mapping[int, int]) -> float | None:
    """Return the median of values that are given by how often each occurs; None without values."""
    values = sorted(counts)
    ends = list(accumulate(counts[value] for value in values))
    if not ends:
        return None
    low, high = (ends[-1] - 1) // 2, ends[-1] // 2
    middle = [next(value for value, end in zip(values, ends, strict=True) if end > at) for at in (low, high)]
    return sum(middle) / 2


def topic_profiles(counts: Counts) -> list[TopicProfile]:
    """Return what every node is accused of and accuses others of, by id; topics in their order.

    An accusation of two topics counts under both.
    """
    accused: defaultdict[str, Counter[Topic]] = defaultdict(Counter)
    accuses: defaultdict[str, Counter[Topic]] = defaultdict(Counter)
    for (source, target, topic), number in counts.topics.items():
        accuses[source][topic] += number
        accused[target][topic] += number
    names = sorted(accused.keys() | accuses.keys())
    return [TopicProfile(name, _ordered(accused[name]), _ordered(accuses[name])) for name in names]


def _ordered(counts: Mapping[Topic, int]) -> dict[Topic, int]:
    return {topic: counts[topic] for topic in sorted(counts, key=lambda topic: (-counts[topic], topic))}
