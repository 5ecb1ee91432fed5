"""What a reader sees of a store: documents and acts with the look-ups that pages need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from kg.model import Act, ActType, Metadata, Modality, Party, Topic
from kg.views.graph import key
from kg.views.sides import side_names
from kg.views.text import fold
from kg.views.timeline import first_day


@dataclass(frozen=True, slots=True)
class Entry:
    """A document without its text.  ``key`` is the last part of its IRI."""

    key: str
    iri: str
    name: str
    metadata: Metadata

    @property
    def title(self) -> str:
        """Its title, else its name."""
        return self.metadata.title or self.name


@dataclass(frozen=True)
class Corpus:
    """Documents by :attr:`Act.document`, and all acts in a stable order."""

    documents: Mapping[str, Entry]
    acts: Sequence[Act]

    @cached_property
    def by_id(self) -> Mapping[str, Act]:
        """Acts by record id."""
        return {act.id: act for act in self.acts}

    @cached_property
    def answers(self) -> Mapping[str, tuple[Act, ...]]:
        """The acts that rebut an accusation, by its record id."""
        found: dict[str, list[Act]] = defaultdict(list)
        for act in self.acts:
            for accusation in act.rebuts:
                found[accusation].append(act)
        return {name: tuple(acts) for name, acts in found.items()}

    @cached_property
    def actors(self) -> Mapping[str, Party]:
        """Actors by the last part of their IRI, by name."""
        parties = {key(p.iri): p for act in self.acts for p in (act.source, act.target, *act.via)}
        plain = {name: replace(party, mention=None) for name, party in parties.items()}
        return dict(sorted(plain.items(), key=lambda item: (fold(item[1].name), item[0])))

    def side_names(self, language: str) -> Mapping[str, str]:
        """Return what each side is called, by side; see :func:`kg.views.sides.side_names`."""
        if language not in self._side_names:
            self._side_names[language] = side_names(self.acts, language)
        return self._side_names[language]

    @cached_property
    def _side_names(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def dates(self) -> dict[str, str]:
        """Date of each document."""
        return {name: entry.metadata.date for name, entry in self.documents.items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of each document."""
        return {name: entry.title for name, entry in self.documents.items()}

    def language_of(self, act: Act) -> str:
        """Return the language of an act's words; empty if not known."""
        entry = self.documents.get(act.document)
        return entry.metadata.language if entry else ""

    def unanswered(self) -> list[Act]:
        """Return the accusations that no act in the store rebuts."""
        return [a for a in self.acts if a.type is ActType.ACCUSATION and a.id not in self.answers]


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters of a list of acts; an empty one lets everything through.

    ``since`` and ``until`` compare ISO dates of the document; an act without a date fails either.
    """

    actor: str = ""
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""
    hedged: bool = False
    unanswered: bool = False

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters in use, in the order shown."""
        return tuple(name for name in self.__slots__ if getattr(self, name))

    def without(self, name: str) -> Self:
        """Return the same choice with one filter cleared."""
        return replace(self, **{name: type(getattr(self, name))()})


def select(corpus: Corpus, choice: Choice) -> list[Act]:
    """Return the acts that pass every filter, in the corpus's order."""
    words = [fold(word) for word in choice.words.split()]
    return [act for act in corpus.acts if _passes(act, corpus, choice, words)]


def _passes(act: Act, corpus: Corpus, choice: Choice, words: Sequence[str]) -> bool:
    return (
        (not choice.actor or choice.actor in {key(act.source.iri), key(act.target.iri)})
        and (not choice.types or act.type.value in choice.types)
        and (not choice.topics or bool(set(choice.topics) & {topic.value for topic in act.topics}))
        and (not choice.hedged or act.modality is Modality.HEDGED)
        and (not choice.unanswered or (act.type is ActType.ACCUSATION and act.id not in corpus.answers))
        and _in_time(corpus.dates.get(act.document, ""), choice)
        and (not words or _has_words(act, words))
    )


def _in_time(date: str, choice: Choice) -> bool:
    if not choice.since and not choice.until:
        return True
    day = first_day(date)
    return day is not None and (choice.since or "0") <= day.isoformat() <= (choice.until or "9")


def _has_words(act: Act, words: Sequence[str]) -> bool:
    text = fold(f"{act.sentence} {act.source.name} {act.target.name} {' '.join(act.topics)}")
    return all(word in text for word in words)


def blocking_filter(corpus: Corpus, choice: Choice) -> str | None:
    """Return the filter without which something would be found; None if no single one is to blame."""
    for name in reversed(choice.active):
        if select(corpus, choice.without(name)):
            return name
    return None


def topics_of(acts: Iterable[Act]) -> list[Topic]:
    """Return the topics of acts, most frequent first."""
    counts = Counter(topic for act in acts for topic in act.topics)
    return [topic for topic, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
