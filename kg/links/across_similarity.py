"""How much two normal forms have in common, with the reasons.

Content is compared term by term: a shared concept, name, number or cognate counts in full, two terms of one
field of meaning by :data:`NEAR`.  A word with several meanings counts less for each of them, and rare terms
count for more than common ones (inverse document frequency: K. Spärck Jones, "A statistical interpretation
of term specificity and its application in retrieval", 1972).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.links.normal import NormalForm
from kg.links.normal_terms import NAME, NUMBER

NEAR = 0.4
"""What two different terms of one field count."""
LONE = 0.6
"""What similarity is worth that rests on a single term."""
SPREAD = 5
"""Acts that a term may be in before it counts as common, so that small collections judge alike."""


class Overlap(NamedTuple):
    """What two acts share.

    Attributes:
        mass: weight of what they share.
        ours, theirs: the share of each act's weight that has a counterpart in the other, 0 to 1.
        places: those of the first act that have one, the weightiest first.
        shared: their words, as written.
        shares: how much each of them counts, up to 1.
        names_differ: what is alleged names somebody or some place in both, and none in common.
        wrongs_differ: both say what is done wrong, and nothing of it is the same or like it.
        objects_differ: both say to whom or with what, and nothing of it is the same.
        numbers_differ: both give numbers, and none is the same.
    """

    mass: float
    ours: float
    theirs: float
    places: tuple[int, ...]
    shared: tuple[str, ...]
    shares: tuple[float, ...]
    names_differ: bool
    wrongs_differ: bool
    objects_differ: bool
    numbers_differ: bool

    @property
    def score(self) -> float:
        """Similarity from 0 to 1: high if the shorter act is covered and what is shared weighs enough."""
        cover = 0.65 * max(self.ours, self.theirs) + 0.35 * min(self.ours, self.theirs)
        alone = LONE if len(self.places) == 1 else 1.0
        return alone * cover * (1 - math.exp(-0.9 * self.mass))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A normal form with weights, ready for many comparisons.

    Attributes:
        form: the normal form.
        weights: of each of its terms.
        keys, fields: places of the terms that have a key, or are in a field of meaning.
        names, wrongs, objects, numbers: places of names, of what is done wrong, of whom or what it is done to
            or with, and of numbers above ten, among the words of what is alleged.
        senses: of each term, how many meanings it may have.
        total: sum of the weights.
    """

    form: NormalForm
    weights: tuple[float, ...]
    keys: Mapping[str, int]
    fields: Mapping[str, int]
    names: frozenset[int]
    wrongs: frozenset[int]
    objects: frozenset[int]
    numbers: frozenset[int]
    senses: tuple[int, ...]
    total: float

    def rare_keys(self, limit: int) -> list[str]:
        """Return its keys, the weightiest first, at most so many."""
        ordered = sorted(self.keys.items(), key=lambda item: (-self.weights[item[1]], item[0]))
        return [key for key, _ in ordered[:limit]]


_COMPARED = ({NAME}, {"wrongs"}, {"things", "people"}, {NUMBER})
"""Kinds of words that tell allegations apart where they differ."""
_ALLEGED = 0.8
"""Least weight of a word of what is alleged, before rareness counts; what stands around it weighs less."""


def _alleged(form: NormalForm, kinds: Container[str]) -> frozenset[int]:
    return frozenset(
        place for place, slot in enumerate(form.slots) if slot.term.kind in kinds and slot.weight >= _ALLEGED
    )


@dataclass(frozen=True, slots=True)
class Weighing:
    """How common each key is among the acts that are compared."""

    acts: int
    counts: Mapping[str, int]

    def factor(self, keys: Iterable[str]) -> float:
        """Return the weight of a term relative to one that is in a single act, above 0 and at most 1."""
        count = max((self.counts.get(key, 1) for key in keys), default=1)
        scale = math.log(1 + self.acts / SPREAD)
        return min(1.0, math.log(1 + self.acts / max(count, SPREAD)) / scale)

    def prepare(self, form: NormalForm) -> Prepared:
        """Return a form with the weights of its terms."""
        weights = tuple(slot.weight * self.factor(slot.term.keys) for slot in form.slots)
        keys: dict[str, int] = {}
        fields: dict[str, int] = {}
        for place, slot in enumerate(form.slots):
            for key in slot.term.keys:
                keys.setdefault(key, place)
            for field in slot.term.fields:
                fields.setdefault(field, place)
        senses = tuple(len(slot.term.keys) if slot.term.fields else 1 for slot in form.slots)
        names, wrongs, objects, numbers = (_alleged(form, kinds) for kinds in _COMPARED)
        return Prepared(form, weights, keys, fields, names, wrongs, objects, numbers, senses, sum(weights))


def weigh(forms: Iterable[NormalForm]) -> Weighing:
    """Count in how many acts each key occurs."""
    counts: Counter[str] = Counter()
    acts = 0
    for form in forms:
        acts += 1
        counts.update({key for slot in form.slots for key in slot.term.keys})
    return Weighing(max(acts, 1), counts)


def overlap(one: Prepared, other: Prepared) -> Overlap:
    """Compare two acts term by term."""
    matched: dict[int, float] = {}
    theirs: dict[int, float] = {}
    together = Counter((one.keys[key], other.keys[key]) for key in one.keys.keys() & other.keys.keys())
    for (ours_place, their_place), meanings in together.items():
        senses = one.senses[ours_place] * other.senses[their_place]
        share = 1.0 if senses == 1 else (min(1.0, meanings / math.sqrt(senses))) ** 0.5
        matched[ours_place] = max(share, matched.get(ours_place, 0.0))
        theirs[their_place] = max(share, theirs.get(their_place, 0.0))
    for field in one.fields.keys() & other.fields.keys():
        ours_place, their_place = one.fields[field], other.fields[field]
        if ours_place not in matched and their_place not in theirs:
            matched[ours_place] = theirs[their_place] = NEAR
    ours_mass = sum(one.weights[place] * share for place, share in matched.items())
    their_mass = sum(other.weights[place] * share for place, share in theirs.items())
    places = sorted(matched, key=lambda place: -one.weights[place] * matched[place])
    return Overlap(
        (ours_mass + their_mass) / 2,
        ours_mass / one.total if one.total else 0.0,
        their_mass / other.total if other.total else 0.0,
        tuple(places),
        tuple(one.form.slots[place].term.text for place in places),
        tuple(matched[place] for place in places),
        _differ(one.names, other.names, matched),
        _differ(one.wrongs, other.wrongs, matched),
        _differ(one.objects, other.objects, {place for place, share in matched.items() if share > NEAR}),
        _differ(one.numbers, other.numbers, matched),
    )


def _differ(ours: frozenset[int], theirs: frozenset[int], matched: Container[int]) -> bool:
    """Whether both acts have words of a kind, and none of the first has a counterpart."""
    return bool(ours and theirs) and not any(place in matched for place in ours)
