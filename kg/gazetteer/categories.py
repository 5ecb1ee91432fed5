"""Nouns for the holders of offices and for bodies: minister, regime, embassy, newspaper."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import LexiconError
from kg.gazetteer.inflections import english_noun_plural, french_noun_plural


class CategoryKind(StrEnum):
    """What a noun names."""

    GOVERNMENT = "government"
    OFFICIAL = "official"
    MILITARY = "military"
    JUDICIARY = "judiciary"
    EMBASSY = "embassy"
    SPOKESPERSON = "spokesperson"
    LEGISLATURE = "legislature"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    MEDIA = "media"
    COMPANY = "company"
    NGO = "ngo"
    PARTY = "party"
    PEOPLE = "people"
    GROUP = "group"
    PERSON = "person"
    DOCUMENT = "document"
    REGIME = "regime"
    TERRITORY = "territory"
    SIDE = "side"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Category:
    """A noun for an office or a body.

    Attributes:
        lemma: singular, masculine where it has both; the plural where it has no singular.
        language: ``"fr"`` or ``"en"``.
        kind: what it names.
        represents: modified by a country it stands for the state ("the Syrian regime").
        number: ``"singular"`` or ``"plural"``: of the form that was looked up.
        gender: ``"m"``, ``"f"`` or empty for either; in English of the person.
        animacy: ``"person"``, ``"body"`` (may act as one) or ``"thing"``.
    """

    lemma: str
    language: str
    kind: CategoryKind
    represents: bool = False
    number: str = "singular"
    gender: str = ""
    animacy: str = "body"
    plural: str = ""
    feminine: str = ""


_ALLOWED = frozenset(field.name for field in fields(Category))
_VALUES = {
    "language": {"fr", "en"},
    "number": {"singular", "plural"},
    "gender": {"", "m", "f"},
    "animacy": {"person", "body", "thing"},
}


def parse_categories(text: str, file: str) -> Iterator[Category]:
    """Yield the nouns of a file of ``[[group]]`` tables, without their inflected forms.

    An entry is a lemma ("ministère"), a lemma and its feminine ("député/députée"), or a table where its
    forms are irregular.

    Raises:
        LexiconError: the file is not TOML, or an entry has an unknown key or a value that is not
            allowed; the message names the file and the entry.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: {error}") from error
    if unknown := set(tables) - {"group"}:
        raise LexiconError(f"{file}: only [[group]] tables are known, not {min(unknown)!r}")
    for group in tables.get("group", []):
        common = {key: value for key, value in group.items() if key != "entries"}
        for entry in group.get("entries", []):
            yield _category(common | (entry if isinstance(entry, dict) else _spelled(entry, common)), file)


def _spelled(spelling: str, common: Mapping[str, Any]) -> dict[str, Any]:
    """Return what "député/députée" or "ministre" say by themselves."""
    lemma, _, feminine = spelling.partition("/")
    values = {"lemma": lemma, "feminine": feminine}
    if feminine:
        values["gender"] = "m"
    epicene = lemma.split()[0].endswith("e") and not feminine and common.get("gender") == "m"
    if epicene and common.get("animacy") == "person" and common.get("language") == "fr":
        values["gender"] = ""
    return values


def _category(values: dict[str, Any], file: str) -> Category:
    where = f"{file}, entry {values.get('lemma', '?')!r}"
    if unknown := set(values) - _ALLOWED:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; allowed: {', '.join(sorted(_ALLOWED))}")
    for key, allowed in _VALUES.items():
        if key in values and values[key] not in allowed:
            raise LexiconError(f"{where}: {key} cannot be {values[key]!r}")
    try:
        return Category(**{**values, "kind": CategoryKind(values["kind"])})
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"{where}: {error}") from error


class Categories:
    """Nouns by language and form, inflected forms included.

    Where a form belongs to two nouns ("cours"), the lemma goes before an inflected form.

    Raises:
        LexiconError: a lemma occurs twice in its language.
    """

    def __init__(self, nouns: Iterable[Category], file: str) -> None:
        self._forms: dict[tuple[str, str], tuple[Category, str, str]] = {}
        self.nouns = tuple(nouns)
        for noun in self.nouns:
            key = (noun.language, noun.lemma.lower())
            if key in self._forms:
                raise LexiconError(f"{file}, entry {noun.lemma!r}: occurs twice in {noun.language}")
            self._forms[key] = (noun, noun.number, noun.gender)
        for noun in self.nouns:
            for form, number, gender in _inflected(noun):
                self._forms.setdefault((noun.language, form.lower()), (noun, number, gender))

    def find(self, form: str, language: str) -> Category | None:
        """Return the noun with the number and gender of this form, in any case, or None."""
        found = self._forms.get((language, form.lower().replace("’", "'")))
        return replace(found[0], number=found[1], gender=found[2]) if found else None


def _inflected(noun: Category) -> Iterator[tuple[str, str, str]]:
    """Yield (form, number, gender) of all forms but the lemma."""
    pluralise = french_noun_plural if noun.language == "fr" else english_noun_plural
    if noun.number == "singular":
        yield noun.plural or pluralise(noun.lemma), "plural", noun.gender
    if noun.feminine:
        yield noun.feminine, "singular", "f"
        yield pluralise(noun.feminine), "plural", "f"


@cache
def load_categories() -> Categories:
    """Return the nouns that come with the package.

    Raises:
        LexiconError: see :func:`parse_categories` and :class:`Categories`.
    """
    file = files("kg.gazetteer") / "categories.toml"
    return Categories(parse_categories(file.read_text(encoding="utf-8"), file.name), file.name)
