"""What mentions refer to, and what the words of one mention say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Token

from kg.model import UNNAMED
from kg.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something that mentions of a document refer to.

    Attributes:
        name: usual English name where known, else the fullest words of the text.
        side: see :attr:`kg.model.Party.side`.
        kind: gazetteer kind, ``person``, ``org``, ``group`` or ``unnamed``.
        plural: whether it takes plural pronouns; None if both.
        gender: ``"Masc"``, ``"Fem"`` or None.
    """

    name: str
    side: str
    kind: str
    plural: bool | None = None
    gender: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether the text identifies it."""
        return self.side != UNNAMED


def as_person(referent: Referent) -> Referent:
    """Return an official as the person: between parties of one state nobody is the state."""
    return Referent(referent.name, referent.name.lower(), "person", referent.plural, referent.gender)


NOBODY = Referent(UNNAMED, UNNAMED, "unnamed")
"""Whom the text does not identify at all."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention, in text order."""

    token: Token
    sentence: Sentence
    referent: Referent
    is_subject: bool
    is_pronoun: bool = False


class Method(StrEnum):
    """How it was found out who is meant."""

    NAMED = "named"
    TITLED = "title of somebody named"
    NATION = "of a nation"
    BODY = "of a body"
    OWNER = "possessive"
    BEFORE = "described before"
    LIKELY = "the one spoken of"
    HOME = "of the state spoken of"
    OPPOSITION = "against their own state"
    PRONOUN = "pronoun"
    ADDRESSEE = "spoken to"
    SPEAKER = "speaker"
    LABEL = "speaker label"
    GROUP = "described, not identified"
    WORDS = "known by these words only"
    CONTEXT = "not expressed"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention refers to and how that was found out: the method, and the reason in plain words."""

    referent: Referent
    method: Method
    how: str
    token: Token | None = field(default=None, compare=False)
    sentence: Sentence | None = field(default=None, compare=False)


NOBODY_NAMED = Resolution(NOBODY, Method.NOBODY, "nobody named")
"""The resolution of what the text leaves open."""
