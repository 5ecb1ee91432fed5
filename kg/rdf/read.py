"""Quads to records: the inverse of :mod:`kg.rdf.write`.

Everything is read through a :class:`Source`, so that a list of quads, a store on disk and a snapshot are
read by the same code.  Orders that RDF does not keep are restored: acts and ``rebuts`` come in text order,
``topics`` with the main one first and then in the vocabulary's order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.errors import GraphError
from kg.identifiers import ID, record_id
from kg.model import (
    Act,
    ActType,
    Document,
    Extraction,
    Genre,
    Metadata,
    Modality,
    Party,
    Quote,
    RebuttalKind,
    Topic,
)
from kg.rdf.act_triples import KINDS
from kg.rdf.literals import from_lines
from kg.rdf.namespaces import CT, DC, DCTERMS, OA, RDF, RDFS, SCHEMA, concept, member

Term = NamedNode | BlankNode | Literal | Triple
Properties = dict[str, list[str]]
"""Values of each property of one node, by the property's IRI."""

_TOPIC_ORDER = {topic: place for place, topic in enumerate(Topic)}


class Source(Protocol):
    """Where records are read from."""

    def properties(self, node: str) -> Properties:
        """Return the values (IRIs or lexical forms) of every property of ``node``."""

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[str]:
        """Yield the nodes that have ``value`` for ``predicate``."""


class QuadSource:
    """Reads from quads held in memory."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._nodes: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in quads:
            subject, value = _text(quad.subject), _text(quad.object)
            self._nodes[subject][quad.predicate.value].append(value)
            self._subjects[quad.predicate.value, value].append(subject)

    def properties(self, node: str) -> Properties:
        """Return the values of every property of ``node``."""
        return self._nodes.get(node, {})

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[str]:
        """Yield the nodes that have ``value`` for ``predicate``."""
        return iter(self._subjects.get((predicate.value, value.value), ()))


class StoreSource:
    """Reads from a pyoxigraph store, all graphs together."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def properties(self, node: str) -> Properties:
        """Return the values of every property of ``node``."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(NamedNode(node), None, None, None):
            found[quad.predicate.value].append(_text(quad.object))
        return found

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[str]:
        """Yield the nodes that have ``value`` for ``predicate``."""
        for quad in self._store.quads_for_pattern(None, predicate, value, None):
            yield _text(quad.subject)


def _text(term: Term | DefaultGraph) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def read_extraction(quads: Iterable[Quad]) -> Extraction:
    """Return the document and its acts from the quads that :func:`kg.rdf.write.document_quads` wrote.

    Raises:
        GraphError: if the quads hold no document or more than one, or a record lacks a property.
    """
    source = QuadSource(quads)
    documents = list(source.subjects(RDF.type, CT.Document))
    if len(documents) != 1:
        raise GraphError(f"{len(documents)} documents found where one was expected")
    acts = read_acts(source, readings_of(source, documents[0]))
    return Extraction(read_document(source, documents[0]), tuple(acts))


def readings_of(source: Source, document: str) -> Iterator[str]:
    """Yield the IRIs of all readings of one document."""
    for act in source.subjects(CT.inDocument, NamedNode(document)):
        yield from source.properties(act).get(CT.reading.value, ())


def read_document(source: Source, iri: str) -> Document:
    """Return a document with its text and metadata.

    Raises:
        GraphError: if there is no such document.
    """
    found = source.properties(iri)
    if CT.textSha256.value not in found:
        raise GraphError(f"<{iri}>: no such document")
    genre = _optional(found, CT.genre)
    return Document(
        _one(iri, found, DCTERMS.identifier),
        _one(iri, found, SCHEMA.text),
        Metadata(
            title=_optional(found, DCTERMS.title),
            publisher=_optional(found, DC.publisher),
            speaker=_optional(found, DC.creator),
            date=_optional(found, DCTERMS.issued),
            language=_optional(found, SCHEMA.inLanguage),
            url=_optional(found, SCHEMA.url),
            genre=member(Genre, genre).value if genre else _optional(found, SCHEMA.genre),
            licence=_optional(found, SCHEMA.license),
            inferred=_lines(found, CT.inferredFields),
        ),
    )


def read_acts(source: Source, readings: Iterable[str]) -> list[Act]:
    """Return the acts of the given readings in text order (document, place of sentence, cue, type, id).

    Raises:
        GraphError: if a reading or what it needs is not in the source.
    """
    reader = _ActReader(source)
    acts = [reader.act(iri) for iri in readings]
    return sorted(acts, key=lambda act: (act.document, *_place(act)))


def _place(act: Act) -> tuple[int, int, int, str, str]:
    return act.start, act.end, act.cue.start, act.type, act.id


class _ActReader:
    """Reads acts and keeps the passages, actors and documents it has met."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._actors: dict[str, tuple[str, str]] = {}
        self._quotes: dict[str, Quote] = {}
        self._names: dict[str, str] = {}

    def act(self, iri: str) -> Act:
        reading = self._source.properties(iri)
        owners = list(self._source.subjects(CT.reading, NamedNode(iri)))
        if len(owners) != 1:
            raise GraphError(f"<{iri}>: the reading of {len(owners)} acts, not of one")
        act = self._source.properties(owners[0])
        evidence = self._quote(_one(owners[0], act, CT.evidence))
        type_ = member(ActType, _one(iri, reading, CT.actType))
        rebuttal = _optional(reading, CT.rebuttalType)
        return Act(
            id=iri.removeprefix(ID),
            act=owners[0],
            document=self._document_name(_one(owners[0], act, CT.inDocument)),
            type=type_,
            start=evidence.start,
            end=evidence.end,
            sentence=evidence.text,
            cue=self._quote(_one(iri, reading, CT.cue)),
            content=self._optional_quote(reading, CT.content),
            source=self._party(
                _one(owners[0], act, CT.speaker), reading, CT.speakerMention, CT.speakerResolution
            ),
            target=self._party(
                _one(owners[0], act, CT.target), reading, CT.targetMention, CT.targetResolution
            ),
            via=tuple(self._via(_optional(reading, CT.via), owners[0])),
            modality=member(Modality, _one(iri, reading, CT.certainty)),
            topics=_topics(reading),
            kind=member(RebuttalKind, rebuttal) if rebuttal else None,
            rebuts=self._answered(act.get(KINDS[type_].answers.value, ())),
            counter=CT.counter.value in reading,
            confidence=float(_one(iri, reading, CT.confidence)),
            reasons=_lines(reading, CT.reasons),
            holders=_lines(reading, CT.holders),
        )

    def _document_name(self, iri: str) -> str:
        if iri not in self._names:
            self._names[iri] = _one(iri, self._source.properties(iri), DCTERMS.identifier)
        return self._names[iri]

    def _quote(self, passage: str) -> Quote:
        if passage not in self._quotes:
            merged: Properties = {}
            for selector in self._source.properties(passage).get(OA.hasSelector.value, ()):
                merged.update(self._source.properties(selector))
            start, end = _one(passage, merged, OA.start), _one(passage, merged, OA.end)
            self._quotes[passage] = Quote(int(start), int(end), _one(passage, merged, OA.exact))
        return self._quotes[passage]

    def _optional_quote(self, node: Properties, predicate: NamedNode) -> Quote | None:
        passage = _optional(node, predicate)
        return self._quote(passage) if passage else None

    def _party(self, actor: str, node: Properties, mention: NamedNode, resolution: NamedNode) -> Party:
        if actor not in self._actors:
            found = self._source.properties(actor)
            # spellings of one name that differ in case share an IRI: take the same one every time
            self._actors[actor] = min(found.get(RDFS.label.value, [""])), _one(actor, found, CT.side)
        name, side = self._actors[actor]
        return Party(self._optional_quote(node, mention), name, side, actor, _optional(node, resolution))

    def _via(self, report: str, act: str) -> Iterator[Party]:
        met: set[str] = set()
        while report and report != act:
            if report in met:
                raise GraphError(f"<{report}>: a report that reports itself")
            met.add(report)
            found = self._source.properties(report)
            speaker = _one(report, found, CT.speaker)
            yield self._party(speaker, found, CT.speakerMention, CT.speakerResolution)
            report = _one(report, found, CT.reports)

    def _answered(self, acts: Iterable[str]) -> tuple[str, ...]:
        places = []
        for iri in acts:
            passage = _optional(self._source.properties(iri), CT.evidence)
            quote = self._quote(passage) if passage else Quote(0, 0, "")
            places.append((quote.start, quote.end, record_id(iri, ActType.ACCUSATION)))
        return tuple(record for _, _, record in sorted(places))


def _topics(reading: Properties) -> tuple[Topic, ...]:
    topics = [member(Topic, iri) for iri in reading.get(CT.topic.value, ())]
    main = _optional(reading, CT.mainTopic)
    return tuple(sorted(topics, key=lambda topic: (concept(topic).value != main, _TOPIC_ORDER[topic])))


def _one(iri: str, node: Properties, predicate: NamedNode) -> str:
    values = node.get(predicate.value, ())
    if not values:
        raise GraphError(f"<{iri}>: has no <{predicate.value}>")
    return values[0]


def _optional(node: Properties, predicate: NamedNode) -> str:
    values = node.get(predicate.value)
    return values[0] if values else ""


def _lines(node: Properties, predicate: NamedNode) -> tuple[str, ...]:
    values = node.get(predicate.value)
    return from_lines(values[0]) if values else ()
