"""Finds actors, statements and claims by words, without case and accents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.views.choice import Choice, search_words
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
    """The first hits of each kind, how many there are in all, and how many of them are claims."""

    hits: tuple[Hit, ...]
    total: int
    claims: int


def find(corpus: Corpus, query: str) -> Found:
    """Return what holds all words of the query: actors by name, statements by title, claims by words."""
    words = search_words(fold(query))
    if not words:
        return Found((), 0, 0)
    actors = _keys(corpus, "actor", words)
    documents = _keys(corpus, "document", words)
    choice = Choice(words=query)
    acts = corpus.acts(choice, SHOWN, order="newest")
    hits = [Hit("claims", {"actor": key}) for key in actors[:SHOWN]]
    hits += [Hit("statement", {"doc": key}) for key in documents[:SHOWN]]
    hits += [Hit("statement", {"doc": corpus.documents[act.document].key, "act": act.id}) for act in acts]
    claims = corpus.count(choice)
    return Found(tuple(hits), len(actors) + len(documents) + claims, claims)


def _keys(corpus: Corpus, table: str, words: list[str]) -> list[str]:
    condition = " AND ".join(["instr(folded, ?) > 0"] * len(words))
    return [key for (key,) in corpus.rows(f"SELECT key FROM {table} WHERE {condition} ORDER BY key", words)]
