"""Bursts: times in which somebody is accused much more often than usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log

SCALE, INERTIA = 2.0, 1.0
"""Kleinberg's s (how many times the usual rate a burst has) and gamma (the cost of entering one)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A burst: periods by number, the last one included, and its weight (from 0, no unit)."""

    first: int
    last: int
    weight: float


def find_bursts(
    events: Sequence[int], totals: Sequence[int], *, scale: float = SCALE, inertia: float = INERTIA
) -> list[Interval]:
    """Return the intervals in which events are more frequent among all acts than over the whole time.

    The two-state automaton for batched arrivals of Kleinberg, "Bursty and hierarchical structure in streams",
    KDD 2002, section 4: in each period ``events`` out of ``totals`` acts are relevant; the automaton's
    cheapest sequence of states pays for how ill the rates fit and for entering the burst state.  The weight
    of a burst is what it saves against staying in the usual state.

    Args:
        events: relevant acts in each period.
        totals: all acts in each period.
        scale: the burst state's rate, in usual rates; above 1.
        inertia: the cost of entering a burst, in natural logarithms of the number of periods.

    Returns:
        intervals in order of time.

    Raises:
        ValueError: a period has more events than acts, or the two differ in length.
    """
    if any(not 0 <= e <= t for e, t in zip(events, totals, strict=True)):
        raise ValueError("a period has more events than acts")
    if not sum(events):
        return []
    savings = _savings(events, totals, scale)
    states = _cheapest(savings, inertia * log(len(events)))
    found = []
    for bursting, group in groupby(enumerate(states), key=lambda item: item[1]):
        places = [place for place, _ in group]
        if bursting:
            found.append(Interval(places[0], places[-1], sum(savings[places[0] : places[-1] + 1])))
    return found


def _savings(events: Sequence[int], totals: Sequence[int], scale: float) -> list[float]:
    """Return how much cheaper the burst state is in each period (the binomial coefficient cancels out)."""
    usual = sum(events) / sum(totals)
    high = min(usual * scale, (1 + usual) / 2)  # a rate stays below 1
    if usual == 1:
        return [0.0] * len(events)
    more, less = log(high / usual), log((1 - high) / (1 - usual))
    return [e * more + (t - e) * less for e, t in zip(events, totals, strict=True)]


def _cheapest(savings: Sequence[float], entry: float) -> list[bool]:
    """Return the states of the cheapest sequence, by Viterbi's method; of equal ones the calmer."""
    usual, burst = 0.0, inf
    origins: list[tuple[bool, bool]] = []
    for saving in savings:
        origins.append((burst < usual, burst < usual + entry))
        usual, burst = min(usual, burst), min(burst, usual + entry) - saving
    states = [burst < usual]
    for before_usual, before_burst in reversed(origins[1:]):
        states.append(before_burst if states[-1] else before_usual)
    return states[::-1]
