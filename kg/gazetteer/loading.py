"""Strict reading of gazetteer files: TOML, and CSV for the users' own actors.

A file holds ``[[group]]`` tables, whose keys hold for each of their ``entries`` unless the entry says
otherwise, and ``[[actor]]`` tables of one entry each.  README.md beside this module lists the keys.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import LexiconError
from kg.gazetteer.entries import OWN_CODE, Alias, Entry, Form, Kind
from kg.gazetteer.inflections import english_plural, french_adjective, french_plural
from kg.gazetteer.states import alpha3, state_names
from kg.identifiers import slug

_TEXTS = frozenset("key kind side name name_fr surname country speaks_for wikidata gender number".split())
_ALIASES = {
    "aliases": Form.NAME,
    "adjectives": Form.ADJECTIVE,
    "demonyms": Form.DEMONYM,
    "capitals": Form.CAPITAL,
    "seats": Form.SEAT,
}
KEYS = _TEXTS | set(_ALIASES)
"""Keys that an entry may have."""

_LANGUAGES = {"any": "", "fr": "fr", "en": "en"}
_NAME_FORMS = {Kind.PERSON: Form.PERSON, Kind.AGENCY: Form.BODY, Kind.ORGAN: Form.BODY}
_AT_HOME = frozenset({Kind.STATE, Kind.TERRITORY, Kind.AGENCY, Kind.PERSON})
"""Kinds whose side is their home state, if it is a state."""
_MARKS = "?^"
"""After a name: "?" it is always doubtful, "^" where every word has a capital."""
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_CHECKS = {
    "kind": re.compile("|".join(Kind)),
    "wikidata": re.compile(r"|Q[1-9]\d*"),
    "country": re.compile(r"|[A-Z]{2}"),
    "gender": re.compile(r"|[mf]"),
    "number": re.compile(r"|singular|plural"),
}


def parse_toml(text: str, file: str) -> Iterator[Entry]:
    """Yield the entries of one TOML file, in file order.

    Raises:
        LexiconError: the file is not TOML, or an entry has an unknown key or a value that is not
            allowed.  The message names the file and the entry.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: {error}") from error
    if unknown := set(tables) - {"group", "actor"}:
        raise LexiconError(f"{file}: only [[group]] and [[actor]] are known, not {min(unknown)!r}")
    for group in tables.get("group", []):
        common = {key: value for key, value in group.items() if key != "entries"}
        for entry in group.get("entries", []):
            yield make_entry(common | (entry if isinstance(entry, dict) else _spelled(entry)), file)
    for values in tables.get("actor", []):
        yield make_entry(values, file)


def _spelled(names: str) -> dict[str, str]:
    """Return what "Moon" or "Vladimir Putin/Vladimir Poutine" (English/French) say by themselves."""
    english, _, french = names.partition("/")
    return {"name": english, "name_fr": french} if french else {"name": english}


def parse_csv(lines: Iterable[str], file: str) -> Iterator[Entry]:
    """Yield the entries of a CSV file with a header; several aliases are separated by semicolons.

    Raises:
        LexiconError: a column or a value is not allowed; the message names the file and the entry.
    """
    for row in csv.DictReader(lines):
        if None in row or None in row.values():
            raise LexiconError(f"{file}: a row has not as many cells as the header: {list(row.values())}")
        values: dict[str, Any] = {key.strip(): value.strip() for key, value in row.items() if value.strip()}
        for key in _ALIASES.keys() & values.keys():
            values[key] = [part.strip() for part in values[key].split(";") if part.strip()]
        yield make_entry(values, file)


def read_actors(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a user's file, ``.toml`` or ``.csv``.

    Raises:
        LexiconError: the file cannot be read, has another suffix, or is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    match path.suffix.lower():
        case ".toml":
            return tuple(parse_toml(text, str(path)))
        case ".csv":
            return tuple(parse_csv(text.splitlines(), str(path)))
    raise LexiconError(f"{path}: actors are read from .toml and .csv files only")


def make_entry(values: dict[str, Any], file: str) -> Entry:
    """Return the entry that the values of a table describe.

    Raises:
        LexiconError: a key is unknown or a value not allowed; the message names the file and the entry.
    """
    where = f"{file}, entry {values.get('name') or values.get('side') or '?'!r}"
    if unknown := set(values) - KEYS:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; allowed: {', '.join(sorted(KEYS))}")
    _check(values, where)
    kind = Kind(values.get("kind", Kind.ORG))
    names = _names(values, kind, where)
    side = _side(values, kind, names["en"], where)
    return Entry(
        key=values.get("key") or (side if kind in OWN_CODE else f"{kind}-{slug(names['en'])}"),
        kind=kind,
        side=side,
        name=names["en"],
        names=names,
        country=values.get("country", "") or (side if kind in _AT_HOME and alpha3(side) else ""),
        speaks_for=values.get("speaks_for", ""),
        wikidata=values.get("wikidata", ""),
        iso3=alpha3(side) if kind in {Kind.STATE, Kind.TERRITORY} else "",
        gender=values.get("gender", ""),
        number=values.get("number", "singular"),
        aliases=_distinct(_aliases(values, kind, names, where)),
    )


def _check(values: dict[str, Any], where: str) -> None:
    for key in _TEXTS & values.keys():
        value = values[key]
        if not isinstance(value, str):
            raise LexiconError(f"{where}: {key} must be text")
        if key in _CHECKS and not _CHECKS[key].fullmatch(value):
            raise LexiconError(f"{where}: {key} cannot be {value!r}")


def _names(values: dict[str, Any], kind: Kind, where: str) -> dict[str, str]:
    english, french = (values.get(key, "").rstrip(_MARKS) for key in ("name", "name_fr"))
    if kind in {Kind.STATE, Kind.TERRITORY}:
        known = state_names(values.get("side", ""))
        english, french = english or known.get("en", ""), french or known.get("fr", "")
    if not english:
        raise LexiconError(f"{where}: an entry needs a name")
    return {"en": english, "fr": french or english}


def _side(values: dict[str, Any], kind: Kind, name: str, where: str) -> str:
    side: str = values.get("side") or values.get("speaks_for") or name.lower()
    if kind in OWN_CODE and not _CODE.fullmatch(side):
        raise LexiconError(f"{where}: the side of a {kind} is a code of capitals, not {side!r}")
    return side


def _aliases(values: dict[str, Any], kind: Kind, names: dict[str, str], where: str) -> Iterator[Alias]:
    own_form = _NAME_FORMS.get(kind, Form.NAME)
    for key, form in _ALIASES.items():
        if key not in values:
            continue
        for language, text in _listed(values[key], key, where):
            yield from _inflected(text, language, own_form if key == "aliases" else form)
    yield from _name_aliases(names, own_form, values.get("name", ""))
    if kind is Kind.PERSON:
        yield from _surnames(values, names)


def _distinct(aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Keep the first of equal aliases: one that is written out goes before one that is derived."""
    first: dict[tuple[str, str, Form], Alias] = {}
    for alias in aliases:
        first.setdefault((alias.text, alias.language, alias.form), alias)
    return tuple(first.values())


def _listed(value: object, key: str, where: str) -> Iterator[tuple[str, str]]:
    """Yield (language, text) of a list for both languages or a table of lists by language."""
    table = value if isinstance(value, dict) else {"any": value}
    for language, texts in table.items():
        if language not in _LANGUAGES or not isinstance(texts, list):
            raise LexiconError(f"{where}: {key} is a list of texts, or a table of lists: fr, en, any")
        for text in texts:
            if not isinstance(text, str) or not any(map(str.isalnum, text)):
                raise LexiconError(f"{where}: {key} holds {text!r}, which is no name")
            yield _LANGUAGES[language], text


def _inflected(marked: str, language: str, form: Form) -> Iterator[Alias]:
    alias = _unmarked(Alias(marked, language, form))
    forms: tuple[str, ...] = (alias.text,)
    if language == "fr" and form is Form.ADJECTIVE:
        forms = french_adjective(alias.text)
    elif form is Form.DEMONYM:
        plural = french_plural if language == "fr" else english_plural
        forms = (alias.text, plural(alias.text))
    for spelling in forms:
        yield alias._replace(text=spelling)


def _unmarked(alias: Alias) -> Alias:
    """Return the alias without the marks after its text, which say when it is doubtful."""
    marks = alias.text[len(alias.text.rstrip(_MARKS)) :]
    return alias._replace(text=alias.text.rstrip(_MARKS), ambiguous="?" in marks, initial="^" in marks)


def _name_aliases(names: dict[str, str], form: Form, marked: str) -> Iterator[Alias]:
    """Yield the usual names; one name for both languages is an alias in both."""
    if names["fr"] == names["en"]:
        yield _unmarked(Alias(marked or names["en"], "", form))
        return
    for language, name in names.items():
        yield Alias(name, language, form)


def _surnames(values: dict[str, Any], names: dict[str, str]) -> Iterator[Alias]:
    """Yield the surname alone: ``surname`` if given, else the last word of each usual name."""
    given: str | None = values.get("surname")
    surnames = {"": given} if given is not None else {lang: name.split()[-1] for lang, name in names.items()}
    for language, surname in surnames.items():
        if surname:
            yield _unmarked(Alias(surname, language, Form.PERSON, partial=True))
