"""The records that the stages hand to each other.  Standard library only.

Offsets are half-open ranges of Unicode code points in ``Document.text``, exactly as the text was read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

UNNAMED = "unnamed"
"""Side of a party that the text does not identify."""


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Quote(NamedTuple):
    """Words of a document with their place: ``text == document.text[start:end]``."""

    start: int
    end: int
    text: str


class Genre(StrEnum):
    """Who holds a clause that nobody in the text is said to hold."""

    OWN_SPEECH = "own_speech"
    """Speech, statement, briefing, letter: the document's speaker holds it."""
    NARRATED = "narrated"
    """News report, encyclopaedia: a neutral narrator, so nobody holds it."""


class ActType(StrEnum):
    """What is done with words (ANNOTATION: accusation and rebuttal; the rest after Searle)."""

    ACCUSATION = "accusation"
    REBUTTAL = "rebuttal"
    DEMAND = "demand"
    WARNING = "warning"
    POSITION = "position"
    RETRACTION = "retraction"


class Modality(StrEnum):
    """How sure the speaker presents itself to be."""

    ASSERTED = "asserted"
    HEDGED = "hedged"


class RebuttalKind(StrEnum):
    """How a rebuttal answers."""

    DENIAL = "denial"
    DISMISSAL = "dismissal"
    NO_EVIDENCE = "no_evidence"
    DISCREDIT_ACCUSER = "discredit_accuser"
    COUNTER_EVIDENCE = "counter_evidence"
    CONTESTATION = "contestation"


class Topic(StrEnum):
    """What an accusation is about."""

    ESPIONAGE = "espionage"
    CYBERATTACK = "cyberattack"
    DISINFORMATION = "disinformation"
    INTERFERENCE = "interference"
    AGGRESSION = "aggression"
    HUMAN_RIGHTS = "human_rights"
    CORRUPTION = "corruption"
    TERRORISM = "terrorism"
    SANCTIONS = "sanctions"
    TREATY_BREACH = "treaty_breach"
    FRAUD = "fraud"
    SEXUAL_MISCONDUCT = "sexual_misconduct"
    NEGLIGENCE = "negligence"
    THREAT = "threat"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text.  An empty string means: not known.

    ``date`` is an ISO 8601 date, possibly partial (``2020``, ``2020-07``, ``2020-07-25``).
    ``inferred`` names the fields that were read off the text instead of being given.
    """

    title: str = ""
    publisher: str = ""
    speaker: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    genre: str = ""
    licence: str = ""
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A text as it was read, with its metadata.

    ``name`` is the file name without extension, or the record's id; with ``metadata.url`` (if any) it
    is what makes two readings versions of one document.
    """

    name: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)

    @cached_property
    def text_sha256(self) -> str:
        """Hex SHA-256 of the UTF-8 bytes of the text that the offsets refer to."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an act: the words for it and who it is.

    Attributes:
        mention: the words of the text; None for the speaker itself or a party not expressed.
        name: usual English name, ``"unnamed"`` when nobody can be identified.
        side: ISO 3166-1 alpha-2 code of a state, code of an international body, short lower-case name
            of any other party, or :data:`UNNAMED`.
        iri: the actor's IRI.
        resolution: how the mention was resolved, in plain words (for explanations).
    """

    mention: Quote | None
    name: str
    side: str
    iri: str
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One accusation, rebuttal or other act: one sentence x one type x one source x one target.

    ``id`` is the record, ``act`` the IRI of the act; an act that is two things (a counter-accusation
    that rebuts) gives two records with one ``act``.  ``via`` are the reporters between the document
    and the source, outermost first.  ``rebuts`` holds record ids of accusations.  ``holders`` is the
    chain of who says it, outermost first, in words; ``reasons`` names what fired.
    """

    id: str
    act: str
    document: str
    type: ActType
    start: int
    end: int
    sentence: str
    cue: Quote
    content: Quote | None
    source: Party
    target: Party
    via: tuple[Party, ...] = ()
    modality: Modality = Modality.ASSERTED
    topics: tuple[Topic, ...] = ()
    kind: RebuttalKind | None = None
    rebuts: tuple[str, ...] = ()
    counter: bool = False
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with the acts that were found in it, in text order."""

    document: Document
    acts: tuple[Act, ...]
