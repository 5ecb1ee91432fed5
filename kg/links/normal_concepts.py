"""A small bilingual table of concepts: what is done wrong, to whom, with what.

``concepts/*.toml`` hold it, one line a concept, for linguists to edit: English words, then French words.
Concepts of one table are near each other in meaning and count as half a match.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from kg.errors import LexiconError
from kg.links.normal_stems import stem

LANGUAGES = ("en", "fr")
"""Languages of the table, in the order in which a line gives them."""
GRAMMAR: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "a an the of to in on at by for from with without into onto over under out up off about "
        "against and or but not no nor as than that which who whom whose this these those it its he "
        "him his she her they them their we us our i me my you your is are was were be been being am "
        "has have had will would shall should can could may might must if when while because so too "
        "very there where what how why all both each every some through between before after during "
        "until among such just s t itself themselves himself one".split()
    ),
    "fr": frozenset(
        "le la les l un une des du de d à a au aux en dans sur sous par pour avec sans entre vers "
        "chez contre et ou mais ne n pas ni que qu qui quoi dont où ce cet cette ces c ça il elle ils "
        "elles on je j tu nous vous me m te t se s lui leur leurs y son sa ses mon ma mes ton ta tes "
        "notre nos votre vos est sont était étaient être été sera seront suis es sommes êtes soit fut "
        "ai as avons avez ont avait avaient aura aurait auraient ayant eu avoir si comme quand plus "
        "moins très trop car donc or puis chaque cela ceci celui celle ceux celles alors parce lequel "
        "laquelle lesquels avant après pendant jusqu selon non oui".split()
    ),
}
"""Words of grammar: they are no part of what is said, and phrases are matched without them."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Concept(NamedTuple):
    """A meaning that words of both languages share.

    Attributes:
        name: of the concept, unique.
        field: the table it stands in: what is near in meaning.
        kind: the file it stands in: ``wrongs``, ``things``, ``people`` or ``frames`` (up to a hyphen).
    """

    name: str
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """The concepts of the words of one language, by stem; phrases by their first stem."""

    words: Mapping[str, tuple[Concept, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Concept], ...]]

    def match(self, stems: Sequence[str], place: int) -> tuple[int, tuple[Concept, ...]]:
        """Return how many stems from ``place`` on are taken, and the concepts that they may mean.

        The longest phrase counts; a single word may have several meanings; (1, ()) if it has none here.
        """
        longest = 1
        found: list[Concept] = []
        for phrase, concept in self.phrases.get(stems[place], ()):
            size = len(phrase)
            if size >= max(longest, 2) and tuple(stems[place : place + size]) == phrase:
                found = [*found, concept] if size == longest else [concept]
                longest = size
        return (longest, tuple(found)) if found else (1, self.words.get(stems[place], ()))


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a text that are no words of grammar, as written."""
    grammar = GRAMMAR.get(language, frozenset())
    return [word for word in _WORD.findall(text) if word.lower() not in grammar]


@cache
def load_concepts(language: str) -> ConceptTable:
    """Return the table for a language; an empty one for a language that it does not have.

    Raises:
        LexiconError: a file is malformed or names a concept twice.
    """
    words: defaultdict[str, list[Concept]] = defaultdict(list)
    phrases: defaultdict[str, list[tuple[tuple[str, ...], Concept]]] = defaultdict(list)
    for concept, entries in _entries():
        for entry in entries.get(language, ()):
            stems = tuple(stem(word, language) for word in content_words(entry, language))
            if len(stems) == 1:
                words[stems[0]].append(concept)
            elif stems:
                phrases[stems[0]].append((stems, concept))
    return ConceptTable(
        {key: tuple(dict.fromkeys(found)) for key, found in words.items()},
        {key: tuple(dict.fromkeys(found)) for key, found in phrases.items()},
    )


@cache
def _entries() -> tuple[tuple[Concept, dict[str, list[str]]], ...]:
    found: list[tuple[Concept, dict[str, list[str]]]] = []
    folder = files("kg.links") / "concepts"
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        found.extend(parse_concepts(file.read_text(encoding="utf-8"), file.name))
    names = [concept.name for concept, _ in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise LexiconError(f"kg/links/concepts: the concept {twice[0]!r} occurs twice. Rename one")
    return tuple(found)


def parse_concepts(text: str, file: str) -> list[tuple[Concept, dict[str, list[str]]]]:
    """Return the concepts of one file with their words by language.

    Raises:
        LexiconError: the file is not TOML, or a line is not two lists of words.
    """
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: {error}") from error
    found = []
    for field, lines in tables.items():
        for name, lists in lines.items():
            if not (isinstance(lists, list) and len(lists) == 2 and all(isinstance(x, str) for x in lists)):
                raise LexiconError(
                    f'{file}, {field}, {name}: write {name} = ["English words", "French words"]'
                )
            words = {
                language: [word.strip() for word in listed.split(",") if word.strip()]
                for language, listed in zip(LANGUAGES, lists, strict=True)
            }
            found.append((Concept(name, field, file.partition(".")[0].partition("-")[0]), words))
    return found
