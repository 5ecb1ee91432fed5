"""Which earlier mention a pronoun can stand for, and how well.

The score follows the salience factors of Lappin & Leass (https://aclanthology.org/J94-4002/): recency,
subjecthood, number and gender agreement, frequency; plus two of disputes: who speaks of "them" means others,
and who has just been accused is likely to be accused again.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar import form
from kg.parties.memory import Memory
from kg.parties.mentions import NATIONAL, gender_of, is_plural
from kg.parties.referents import Mention

_PRONOUNS = frozenset(
    "il ils elle elles lui leur leurs eux celui-ci ceux-ci celle-ci celles-ci son sa ses se".split()
    + "he she it they him her them his its their theirs himself itself themselves".split()
)
_CLITICS = frozenset({"le", "la", "l'", "les"})
_THINGS_ONLY = frozenset({"it", "its", "itself"})
_PEOPLE_ONLY = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_PLURAL = frozenset("ils elles les leurs eux ceux-ci celles-ci they them their theirs themselves".split())
_ANY_NUMBER = frozenset({"son", "sa", "ses", "se", "leur", "les"})


def is_anaphor(token: Token) -> bool:
    """Whether a token is a third-person pronoun or possessive."""
    if form(token) in _CLITICS:
        return token.pos_ == "PRON" and token.dep_ in {"obj", "iobj"}
    return form(token) in _PRONOUNS and token.pos_ in {"PRON", "DET", "ADJ"}


def is_personal(token: Token) -> bool:
    """Whether a pronoun stands for one person: "he", "her"."""
    return form(token) in _PEOPLE_ONLY


def antecedent_score(
    token: Token, mention: Mention, distance: int, own: str | None, memory: Memory, *, indirect: bool = False
) -> float | None:
    """Return how likely a pronoun stands for a mention; None if it cannot.

    Args:
        token: the pronoun.
        mention: an earlier mention.
        distance: sentences between them.
        own: side of whoever says the pronoun.
        memory: what was said so far.
        indirect: the words are reported, so that who says them is in the third person: "she says she won".
    """
    referent, lower = mention.referent, form(token)
    if not _agrees(lower, token, mention) or _is_other_argument(token, mention):
        return None
    score = -0.8 * distance + 0.7 * mention.is_subject + 0.3 * mention.is_pronoun
    score += 0.25 * memory.salience(referent)
    if own is not None and referent.side == own and not indirect:
        if referent.kind == "person":
            return None  # nobody calls themselves "she" in their own words
        score -= 2.5
    if lower in _PLURAL:
        score += {True: 0.3, False: -0.6, None: -0.3}[is_plural(mention.token)]
    if lower in _THINGS_ONLY:
        score += 0.3 if referent.kind in NATIONAL else 0.0
        score -= 0.4 if referent.kind == "org" else 0.0
    return score + 0.5 * memory.is_accused(referent)


def _agrees(lower: str, token: Token, mention: Mention) -> bool:
    referent = mention.referent
    if lower in _THINGS_ONLY and referent.kind == "person":
        return False
    if lower in _PEOPLE_ONLY and referent.kind not in {"person", "group"}:
        return False
    if lower in _PLURAL and referent.plural is False and referent.kind == "person":
        return False
    if lower not in _PLURAL | _ANY_NUMBER and referent.plural is True:
        return False
    gender = gender_of(token)
    if token.pos_ == "PRON" and gender and referent.gender and gender != referent.gender:
        return False
    return not (lower in {"she", "her", "elle"} and referent.gender == "Masc")


def _is_other_argument(token: Token, mention: Mention) -> bool:
    """Whether both are arguments of one verb: "they accuse them" are two parties."""
    return (
        mention.token.doc is token.doc
        and mention.token.head == token.head
        and token.pos_ == "PRON"
        and token.head.pos_ in {"VERB", "AUX"}
    )
