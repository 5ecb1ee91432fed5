"""Reads documents, acts and actors from a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import GraphError
from kg.model import Act, ActType, Document, Metadata, Topic
from kg.rdf import read
from kg.rdf.namespaces import ACTORS, PREFIXES, concept
from kg.rdf.read import Properties
from kg.store.engine import Engine, node
from kg.store.results import SelectResult, plain
from kg.store.store import Store


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text; counts are numbers of acts."""

    iri: str
    name: str
    metadata: Metadata
    accusations: int
    rebuttals: int
    acts: int


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """An actor and how many acts it is part of.

    ``accuses`` and ``rebuts`` count acts by the actor, ``accused`` accusations against it.
    """

    iri: str
    name: str
    side: str
    accuses: int
    accused: int
    rebuts: int


class EngineSource:
    """Reads records from an engine, all graphs together."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def properties(self, node: str) -> Properties:
        """Return the values of every property of ``node``."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for quad in self._engine.quads(subject=node):
            found[quad.predicate.value].append(plain(quad.object))
        return found

    def subjects(self, predicate: ox.NamedNode, value: ox.NamedNode) -> Iterator[str]:
        """Yield the nodes that have ``value`` for ``predicate``."""
        for quad in self._engine.quads(predicate=predicate.value, object=value.value):
            yield plain(quad.subject)


class Actors:
    """Looks up actors one by one and keeps them: few are needed for few documents."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._met: dict[str, Properties] = {}

    def properties(self, node: str) -> Properties:
        """Return the values of every property of an actor."""
        if node not in self._met:
            quads = self._store.engine.quads(ACTORS.value, subject=node)
            self._met[node] = read.QuadSource(quads).properties(node)
        return self._met[node]


class GraphSource:
    """Reads one document's graph as a whole, and the actors, which all documents share, as needed.

    Much faster than :class:`EngineSource` for one document after the other.
    """

    def __init__(self, store: Store, graph: str, actors: Actors) -> None:
        self._document, self._actors = read.QuadSource(store.quads(graph)), actors

    def properties(self, node: str) -> Properties:
        """Return the values of every property of ``node``."""
        return self._document.properties(node) or self._actors.properties(node)

    def subjects(self, predicate: ox.NamedNode, value: ox.NamedNode) -> Iterator[str]:
        """Yield the nodes of the document that have ``value`` for ``predicate``."""
        return self._document.subjects(predicate, value)


def list_documents(store: Store) -> list[DocumentSummary]:
    """Return all documents, newest first, then by name."""
    counts = _counts(
        store,
        {
            kind: f"SELECT ?d (COUNT(DISTINCT ?act) AS ?n) {{ {acts} ; ct:inDocument ?d }} GROUP BY ?d"
            for kind, acts in _DOCUMENT_COUNTS.items()
        },
    )
    found = []
    for iri, *values in _rows(store, _DOCUMENTS):
        name, title, publisher, speaker, date, language, url, genre, licence = values
        metadata = Metadata(title, publisher, speaker, date, language, url, _genre(genre), licence)
        found.append(DocumentSummary(iri, name, metadata, **counts[iri]))
    found.sort(key=lambda document: document.name)
    return sorted(found, key=lambda document: document.metadata.date, reverse=True)


def read_document(store: Store, iri: str) -> Document:
    """Return a document with its text.

    Raises:
        GraphError: there is no such document.
    """
    return read.read_document(EngineSource(store.engine), iri)


def read_acts(
    store: Store,
    *,
    document: str | None = None,
    actor: str | None = None,
    type: ActType | None = None,
    topic: Topic | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Act]:
    """Return the acts that meet all conditions, by document and place in it.

    Args:
        store: where to look.
        document: IRI of the document.
        actor: IRI of the source or the target.
        type: what kind of act.
        topic: one of the act's topics.
        since: ISO date, possibly partial; documents of that date or later.
        until: ISO date, possibly partial; documents of that date or earlier.  A document without a
            date meets neither.

    Raises:
        GraphError: the graph holds a record in part.
    """
    conditions = ["?act ct:reading ?reading"]
    if document is not None:
        conditions.append(f"?act ct:inDocument {node(document)}")
    if actor is not None:
        conditions.append(f"?act ct:speaker|ct:target {node(actor)}")
    if type is not None:
        conditions.append(f"?reading ct:actType {concept(type)}")
    if topic is not None:
        conditions.append(f"?reading ct:topic {concept(topic)}")
    if since or until:
        conditions.append(_period(since or "", until or ""))
    text = f"SELECT DISTINCT ?reading {{ {' . '.join(conditions)} }}"
    return read.read_acts(EngineSource(store.engine), (reading for (reading,) in _rows(store, text)))


def list_actors(store: Store) -> list[ActorSummary]:
    """Return all actors, those in most acts first, then by name."""
    counts = _counts(store, _ACTOR_COUNTS)
    found = [ActorSummary(iri, name, side, **counts[iri]) for iri, name, side in _rows(store, _ACTORS)]
    return sorted(found, key=lambda actor: (-actor.accuses - actor.accused - actor.rebuts, actor.name))


_DOCUMENTS = """
SELECT ?d ?name (SAMPLE(?t) AS ?title) (SAMPLE(?p) AS ?publisher) (SAMPLE(?c) AS ?creator)
  (SAMPLE(?i) AS ?date) (SAMPLE(?l) AS ?language) (SAMPLE(?u) AS ?url) (SAMPLE(?k) AS ?genre)
  (SAMPLE(?r) AS ?licence)
{
  ?d a ct:Document ; dcterms:identifier ?name .
  OPTIONAL { ?d dcterms:title ?t } OPTIONAL { ?d dc:publisher ?p } OPTIONAL { ?d dc:creator ?c }
  OPTIONAL { ?d dcterms:issued ?i } OPTIONAL { ?d schema:inLanguage ?l } OPTIONAL { ?d schema:url ?u }
  OPTIONAL { ?d ct:genre|schema:genre ?k } OPTIONAL { ?d schema:license ?r }
} GROUP BY ?d ?name"""

_DOCUMENT_COUNTS = {
    "accusations": "?act a ct:Accusation",
    "rebuttals": "?act a ct:Rebuttal",
    "acts": "?act ct:reading ?reading",
}
"""Which acts each number counts.  Only what was read off the text has a reading: no reports."""

_ACTORS = """
SELECT ?a (MIN(?label) AS ?name) (MIN(?s) AS ?side)
{ ?a a ct:Actor ; rdfs:label ?label ; ct:side ?s } GROUP BY ?a"""

_ACTOR_COUNTS = {
    kind: f"SELECT ?a (COUNT(DISTINCT ?act) AS ?n) {{ ?act a ct:{class_} ; ct:{role} ?a }} GROUP BY ?a"
    for kind, class_, role in (
        ("accuses", "Accusation", "speaker"),
        ("accused", "Accusation", "target"),
        ("rebuts", "Rebuttal", "speaker"),
    )
}


def _period(since: str, until: str) -> str:
    """Return the condition on the date; one of less precision than a limit counts if it may fall inside."""
    first, last = ox.Literal(since), ox.Literal(until or "9999")
    return (
        "?act ct:inDocument/dcterms:issued ?issued BIND(STR(?issued) AS ?date) "
        f"FILTER(?date >= SUBSTR({first}, 1, STRLEN(?date)) && "
        f"SUBSTR(?date, 1, STRLEN({last})) <= SUBSTR({last}, 1, STRLEN(?date)))"
    )


def _genre(written: str) -> str:
    """Return a genre that the graph holds as a concept or as words."""
    return written.rpartition("/")[2].replace("-", "_") if written.startswith(PREFIXES["voc"]) else written


def _counts(store: Store, queries: Mapping[str, str]) -> defaultdict[str, dict[str, int]]:
    """Return what each query counts, by IRI and then by the query's name; 0 where it counts nothing."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(queries, 0))
    for kind, text in queries.items():
        for iri, number in _rows(store, text):
            counts[iri][kind] = int(number)
    return counts


def _rows(store: Store, text: str) -> Iterator[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    answer = store.engine.query(prefixes + text)
    if not isinstance(answer, SelectResult):
        raise GraphError("the query answers no table")
    return answer.texts()
