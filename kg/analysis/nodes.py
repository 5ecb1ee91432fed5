"""Nodes of the actor graph: every named actor, or every side with the actors that speak for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.options import Level
from kg.analysis.queries import ACTORS_QUESTION
from kg.analysis.rows import rows
from kg.gazetteer import load_gazetteer
from kg.links.across_proposals import Decisions, Relation
from kg.store import Store
from kg.views.graph import key
from kg.views.sides import LANGUAGES, side_key, side_name


@dataclass(frozen=True, slots=True)
class Node:
    """A party to disputes.

    Attributes:
        id: as links of the app name it.
        names: what it is called, by language.
        side: the side that it is, or speaks for.
        actors: IRIs of its actors, sorted; none for a publisher that no act names.
    """

    id: str
    names: Mapping[str, str]
    side: str
    actors: tuple[str, ...] = ()


class Nodes:
    """All nodes by id, and which actor belongs to which.

    Parties that the texts do not name are no nodes: nothing tells two of them apart.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.by_id = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
        self.of_actor = {actor: node.id for node in self.by_id.values() for actor in node.actors}
        self.side = {actor: node.side for node in self.by_id.values() for actor in node.actors}
        self._by_name = {
            name.casefold(): node.id for node in self.by_id.values() for name in node.names.values()
        }

    def publisher(self, name: str) -> str:
        """Return the node of a publisher: the party of its name, else one that is made for it."""
        known = self._by_name.get(name.casefold())
        if known is None:
            known = side_key(f"publisher {name}")
            self.by_id[known] = Node(known, dict.fromkeys(LANGUAGES, name), name.casefold())
            self._by_name[name.casefold()] = known
        return known


def read_nodes(store: Store, level: Level, decisions: Decisions) -> Nodes:
    """Return the nodes of a store.

    Args:
        store: where to look.
        level: actors or sides.
        decisions: what people decided about links; actors that a person said are one are one node.
    """
    found = {iri: (name, side) for iri, name, side in rows(store, ACTORS_QUESTION)}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    merged = _merged(decisions)
    for iri in found:
        first = merged.get(iri, iri)
        name = key(first) if level is Level.ACTORS else side_key(found.get(first, found[iri])[1])
        groups[name].append(iri)
    return Nodes(_node(name, sorted(actors), found, level) for name, actors in groups.items())


def _merged(decisions: Decisions) -> dict[str, str]:
    """Return the first of the actors that are one, for each actor that is one with another."""
    parent: dict[str, str] = {}

    def root(actor: str) -> str:
        while actor in parent:
            actor = parent[actor]
        return actor

    for link, accepted in sorted(decisions.items()):
        if accepted and link.relation is Relation.SAME_ACTOR:
            one, other = sorted((root(link.subject), root(link.object)))
            if one != other:
                parent[other] = one
    return {actor: root(actor) for actor in parent}


def _node(name: str, actors: list[str], found: Mapping[str, tuple[str, str]], level: Level) -> Node:
    label, side = found[actors[0]]
    if level is Level.SIDES:
        labels = [found[actor][0] for actor in actors]
        names = {language: side_name(side, labels, language) for language in LANGUAGES}
    else:
        entry = load_gazetteer().entry(side)
        known = entry.names if entry and entry.name == label else {}
        names = {language: known.get(language, label) for language in LANGUAGES}
    return Node(name, names, side, tuple(actors))
