"""A store → counts by pair of nodes.

Documents are read some at a time, two groups beside each other, so that memory goes with the number of pairs
and with the size of a group, never with the number of acts.  Documents of which a person reviewed an act are
read record by record, with the reviews applied.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from networkx.utils import UnionFind

from kg.analysis import queries
from kg.analysis.counts import Counts, Later, Telling
from kg.analysis.nodes import read_nodes
from kg.analysis.options import Options
from kg.analysis.periods import make_calendar
from kg.analysis.queries import TOPICS, TYPES
from kg.analysis.rows import rows
from kg.links.across_proposals import Decisions, Relation
from kg.links.normal_times import day_interval
from kg.model import Act, ActType, Topic
from kg.rdf.reviews import Review
from kg.reviews.effective import effective_acts
from kg.reviews.keeping import stored_reviews
from kg.reviews.links import link_decisions
from kg.store import Store
from kg.store.records import read_acts, read_document

AT_ONCE = 2_000
"""Documents that are read at once; of fifty acts each they take about 150 MB."""
WORKERS = 2
_LOOKED_UP = 1_000
"""Acts that are looked up with one question."""


class Home(NamedTuple):
    """A document: its graph, IRI and date."""

    graph: str
    document: str
    day: str


class Detail(NamedTuple):
    """Who accuses or answers whom in an act (actors' IRIs), when and where."""

    source: str
    target: str
    day: str
    document: str


@dataclass(frozen=True)
class Material:
    """What is known before the acts are counted.

    Attributes:
        homes: documents of the period, by IRI.
        decisions: what people decided about links.
        reviewed: the acts that hold of each document with a review, by document.
        proposals: whether undecided links count.
    """

    homes: Mapping[str, Home]
    decisions: Decisions
    reviewed: Mapping[str, Sequence[Act]] = field(default_factory=dict)
    proposals: bool = True


def read_counts(store: Store, options: Options) -> Counts:
    """Return the counts of a store.

    Raises:
        ReviewError: a review cannot be applied.
        QueryError: the store cannot be read.
    """
    reviews = stored_reviews(store)
    homes = {home.document: home for home in _homes(store, options)}
    held = dict(_reviewed(store, reviews, homes))
    material = Material(homes, link_decisions(reviews), held, options.proposals)
    nodes = read_nodes(store, options.level, material.decisions)
    days = {document: home.day for document, home in homes.items()}
    counts = Counts(nodes, make_calendar(days.values()), days, held)
    later = _read_later(store, counts, material)
    _read_documents(store, counts, material, later)
    for accusation in later.values():
        counts.add_answers((accusation.source, accusation.target), (), accusation)
    counts.echoes = _read_echoes(store, counts, material)
    return counts


def _homes(store: Store, options: Options) -> Iterator[Home]:
    """Yield the documents of the period; a vague date counts if it may be inside."""
    bounded = bool(options.since or options.until)
    for graph, document, day in rows(store, queries.DOCUMENTS):
        after = day >= options.since[: len(day)]
        before = day[: len(options.until)] <= options.until[: len(day)] or not options.until
        if not bounded or (day and after and before):
            yield Home(graph, document, day)


def _reviewed(
    store: Store, reviews: Iterable[Review], homes: Mapping[str, Home]
) -> Iterator[tuple[str, Sequence[Act]]]:
    """Yield the documents of the period that have a review, with their acts that hold."""
    by_name: defaultdict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        record = json.loads(review.record) if review.record else {}
        if "document" in record:
            by_name[record["document"]].append(review)
    for document, name in rows(store, queries.named(by_name)) if by_name else ():
        if document in homes:
            text = read_document(store, document).text
            found = read_acts(store, document=document)
            yield document, effective_acts(found, by_name[name], texts={name: text}.get)


# Documents ------------------------------------------------------------------------------------------------


def _read_documents(store: Store, counts: Counts, material: Material, later: dict[str, Later]) -> None:
    graphs = sorted(h.graph for h in material.homes.values() if h.document not in material.reviewed)
    groups = [graphs[place : place + AT_ONCE] for place in range(0, len(graphs), AT_ONCE)]
    lock = Lock()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda group: _read_group(store, group, counts, later, lock), groups))
    for document, acts in sorted(material.reviewed.items()):
        publisher = read_document(store, document).metadata.publisher
        counts.add_document(acts, material.homes[document].day, publisher, later)


def _read_group(
    store: Store, graphs: Sequence[str], counts: Counts, later: dict[str, Later], lock: Lock
) -> None:
    """Count the acts of some documents; the engine works while another group holds the lock."""
    acts = list(rows(store, queries.ACTS, graphs))
    with lock:
        _fold_acts(counts, acts)
    del acts
    answers = list(rows(store, queries.ANSWERS, graphs))
    chains, inner = (
        list(rows(store, question, graphs)) for question in (queries.CHAINS, queries.INNER_REPORTS)
    )
    with lock:
        _fold_answers(counts, answers, later)
        _fold_reports(counts, chains, inner)


_Rows = Sequence[tuple[str, ...]]


def _fold_acts(counts: Counts, found: _Rows) -> None:
    for source, target, type_, day, bits, number in found:
        topics = _TOPICS_OF[int(bits)] if bits else ()
        counts.add_acts((source, target), TYPES[int(type_)], day, topics, int(number))


class _TopicSets(dict[int, tuple[Topic, ...]]):
    """Topics by their bits."""

    def __missing__(self, bits: int) -> tuple[Topic, ...]:
        self[bits] = tuple(topic for place, topic in enumerate(TOPICS) if bits >> place & 1)
        return self[bits]


_TOPICS_OF = _TopicSets()


def _fold_answers(counts: Counts, found: _Rows, later: dict[str, Later]) -> None:
    speakers: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for act, source, target, speaker in found:
        speakers[act, source, target].append(speaker)
        counts.add_defence(speaker, target)
    for (act, source, target), answering in speakers.items():
        counts.add_answers((source, target), answering, later.pop(act, None))


def _fold_reports(counts: Counts, chains: _Rows, inner: _Rows) -> None:
    """Count the links of every chain that carries an accusation, from its outermost report inwards."""
    known = {report: rest for report, *rest in inner}
    for source, reporter, publisher, report, number in chains:
        times = int(number)
        counts.add_publication(reporter, publisher, times)
        counts.add_report(source, reporter, times)
        while report in known:
            reporter, report, source = known[report]
            counts.add_report(source, reporter, times)


# Links between documents ----------------------------------------------------------------------------------


def _read_later(store: Store, counts: Counts, material: Material) -> dict[str, Later]:
    """Return accusations that are answered in another document, by IRI."""
    pairs = list(_linked(store, Relation.ANSWERS, material))
    answers = _details(store, {answer for answer, _ in pairs}, ActType.REBUTTAL, material)
    accusations = _details(store, {act for _, act in pairs}, ActType.ACCUSATION, material)
    found: dict[str, Later] = {}
    linked: defaultdict[str, list[str]] = defaultdict(list)
    for answer, act in pairs:
        if answer in answers and act in accusations:
            linked[act].append(answer)
            one, other = answers[answer], accusations[act]
            entry = found.setdefault(act, Later(other.source, other.target))
            entry.add(counts.answers_for(one.source, other.target), days_between(other.day, one.day))
            counts.add_defence(one.source, other.target)
    counts.linked_answers = linked
    return found


def days_between(accused: str, answered: str) -> int | None:
    """Return the days between two ISO dates; None if one is vague or missing, or the second is earlier."""
    days = [day_interval(written) for written in (accused, answered)]
    if any(day is None or day.days > 1 for day in days):
        return None
    first, last = (day.first for day in days if day)
    return (last - first).days if last >= first else None


def _read_echoes(store: Store, counts: Counts, material: Material) -> list[tuple[Telling, ...]]:
    """Return groups of accusations that are linked as one allegation, by named parties, in order of time."""
    pairs = list(_linked(store, Relation.SAME_ALLEGATION, material))
    found = _details(store, {act for pair in pairs for act in pair}, ActType.ACCUSATION, material)
    joined = UnionFind()
    for one, other in pairs:
        if one in found and other in found:
            joined.union(one, other)
    groups: defaultdict[str, list[Telling]] = defaultdict(list)
    for act in joined:
        ends = [counts.nodes.of_actor.get(actor) for actor in found[act][:2]]
        if ends[0] is not None and ends[1] is not None:
            groups[joined[act]].append(Telling(act, ends[0], ends[1], found[act].day, found[act].document))
    ordered = (tuple(sorted(group, key=_time_order)) for group in groups.values() if len(group) > 1)
    return sorted(ordered, key=lambda group: (-len(group), _time_order(group[0])))


def _time_order(telling: Telling) -> tuple[str, str]:
    return telling.day or "9999", telling.act


def _linked(store: Store, relation: Relation, material: Material) -> Iterator[tuple[str, str]]:
    question = queries.linked(relation, material.decisions, material.proposals)
    return ((one, other) for one, other in rows(store, question))


def _details(store: Store, acts: Iterable[str], type_: ActType, material: Material) -> dict[str, Detail]:
    """Return what acts of the period are, by IRI; those that a person rejected are left out."""
    found = dict(_looked_up(store, sorted(acts), material.homes))
    for document, held in material.reviewed.items():
        kept = {act.act: act for act in held if act.type is type_}
        for act in [act for act, detail in found.items() if detail.document == document]:
            machine = found.pop(act)
            if act in kept:
                found[act] = machine._replace(source=kept[act].source.iri, target=kept[act].target.iri)
    return found


def _looked_up(store: Store, acts: Sequence[str], homes: Mapping[str, Home]) -> Iterator[tuple[str, Detail]]:
    for place in range(0, len(acts), _LOOKED_UP):
        for act, *detail in rows(store, queries.details(acts[place : place + _LOOKED_UP])):
            if detail[-1] in homes:
                yield act, Detail(*detail)
