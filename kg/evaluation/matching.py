"""Which predicted act is which gold act, and whether two parties are the same.

An act is *found* when a predicted act of the same type covers at least half of the gold sentence, or lies at
least half in it, one to one.  It is *right* when source and target agree too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluation.acts import ComparedAct, Named
from kg.model import UNNAMED

LEAST_OVERLAP = 0.5
"""Share of the shorter of two sentences that must lie in the other."""
_CODE = re.compile(r"[A-Z]{2,5}")
_SHORTEST_NAME = 3
"""Characters below which a name is too short to be recognised within another."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold act and the predicted act that found it."""

    gold: ComparedAct
    predicted: ComparedAct
    source_agrees: bool
    target_agrees: bool

    @property
    def is_right(self) -> bool:
        """Whether both parties agree."""
        return self.source_agrees and self.target_agrees


def plain(words: str) -> str:
    """Return words in lower case without accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", words.lower())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def same_party(one: Named, other: Named) -> bool:
    """Whether two parties are the same: one side, or, without a code, one name within the other."""
    if plain(one.side) == plain(other.side):
        return True
    sides = (one.side, other.side)
    if UNNAMED in sides or any(_CODE.fullmatch(side) for side in sides):
        return False
    return any(_within(a, b) or _within(b, a) for a in _names(one) for b in _names(other))


def _names(party: Named) -> set[str]:
    return {name for name in map(plain, party) if len(name) >= _SHORTEST_NAME}


def _within(name: str, other: str) -> bool:
    return f" {name} " in f" {other} "


def overlap(one: ComparedAct, other: ComparedAct) -> float:
    """Return the share of the shorter sentence that lies in the other, 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, shared / max(1, min(one.end - one.start, other.end - other.start)))


def match_acts(gold: Sequence[ComparedAct], predicted: Sequence[ComparedAct]) -> list[Pair]:
    """Pair the acts of one document one to one, in the order of the gold acts.

    Among the pairs of one type whose sentences overlap, those go first whose parties agree, then those that
    overlap most, then the earlier ones.
    """
    found: dict[int, Pair] = {}
    taken: set[int] = set()
    for _, i, j, pair in sorted(_possible(gold, predicted), key=lambda possible: possible[:3], reverse=True):
        if -i not in found and -j not in taken:
            found[-i] = pair
            taken.add(-j)
    return [found[i] for i in sorted(found)]


def _possible(
    gold: Sequence[ComparedAct], predicted: Sequence[ComparedAct]
) -> Iterator[tuple[float, int, int, Pair]]:
    for i, wanted in enumerate(gold):
        for j, act in enumerate(predicted):
            if wanted.type is not act.type or (shared := overlap(wanted, act)) < LEAST_OVERLAP:
                continue
            source = same_party(wanted.source, act.source)
            target = same_party(wanted.target, act.target)
            yield source + target + shared / 10, -i, -j, Pair(wanted, act, source, target)
