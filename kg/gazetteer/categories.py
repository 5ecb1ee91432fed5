"""Nouns for the holders of offices and for bodies: minister, regime, embassy, newspaper."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import LexiconError
from kg.gazetteer.inflections import english_plural, french_plural


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

    An entry is a lemma, or a table where its forms are irregular.

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
            yield _category(common | (entry if isinstance(entry, dict) else {"lemma": entry}), file)


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


def inflected_categories(category: Category) -> Iterator[tuple[str, Category]]:
    """Yield each form of a noun with the category that says its number and gender."""
    pluralise = french_plural if category.language == "fr" else english_plural
    yield category.lemma, category
    if category.number == "singular":
        plural = category.plural or pluralise(category.lemma)
        yield plural, replace(category, number="plural")
    if category.feminine:
        female = replace(category, gender="f")
        yield category.feminine, female
        yield pluralise(category.feminine), replace(female, number="plural")


@cache
def load_categories() -> Mapping[tuple[str, str], Category]:
    """Return the categories by language and form, every form in lower case.

    Where a form belongs to two nouns ("cours"), the lemma goes before an inflected form.

    Raises:
        LexiconError: see :func:`parse_categories`; also for a lemma that occurs twice.
    """
    file = files("kg.gazetteer") / "categories.toml"
    lemmas: dict[tuple[str, str], Category] = {}
    for category in parse_categories(file.read_text(encoding="utf-8"), file.name):
        key = (category.language, category.lemma.lower())
        if key in lemmas:
            raise LexiconError(f"{file.name}, entry {category.lemma!r}: occurs twice in {category.language}")
        lemmas[key] = category
    forms = dict(lemmas)
    for category in lemmas.values():
        for form, inflected in inflected_categories(category):
            forms.setdefault((category.language, form.lower()), inflected)
    return forms
