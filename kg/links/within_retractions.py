"""Retractions → what they take back inside their own document."""

from __future__ import annotations

from collections.abc import Sequence

from kg.acts.accusations import Decided
from kg.acts.retractions import find_taken_back
from kg.model import ActType


def link_own_retractions(acts: Sequence[Decided]) -> dict[int, tuple[int, ...]]:
    """Return for each retraction, by its place in ``acts``, the place of the act that it takes back."""
    found: dict[int, tuple[int, ...]] = {}
    for place, act in enumerate(acts):
        if act.type is ActType.RETRACTION:
            taken = find_taken_back(act, acts)
            found[place] = () if taken is None else (taken,)
    return found
