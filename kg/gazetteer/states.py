"""Names and codes of states, from the Unicode CLDR as Babel ships it."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

LANGUAGES = ("fr", "en")
"""Languages that the gazetteer has names in."""

_NO_STATES = frozenset("ANT BUR DDR FXX NTZ QUU SCG SUN TMP YMD YUG ZAR".split())
"""Codes of former states, which ISO 3166-3 lists, and of the European Union, all of which CLDR maps."""


def state_names(code: str) -> dict[str, str]:
    """Return the usual names of a state by language; empty for a code that CLDR does not have.

    CLDR's English "&" is written out ("Trinidad and Tobago").
    """
    found = {language: _territories(language).get(code, "") for language in LANGUAGES}
    return {language: name.replace(" & ", " and ") for language, name in found.items() if name}


def alpha3(code: str) -> str:
    """Return the ISO 3166-1 alpha-3 code of an alpha-2 code, or an empty string.

    Kosovo has the user-assigned ``XKX`` that international bodies use.
    """
    return "XKX" if code == "XK" else _alpha3().get(code, "")


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale(language).territories)


@cache
def _alpha3() -> dict[str, str]:
    """Invert CLDR's aliases, which map three letters to the states of today."""
    current = {
        three: twos[0]
        for three, twos in get_global("territory_aliases").items()
        if len(three) == 3 and three.isalpha() and three not in _NO_STATES
    }
    return {two: three for three, two in current.items()}
