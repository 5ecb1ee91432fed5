"""Who acts against whom, counted by the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model import UNNAMED, ActType
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.graph import End, Pair
from kg.views.sides import side_key


class Level(StrEnum):
    """What a node stands for: the sides, or each actor of them."""

    SIDES = "sides"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True)
class Part:
    """The nodes of a picture, and how many the whole has."""

    nodes: tuple[str, ...]
    total: int


def top_nodes(corpus: Corpus, level: Level, choice: Choice, limit: int, focus: str = "") -> Part:
    """Return the actors (keys) or sides that are in most acts.

    Args:
        corpus: where to look.
        level: actors or sides.
        choice: the filters.
        limit: how many to return at most.
        focus: an actor or side that comes first, followed by its neighbours only.
    """
    weights, values = _weights(level, choice)
    if focus:
        pairs, inner = _pairs(level, choice)
        to, by = f"SELECT target FROM ({pairs}) WHERE source", f"SELECT source FROM ({pairs}) WHERE target"
        near = f"{to} = ? UNION {by} = ?"
        weights = f"SELECT * FROM ({weights}) WHERE node = ? OR node IN ({near})"
        values = [*values, focus, *inner, focus, *inner, focus]
    ((total,),) = corpus.rows(f"SELECT COUNT(*) FROM ({weights})", values)
    text = f"SELECT node FROM ({weights}) ORDER BY node <> ?, weight DESC, node LIMIT ?"
    return Part(tuple(node for (node,) in corpus.rows(text, [*values, focus, limit])), int(total))


def pairs_between(
    corpus: Corpus, level: Level, choice: Choice, nodes: Sequence[str], language: str
) -> list[Pair]:
    """Return how often each of ``nodes`` did each kind of act to another of them, most often first."""
    pairs, values = _pairs(level, choice)
    places = ", ".join("?" * len(nodes))
    rows = corpus.rows(
        f"SELECT source, target, type, times FROM ({pairs})"
        f" WHERE source IN ({places}) AND target IN ({places}) ORDER BY times DESC, source, target, type",
        [*values, *nodes, *nodes],
    )
    end = _ends(corpus, level, language)
    return [Pair(*end(source), *end(target), ActType(type_), times) for source, target, type_, times in rows]


def _pairs(level: Level, choice: Choice) -> tuple[str, list[object]]:
    """Return the SQL for (source, target, type, times) and its values."""
    if choice == Choice():
        return f"SELECT source, target, type, times FROM pair WHERE level = '{level}'", []
    source, target = ("source_side", "target_side") if level is Level.SIDES else ("source", "target")
    condition, values = choice.condition()
    if level is Level.SIDES:
        condition += f" AND source_side <> '{UNNAMED}' AND target_side <> '{UNNAMED}'"
    text = (
        f"SELECT {source} AS source, {target} AS target, type, COUNT(*) AS times FROM act WHERE {condition}"
    )
    return f"{text} GROUP BY {source}, {target}, type", values


def _weights(level: Level, choice: Choice) -> tuple[str, list[object]]:
    """Return the SQL for (node, weight) and its values."""
    if choice == Choice():
        return f"SELECT node, weight FROM node WHERE level = '{level}'", []
    pairs, values = _pairs(level, choice)
    both = f"SELECT source AS node, times FROM ({pairs}) UNION ALL SELECT target, times FROM ({pairs})"
    return f"SELECT node, SUM(times) AS weight FROM ({both}) GROUP BY node", [*values, *values]


def _ends(corpus: Corpus, level: Level, language: str) -> Callable[[str], End]:
    if level is Level.SIDES:
        names = corpus.side_names(language)
        return lambda side: (side_key(side), names[side])
    return lambda actor: (actor, corpus.actors[actor].name)


def actor_counts(corpus: Corpus, choice: Choice) -> list[tuple[str, int, int, int]]:
    """Return actors with how often each accuses, is accused and answers, those in most acts first."""
    pairs, values = _pairs(Level.ACTORS, choice)
    accuses = "CASE WHEN type = 'accusation' THEN times ELSE 0 END"
    answers = "CASE WHEN type = 'rebuttal' THEN times ELSE 0 END"
    both = (
        f"SELECT source AS actor, {accuses} AS a, 0 AS b, {answers} AS c, times FROM ({pairs})"
        f" UNION ALL SELECT target, 0, {accuses}, 0, times FROM ({pairs})"
    )
    text = (
        f"SELECT actor, SUM(a), SUM(b), SUM(c) FROM ({both}) GROUP BY actor ORDER BY SUM(times) DESC, actor"
    )
    return [(actor, a, b, c) for actor, a, b, c in corpus.rows(text, [*values, *values])]
