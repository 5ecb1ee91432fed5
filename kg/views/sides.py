"""Sides: the state, body, company or person that an actor is or speaks for.

An embassy, a minister and a spokesperson are three actors and one side, so a picture of sides shows at a
glance who stands against whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from kg.gazetteer import load_gazetteer
from kg.identifiers import digest, slug
from kg.model import UNNAMED, Act, Party
from kg.views.graph import End
from kg.views.text import fold


def side_key(side: str) -> str:
    """Return the name of a side in the picture and in links."""
    plain = slug(side)
    return f"side-{plain}" if plain == side.casefold() else f"side-{plain[:30]}-{digest(side, length=6)}"


def is_named(party: Party) -> bool:
    """Whether the text says who it is: unnamed parties are many, and no side."""
    return party.side != UNNAMED


def side_end(names: Mapping[str, str]) -> Callable[[Party], End | None]:
    """Return the function that counts a party for its side, and an unnamed one for none."""
    return lambda party: (side_key(party.side), names[party.side]) if is_named(party) else None


def side_names(acts: Iterable[Act], language: str) -> Mapping[str, str]:
    """Return what each side is called, by side.

    States and international bodies have their name in the reader's language; others the name in the
    records that is spelled like the side, else the shortest one.
    """
    names: dict[str, Counter[str]] = {}
    for act in acts:
        for party in (act.source, act.target, *act.via):
            names.setdefault(party.side, Counter())[party.name] += 1
    return {side: _name(side, counts, language) for side, counts in names.items()}


def _name(side: str, counts: Counter[str], language: str) -> str:
    known = load_gazetteer().entry(side) if side.isupper() else None
    if known:
        return known.names.get(language, known.name)
    alike = [name for name in counts if fold(name) == fold(side)]
    return min(alike or counts, key=lambda name: (len(name), name))
