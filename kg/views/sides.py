"""Sides: the state, body, company or person that an actor is or speaks for.

An embassy, a minister and a spokesperson are three actors and one side, so a picture of sides shows at a
glance who stands against whom.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.gazetteer import load_gazetteer
from kg.identifiers import digest, slug
from kg.model import UNNAMED, Party
from kg.views.text import fold

LANGUAGES = ("en", "fr")


def side_key(side: str) -> str:
    """Return the name of a side in the picture and in links."""
    plain = slug(side)
    return f"side-{plain}" if plain == side.casefold() else f"side-{plain[:30]}-{digest(side, length=6)}"


def is_named(party: Party) -> bool:
    """Whether the text says who it is: unnamed parties are many, and no side."""
    return party.side != UNNAMED


def side_name(side: str, names: Collection[str], language: str) -> str:
    """Return what a side is called.

    States and international bodies have their name in the reader's language; others the name in the
    records that is spelled like the side, else the shortest one.

    Args:
        side: the side.
        names: names of its actors; at least one.
        language: ``en`` or ``fr``.
    """
    known = load_gazetteer().entry(side) if side.isupper() else None
    if known:
        return known.names.get(language, known.name)
    alike = [name for name in names if fold(name) == fold(side)]
    return min(alike or names, key=lambda name: (len(name), name))
