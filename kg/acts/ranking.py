"""Tells which party is likeliest meant: a logistic model over named features, read from ``parties.toml``.

Each feature of an option adds its weight to the log-odds that the option is right; the weights were fitted by
``training/fit_parties.py`` and can be read and changed as they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import exp

from kg.acts.candidates import Candidate
from kg.acts.options import Option


class Role(StrEnum):
    """What a party is in an act."""

    SOURCE = "source"
    TARGET = "target"
    """Of an accusation."""
    ANSWERED = "answered"
    """Target of a rebuttal: whose accusation is opposed."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An option with the probability that it is right."""

    option: Option
    probability: float


class Ranker:
    """Ranks options by the weights of their features.

    Args:
        weights: for each role the weight of each feature, in log-odds; ``"bias"`` is added to all.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights

    def rank(self, role: Role, candidate: Candidate, options: Sequence[Option]) -> list[Ranked]:
        """Return the options of a candidate's role, likeliest first."""
        ranked = [Ranked(option, self._probability(role, option)) for option in options]
        return sorted(ranked, key=lambda r: -r.probability)

    def _probability(self, role: Role, option: Option) -> float:
        weights = self._weights[role]
        odds = weights["bias"] + sum(weights.get(feature, 0.0) for feature in sorted(option.features))
        return 1 / (1 + exp(-odds))


@cache
def load_ranker() -> Ranker:
    """Return the ranker with the shipped weights."""
    return Ranker(tomllib.loads((files("kg.acts") / "parties.toml").read_text(encoding="utf-8")))
