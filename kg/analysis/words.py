"""Words of the report, in English and French; numbers and dates as each language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from kg.analysis.periods import Unit
from kg.views.sides import LANGUAGES

_FORMS = {4: "yyyy", 7: "MMMM yyyy", 10: "d MMMM yyyy"}


@cache
def _texts(language: str) -> Mapping[str, Any]:
    return dict(tomllib.loads(files("kg.analysis.texts").joinpath(f"{language}.toml").read_text("utf-8")))


class Words:
    """The texts of one language.

    Args:
        language: ``en`` or ``fr``.

    Raises:
        ValueError: there is no such language.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"{language!r}: one of {', '.join(LANGUAGES)}")
        self.language = language
        self._texts = _texts(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in; whole numbers are written as the language does."""
        shown = {
            name: self.number(value) if isinstance(value, int) else value for name, value in values.items()
        }
        return str(self._texts[key]).format(**shown)

    def template(self, key: str) -> str:
        """Return a text with places for its values."""
        return str(self._texts[key])

    def subject(self, name: str) -> str:
        """Return a name as it stands in a sentence: with the article that English gives to some."""
        return f"the {name}" if name in self._texts["articles"] else name

    def counted(self, key: str, n: int, **values: object) -> str:
        """Return a text about a number of things: of one, or of several (French: of none or one)."""
        one = n == 1 or (n == 0 and self.language == "fr")
        return self(f"{key}_one" if one else f"{key}_many", n=n, **values)

    def number(self, value: float) -> str:
        """Return a number."""
        return str(format_decimal(value, locale=self.language))

    def share(self, value: float | None) -> str:
        """Return a share from 0 to 1 in percent; a dash if there is none."""
        return "–" if value is None else str(format_percent(value, locale=self.language))

    def list(self, items: Sequence[str]) -> str:
        """Return several things in a sentence."""
        return str(format_list(list(items), locale=self.language))

    def date(self, written: str) -> str:
        """Return an ISO date, possibly partial; what is none as it is written."""
        form = _FORMS.get(len(written))
        try:
            day = date.fromisoformat(written + "-01-01"[len(written) - 4 :] if len(written) < 10 else written)
        except ValueError:
            return written or self("undated")
        return str(format_date(day, form, locale=self.language)) if form else written

    def day(self, written: str, unit: Unit) -> str:
        """Return the start of a period, short."""
        form = "MMM yyyy" if unit is Unit.MONTH else "d MMM yyyy"
        return str(format_date(date.fromisoformat(written), form, locale=self.language))
