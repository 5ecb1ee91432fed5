"""Finds the entries of the gazetteer in a text that is split into tokens.

Tokens are cut into *atoms*, runs of letters and digits, so that it does not matter whether a tokeniser
splits at hyphens and apostrophes ("États-Unis", "États" "-" "Unis"), and dots inside an abbreviation are
dropped ("U.S.", "US").  Atoms are compared without accents and case; then the spelling decides:

* a word that the alias writes in capitals must be in capitals ("US" is not "us");
* one that the alias writes with a capital must have one ("Turkey" is not "turkey");
* one in lower case may have any case, but other accents than the alias only if it has none at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.gazetteer.entries import Alias, Entry, Form, Kind

_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\.?)?")
_ATOM = re.compile(r"[^\W_]+|[&/,()]")
_JOINER = re.compile(r"[-‐‑‒–'’ʼ‘`´\u00ad]+|[^\S\n]*\n?[^\S\n]*")
_HYPHENS = frozenset("-‐‑–")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d"})
_ELISIONS = frozenset("l d qu n s j m t c lorsqu puisqu jusqu quoiqu".split())
_ARTICLES = frozenset("le la les l".split())
_AGAINST = frozenset("pro anti non ex trans inter intra cross".split())
"""Prefixes that make another word of a name: "anti-Russian"."""
_BY_OTHERS = frozenset(
    "backed led controlled occupied speaking style installed sponsored funded affiliated linked aligned "
    "allied supported trained made born appointed run owned friendly drafted brokered imposed".split()
)
"""Second parts of an English compound, which as a whole describes somebody else: "Iran-backed"."""
_SENTENCE_OPENERS = frozenset('. ! ? : ; … « “ ” " „ ( [ - – — * •'.split())


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents and ligatures."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


class Atom(NamedTuple):
    """A run of letters and digits of a token.

    Attributes:
        folded: for look-up; a token that separates words gives one that no alias holds.
        text: as written.
        opens: a match may start here: nothing but elided words stands before it in its token.
        closes: a match may end here: nothing but the English possessive follows in its token.
    """

    folded: str
    text: str
    opens: bool
    closes: bool


def _split(token: str) -> list[str]:
    if "." in token and _ABBREVIATION.fullmatch(token):
        token = token.replace(".", "")
    return _ATOM.findall(unicodedata.normalize("NFC", token))


@lru_cache(maxsize=65536)
def split_atoms(token: str) -> tuple[Atom, ...]:
    """Return the atoms of a token; none for a hyphen, an apostrophe or a single line break."""
    texts = _split(token)
    if not texts:
        return () if _JOINER.fullmatch(token) else (Atom("\0", token, False, False),)
    folded = [fold(text) for text in texts]
    return tuple(
        Atom(
            plain,
            text,
            opens=all(before in _ELISIONS for before in folded[:place]),
            closes=folded[place + 1 :] in ([], ["s"]),
        )
        for place, (plain, text) in enumerate(zip(folded, texts, strict=True))
    )


class Pattern(NamedTuple):
    """An alias ready for comparison."""

    entry: Entry
    alias: Alias
    words: tuple[str, ...]

    def admits(self, atoms: Sequence[Atom]) -> bool:
        """Tell whether the spelling of the text allows this alias."""
        return all(map(_admits_word, self.words, (atom.text for atom in atoms)))


def _admits_word(word: str, text: str) -> bool:
    if len(word) > 1 and word.isupper():
        return text.isupper()
    if word[0].isupper():
        return not text[0].islower()
    return text.isascii() or word == text.lower()


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``start`` to ``end`` (half-open) that name an entry.

    Attributes:
        form: how they stand for it.
        ambiguous: they may as well mean something else: a common word, another person or place, one of
            ``alternatives`` with another side; or they describe somebody else ("Iran-backed").
        alternatives: other entries with this name, less usual ones last.
    """

    start: int
    end: int
    entry: Entry
    form: Form
    ambiguous: bool = False
    alternatives: tuple[Entry, ...] = ()


class Index:
    """The aliases of one language by their folded atoms."""

    def __init__(self) -> None:
        self._patterns: dict[str, list[Pattern]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, entry: Entry, alias: Alias) -> None:
        """Add an alias; of equal ones of several entries the first added is the usual one."""
        words = tuple(word for token in alias.text.split() for word in _split(token))
        if len(words) > 1 and words[0].lower() in _ARTICLES:
            words = (words[0].lower(), *words[1:])  # "dans le Monde" as well as "Le Monde"
        folded = [fold(word) for word in words]
        known = self._lengths.get(folded[0], ())
        if len(words) not in known:
            self._lengths[folded[0]] = tuple(sorted((*known, len(words)), reverse=True))
        self._patterns.setdefault(" ".join(folded), []).append(Pattern(entry, alias, words))

    def longest(self, atoms: Sequence[Atom], start: int) -> tuple[int, list[Pattern]]:
        """Return the number of atoms of the longest alias at ``start``, and all aliases that fit; or 0."""
        for length in self._lengths.get(atoms[start].folded, ()):
            window = atoms[start : start + length]
            if len(window) < length or not window[-1].closes:
                continue
            patterns = self._patterns.get(" ".join(atom.folded for atom in window), ())
            if fitting := [pattern for pattern in patterns if pattern.admits(window)]:
                return length, fitting
        return 0, []


def build_index(entries: Iterable[Entry], language: str) -> Index:
    """Return an index over the aliases that all entries have in a language."""
    index = Index()
    for entry in entries:
        for alias in entry.aliases:
            if alias.language in ("", language):
                index.add(entry, alias)
    return index


class Text:
    """The atoms of a list of tokens."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.atoms: list[Atom] = []
        self.tokens: list[int] = []
        for place, word in enumerate(words):
            for atom in split_atoms(word):
                self.atoms.append(atom)
                self.tokens.append(place)
        self.in_capitals = _is_in_capitals(words)

    def starts_sentence(self, place: int) -> bool:
        """Tell whether the atom's capital says nothing, as it opens a sentence or all are capitals."""
        token = self.tokens[place]
        return token == 0 or self.in_capitals or self.words[token - 1] in _SENTENCE_OPENERS

    def is_prefixed(self, place: int) -> bool:
        """Tell whether a prefix and a hyphen stand before the atom: "anti-" in "anti-Russian"."""
        return (
            place > 0
            and self.tokens[place] - self.tokens[place - 1] == 2
            and self.words[self.tokens[place] - 1] in _HYPHENS
            and self.atoms[place - 1].folded in _AGAINST
        )

    def is_compound(self, place: int) -> bool:
        """Tell whether the atom is followed by a hyphen and what others do: "backed"."""
        return (
            place + 1 < len(self.atoms)
            and self.tokens[place + 1] - self.tokens[place] == 2
            and self.words[self.tokens[place] + 1] in _HYPHENS
            and self.atoms[place + 1].folded in _BY_OTHERS
        )


def _is_in_capitals(words: Sequence[str]) -> bool:
    """Tell whether no word of at least four is in lower case."""
    cased = [word for word in words if word.upper() != word.lower()]
    return len(cased) >= 4 and all(word.isupper() for word in cased)


def find_matches(text: Text, index: Index, is_title: Callable[[str], bool]) -> list[Match]:
    """Return the longest matches from left to right; they do not overlap.

    Args:
        text: where to look.
        index: the aliases of the text's language.
        is_title: tells whether a word may stand before a surname without being a first name.
    """
    matches = []
    place = 0
    while place < len(text.atoms):
        length, patterns = index.longest(text.atoms, place) if text.atoms[place].opens else (0, [])
        dropped = not patterns or patterns[0].entry.kind is Kind.LOOKALIKE or text.is_prefixed(place)
        if not dropped:
            matches.append(_match(text, place, length, patterns, is_title))
        place += length or 1
    return matches


def _match(
    text: Text, place: int, length: int, patterns: list[Pattern], is_title: Callable[[str], bool]
) -> Match:
    entry, alias, _ = patterns[0]
    others = {pattern.entry.key: pattern.entry for pattern in patterns if pattern.entry.key != entry.key}
    return Match(
        start=text.tokens[place],
        end=text.tokens[place + length - 1] + 1,
        entry=entry,
        form=_form(alias, text.atoms[place].text),
        ambiguous=any(other.side != entry.side for other in others.values())
        or _is_doubtful(text, place, length, alias, is_title),
        alternatives=tuple(others.values()),
    )


def _is_doubtful(text: Text, place: int, length: int, alias: Alias, is_title: Callable[[str], bool]) -> bool:
    if alias.ambiguous or (alias.initial and text.starts_sentence(place)):
        return True
    if length == 1 and text.in_capitals and alias.text.isupper() and len(alias.text) <= 3:
        return True
    if text.is_compound(place + length - 1):
        return True
    return alias.partial and place > 0 and _is_first_name(text, place - 1, is_title)


def _is_first_name(text: Text, place: int, is_title: Callable[[str], bool]) -> bool:
    word = text.atoms[place].text
    return (
        text.tokens[place] == text.tokens[place + 1] - 1
        and word[0].isupper()
        and not (len(word) > 1 and word.isupper())
        and not text.starts_sentence(place)
        and not is_title(word)
    )


def _form(alias: Alias, written: str) -> Form:
    """A French adjective with a capital is a noun for the people."""
    if alias.form is Form.ADJECTIVE and alias.text[0].islower() and written[0].isupper():
        return Form.DEMONYM
    return alias.form
