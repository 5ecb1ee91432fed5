"""Inflected forms of French adjectives and of nouns in both languages, as far as names need them."""

from __future__ import annotations

_FEMININE_ENDINGS = (("ien", "ienne"), ("éen", "éenne"), ("on", "onne"), ("eur", "euse"), ("er", "ère"))
_FRENCH_LINKS = (" d'", " de ", " du ", " des ", " à ", " en ", " aux ")
_ENGLISH_LINKS = (" of ", " in ", " d'", "-in-")
_REGULAR = frozenset({"German", "East German", "West German", "Czech"})
"""English nouns that the endings would mislead."""
_ENGLISH_PLURALS = (("man", "men"), ("person", "people"), ("y", "ies"))


def feminine(word: str) -> str:
    """Return the regular feminine of a French adjective or noun in the masculine singular."""
    if word.endswith("e"):
        return word
    for ending, replacement in _FEMININE_ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + replacement
    return word + "e"


def french_plural(word: str) -> str:
    """Return the regular plural of a French word."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word.removesuffix("al") + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


def french_adjective(spelling: str) -> tuple[str, ...]:
    """Return the distinct forms of an adjective: masculine, feminine, and their plurals.

    ``spelling`` is the masculine singular, or all four forms with slashes between them where they are
    irregular ("grec/grecque/grecs/grecques").
    """
    given = spelling.split("/")
    if len(given) == 4:
        forms = given
    else:
        she = feminine(spelling)
        forms = [spelling, she, french_plural(spelling), french_plural(she)]
    return tuple(dict.fromkeys(forms))


def english_plural(word: str) -> str:
    """Return the plural of an English noun."""
    if word not in _REGULAR:
        for ending, replacement in _ENGLISH_PLURALS:
            if word.endswith(ending) and not word.endswith(("ay", "ey", "oy")):
                return word.removesuffix(ending) + replacement
        if word.endswith(("ch", "sh", "x", "ss")):
            return word + "es"
    return word + "s"


def french_noun_plural(noun: str) -> str:
    """Return the plural of a noun of one or more words: "chefs d'État", "hauts responsables"."""
    head, link, rest = _split_phrase(noun, _FRENCH_LINKS)
    return " ".join(map(french_plural, head.split())) + link + rest


def english_noun_plural(noun: str) -> str:
    """Return the plural of a noun of one or more words: "heads of state", "foreign ministers"."""
    head, link, rest = _split_phrase(noun, _ENGLISH_LINKS)
    before, space, last = head.rpartition(" ")
    return before + space + english_plural(last) + link + rest


def _split_phrase(noun: str, links: tuple[str, ...]) -> tuple[str, str, str]:
    found = [(noun.index(link), link) for link in links if link in noun]
    if not found:
        return noun, "", ""
    place, link = min(found)
    return noun[:place], link, noun[place + len(link) :]
