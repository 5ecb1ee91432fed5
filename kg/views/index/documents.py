"""One document of a store with its acts and what people decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.errors import ReviewError
from kg.identifiers import graph_of_document
from kg.model import Act, Document
from kg.rdf.namespaces import ACTORS, CT, RDF
from kg.rdf.read import Properties, QuadSource, read_acts, read_document, readings_of
from kg.rdf.reviews import Review
from kg.reviews.effective import ReviewedAct, Reviews, apply_reviews
from kg.store import Store


class Reading(NamedTuple):
    """A document: its IRI, itself, its records with what people decided about each."""

    iri: str
    document: Document
    records: list[ReviewedAct]


class Actors:
    """Looks up actors one by one and keeps them: few are needed for few documents."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._met: dict[str, Properties] = {}

    def properties(self, node: str) -> Properties:
        """Return the values of every property of an actor."""
        if node not in self._met:
            quads = self._store.engine.quads(ACTORS.value, subject=node)
            self._met[node] = QuadSource(quads).properties(node)
        return self._met[node]


class _Layered:
    """Looks into a document's graph, then among the actors, which all documents share."""

    def __init__(self, document: QuadSource, actors: Actors) -> None:
        self._document, self._actors = document, actors

    def properties(self, node: str) -> Properties:
        """Return the values of every property of ``node``."""
        return self._document.properties(node) or self._actors.properties(node)

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[str]:
        """Yield the nodes of the document that have ``value`` for ``predicate``."""
        return self._document.subjects(predicate, value)


def readings(store: Store, graph: str, reviews: Reviews, actors: Actors) -> Iterator[Reading]:
    """Yield the documents of a graph; there is one in every graph that ClaimTrack wrote."""
    source = _Layered(QuadSource(store.quads(graph)), actors)
    for iri in list(source.subjects(RDF.type, CT.Document)):
        document = read_document(source, iri)
        acts = read_acts(source, readings_of(source, iri))
        yield Reading(iri, document, _decided(document, acts, reviews.get(document.name, ())))


def read_one(store: Store, iri: str, reviews: Reviews) -> Reading:
    """Return one document by its IRI."""
    return next(readings(store, graph_of_document(iri), reviews, Actors(store)))


def _decided(document: Document, acts: Sequence[Act], reviews: Sequence[Review]) -> list[ReviewedAct]:
    try:
        return apply_reviews(acts, reviews, texts={document.name: document.text}.get)
    except ReviewError:  # one bad line of a replayed file must not take the pages away
        return [ReviewedAct(act, act) for act in acts]
