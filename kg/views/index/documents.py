"""One document of a store with its acts and what people decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.errors import GraphError, ReviewError
from kg.identifiers import graph_of_document
from kg.model import Act, Document
from kg.rdf.namespaces import CT, RDF
from kg.rdf.read import read_acts, read_document, readings_of
from kg.rdf.reviews import Review
from kg.reviews.effective import ReviewedAct, Reviews, apply_reviews
from kg.store import Store
from kg.store.records import Actors, GraphSource


class Reading(NamedTuple):
    """A document: its IRI, itself, its records with what people decided about each."""

    iri: str
    document: Document
    records: list[ReviewedAct]


def readings(store: Store, graph: str, reviews: Reviews, actors: Actors) -> Iterator[Reading]:
    """Yield the documents of a graph; there is one in every graph that ClaimTrack wrote."""
    source = GraphSource(store, graph, actors)
    for iri in list(source.subjects(RDF.type, CT.Document)):
        document = read_document(source, iri)
        acts = read_acts(source, readings_of(source, iri))
        yield Reading(iri, document, _decided(document, acts, reviews.get(document.name, ())))


def read_one(store: Store, iri: str, reviews: Reviews) -> Reading:
    """Return one document by its IRI.

    Raises:
        GraphError: there is no such document.
    """
    for reading in readings(store, graph_of_document(iri), reviews, Actors(store)):
        return reading
    raise GraphError(f"<{iri}>: no such document")


def _decided(document: Document, acts: Sequence[Act], reviews: Sequence[Review]) -> list[ReviewedAct]:
    try:
        return apply_reviews(acts, reviews, texts={document.name: document.text}.get)
    except ReviewError:  # one bad line of a replayed file must not take the pages away
        return [ReviewedAct(act, act) for act in acts]
