"""Normalises dates as people write them to ISO 8601 dates, possibly partial."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_FRENCH = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_ENGLISH = "january february march april may june july august september october november december".split()
_MONTHS = {name: number for names in (_FRENCH, _ENGLISH) for number, name in enumerate(names, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items() if number not in (6, 7)}
_MONTHS |= {"jun": 6, "jul": 7, "sept": 9, "janv": 1, "fevr": 2, "avr": 4, "juil": 7}

_YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
_MONTH = r"(?P<mon>[a-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:er|st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(rf"\b{form}(?:(?!\w)|(?=t\d\d:))")
    for form in (
        rf"{_YEAR}[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)",
        rf"(?P<d>\d\d?)[/.](?P<m>\d\d?)[/.]{_YEAR}",
        rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
        rf"{_YEAR}-(?P<m>\d\d)",
        _YEAR,
    )
)
"""From the most to the least exact.  A day/month/year order is read as written in French and in the
diplomatic English of most states; ``07/25/2020`` is no such date and gives its year only."""


def find_date(text: str) -> tuple[str, str]:
    """Return the most exact date in ``text`` in ISO form and its words; two empty strings if none."""
    plain = _plain(text)
    for form in _FORMS:
        for match in form.finditer(plain):
            iso = _iso(match.groupdict())
            if iso:
                return iso, text[match.start() : match.end()]
    return "", ""


def normalise_date(text: str) -> str:
    """Return ``text`` as an ISO 8601 date (``2012``, ``2012-07`` or ``2012-07-03``); empty if it holds none.

    A range or an approximate date gives its first year: ``"2006–2008 (state of the page)"`` is ``"2006"``.
    """
    return find_date(text)[0]


def _plain(text: str) -> str:
    """Lower-case ``text`` without accents, character for character, so that offsets stay."""
    return "".join(_base(character) for character in text)


def _base(character: str) -> str:
    lowered = unicodedata.normalize("NFD", character.lower())[:1]
    return " " if lowered.isspace() or not lowered else lowered


def _iso(parts: dict[str, str | None]) -> str:
    year, day = parts["y"], parts.get("d")
    month = int(parts.get("m") or 0) or _MONTHS.get(parts.get("mon") or "", 0)
    if not year or (not month and (parts.get("m") or parts.get("mon"))):
        return ""
    try:
        date(int(year), month or 1, int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *([f"{month:02}"] if month else []), *([f"{int(day):02}"] if day else [])])
