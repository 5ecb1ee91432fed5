"""What fired → how often it was right: shows which lexicon entry or rule to mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluation.acts import ComparedAct
from kg.evaluation.comparison import Comparison

_CONSTRUCTION = "construction: "
"""How a reason begins that names the construction, as :mod:`kg.acts.records` writes it."""
_ENTRY = re.compile(r"(?P<family>[a-z]{2}/[a-z_]+)/.+")


class ConstructionKind(StrEnum):
    """What a construction is."""

    FAMILY = "family"
    """All lexicon entries of a language that do one thing: accuse, name a wrong, rebut."""
    CONSTRUCTION = "construction"
    """How the entry is used: active verb, noun with an owner."""
    RULE = "rule"
    """A rule that fired beside the entry."""
    ENTRY = "entry"
    """One lexicon entry."""


@dataclass(slots=True)
class Construction:
    """One thing that fires, with what became of the acts that it fired for.

    Attributes:
        kind, name: what it is.
        acts, found, right: numbers of predicted acts.
    """

    kind: ConstructionKind
    name: str
    acts: int = 0
    found: int = 0
    right: int = 0


def score_constructions(comparisons: Iterable[Comparison]) -> list[Construction]:
    """Return all constructions: families, constructions, rules, then entries, the most frequent first."""
    found: dict[tuple[ConstructionKind, str], Construction] = {}
    for act, is_found, is_right in _outcomes(comparisons):
        for key in _fired(act):
            construction = found.setdefault(key, Construction(*key))
            construction.acts += 1
            construction.found += is_found
            construction.right += is_right
    order = list(ConstructionKind)
    return sorted(found.values(), key=lambda c: (order.index(c.kind), -c.acts, c.name))


def _outcomes(comparisons: Iterable[Comparison]) -> Iterator[tuple[ComparedAct, bool, bool]]:
    for comparison in comparisons:
        for pair in comparison.pairs:
            yield pair.predicted, True, pair.is_right
        for act in comparison.spurious:
            yield act, False, False


def _fired(act: ComparedAct) -> set[tuple[ConstructionKind, str]]:
    fired = set()
    for reason in act.reasons:
        if entry := _ENTRY.fullmatch(reason):
            fired |= {(ConstructionKind.ENTRY, reason), (ConstructionKind.FAMILY, entry["family"])}
        elif reason.startswith(_CONSTRUCTION):
            fired.add((ConstructionKind.CONSTRUCTION, reason.removeprefix(_CONSTRUCTION)))
        else:
            fired.add((ConstructionKind.RULE, reason))
    return fired
