"""What changed between two lists of acts: two versions of a document, or two versions of the extractor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kg.model import Act
from kg.records import act_to_json

REWORDED = 0.75
"""Share of two sentences that must be the same for one to be the other reworded."""
_IGNORED = frozenset({"id", "act", "document", "start", "end", "reasons", "holders", "rebuts"})
"""Fields that say where a record is and how it was found rather than what it says."""


@dataclass(frozen=True, slots=True)
class Change:
    """An act that is in both lists and not the same.

    Attributes:
        old, new: the two.
        fields: names of the fields that differ, with both values.
    """

    old: Act
    new: Act
    fields: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Which acts appeared, vanished or changed, each in the order of its list; the number of the same."""

    appeared: tuple[Act, ...]
    vanished: tuple[Act, ...]
    changed: tuple[Change, ...]
    same: int

    def __bool__(self) -> bool:
        """Return whether there is any difference."""
        return bool(self.appeared or self.vanished or self.changed)


def diff_acts(old: Sequence[Act], new: Sequence[Act]) -> Changes:
    """Compare two lists of acts.

    An act is the same one if it has the same id; failing that the same sentence, type and sides, then the
    same sentence and type, then the same type and sides in a sentence that is nearly the same.  Acts of one
    document are compared with each other; documents that only one side has may have been renamed, as two
    versions of a file are, and are compared together.
    """
    pairs: list[tuple[Act, Act]] = []
    appeared: list[Act] = []
    vanished: list[Act] = []
    for olds, news in _by_document(old, new):
        for key in _KEYS:
            olds, news = _pair_up(olds, news, key, pairs)
        olds, news = _pair_reworded(olds, news, pairs)
        vanished += olds
        appeared += news
    changes = [Change(a, b, fields) for a, b in pairs if (fields := _fields(a, b))]
    order = {id(act): place for place, act in enumerate((*old, *new))}
    changes.sort(key=lambda change: order[id(change.new)])
    return Changes(
        tuple(sorted(appeared, key=lambda act: order[id(act)])),
        tuple(sorted(vanished, key=lambda act: order[id(act)])),
        tuple(changes),
        len(pairs) - len(changes),
    )


def _by_document(old: Sequence[Act], new: Sequence[Act]) -> Iterator[tuple[list[Act], list[Act]]]:
    """Yield what is compared with each other: the acts of one document, then those of renamed ones."""
    names = {act.document for act in old} & {act.document for act in new}
    parts: dict[str, tuple[list[Act], list[Act]]] = {name: ([], []) for name in [*sorted(names), ""]}
    for side, acts in enumerate((old, new)):
        for act in acts:
            parts[act.document if act.document in names else ""][side].append(act)
    yield from parts.values()


_KEYS: tuple[Callable[[Act], Hashable], ...] = (
    lambda act: act.id,
    lambda act: (act.sentence, act.type, act.source.side, act.target.side),
    lambda act: (act.sentence, act.type),
)


def _pair_up(
    olds: Iterable[Act], news: Iterable[Act], key: Callable[[Act], Hashable], pairs: list[tuple[Act, Act]]
) -> tuple[list[Act], list[Act]]:
    """Pair acts with one key, in order; return those that are left."""
    waiting: defaultdict[Hashable, list[Act]] = defaultdict(list)
    for act in news:
        waiting[key(act)].append(act)
    left = []
    for act in olds:
        if waiting[key(act)]:
            pairs.append((act, waiting[key(act)].pop(0)))
        else:
            left.append(act)
    rest = {id(act) for found in waiting.values() for act in found}
    return left, [act for act in news if id(act) in rest]


def _pair_reworded(
    olds: list[Act], news: list[Act], pairs: list[tuple[Act, Act]]
) -> tuple[list[Act], list[Act]]:
    left = []
    for act in olds:
        alike = [(_likeness(act, other), -place) for place, other in enumerate(news)]
        best, place = max(alike, default=(0.0, 0))
        if best >= REWORDED:
            pairs.append((act, news.pop(-place)))
        else:
            left.append(act)
    return left, news


def _likeness(one: Act, other: Act) -> float:
    if one.type is not other.type or one.source.side != other.source.side:
        return 0.0
    if one.target.side != other.target.side:
        return 0.0
    return SequenceMatcher(None, one.sentence, other.sentence, autojunk=False).ratio()


def _fields(old: Act, new: Act) -> tuple[tuple[str, Any, Any], ...]:
    a, b = _said(old), _said(new)
    return tuple((name, a[name], b[name]) for name in a if a[name] != b[name])


def _said(act: Act) -> dict[str, Any]:
    """Return what a record says, without offsets and IRIs."""
    record = {name: value for name, value in act_to_json(act).items() if name not in _IGNORED}
    for name in ("cue", "content"):
        record[name] = record[name] and record[name]["text"]
    for name in ("source", "target"):
        record[name] = f"{record[name]['name']} ({record[name]['side']})"
    record["via"] = [f"{party['name']} ({party['side']})" for party in record["via"]]
    return record
