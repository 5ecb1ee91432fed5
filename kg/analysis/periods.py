"""Periods of time that are counted in: days, weeks or months, whichever suits the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAYS, _WEEKS = 60, 730
"""Longest spans, in days, that are counted in days and in weeks."""


class Unit(StrEnum):
    """The length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Periods from the first to the last date, numbered from 0.

    Attributes:
        unit: how long each is.
        starts: the first day of each, in ISO format.
    """

    unit: Unit
    starts: tuple[str, ...]

    def place(self, written: str) -> int | None:
        """Return the number of the period of a date; None if the date is missing or too vague."""
        start = _start(written, self.unit)
        if start is None or not self.starts:
            return None
        first = date.fromisoformat(self.starts[0])
        if self.unit is Unit.MONTH:
            place = 12 * (start.year - first.year) + start.month - first.month
        else:
            place = (start - first).days // (7 if self.unit is Unit.WEEK else 1)
        return place if 0 <= place < len(self.starts) else None

    def last_day(self, place: int) -> str:
        """Return the last day of a period, in ISO format."""
        return (_next(date.fromisoformat(self.starts[place]), self.unit) - timedelta(1)).isoformat()


def make_calendar(dates: Iterable[str]) -> Calendar:
    """Return the calendar for dates in ISO format; those without a day count only where months do."""
    whole = sorted(found for found in map(_parsed, dates) if found)
    span = (whole[-1] - whole[0]).days if whole else 0
    unit = Unit.DAY if span <= _DAYS else Unit.WEEK if span <= _WEEKS else Unit.MONTH
    starts: list[str] = []
    if whole:
        day, last = (_floor(found, unit) for found in (whole[0], whole[-1]))
        while day <= last:
            starts.append(day.isoformat())
            day = _next(day, unit)
    return Calendar(unit, tuple(starts))


def totals(counts: Iterable[tuple[int, int]], length: int) -> Sequence[int]:
    """Return how many there are in each period, from (period, count)."""
    found = [0] * length
    for place, count in counts:
        found[place] += count
    return found


def _parsed(written: str) -> date | None:
    """Return a date that has at least a month."""
    try:
        return date.fromisoformat(written if len(written) > 7 else f"{written}-01")
    except ValueError:
        return None


def _start(written: str, unit: Unit) -> date | None:
    if len(written) < 10 and unit is not Unit.MONTH:
        return None
    day = _parsed(written)
    return day and _floor(day, unit)


def _floor(day: date, unit: Unit) -> date:
    if unit is Unit.MONTH:
        return day.replace(day=1)
    return day - timedelta(day.weekday()) if unit is Unit.WEEK else day


def _next(day: date, unit: Unit) -> date:
    if unit is Unit.MONTH:
        return (day.replace(day=28) + timedelta(7)).replace(day=1)
    return day + timedelta(7 if unit is Unit.WEEK else 1)
