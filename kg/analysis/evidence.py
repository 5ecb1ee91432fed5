"""Which acts a number stands for: their words, their documents and what answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from kg.analysis.counts import Counts
from kg.identifiers import reading_iri, record_id
from kg.model import Act, ActType
from kg.rdf.namespaces import CT, DC, DCTERMS, RDF, SCHEMA
from kg.rdf.read import read_acts
from kg.store import Store
from kg.store.records import EngineSource
from kg.store.results import plain

SHOWN = 12
"""Acts that a number is shown with; further ones are found in the app and in the store."""
_SCANNED, _READ = 5_000, 200
"""Acts of a party that are looked at for one number, and those of them that are read whole.  On a store of
millions a rare act may lie beyond them.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """The document of an act."""

    iri: str
    title: str
    publisher: str
    day: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Item:
    """An act with its document and what answers it."""

    act: Act
    source: Source
    answers: tuple[tuple[Act, Source], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The acts that a number stands for: ``count`` of them, of which ``items`` are shown, by date."""

    count: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that a report shows, and its evidence.

    Attributes:
        what: kind of number (``pair``, ``by``, ``against``, ``answered``, ``open``, ``met``, ``topic``,
            ``carried``, ``echo``, ``burst``).
        evidence: the acts that it counts.
        source, target: the nodes that it is about; empty for anybody.
        topic: what the accusations are about; empty for anything.
        first, last: ISO dates of the time that it is about; empty for all.
    """

    what: str
    evidence: Evidence
    source: str = ""
    target: str = ""
    topic: str = ""
    first: str = ""
    last: str = ""


_ALWAYS = ("", "9999")


def anything(item: Item) -> bool:
    """Let every act through."""
    return True


class Finder:
    """Finds the accusations that a number of an analysis counts.

    Looks single acts up in the store and stops when it has enough, so that the size of the store does not
    matter.  Documents of which people reviewed an act are searched as they reviewed them.
    """

    def __init__(self, store: Store, counts: Counts) -> None:
        self._engine, self._records = store.engine, EngineSource(store.engine)
        self._counts = counts
        self._source = lru_cache(maxsize=4_096)(self._read_source)

    def accusations(
        self,
        count: int,
        source: str = "",
        target: str = "",
        keep: Callable[[Item], bool] = anything,
        during: tuple[str, str] = _ALWAYS,
    ) -> Evidence:
        """Return accusations by one node, against another, or both.

        Args:
            count: how many there are, as counted.
            source, target: nodes; empty for anybody.
            keep: which of them count.
            during: ISO dates of the first and the last day of their documents.
        """
        found = islice(self._candidates(source, target, during), _READ)
        items = islice(filter(keep, map(self._item, found)), SHOWN)
        return Evidence(count, tuple(sorted(items, key=lambda item: (item.source.day, item.act.id))))

    def of(self, count: int, acts: Iterable[str]) -> Evidence:
        """Return these accusations (IRIs of acts), in their order."""
        return Evidence(count, tuple(map(self._item, map(self._accusation, islice(acts, SHOWN)))))

    def carried(self, count: int, node: str) -> Evidence:
        """Return accusations that a node reports."""
        found = islice(self._reported(node), SHOWN)
        return Evidence(count, tuple(map(self._item, map(self._accusation, found))))

    # Candidates -------------------------------------------------------------------------------------

    def _candidates(self, source: str, target: str, during: tuple[str, str]) -> Iterator[Act]:
        """Yield accusations of documents of the time, those that people reviewed first."""
        for home, acts in self._counts.reviewed.items():
            if self._is_of(home, during):
                yield from (act for act in acts if self._fits(act, source, target))
        for iri in self._between(source, target, during):
            if self._counts_as_read(iri):
                yield self._accusation(iri)

    def _is_of(self, document: str, during: tuple[str, str]) -> bool:
        """Whether the date of a document, possibly partial, may be of a time."""
        first, last = during
        day = self._counts.days.get(document)
        return day is not None and first[: len(day)] <= day <= last

    def _fits(self, act: Act, source: str, target: str) -> bool:
        ends = (
            self._counts.nodes.of_actor.get(act.source.iri),
            self._counts.nodes.of_actor.get(act.target.iri),
        )
        wanted = source or ends[0], target or ends[1]
        return act.type is ActType.ACCUSATION and None not in ends and ends == wanted

    def _between(self, source: str, target: str, during: tuple[str, str]) -> Iterator[str]:
        """Yield acts of any type between two nodes, looked up from the end that is in fewer acts."""
        ends = [
            (node, role) for node, role in ((source, CT.speaker.value), (target, CT.target.value)) if node
        ]
        ends.sort(key=lambda end: self._counts.weight[end[0]])
        (node, role), others = ends[0], ends[1:]
        actors = self._counts.nodes.by_id[node].actors
        found = chain.from_iterable(self._engine.quads(predicate=role, object=actor) for actor in actors)
        for act in (plain(quad.subject) for quad in islice(found, _SCANNED)):
            if all(self._node(act, other_role) == other for other, other_role in others):
                if during == _ALWAYS or self._is_of(self._value(act, CT.inDocument.value), during):
                    yield act

    def _node(self, act: str, role: str) -> str | None:
        actors = (plain(quad.object) for quad in self._engine.quads(subject=act, predicate=role))
        return self._counts.nodes.of_actor.get(next(actors, ""))

    def _counts_as_read(self, act: str) -> bool:
        """Whether an act is an accusation of a document of the period that nobody reviewed."""
        types = self._engine.quads(subject=act, predicate=RDF.type.value, object=CT.Accusation.value)
        home = self._value(act, CT.inDocument.value)
        counted = home in self._counts.days and home not in self._counts.reviewed
        return counted and next(types, None) is not None and self._is_named(act)

    def _is_named(self, act: str) -> bool:
        return None not in (self._node(act, CT.speaker.value), self._node(act, CT.target.value))

    def _reported(self, node: str) -> Iterator[str]:
        """Yield the accusations of others that a node reports, at first or second hand."""
        for actor in self._counts.nodes.by_id[node].actors:
            for quad in self._engine.quads(predicate=CT.speaker.value, object=actor):
                inner = self._value(plain(quad.subject), CT.reports.value)
                if inner and self._node(inner, CT.speaker.value) not in {None, node}:
                    while deeper := self._value(inner, CT.reports.value):
                        inner = deeper
                    if self._counts_as_read(inner):
                        yield inner

    # Records ----------------------------------------------------------------------------------------

    def _accusation(self, iri: str) -> Act:
        for acts in self._counts.reviewed.values():
            for act in acts:
                if act.act == iri and act.type is ActType.ACCUSATION:
                    return act
        return self._read(iri, ActType.ACCUSATION)

    def _read(self, iri: str, type_: ActType) -> Act:
        return read_acts(self._records, [reading_iri(record_id(iri, type_))])[0]

    def _item(self, act: Act) -> Item:
        return Item(
            act, self._source(self._value(act.act, CT.inDocument.value)), tuple(self._answers(act.act))
        )

    def _answers(self, act: str) -> Iterator[tuple[Act, Source]]:
        """Yield the rebuttals of an accusation, said so or linked, unless a person rejected them."""
        said = [plain(quad.subject) for quad in self._engine.quads(predicate=CT.rebuts.value, object=act)]
        for answer in sorted({*said, *self._counts.linked_answers.get(act, ())}):
            home = self._value(answer, CT.inDocument.value)
            if home in self._counts.days:
                yield from ((found, self._source(home)) for found in self._rebuttals(answer, home))

    def _rebuttals(self, iri: str, home: str) -> list[Act]:
        if home in self._counts.reviewed:
            held = self._counts.reviewed[home]
            return [act for act in held if act.act == iri and act.type is ActType.REBUTTAL]
        return [self._read(iri, ActType.REBUTTAL)]

    def _value(self, subject: str, predicate: str) -> str:
        found = self._engine.quads(subject=subject, predicate=predicate)
        return next((plain(quad.object) for quad in found), "")

    def _read_source(self, iri: str) -> Source:
        names = (DCTERMS.title, DC.publisher, DCTERMS.issued, SCHEMA.url, SCHEMA.inLanguage)
        title, *others = (self._value(iri, name.value) for name in names)
        return Source(iri, title or self._value(iri, DCTERMS.identifier.value), *others)
