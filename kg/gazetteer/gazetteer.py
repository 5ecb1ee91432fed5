"""The gazetteer as the stages use it: built-in actors, the users' own, and nouns of offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kg.errors import LexiconError
from kg.gazetteer.categories import Category, load_categories
from kg.gazetteer.entries import OWN_CODE, Entry, Kind
from kg.gazetteer.loading import parse_toml, read_actors
from kg.gazetteer.matching import Index, Match, Text, build_index, find_matches
from kg.gazetteer.states import LANGUAGES

_TITLES = frozenset(
    "m mr mrs ms mme mlle mm dr sir lord lady mgr me sen rep gov gen col capt lt pm prime".split()
)
"""Titles before a surname that are no nouns of offices."""


class Gazetteer:
    """Resolves names, demonyms, capitals and seats of power to actors.

    Args:
        entries: all actors; of two with one name the first is the usual one.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.key: entry for entry in entries}
        self._indexes: dict[str, Index] = {}

    def find(self, words: Sequence[str], language: str) -> list[Match]:
        """Return the actors named in a list of tokens, longest match first come, without overlap.

        Args:
            words: the texts of consecutive tokens, best of a sentence or a whole document.
            language: ``"fr"`` or ``"en"``; any other finds nothing.
        """
        if language not in LANGUAGES:
            return []
        if language not in self._indexes:
            self._indexes[language] = build_index(self.entries.values(), language)

        def is_title(word: str) -> bool:
            return word.lower() in _TITLES or self.category(word, language) is not None

        return find_matches(Text(words), self._indexes[language], is_title)

    def entry(self, key: str) -> Entry | None:
        """Return the entry with this key: ``"CN"``, ``"UN"``, ``"company-huawei"``."""
        return self.entries.get(key)

    def category(self, lemma: str, language: str) -> Category | None:
        """Return what sort of holder of an office or body a noun names, by lemma or inflected form."""
        return load_categories().find(lemma, language)


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """Return the gazetteer with the users' own actors, which come before the built-in ones.

    Loaded once for the same files; a file that has changed is read again.

    Args:
        extra: TOML or CSV files of actors; README.md beside this module describes them.

    Raises:
        LexiconError: a file cannot be read or is malformed; the message names the file and the entry.
    """
    return _load(tuple((Path(path), _stamp(Path(path))) for path in extra))


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error}") from error


@lru_cache(maxsize=8)
def _load(extra: tuple[tuple[Path, int], ...]) -> Gazetteer:
    built_in = _built_in()
    own = [entry for path, _ in extra for entry in _distinct(read_actors(path), str(path))]
    keys = {entry.key for entry in own}
    entries = [*own, *(entry for entry in built_in if entry.key not in keys)]
    _check_speaks_for(entries)
    return Gazetteer(entries)


@lru_cache(maxsize=1)
def _built_in() -> tuple[Entry, ...]:
    folder = files("kg.gazetteer") / "data"
    # File names start with a number: the order decides which of two actors a shared name usually means.
    data = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    entries = [entry for file in data for entry in parse_toml(file.read_text(encoding="utf-8"), file.name)]
    return tuple(_distinct(entries, "kg/gazetteer/data"))


def _distinct(entries: Iterable[Entry], file: str) -> list[Entry]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.key in seen:
            raise LexiconError(f"{file}, entry {entry.name!r}: its key {entry.key!r} occurs twice")
        seen[entry.key] = entry
    return list(seen.values())


def _check_speaks_for(entries: Sequence[Entry]) -> None:
    """Codes must be known; a name of lower-case words may be anybody's."""
    codes = {entry.side for entry in entries if entry.kind in OWN_CODE}
    for entry in entries:
        for side in (entry.speaks_for, entry.side):
            if side.isupper() and side not in codes and entry.kind is not Kind.LOOKALIKE:
                raise LexiconError(f"entry {entry.name!r}: no state or body has the code {side!r}")
