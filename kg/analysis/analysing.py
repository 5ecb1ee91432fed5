"""A store → everything that can be said of its disputes as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import networkx as nx

from kg.analysis import graphs, measures
from kg.analysis.balance import Frustration, Triads, count_triads, measure_frustration
from kg.analysis.brokers import Broker, carrying_graph, find_brokers, sample_size
from kg.analysis.bursts import find_bursts
from kg.analysis.camps import find_camps, signed_modularity
from kg.analysis.counts import Counts, Telling, sums
from kg.analysis.evidence import Shown
from kg.analysis.measures import PairRow, Reciprocity, Response, Standing, TopicProfile
from kg.analysis.nodes import Node
from kg.analysis.options import Options
from kg.analysis.periods import Calendar, totals
from kg.model import ActType

IN_CAMPS = 1_000
"""Nodes, the most active first, among which camps are looked for: who acts once or twice is in none."""
_WATCHED = 100
"""Accused nodes, the most accused first, whose bursts are looked for."""
_LEAST = 3
"""Accusations that make a burst."""


@dataclass(frozen=True, slots=True)
class Camp:
    """Nodes of one camp, the most active first, with what they say of each other and of the rest (acts)."""

    nodes: tuple[str, ...]
    against_inside: int
    against_outside: int
    for_inside: int


@dataclass(frozen=True, slots=True)
class Camps:
    """The camps of the signed graph.

    Attributes:
        camps: those of two and more nodes, largest first.
        alone: nodes in no camp.
        modularity: how well the camps part the graph, from -1 to 1.
        left_out: less active nodes that were not looked at.
    """

    camps: tuple[Camp, ...]
    alone: int
    modularity: float
    left_out: int


@dataclass(frozen=True, slots=True)
class Echo:
    """One allegation that several documents tell, in order of time.

    ``voices`` are those who accuse, in the order of their first telling; ``days`` is the time from the first
    to the last telling, None if one of their dates is missing or vague.
    """

    target: str
    tellings: tuple[Telling, ...]
    voices: tuple[str, ...]
    documents: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Burst:
    """A time in which a node is accused more often than usual: ISO dates, both included."""

    node: str
    first: str
    last: str
    accusations: int
    weight: float


@dataclass(frozen=True)
class Analysis:
    """All results.  Lists of nodes are by id, other lists the strongest first.

    Attributes:
        options: what was asked for.
        counts: what the results were made from.
        graph: the signed, directed, time-stamped multigraph (see :func:`kg.analysis.graphs.actor_graph`).
        sampled: starting points from which betweenness was estimated; None if it is exact.
        evidence: every number that a report shows, with its acts (see :mod:`kg.analysis.gathering`).
    """

    options: Options
    counts: Counts
    graph: nx.MultiDiGraph
    standings: Sequence[Standing]
    pairs: Sequence[PairRow]
    reciprocity: Reciprocity
    responses: Sequence[Response]
    triads: Triads
    frustration: Frustration
    camps: Camps
    brokers: Sequence[Broker]
    sampled: int | None
    echoes: Sequence[Echo]
    topics: Sequence[TopicProfile]
    bursts: Sequence[Burst]
    evidence: Mapping[str, Shown] = field(default_factory=dict)

    @property
    def nodes(self) -> Mapping[str, Node]:
        """All nodes by id."""
        return self.counts.nodes.by_id

    def name(self, node: str, language: str) -> str:
        """Return what a node is called."""
        return self.nodes[node].names[language]


def analyse_counts(counts: Counts, options: Options) -> Analysis:
    """Return the analysis of what was counted; see :mod:`kg.analysis` for that of a store."""
    graph = graphs.actor_graph(counts)
    signed = graphs.signed_graph(graph)
    active = graphs.most_active(signed, IN_CAMPS)
    camps = find_camps(active)
    carrying = carrying_graph(counts.reports)
    rows = measures.pair_rows(counts, options.days)
    return Analysis(
        options=options,
        counts=counts,
        graph=graph,
        standings=measures.standings(counts),
        pairs=rows,
        reciprocity=measures.reciprocity(sums(counts.ties, ActType.ACCUSATION)),
        responses=measures.responses(counts, rows),
        triads=count_triads(signed),
        frustration=measure_frustration(active, camps),
        camps=_camps(active, camps, len(signed) - len(active)),
        brokers=find_brokers(carrying),
        sampled=sample_size(carrying),
        echoes=_echoes(counts),
        topics=measures.topic_profiles(counts),
        bursts=_bursts(counts),
    )


def _camps(graph: nx.Graph, found: Sequence[set[str]], left_out: int) -> Camps:
    place = {node: number for number, camp in enumerate(found) for node in camp}
    inside: Counter[tuple[int, str]] = Counter()
    outside: Counter[int] = Counter()
    strength: Counter[str] = Counter()
    for one, other, data in graph.edges(data=True):
        for node in (one, other):
            strength[node] += data["positive"] + data["negative"]
        if place[one] == place[other]:
            for sign in ("positive", "negative"):
                inside[place[one], sign] += data[sign]
        else:
            outside.update({place[one]: data["negative"], place[other]: data["negative"]})
    camps = [
        Camp(
            tuple(sorted(camp, key=lambda node: (-strength[node], node))),
            inside[number, "negative"],
            outside[number],
            inside[number, "positive"],
        )
        for number, camp in enumerate(found)
        if len(camp) > 1
    ]
    return Camps(tuple(camps), len(found) - len(camps), signed_modularity(graph, found), left_out)


def _echoes(counts: Counts) -> list[Echo]:
    """Return allegations by the number of voices, then of tellings; dates order tellings, not causes."""
    found = []
    for group in counts.echoes:
        voices = tuple(dict.fromkeys(telling.source for telling in group))
        documents = len({telling.document for telling in group})
        found.append(Echo(group[0].target, group, voices, documents, _span(group)))
    return sorted(found, key=lambda echo: (-len(echo.voices), -len(echo.tellings), echo.tellings[0].act))


def _span(group: Sequence[Telling]) -> int | None:
    try:
        days = [date.fromisoformat(telling.day) for telling in group]
    except ValueError:
        return None
    return (max(days) - min(days)).days


def _bursts(counts: Counts) -> list[Burst]:
    """Return the bursts of the most accused nodes, by weight."""
    accused: Counter[str] = Counter()
    for (node, _), number in counts.periods.items():
        accused[node] += number
    length = len(counts.calendar.starts)
    everything = totals(((place, number) for (_, place), number in counts.periods.items()), length)
    watched = sorted(accused, key=lambda node: (-accused[node], node))[:_WATCHED]
    series = {node: [0] * length for node in watched}
    for (node, place), number in counts.periods.items():
        if node in series:
            series[node][place] = number
    found = [
        burst for node in watched for burst in _bursts_of(node, series[node], everything, counts.calendar)
    ]
    return sorted(found, key=lambda burst: (-burst.weight, burst.node, burst.first))


def _bursts_of(
    node: str, events: Sequence[int], everything: Sequence[int], calendar: Calendar
) -> list[Burst]:
    return [
        Burst(node, calendar.starts[found.first], calendar.last_day(found.last), number, found.weight)
        for found in find_bursts(events, everything)
        if (number := sum(events[found.first : found.last + 1])) >= _LEAST
    ]
