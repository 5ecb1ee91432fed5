"""Counts of the whole: pairs, nodes and numbers, anew or only where documents have changed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from kg.views.index.schema import places
from kg.views.sides import LANGUAGES, side_name

Key = tuple[str, str, str, str, str]
"""Source, target, their sides, and type of an act."""
FEW = 3_000
"""Up to so many keys are counted one by one; more are counted by counting everything."""

_NAMED = "source_side <> 'unnamed' AND target_side <> 'unnamed'"
_ALL = f"""
DELETE FROM actor WHERE key NOT IN
  (SELECT source FROM record UNION SELECT target FROM record UNION SELECT actor FROM reporter);
DELETE FROM pair; DELETE FROM node;
INSERT INTO pair SELECT 'actors', source, target, type, COUNT(*) FROM act GROUP BY source, target, type;
INSERT INTO pair SELECT 'sides', source_side, target_side, type, COUNT(*) FROM act
  WHERE {_NAMED} GROUP BY source_side, target_side, type;
INSERT INTO node SELECT level, node, SUM(times) FROM (
    SELECT level, source AS node, times FROM pair UNION ALL SELECT level, target, times FROM pair
  ) GROUP BY level, node;
"""
_ONE_PAIR = {
    "actors": "SELECT 'actors', source, target, type, COUNT(*) FROM act"
    " WHERE source = ? AND target = ? AND type = ? GROUP BY 1, 2, 3, 4",
    "sides": "SELECT 'sides', source_side, target_side, type, COUNT(*) FROM act"
    f" WHERE source_side = ? AND target_side = ? AND type = ? AND {_NAMED} GROUP BY 1, 2, 3, 4",
}
_ONE_NODE = """
INSERT INTO node SELECT level, node, SUM(times) FROM (
    SELECT level, source AS node, times FROM pair WHERE level = ?1 AND source = ?2
    UNION ALL SELECT level, target, times FROM pair WHERE level = ?1 AND target = ?2
  ) GROUP BY level, node
"""
_TIMES = "SELECT COALESCE(SUM(times), 0) FROM pair WHERE level = 'actors'"
_NUMBERS = {
    "documents": "SELECT COUNT(*) FROM document",
    "acts": _TIMES,
    "actors": "SELECT COUNT(*) FROM node WHERE level = 'actors'",
    "accusations": f"{_TIMES} AND type = 'accusation'",
    "rebuttals": f"{_TIMES} AND type = 'rebuttal'",
    "unnamed": f"SELECT ({_TIMES}) - COALESCE(SUM(times), 0) FROM pair WHERE level = 'sides'",
    "unanswered": "SELECT COALESCE(SUM(members), 0) FROM thread WHERE state = 'unanswered'",
    "disputes": "SELECT COUNT(*) FROM thread",
    "reviewed": "SELECT COUNT(*) FROM judgement WHERE decision <> ''",
    "records": "SELECT COUNT(*) FROM record",
}


def keys_of(index: sqlite3.Connection, documents: Collection[str]) -> set[Key]:
    """Return what the acts of some documents are counted under."""
    text = "SELECT DISTINCT source, target, source_side, target_side, type FROM act WHERE document IN"
    return set(index.execute(f"{text} ({places(documents)})", [*documents]))


def actors_of(index: sqlite3.Connection, documents: Collection[str]) -> set[str]:
    """Return the actors that records of some documents name."""
    text = "SELECT source, target, via FROM record WHERE document IN"
    rows = index.execute(f"{text} ({places(documents)})", [*documents])
    return {name for source, target, via in rows for name in (source, target, *via.split())}


def _forget_actors(index: sqlite3.Connection, actors: Collection[str]) -> None:
    """Drop those of some actors that are in no record any more."""
    for actor in actors:
        index.execute(
            "DELETE FROM actor WHERE key = ?1"
            " AND NOT EXISTS (SELECT 1 FROM node WHERE level = 'actors' AND node = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM reporter WHERE actor = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM record WHERE source = ?1 OR target = ?1)",
            (actor,),
        )


def _sides_of(index: sqlite3.Connection, actors: Collection[str]) -> list[tuple[str]]:
    text = "SELECT DISTINCT side FROM actor WHERE key IN (SELECT value FROM json_each(?))"
    return index.execute(text, (json.dumps([*actors]),)).fetchall()


def count(index: sqlite3.Connection, keys: Collection[Key] | None, actors: Collection[str] = ()) -> None:
    """Count anew what pages show of the whole.  Inside a transaction.

    Args:
        index: the index, with its acts and threads as they now are.
        keys: what acts that went or came are counted under; None to count everything.
        actors: those that records which went named; dropped if no record names them any more.
    """
    if keys is None or len(keys) > FEW:
        for statement in filter(str.strip, _ALL.split(";")):
            index.execute(statement)
        _name_sides(index, None)
    else:
        _count_few(index, keys)
        gone = {side for (side,) in _sides_of(index, actors)}
        _forget_actors(index, actors)
        _name_sides(index, gone | {side for key in keys for side in key[2:4]})
    index.execute("DELETE FROM number")
    for name, text in _NUMBERS.items():
        index.execute(f"INSERT INTO number SELECT ?, ({text})", (name,))


def _count_few(index: sqlite3.Connection, keys: Iterable[Key]) -> None:
    pairs: dict[str, set[tuple[str, str, str]]] = {"actors": set(), "sides": set()}
    for source, target, source_side, target_side, type_ in keys:
        pairs["actors"].add((source, target, type_))
        pairs["sides"].add((source_side, target_side, type_))
    for level, found in pairs.items():
        for pair in found:
            index.execute(
                "DELETE FROM pair WHERE level = ? AND source = ? AND target = ? AND type = ?", (level, *pair)
            )
            index.execute(f"INSERT INTO pair {_ONE_PAIR[level]}", pair)
        for node in {end for pair in found for end in pair[:2]}:
            index.execute("DELETE FROM node WHERE level = ? AND node = ?", (level, node))
            index.execute(_ONE_NODE, (level, node))


def _name_sides(index: sqlite3.Connection, sides: Collection[str] | None) -> None:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for name, side in index.execute("SELECT name, side FROM actor"):
        if sides is None or side in sides:
            names[side][name] += 1
    rows = [
        (side, *(side_name(side, found, language) for language in LANGUAGES)) for side, found in names.items()
    ]
    if sides is None:
        index.execute("DELETE FROM side")
    else:
        index.executemany("DELETE FROM side WHERE side = ?", [(side,) for side in sides])
    index.executemany("INSERT OR REPLACE INTO side VALUES (?, ?, ?)", rows)
