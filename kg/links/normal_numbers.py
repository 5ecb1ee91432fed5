"""Numbers in a text, in figures or in words: they tell allegations apart in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.links.normal_stems import fold

_UNITS = {
    word: value
    for value, words in enumerate(
        "two deux/three trois/four quatre/five cinq/six/seven sept/eight huit/nine neuf/ten dix/eleven onze/"
        "twelve douze/thirteen treize/fourteen quatorze/fifteen quinze/sixteen seize/seventeen dix-sept/"
        "eighteen dix-huit/nineteen dix-neuf".split("/"),
        start=2,
    )
    for word in words.split()
}
_TENS = {
    "twenty": 20, "vingt": 20, "thirty": 30, "trente": 30, "forty": 40, "quarante": 40, "fifty": 50,
    "cinquante": 50, "sixty": 60, "soixante": 60, "seventy": 70, "soixante-dix": 70, "septante": 70,
    "eighty": 80, "quatre-vingt": 80, "quatre-vingts": 80, "ninety": 90, "quatre-vingt-dix": 90,
    "nonante": 90,
}  # fmt: skip
_TIMES = {
    "hundred": 100, "hundreds": 100, "cent": 100, "cents": 100, "thousand": 1_000, "thousands": 1_000,
    "mille": 1_000, "millier": 1_000, "milliers": 1_000, "million": 10**6, "millions": 10**6,
    "billion": 10**9, "billions": 10**9, "milliard": 10**9, "milliards": 10**9, "dozen": 12, "douzaine": 12,
    "dizaine": 10, "centaine": 100, "centaines": 100,
}  # fmt: skip
_FIRST = frozenset(word.partition("-")[0] for word in (*_UNITS, *_TENS, *_TIMES))
"""How a number in words begins."""
_FIGURES = re.compile(r"\d+(?:[ .,\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_GROUPING = re.compile(r"[ .,\u00a0\u202f](?=\d{3}(?!\d))")


def is_figures(token: str) -> bool:
    """Whether a token is a number in figures."""
    return token[:1].isdigit()


def figures_value(token: str) -> float:
    """Return the value of a number in figures, "40 000" or "40,000" or "2.5" or "2,5"."""
    return float(_GROUPING.sub("", token).replace(",", "."))


def read_number(tokens: Sequence[str], place: int) -> tuple[int, float | None]:
    """Return how many tokens from ``place`` on are one number, and its value; (0, None) if there is none.

    The article "one", "un" is no number.
    """
    if not (is_figures(tokens[place]) or fold(tokens[place]).partition("-")[0] in _FIRST):
        return 0, None
    total: float = 0
    current: float | None = None
    taken = 0
    for token in tokens[place:]:
        word = fold(token)
        if is_figures(token) and current is None:
            current = figures_value(token)
        elif (value := _word_value(word)) is not None:
            current = (current or 0) + value
        elif word in _TIMES and (current is not None or word not in {"cent", "cents"} or not taken):
            total, current = _multiplied(total, current, _TIMES[word])
        else:
            break
        taken += 1
    return (taken, total + (current or 0)) if taken else (0, None)


def _word_value(word: str) -> int | None:
    if word in _UNITS:
        return _UNITS[word]
    if word in _TENS:
        return _TENS[word]
    tens, _, unit = word.rpartition("-")
    if tens in _TENS and unit in _UNITS:
        return _TENS[tens] + _UNITS[unit]
    return None


def _multiplied(total: float, current: float | None, factor: int) -> tuple[float, float | None]:
    """Return total and running value after a multiplier: "two | hundred", "three hundred | thousand"."""
    value = (1 if current is None else current) * factor
    return (total, value) if factor <= 100 else (total + value, None)


def number_key(value: float) -> str:
    """Return the key under which a number is compared."""
    return f"#{value:g}"


TOKEN = re.compile(rf"[^\W\d_]+(?:-[^\W\d_]+)*|{_FIGURES.pattern}")
"""Words (hyphens inside) and numbers in figures."""
