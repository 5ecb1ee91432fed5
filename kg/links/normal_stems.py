"""Words without their endings, so that the forms of a word are one, and cognates of two languages too.

Linking compares a hundred thousand acts and must not parse them again: endings are stripped by rule, with
no model and no dictionary but a list of irregular forms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.links.normal_irregular import IRREGULAR

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ə": "e"})
_FRENCH = (
    "issaient issions assions eraient erions issant issent aient erent erons eront erait erais erez "
    "eras era issons issez antes ants ante ant ions iez ait ais ees ee es er ez ent ons ir re ue u "
    "is it ie e a i"
).split()
"""French endings, the longest first."""
_INVARIABLE = frozenset(
    "pays mois corps temps fils voix bras puits proces acces succes noix prix paix croix".split()
)
"""French words that end in a consonant of the plural without being one."""
_SHORT = frozenset("e es ee ees er ez ir u ue re".split())
"""Endings that may leave three letters; others must leave four, as in "agent" or "camion"."""
_COGNATES = (
    ("ph", "f"), ("th", "t"), ("ch", "c"), ("qu", "k"), ("y", "i"), ("w", "v"), ("c", "k"), ("z", "s"),
    ("x", "s"),
)  # fmt: skip
_ENDINGS = re.compile(
    r"(?:ationel|ational|ation|ition|tion|sion|ment|ikue|ikal|iste|ist|isme|ism|aire|ari|eur|euse|eus|ous|er|or|"
    r"ite|iti|te|ti|anse|ense|anke|enke|if|ive|iv|el|al|ai|e|i|s)$"
)
_UIRE = re.compile(r"ui(?:re|t|te|ts|tes|sent|sait|saient|sant|s)$")
"""Endings of "détruire" and its like."""
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return a word in lower case, without accents and ligatures."""
    word = word.lower()
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return a word without its inflection; words of an unknown language are only folded.

    >>> stem("sectionnaient", "fr") == stem("sectionner", "fr")
    True
    """
    known = IRREGULAR.get(language, {}).get(word.lower(), word)
    folded = fold(known)
    if language == "fr":
        return _french(folded)
    return _english(folded) if language == "en" else folded


@lru_cache(maxsize=200_000)
def consonants(word: str) -> str:
    """Return the consonants of a word's skeleton, as "rfnr" of "raffinerie" and "refinery"; empty if few."""
    bare = re.sub(r"[aeiou]", "", skeleton(word))
    return bare if len(bare) >= 4 else ""


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return what related words of French and English share: "transpondeur" and "transponder".

    Empty for words too short to be told from chance.
    """
    folded = fold(word)
    for letters, sound in _COGNATES:
        folded = folded.replace(letters, sound)
    folded = _DOUBLE.sub(r"\1", folded.rstrip("s"))
    bare = _ENDINGS.sub("", folded)
    return bare if len(bare) >= 4 else (folded if len(folded) >= 4 else "")


def _french(word: str) -> str:
    bare = _UIRE.sub("ui", _singular(word))
    for ending in _FRENCH:
        if bare.endswith(ending) and len(bare) - len(ending) >= (3 if ending in _SHORT else 4):
            bare = bare[: -len(ending)]
            break
    if len(bare) > 4 and bare[-1] in "ei":  # "mange-ait", "licenci-er"
        bare = bare[:-1]
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare  # "rejett-e"


def _singular(word: str) -> str:
    if word in _INVARIABLE or len(word) <= 3:
        return word
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 5:
        return word[:-3] + "al"
    return word[:-1] if word.endswith(("s", "x")) else word


def _english(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and _has_vowel(word[: -len(ending)]):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)
