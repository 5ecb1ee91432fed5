"""Whether confidence means what it says: the share of right acts in bands of confidence.

After the reliability diagrams of DeGroot & Fienberg (https://doi.org/10.2307/2987588).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.evaluation.comparison import Comparison

WIDTH = 0.1
"""Width of a band of confidence."""
SURE, SURE_RIGHT = 0.8, 0.85
"""The claim: of the acts whose confidence is at least the first, at least this share is right."""


class Outcome(NamedTuple):
    """What became of one predicted act."""

    confidence: float
    found: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The predicted acts of a range of confidence.

    Attributes:
        low, high: the range, half-open but for the highest.
        acts, found, right: how many.
        mean: their mean confidence, 0 if there are none.
    """

    low: float
    high: float
    acts: int
    found: int
    right: int
    mean: float

    @property
    def share_right(self) -> float:
        """Share of the acts that is right, 0 to 1; 0 if there are none."""
        return self.right / self.acts if self.acts else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How confidence and correctness go together.

    Attributes:
        bands: from low to high, those without acts left out.
        sure: the acts with a confidence of at least :data:`SURE`.
        error: mean distance between confidence and share right, weighted by acts, 0 to 1.
    """

    bands: tuple[Band, ...]
    sure: Band
    error: float

    @property
    def holds(self) -> bool:
        """Whether the claim of :data:`SURE_RIGHT` holds; it does not for want of acts."""
        return self.sure.share_right >= SURE_RIGHT


def calibrate(comparisons: Iterable[Comparison]) -> Calibration:
    """Return how the confidence of all predicted acts goes with their being right."""
    outcomes = [outcome for comparison in comparisons for outcome in _outcomes(comparison)]
    steps = round(1 / WIDTH)
    groups: list[list[Outcome]] = [[] for _ in range(steps)]
    for outcome in outcomes:
        # Rounded first: 0.7 / 0.1 is less than 7.
        groups[min(steps - 1, int(round(outcome.confidence / WIDTH, 6)))].append(outcome)
    bands = tuple(_band(group, i / steps, (i + 1) / steps) for i, group in enumerate(groups) if group)
    gaps = sum(abs(band.mean - band.share_right) * band.acts for band in bands)
    sure = _band([outcome for outcome in outcomes if outcome.confidence >= SURE], SURE, 1.0)
    return Calibration(bands, sure, gaps / len(outcomes) if outcomes else 0.0)


def _outcomes(comparison: Comparison) -> list[Outcome]:
    found = [Outcome(pair.predicted.confidence, True, pair.is_right) for pair in comparison.pairs]
    return found + [Outcome(act.confidence, False, False) for act in comparison.spurious]


def _band(outcomes: Sequence[Outcome], low: float, high: float) -> Band:
    total = sum(outcome.confidence for outcome in outcomes)
    return Band(
        low,
        high,
        len(outcomes),
        sum(outcome.found for outcome in outcomes),
        sum(outcome.right for outcome in outcomes),
        total / len(outcomes) if outcomes else 0.0,
    )
