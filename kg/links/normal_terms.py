"""What a stretch of text speaks of: concepts, names, numbers and parties, the same in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer import Kind, load_gazetteer
from kg.links.normal_concepts import GRAMMAR, ConceptTable, load_concepts
from kg.links.normal_numbers import TOKEN, is_figures, number_key, read_number
from kg.links.normal_stems import consonants, fold, skeleton, stem

NAME, NUMBER, SIDE, WORD = "name", "number", "side", "word"
"""Kinds of terms beside those of concepts (``wrongs``, ``things``, ``people``, ``frames``)."""
_TITLES = frozenset(
    "mr mrs ms mme mlle m dr sir lord lady monsieur madame mister professor president".split()
)
_LONGEST_NAME = 4
"""Words of the longest name of a state that is looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, phrase, name or number of a text.

    Attributes:
        text: as written.
        kind: ``wrongs``, ``things``, ``people``, ``frames``, :data:`NAME`, :data:`NUMBER`, :data:`SIDE` or
            :data:`WORD` (not in the table).
        keys: what it means; two terms with a key in common say the same.
        fields: fields of meaning; two terms with one in common are near each other.
    """

    text: str
    kind: str
    keys: tuple[str, ...]
    fields: tuple[str, ...] = ()


def read_terms(text: str, language: str, *, opens: bool = True) -> tuple[Term, ...]:
    """Return the terms of a text in order, without words of grammar.

    Args:
        text: words of one sentence.
        language: ``"fr"``, ``"en"``; of another one only names, numbers and cognates are found.
        opens: the text begins a sentence, so that the capital of its first word means nothing.
    """
    return tuple(_terms(TOKEN.findall(text.replace("’", "'")), language, opens))


def _terms(tokens: Sequence[str], language: str, opens: bool) -> Iterator[Term]:
    table, grammar = load_concepts(language), GRAMMAR.get(language, frozenset())
    stems: list[str] = []
    words: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        size, term = _special(
            tokens, place, first=opens and place == 0, grammar=grammar, table=table, language=language
        )
        if not size and token.lower() not in grammar:
            words.append(token)
            stems.append(stem(token, language))
        elif size:
            yield from _plain(words, stems, table)
            words, stems = [], []
            if term:
                yield term
        place += size or 1
    yield from _plain(words, stems, table)


def _special(
    tokens: Sequence[str],
    place: int,
    *,
    first: bool,
    grammar: frozenset[str],
    table: ConceptTable,
    language: str,
) -> tuple[int, Term | None]:
    """Return how many tokens are a number, a state or a name, and the term for them."""
    token = tokens[place]
    size, side = _side(tokens, place, language)
    if size:
        return size, Term(" ".join(tokens[place : place + size]), SIDE, (f"@{side}",))
    size, value = read_number(tokens, place)
    if size and value is not None:
        return size, Term(" ".join(tokens[place : place + size]), NUMBER, (number_key(value),))
    if is_figures(token) or not token[0].isupper() or fold(token) in grammar:
        return 0, None
    if fold(token).rstrip(".") in _TITLES:
        return 1, None
    if first and not token.isupper() and (len(token) < 3 or stem(token, language) in table.words):
        return 0, None
    return 1, _name(token)


@lru_cache(maxsize=100_000)
def _name(token: str) -> Term:
    bare = skeleton(token)
    keys = [f"n:{fold(token)}"]
    if bare and not token.isupper():
        keys.append(f"~{bare}")
    return Term(token, NAME, tuple(keys))


def _plain(words: Sequence[str], stems: Sequence[str], table: ConceptTable) -> Iterator[Term]:
    place = 0
    while place < len(words):
        size, concepts = table.match(stems, place)
        text = " ".join(words[place : place + size])
        if concepts:
            kinds = {concept.kind for concept in concepts}
            yield Term(
                text,
                concepts[0].kind if kinds != {"frames"} else "frames",
                tuple(
                    concept.name for concept in concepts if concept.kind != "frames" or kinds == {"frames"}
                ),
                tuple(dict.fromkeys(f"{concept.field}/" for concept in concepts if concept.kind != "frames")),
            )
        else:
            yield Term(text, WORD, _word_keys(text, stems[place]))
        place += size


def _word_keys(word: str, bare: str) -> tuple[str, ...]:
    """Return what a word that the table lacks is compared by: its cognates, or its stem if it is short."""
    keys = [f"~{found}" for found in [skeleton(word)] if found] + [
        f"%{found}" for found in [consonants(word)] if found
    ]
    return tuple(keys) or (f"={bare}",)


def _side(tokens: Sequence[str], place: int, language: str) -> tuple[int, str]:
    names, beginnings = _state_names(language)
    if fold(tokens[place]) not in beginnings:
        return 0, ""
    for size in range(min(_LONGEST_NAME, len(tokens) - place), 0, -1):
        written = tokens[place : place + size]
        side, capital = names.get(" ".join(map(fold, written)), ("", False))
        if side and (not capital or written[0][0].isupper()):
            return size, side
    return 0, ""


@cache
def _state_names(language: str) -> tuple[Mapping[str, tuple[str, bool]], frozenset[str]]:
    """Return side and need of a capital by the words that name a state or body, and their first words."""
    kinds = {Kind.STATE, Kind.TERRITORY, Kind.INTERNATIONAL}
    found: dict[str, tuple[str, bool]] = {}
    for entry in load_gazetteer().entries.values():
        if entry.kind not in kinds:
            continue
        for alias in entry.aliases:
            if alias.language in {"", language} and not alias.ambiguous:
                words = " ".join(map(fold, TOKEN.findall(alias.text)))
                found.setdefault(words, (entry.side, alias.text[:1].isupper()))
    return found, frozenset(words.partition(" ")[0] for words in found)
