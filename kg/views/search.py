"""Finds actors, statements and claims by words, without case and accents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kg.views.corpus import Corpus
from kg.views.text import fold

SHOWN = 5
"""Hits shown of each kind."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the page that shows it and the parameters of the link."""

    page: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits of each kind, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def find(corpus: Corpus, query: str) -> Found:
    """Return what holds all words of the query: actors by name, statements by title, claims by sentence."""
    words = [fold(word) for word in query.split()]
    if not words:
        return Found((), 0)
    hits: list[Hit] = []
    total = 0
    for kind in (_actors(corpus, words), _documents(corpus, words), _acts(corpus, words)):
        found = list(kind)
        hits += islice(found, SHOWN)
        total += len(found)
    return Found(tuple(hits), total)


def _holds(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _actors(corpus: Corpus, words: list[str]) -> Iterator[Hit]:
    for name, party in corpus.actors.items():
        if _holds(f"{party.name} {party.side}", words):
            yield Hit("claims", {"actor": name})


def _documents(corpus: Corpus, words: list[str]) -> Iterator[Hit]:
    for entry in corpus.documents.values():
        if _holds(f"{entry.title} {entry.name} {entry.metadata.publisher}", words):
            yield Hit("statement", {"doc": entry.key})


def _acts(corpus: Corpus, words: list[str]) -> Iterator[Hit]:
    for act in corpus.acts:
        if act.document in corpus.documents and _holds(act.sentence, words):
            yield Hit("statement", {"doc": corpus.documents[act.document].key, "act": act.id})
