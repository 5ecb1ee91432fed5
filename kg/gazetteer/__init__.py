"""Who is who: states, bodies, organisations and persons, and the words that name them.

``data/*.toml`` hold the actors, ``categories.toml`` the nouns of offices; README.md tells how to add one.
"""

from kg.gazetteer.categories import Category, CategoryKind
from kg.gazetteer.entries import Alias, Entry, Form, Kind
from kg.gazetteer.gazetteer import Gazetteer, load_gazetteer
from kg.gazetteer.matching import Match

__all__ = [
    "Alias",
    "Category",
    "CategoryKind",
    "Entry",
    "Form",
    "Gazetteer",
    "Kind",
    "Match",
    "load_gazetteer",
]
