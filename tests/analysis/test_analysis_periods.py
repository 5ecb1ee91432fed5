"""Periods that are counted in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.records  # noqa: F401  its profile of Hypothesis never depends on the clock
from kg.analysis.periods import Unit, make_calendar

DATES = st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1, max_size=20)


@given(DATES)
def test_every_date_is_in_the_period_that_begins_last_before_it(dates: list[date]) -> None:
    calendar = make_calendar(day.isoformat() for day in dates)
    for day in dates:
        place = calendar.place(day.isoformat())
        assert place is not None
        assert calendar.starts[place] <= day.isoformat() <= calendar.last_day(place)
    nexts = [date.fromisoformat(calendar.last_day(n)) + timedelta(1) for n in range(len(calendar.starts) - 1)]
    assert [day.isoformat() for day in nexts] == list(calendar.starts[1:])


@pytest.mark.parametrize(
    ("last", "unit"), [("2024-02-01", Unit.DAY), ("2025-01-01", Unit.WEEK), ("2029-01-01", Unit.MONTH)]
)
def test_periods_suit_the_whole(last: str, unit: Unit) -> None:
    assert make_calendar(["2024-01-01", last]).unit is unit


def test_vague_dates_count_where_months_do() -> None:
    months = make_calendar(["2020-01", "2024-03-05", "2022"])
    assert (months.place("2020-02"), months.place("2022"), months.place("")) == (1, None, None)
    assert make_calendar(["2024-01-01", "2024-01-09"]).place("2024-01") is None


def test_nothing_dated_has_no_periods() -> None:
    calendar = make_calendar(["", "summer"])
    assert calendar.starts == ()
    assert calendar.place("2024-01-01") is None
