"""Who can be a party: gazetteer entries and the words that name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What sort of actor an entry is."""

    STATE = "state"
    TERRITORY = "territory"
    """A territory with an ISO code of its own that is no sovereign state."""
    INTERNATIONAL = "international"
    """International body with a code of its own: UN, NATO, ICC."""
    ORGAN = "organ"
    """Part of an international body: Security Council, European Commission."""
    BLOC = "bloc"
    """States that are spoken of as one: the West, the G7."""
    AGENCY = "agency"
    """Ministry, service, court, chamber or force of a state, under its own name: CIA, Duma, Tsahal."""
    PERSON = "person"
    """Holder of a state office, now or before; the caller decides about domestic affairs."""
    COMPANY = "company"
    NGO = "ngo"
    MEDIA = "media"
    PARTY = "party"
    MOVEMENT = "movement"
    ARMED_GROUP = "armed_group"
    PEOPLE = "people"
    """A people without a state of its own."""
    REGION = "region"
    """Part of a state that is spoken of by its own name, often with a government of its own."""
    ORG = "org"
    """Any other organisation."""
    LOOKALIKE = "lookalike"
    """Holds the name of an actor but is none: "Latin American", "mer de Chine"; never returned."""


class Form(StrEnum):
    """How the words stand for the actor."""

    NAME = "name"
    ADJECTIVE = "adjective"
    """"chinoise", "Chinese"; in English also the people."""
    DEMONYM = "demonym"
    """Noun for the people: "les Chinois", "Swedes"."""
    CAPITAL = "capital"
    """City that may stand for the government."""
    SEAT = "seat"
    """Building, street or quarter that stands for the government: "the Kremlin"."""
    BODY = "body"
    """Agency of a state or organ of an international body, under its own name."""
    PERSON = "person"


OWN_CODE = frozenset({Kind.STATE, Kind.TERRITORY, Kind.INTERNATIONAL, Kind.BLOC})
"""Kinds whose side is a code and whose key is that code."""


class Alias(NamedTuple):
    """Words that name an entry.

    Attributes:
        text: the words; capitals count (see :mod:`kg.gazetteer.matching`).
        language: ``"fr"``, ``"en"``, or empty for both.
        form: how they stand for the actor.
        ambiguous: they are also a common word, a first name or another place.
        initial: they are a common word too, told apart by the capital ("Polish"), so only doubtful
            where every word has one.
        partial: a surname alone, doubtful after another first name ("Michelle Obama").
    """

    text: str
    language: str = ""
    form: Form = Form.NAME
    ambiguous: bool = False
    initial: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor.

    Attributes:
        key: unique: the code of a state or international body, else a slug of the name.
        kind: see :class:`Kind`.
        side: the party that the actor is or speaks for: ISO 3166-1 alpha-2 code, code of an
            international body, or short lower-case name.
        name: usual English name.
        names: usual name by language, ``"fr"`` and ``"en"``.
        country: ISO 3166-1 alpha-2 code of the home state; empty if none or not known.
        speaks_for: side that the actor speaks for without being it (state media); empty if none.
        wikidata: Wikidata id ("Q30"); empty where not certain.
        iso3: ISO 3166-1 alpha-3 code of a state.
        gender: ``"m"`` or ``"f"``: of a person, else of the French name; empty if not known.
        number: ``"singular"`` or ``"plural"``, of the French name ("les États-Unis").
        aliases: the words that name it.
    """

    key: str
    kind: Kind
    side: str
    name: str
    names: Mapping[str, str] = field(hash=False)
    country: str = ""
    speaks_for: str = ""
    wikidata: str = ""
    iso3: str = ""
    gender: str = ""
    number: str = "singular"
    aliases: tuple[Alias, ...] = field(default=(), repr=False)
