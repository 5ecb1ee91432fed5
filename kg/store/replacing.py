"""Replaces and removes documents in one update each, and nothing that belongs to others.

A document owns its named graph, the catalogue entry of that graph, and whatever the catalogue says only
about that entry (its run, its software).  Actor descriptions are shared: they go when the last
document that speaks of the actor goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

import pyoxigraph as ox

from kg.identifiers import BASE, GRAPH
from kg.store.engine import Engine
from kg.store.results import SelectResult, Term, plain

CATALOGUE = GRAPH + "catalogue"
ACTORS = GRAPH + "actors"
DIGEST = BASE + "ns#digest"
DOCUMENT_GRAPHS = GRAPH + "doc-"

Triple: TypeAlias = tuple[Term | None, Term | None, Term | None]


def stored_digests(engine: Engine) -> dict[str, str]:
    """Return the digest of every document's graph that the catalogue holds, by graph IRI."""
    rows = _rows(engine, f"SELECT ?g ?d {{ GRAPH <{CATALOGUE}> {{ ?g <{DIGEST}> ?d }} }}")
    return {plain(graph): plain(value) for graph, value in rows}


def stored_digest(engine: Engine, graph: str) -> str | None:
    """Return the digest that the catalogue holds for a document's graph; None if it holds none."""
    rows = _rows(engine, f"SELECT ?d {{ GRAPH <{CATALOGUE}> {{ <{graph}> <{DIGEST}> ?d }} }}")
    return next((plain(value) for (value,) in rows), None)


def incoming_digest(graph: str, quads: Iterable[ox.Quad]) -> str | None:
    """Return the digest that new quads give for a document's graph; None if they give none."""
    found = (
        quad.object.value
        for quad in quads
        if quad.predicate.value == DIGEST and quad.subject == ox.NamedNode(graph)
        if isinstance(quad.object, ox.Literal)
    )
    return next(found, None)


def lacks_any(engine: Engine, quads: Sequence[ox.Quad]) -> bool:
    """Return whether at least one of the quads is not in the engine."""
    return bool(quads) and engine.query(f"ASK {{ {graph_blocks(quads)} }}") is False


def actor_quads(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads that describe actors."""
    return [quad for quad in quads if quad.graph_name == ox.NamedNode(ACTORS)]


def change(engine: Engine, documents: Mapping[str, Sequence[ox.Quad]]) -> str:
    """Return the one update that gives each document graph its new quads; no quads removes the document."""
    incoming = [quad for quads in documents.values() for quad in quads]
    gone = frozenset(documents)
    steps = [f"DROP SILENT GRAPH <{graph}>" for graph in documents]
    steps += _removal(CATALOGUE, _catalogue_entries(engine, gone))
    steps += _removal(ACTORS, _unused_actors(engine, gone, incoming))
    if incoming:
        steps.append(f"INSERT DATA {{ {graph_blocks(incoming)} }}")
    return " ;\n".join(steps)


def graph_blocks(quads: Iterable[ox.Quad]) -> str:
    """Return quads as SPARQL ``GRAPH <g> { … }`` blocks, one for each run of equal graphs."""
    blocks = []
    for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
        lines = "".join(f"{quad.triple} .\n" for quad in group)
        blocks.append(f"GRAPH {graph} {{\n{lines}}}")
    return "\n".join(blocks)


def _removal(graph: str, descriptions: set[Triple]) -> list[str]:
    """Return the operation that removes all that a graph says about the subjects of the triples.

    By pattern: Virtuoso's DELETE DATA leaves literals that have a language.
    """
    if not descriptions:
        return []
    subjects = " ".join(sorted({str(subject) for subject, _, _ in descriptions}))
    pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    return [f"DELETE {{ {pattern} }} WHERE {{ VALUES ?s {{ {subjects} }} {pattern} }}"]


def _catalogue_entries(engine: Engine, graphs: frozenset[str]) -> set[Triple]:
    """What the catalogue says about the graphs, and about things that only these entries name."""
    entry: set[Triple] = set()
    roots = {ox.NamedNode(graph) for graph in graphs}
    waiting: list[Term | None] = [*roots]
    while waiting:
        subject = waiting.pop()
        if not isinstance(subject, ox.NamedNode):
            continue
        if subject not in roots and _named_elsewhere(engine, subject, entry):
            continue
        new = set(_description(engine, subject, CATALOGUE)) - entry
        entry |= new
        waiting.extend(value for _, _, value in new)
    return entry


def _named_elsewhere(engine: Engine, node: ox.NamedNode, entry: set[Triple]) -> bool:
    # One row more than the entry has is enough to know, however popular the node is.
    rows = _rows(engine, f"SELECT ?s ?p {{ GRAPH <{CATALOGUE}> {{ ?s ?p {node} }} }} LIMIT {len(entry) + 1}")
    return any((subject, predicate, node) not in entry for subject, predicate in rows)


def _unused_actors(engine: Engine, graphs: frozenset[str], keep: Sequence[ox.Quad]) -> set[Triple]:
    """Descriptions of actors that only these graphs name, and ``keep``, which will come, does not."""
    kept = {quad.subject for quad in keep} | {quad.object for quad in keep}
    doomed: set[Triple] = set()
    waiting: list[Term | None] = []
    for graph in graphs:
        named = f"SELECT DISTINCT ?a {{ GRAPH <{graph}> {{ ?s ?p ?a }} GRAPH <{ACTORS}> {{ ?a ?q ?v }} }}"
        waiting.extend(actor for (actor,) in _rows(engine, named))
    while waiting:
        actor = waiting.pop()
        if not isinstance(actor, ox.NamedNode) or actor in kept or _actor_used(engine, actor, graphs, doomed):
            continue
        new = set(_description(engine, actor, ACTORS)) - doomed
        doomed |= new
        waiting.extend(value for _, _, value in new)
    return doomed


def _actor_used(engine: Engine, actor: ox.NamedNode, without: frozenset[str], doomed: set[Triple]) -> bool:
    """Return whether another document, the catalogue or a remaining actor names the actor."""
    gone = ", ".join(f"<{graph}>" for graph in without)
    in_documents = (
        f"ASK {{ GRAPH ?g {{ ?s ?p {actor} }} FILTER(?g NOT IN ({gone}) && "
        f'(?g = <{CATALOGUE}> || STRSTARTS(STR(?g), "{DOCUMENT_GRAPHS}"))) }}'
    )
    if engine.query(in_documents) is True:
        return True
    rows = _rows(engine, f"SELECT ?s ?p {{ GRAPH <{ACTORS}> {{ ?s ?p {actor} }} }} LIMIT {len(doomed) + 1}")
    return any((subject, predicate, actor) not in doomed for subject, predicate in rows)


def _description(engine: Engine, subject: ox.NamedNode, graph: str) -> Iterator[Triple]:
    for predicate, value in _rows(engine, f"SELECT ?p ?o {{ GRAPH <{graph}> {{ {subject} ?p ?o }} }}"):
        yield subject, predicate, value


def _rows(engine: Engine, text: str) -> Iterator[tuple[Term | None, ...]]:
    answer = engine.query(text)
    assert isinstance(answer, SelectResult)
    return iter(answer)
