"""Tells which party is likeliest meant: a conditional logit over named features, read from ``weights.toml``.

Each feature of an option adds its weight to the option's score; the probability that it is the one meant is
its share of the exponentials of all scores (McFadden 1974, "Conditional logit analysis of qualitative choice
behavior").  The weights are fitted by ``training/fit_weights.py`` and can be read and changed as they are.
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
        weights: for each role the weight of each feature, in log-odds.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights

    def rank(self, role: Role, candidate: Candidate, options: Sequence[Option]) -> list[Ranked]:
        """Return the options of a candidate's role, likeliest first."""
        scores = [self._score(role, option) for option in options]
        highest = max(scores, default=0.0)
        shares = [exp(score - highest) for score in scores]
        total = sum(shares)
        ranked = [Ranked(option, share / total) for option, share in zip(options, shares, strict=True)]
        return sorted(ranked, key=lambda r: -r.probability)

    def _score(self, role: Role, option: Option) -> float:
        weights = self._weights[role]
        return sum(weights.get(feature, 0.0) for feature in sorted(option.features))


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the shipped weights by table: one for each role, and ``confidence``."""
    return tomllib.loads((files("kg.acts") / "weights.toml").read_text(encoding="utf-8"))


def load_ranker() -> Ranker:
    """Return the ranker with the shipped weights."""
    return Ranker(load_weights())
