"""Times that a sentence names, as intervals of days.

Relative ones ("yesterday", "dimanche", "in April") are counted back from the day of the document.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kg.links.normal_stems import fold

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    )
    for number, name in enumerate(names.split(), 1)
}
_DAYS = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    )
    for number, name in enumerate(names.split())
}
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + r")"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_NEAR_MONTH = (
    r"(?:in|since|until|last|from|during|en|depuis|jusqu'en|des|fin|debut|early|late|mid|(?:au )?mois de)"
)
_DAYS_AGO = {
    "yesterday": 1, "hier": 1, "last night": 1, "hier soir": 1, "la nuit derniere": 1, "cette nuit": 0,
    "today": 0, "aujourd'hui": 0, "this morning": 0, "ce matin": 0, "avant-hier": 2,
}  # fmt: skip
_SPANS_AGO = {
    "last week": (14, 1), "la semaine derniere": (14, 1), "la semaine passee": (14, 1),
    "last month": (62, 1), "le mois dernier": (62, 1), "last year": (730, 1), "l'an dernier": (730, 1),
    "l'annee derniere": (730, 1), "l'an passe": (730, 1),
}  # fmt: skip
_EXACT = 7
"""Longest period, in days, that is given to the day."""
_SINCE = re.compile(r"(?:since|depuis|des)\b[^.;,]{0,24}$")
"""Words before a time that make it the beginning of a period: "since the rains of 2018"."""


class Interval(NamedTuple):
    """A period from one day to another, both included.

    ``relative`` periods are counted from the day of the document ("on Sunday"): outside the words of what
    is alleged they tell when it was said rather than when it happened.
    """

    first: date
    last: date
    relative: bool = False

    @property
    def days(self) -> int:
        """How many days it may be."""
        return (self.last - self.first).days + 1

    def meets(self, other: Interval, slack: int = 1) -> bool:
        """Whether the two may be one time; days may differ by ``slack``, for a night or a time zone."""
        pad = timedelta(days=slack if max(self.days, other.days) <= _EXACT else 0)
        return self.first <= other.last + pad and other.first <= self.last + pad


def day_interval(text: str) -> Interval | None:
    """Return the days that an ISO date, possibly partial, may mean; None if it is none."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            day = date(*numbers)
            return Interval(day, day)
        if len(numbers) == 2:
            return _month(numbers[0], numbers[1])
        return Interval(date(numbers[0], 1, 1), date(numbers[0], 12, 31)) if text else None
    except (TypeError, ValueError):
        return None


def find_times(text: str, said: Interval | None) -> tuple[list[Interval], str]:
    """Return the times that a text names and the text without the words for them.

    Args:
        text: a sentence or a part of one, in French or English.
        said: the day of the document; without it, only times that need no other day are found.
    """
    plain = fold_in_place(text)
    if not _ANY.search(plain):
        return [], text
    rest = list(text)
    found: list[Interval] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span("time") if "time" in pattern.groupindex else match.span()
            if "\0" in plain[start:end]:
                continue
            interval = _read(read, match, said)
            if interval is None:
                continue
            found.append(_since(interval, plain[:start], said))
            plain = plain[:start] + "\0" * (end - start) + plain[end:]
            rest[start:end] = " " * (end - start)
    return sorted(set(found)), "".join(rest)


def fold_in_place(text: str) -> str:
    """Return the text in lower case without accents, every character in its place."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


def agree(ours: Sequence[Interval], theirs: Sequence[Interval]) -> bool | None:
    """Whether two lists of times may mean one time; None if either is empty."""
    if not ours or not theirs:
        return None
    return any(one.meets(other) for one in ours for other in theirs)


def narrow(times: Iterable[Interval], days: int = 40) -> list[Interval]:
    """Return the times that are at most so many days long."""
    return [interval for interval in times if interval.days <= days]


class _Plain(dict[int, str]):
    """Maps every character to one character: without accent if that is one, else to itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = fold(char)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_PLAIN = _Plain({ord("’"): "'"})
_Reader = Callable[[re.Match[str], Interval | None], Interval | None]


def _read(read: _Reader, match: re.Match[str], said: Interval | None) -> Interval | None:
    try:
        return read(match, said)
    except ValueError:  # 31 February
        return None


def _since(interval: Interval, before: str, said: Interval | None) -> Interval:
    if said and said.last > interval.last and _SINCE.search(before):
        return Interval(interval.first, said.last, interval.relative)
    return interval


def _iso(match: re.Match[str], said: Interval | None) -> Interval | None:
    return day_interval(match.group())


def _day_month(match: re.Match[str], said: Interval | None) -> Interval | None:
    month, day = _MONTHS[match["month"]], int(match["day"])
    if match["year"]:
        exact = date(int(match["year"]), month, day)
        return Interval(exact, exact)
    if said is None:
        return None
    near = date(said.last.year, month, day)
    if near > said.last + timedelta(days=60):
        near = date(said.last.year - 1, month, day)
    return Interval(near, near)


def _month_year(match: re.Match[str], said: Interval | None) -> Interval | None:
    return _month(int(match["year"]), _MONTHS[match["month"]])


def _bare_month(match: re.Match[str], said: Interval | None) -> Interval | None:
    if said is None:
        return None
    month = _MONTHS[match["month"]]
    year = said.last.year if month <= said.last.month else said.last.year - 1
    return _month(year, month)


def _year(match: re.Match[str], said: Interval | None) -> Interval | None:
    return Interval(date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31))


def _weekday(match: re.Match[str], said: Interval | None) -> Interval | None:
    if said is None:
        return None
    back = (said.last.weekday() - _DAYS[match["weekday"]]) % 7
    day = said.last - timedelta(days=back)
    return Interval(day, day, relative=True)


def _ago(match: re.Match[str], said: Interval | None) -> Interval | None:
    if said is None:
        return None
    day = said.last - timedelta(days=_DAYS_AGO[match.group()])
    return Interval(day, day, relative=True)


def _period_ago(match: re.Match[str], said: Interval | None) -> Interval | None:
    if said is None:
        return None
    far, near = _SPANS_AGO[match.group()]
    return Interval(said.last - timedelta(days=far), said.last - timedelta(days=near), relative=True)


def _month(year: int, month: int) -> Interval:
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _words(table: Iterable[str]) -> str:
    return r"\b(?:" + "|".join(sorted(map(re.escape, table), key=len, reverse=True)) + r")\b"


def _patterns() -> Iterator[tuple[re.Pattern[str], _Reader]]:
    yield re.compile(r"\b\d{4}-\d\d-\d\d\b"), _iso
    day = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
    yield re.compile(rf"\b{day}(?: of)? {_MONTH}(?:,? {_YEAR})?\b"), _day_month
    yield re.compile(rf"\b{_MONTH} {day}(?:,? {_YEAR})?\b"), _day_month
    yield re.compile(rf"\b{_MONTH},? (?:of )?{_YEAR}\b"), _month_year
    yield re.compile(rf"\b{_NEAR_MONTH} (?P<time>{_MONTH})\b"), _bare_month
    yield re.compile(rf"\b{_YEAR}\b"), _year
    yield re.compile(_words(_SPANS_AGO)), _period_ago
    yield re.compile(_words(_DAYS_AGO)), _ago
    yield re.compile(r"\b(?P<weekday>" + "|".join(_DAYS) + r")\b"), _weekday


_PATTERNS = tuple(_patterns())
_ANY = re.compile("|".join([r"\d", *map(re.escape, [*_MONTHS, *_DAYS, *_DAYS_AGO, *_SPANS_AGO])]))
"""What every time has in it."""
