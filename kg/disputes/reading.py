"""All acts of a store at once, for linking and for threads.

Reading acts one by one asks the store for a dozen nodes an act.  Here each property is asked for once, over
all nodes, so that the store walks through its index instead of looking things up.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.links.normal import PlacedAct, PlacedDocument
from kg.model import Act
from kg.rdf.act_triples import KINDS
from kg.rdf.namespaces import CT, DC, DCTERMS, OA, RDFS, SCHEMA
from kg.rdf.read import Properties, read_acts
from kg.rdf.reviews import Review
from kg.reviews.effective import effective_acts
from kg.reviews.keeping import stored_reviews
from kg.store.engine import Engine
from kg.store.records import read_document
from kg.store.results import SelectResult, plain
from kg.store.store import Store

_OF_ACTS = (
    CT.inDocument, CT.evidence, CT.speaker, CT.target, CT.reports,
    *dict.fromkeys(kind.answers for kind in KINDS.values()),
)  # fmt: skip
_OF_READINGS = (
    CT.actType, CT.rebuttalType, CT.cue, CT.content, CT.speakerMention, CT.speakerResolution,
    CT.targetMention, CT.targetResolution, CT.via, CT.certainty, CT.topic, CT.mainTopic, CT.counter,
    CT.confidence, CT.reasons, CT.holders,
)  # fmt: skip
_OF_PASSAGES = (OA.hasSelector, OA.start, OA.end, OA.exact)
_OF_ACTORS = (RDFS.label, CT.side)
_OF_DOCUMENTS = (DCTERMS.identifier, DCTERMS.issued, SCHEMA.inLanguage, DC.publisher)


class BulkSource:
    """What records of acts are made of, read from an engine with one pass for each property."""

    def __init__(self, engine: Engine) -> None:
        self._nodes: defaultdict[str, Properties] = defaultdict(dict)
        for predicate in (*_OF_ACTS, *_OF_READINGS, *_OF_PASSAGES, *_OF_ACTORS, *_OF_DOCUMENTS):
            name = predicate.value
            for node, value in _pairs(engine, predicate):
                self._nodes[node].setdefault(name, []).append(value)
        self.acts: dict[str, list[str]] = defaultdict(list)
        """The acts that each reading is of, by the reading."""
        for act, reading in _pairs(engine, CT.reading):
            self.acts[reading].append(act)

    def properties(self, node: str) -> Properties:
        """Return the values of the properties of ``node`` that acts are made of."""
        return self._nodes.get(node, {})

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[str]:
        """Yield the acts that have ``value`` for a reading."""
        assert predicate == CT.reading
        return iter(self.acts.get(value.value, ()))


def _pairs(engine: Engine, predicate: NamedNode) -> Iterator[tuple[str, ...]]:
    """Yield each node with a value of a property: a query decodes two terms, a pattern four."""
    answer = engine.query(f"SELECT ?node ?value {{ ?node {predicate} ?value }}")
    assert isinstance(answer, SelectResult)
    return answer.texts()


def placed_acts(store: Store, reviews: list[Review] | None = None) -> list[PlacedAct]:
    """Return the acts of a store that hold, with what is known of their documents.

    Args:
        store: where to look.
        reviews: decisions of people; those of the store if None.

    Raises:
        ReviewError: a review cannot be applied.
    """
    by_name = _by_document(stored_reviews(store) if reviews is None else reviews)
    source = BulkSource(store.engine)
    acts: defaultdict[str, list[Act]] = defaultdict(list)
    for act in read_acts(source, source.acts):
        acts[source.properties(act.act)[CT.inDocument.value][0]].append(act)
    for iri in _documents_named(store, by_name):
        acts.setdefault(iri, [])
    found: list[PlacedAct] = []
    for iri, held in sorted(acts.items()):
        about = source.properties(iri)
        if mine := by_name.get(_first(about, DCTERMS.identifier)):
            document = read_document(store, iri)
            held = effective_acts(held, mine, texts={document.name: document.text}.get)
        date, language = _first(about, DCTERMS.issued), _first(about, SCHEMA.inLanguage)
        found += [PlacedAct(act, iri, date, language, _first(about, DC.publisher)) for act in held]
    return found


def placed_documents(store: Store) -> list[PlacedDocument]:
    """Return what linking needs of all documents of a store, by IRI."""
    about: dict[str, dict[NamedNode, str]] = {iri: {} for iri, _ in _pairs(store.engine, CT.textSha256)}
    for predicate in (DCTERMS.issued, SCHEMA.inLanguage, DC.publisher):
        for iri, value in _pairs(store.engine, predicate):
            about.get(iri, {})[predicate] = value
    return [
        PlacedDocument(
            iri,
            found.get(DCTERMS.issued, ""),
            found.get(SCHEMA.inLanguage, ""),
            found.get(DC.publisher, ""),
        )
        for iri, found in sorted(about.items())
    ]


def _documents_named(store: Store, names: Iterable[str]) -> Iterator[str]:
    """Yield the documents that have reviews: one may have lost all that the machine found in it."""
    wanted = set(names)
    for quad in store.engine.quads(predicate=DCTERMS.identifier.value):
        if plain(quad.object) in wanted and next(
            store.engine.quads(subject=plain(quad.subject), predicate=CT.textSha256.value), None
        ):
            yield plain(quad.subject)


def _by_document(reviews: Iterable[Review]) -> dict[str, list[Review]]:
    """Return the reviews of acts by the name of the document of the act."""
    found: defaultdict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        record = json.loads(review.record) if review.record else {}
        if "document" in record:
            found[record["document"]].append(review)
    return dict(found)


def _first(node: Properties, predicate: NamedNode) -> str:
    values = node.get(predicate.value)
    return values[0] if values else ""
