"""Which acts of a store are wanted: by document, actor, date, topic, type, or the answer to a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.errors import QueryError, StoreError
from kg.identifiers import ID, graph_of_document, reading_iri, record_id
from kg.model import Act, ActType, Extraction, Topic
from kg.rdf import read
from kg.rdf.act_triples import ANSWERING
from kg.rdf.namespaces import CT, LINKS
from kg.reviews.effective import Reviews, effective_acts
from kg.store.records import (
    Actors,
    ActorSummary,
    DocumentSummary,
    GraphSource,
    list_actors,
    list_documents,
)
from kg.store.results import Answer, SelectResult, plain
from kg.store.store import Store


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; an act must meet every condition, and an empty condition is met by all.

    Attributes:
        documents: IRIs of documents.
        actors: IRIs or sides of actors that the act is by or against.
        types: kinds of act.
        topics: topics, of which the act has one.
        since, until: ISO dates, possibly partial.  A document whose date is less precise counts if it
            may fall inside; one without a date does not.
        acts: IRIs of acts or of their readings; None for any.
    """

    documents: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    types: frozenset[ActType] = frozenset()
    topics: frozenset[Topic] = frozenset()
    since: str = ""
    until: str = ""
    acts: frozenset[str] | None = None

    @property
    def whole_documents(self) -> bool:
        """Whether a document is wanted with all its acts or not at all."""
        return self.acts is None and not (self.actors or self.types or self.topics)

    def has_document(self, document: DocumentSummary) -> bool:
        """Return whether acts of a document may be wanted."""
        date = document.metadata.date
        if (self.since or self.until) and not date:
            return False
        return (
            (not self.documents or document.iri in self.documents)
            and date >= self.since[: len(date)]
            and date[: len(self.until)] <= (self.until[: len(date)])
        )

    def has_act(self, act: Act) -> bool:
        """Return whether an act of a wanted document is wanted."""
        parties = {part for party in (act.source, act.target) for part in (party.iri, party.side)}
        return (
            (not self.actors or not self.actors.isdisjoint(parties))
            and (not self.types or act.type in self.types)
            and (not self.topics or not self.topics.isdisjoint(act.topics))
            and (self.acts is None or act.act in self.acts or reading_iri(act.id) in self.acts)
        )


EVERYTHING = Selection()
"""All documents with all their acts."""


def named_selection(
    store: Store, selection: Selection, documents: Sequence[str] = (), actors: Sequence[str] = ()
) -> Selection:
    """Return a selection with documents called by name or IRI, and actors by name, side or IRI.

    Raises:
        StoreError: the store has no such document or actor.
    """
    stored, known = list_documents(store) if documents else [], list_actors(store) if actors else []
    wanted = {
        "document": {name: {d.iri for d in stored if name in (d.iri, d.name)} for name in documents},
        "actor": {name: {a.iri for a in known if _is_called(a, name)} for name in actors},
    }
    for what, found in wanted.items():
        for name, iris in found.items():
            if not iris:
                raise StoreError(f"{name}: no such {what} in the store. See: kg query {what}s")
    return replace(
        selection,
        documents=frozenset().union(*wanted["document"].values()),
        actors=frozenset().union(*wanted["actor"].values()),
    )


def _is_called(actor: ActorSummary, name: str) -> bool:
    return name in (actor.iri, actor.side) or name.casefold() == actor.name.casefold()


def answered_selection(selection: Selection, answer: Answer) -> Selection:
    """Return a selection narrowed to the acts that the answer to a query names, in any column.

    If it names documents but no acts, all acts of those documents are meant.

    Raises:
        QueryError: the answer is no table.
    """
    if not isinstance(answer, SelectResult):
        raise QueryError("what is exported is chosen by a SELECT whose answer names acts or documents")
    iris = {cell for row in answer.texts() for cell in row if cell.startswith(ID)}
    acts = frozenset(iri for iri in iris if iri.startswith(ID + "act-"))
    documents = frozenset(iri for iri in iris if iri.startswith(ID + "doc-"))
    if acts or not documents:
        return replace(selection, acts=acts)
    wanted = selection.documents & documents if selection.documents else documents
    return replace(selection, documents=wanted) if wanted else replace(selection, acts=frozenset())


def chosen_documents(store: Store, selection: Selection) -> list[DocumentSummary]:
    """Return the documents that may hold wanted acts, by name."""
    found = filter(selection.has_document, list_documents(store))
    return sorted(found, key=lambda document: (document.name, document.iri))


def extractions(
    store: Store, selection: Selection = EVERYTHING, reviews: Reviews | None = None
) -> Iterator[tuple[Extraction, list[Act]]]:
    """Yield each wanted document with all its acts, and those of them that are wanted.

    One document is held at a time.  A document none of whose acts is wanted is left out.

    Args:
        store: where to read.
        selection: what is wanted.
        reviews: decisions of people, by document, to apply to what the machine read; None for none.

    Raises:
        GraphError: the graph holds a record in part.
        ReviewError: a decision cannot be applied.
    """
    actors, answers = Actors(store), _accepted_answers(store)
    for summary in chosen_documents(store, selection):
        source = GraphSource(store, graph_of_document(summary.iri), actors)
        document = read.read_document(source, summary.iri)
        acts = [
            replace(act, rebuts=(*act.rebuts, *answers.get(act.act, ()))) if act.type in ANSWERING else act
            for act in read.read_acts(source, read.readings_of(source, summary.iri))
        ]
        if reviews is not None and (decisions := reviews.get(document.name)):
            acts = effective_acts(acts, decisions, texts={document.name: document.text}.get)
        wanted = [act for act in acts if selection.has_act(act)]
        if wanted or selection.whole_documents:
            yield Extraction(document, tuple(acts)), wanted


def _accepted_answers(store: Store) -> dict[str, list[str]]:
    """Return the accusations of other documents that acts answer, by links that a person accepted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for predicate in (CT.rebuts, CT.retracts):
        for quad in store.engine.quads(LINKS.value, predicate=predicate.value):
            found[plain(quad.subject)].append(record_id(plain(quad.object), ActType.ACCUSATION))
    return found
