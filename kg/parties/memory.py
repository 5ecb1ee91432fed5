"""What a document has said so far about its parties: mentions, accusations, whose turn it was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import takewhile
from math import log

from spacy.tokens import Token

from kg.grammar import SUBJECTS
from kg.parties.referents import Mention, Referent
from kg.segments import Segment
from kg.sentences import Sentence

WINDOW = 6
"""Sentences that a pronoun looks back."""


class Memory:
    """Mentions and accusations of one document, in text order."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.aliases: dict[str, Referent] = {}
        self.makers: dict[str, Referent] = {}
        self._by_word: dict[str, list[Mention]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._named: Counter[str] = Counter()
        self._first: dict[str, Referent] = {}
        self._people: dict[str, Referent] = {}
        self._accused: list[tuple[int, Referent]] = []
        self._accused_counts: Counter[str] = Counter()
        self._last_accused: dict[str, Referent] = {}
        self._accused_by: dict[str, Referent] = {}
        self._last_segment: Segment | None = None

    # ------------------------------------------------------------------ mentions

    def note(self, token: Token, sentence: Sentence, referent: Referent, *, is_pronoun: bool = False) -> None:
        """Take up a mention."""
        mention = Mention(token, sentence, referent, token.dep_ in SUBJECTS, is_pronoun)
        self.mentions.append(mention)
        words = {token.lemma_.lower()} if token.pos_ in {"NOUN", "PROPN"} else set()
        if referent.is_named:
            words |= set(referent.name.lower().split())
            self._named[referent.side] += 1
            self._first.setdefault(referent.side, referent)
        for word in words:
            self._by_word[word].append(mention)
        self._counts[_identity(referent)] += 1

    def salience(self, referent: Referent) -> float:
        """Return how much a referent is spoken of: the logarithm of its mentions so far."""
        return log(1 + self._counts[_identity(referent)])

    def recent(self, sentence: Sentence, window: int) -> Iterator[tuple[int, Mention]]:
        """Yield the mentions of the last sentences with their distance, latest first."""
        for mention in reversed(self.mentions):
            distance = sentence.index - mention.sentence.index
            if distance > window:
                return
            yield distance, mention

    def last_person(self, sentence: Sentence, window: int) -> Referent | None:
        """Return the person mentioned last in the last sentences."""
        recent = (mention.referent for _, mention in self.recent(sentence, window))
        return next((referent for referent in recent if referent.kind == "person"), None)

    def best(
        self, sentence: Sentence, window: int, score: Callable[[int, Mention], float | None]
    ) -> Mention | None:
        """Return the recent mention with the highest score, the latest of several; None if none scores."""
        best: tuple[float, Mention] | None = None
        for distance, mention in self.recent(sentence, window):
            value = score(distance, mention)
            if value is not None and (best is None or value > best[0]):
                best = (value, mention)
        return best[1] if best is not None else None

    def named_with(self, token: Token) -> Mention | None:
        """Return the latest mention of somebody named that has a noun as its head or in its name."""
        same = reversed(self._by_word.get(token.lemma_.lower(), ()))
        return next((m for m in same if m.token != token and m.referent.is_named), None)

    def group_with(self, token: Token, plural: bool | None) -> Mention | None:
        """Return the latest mention of an unnamed group with the same head noun and number."""
        same = reversed(self._by_word.get(token.lemma_.lower(), ()))
        numbers = {None, plural}
        return next((m for m in same if m.token != token and m.referent.plural in numbers), None)

    def most_named(self, exclude: str | None) -> Referent | None:
        """Return the party that is named most, other than one side."""
        side = _most(self._named, frozenset() if exclude is None else frozenset({exclude}))
        return self._first[side] if side is not None else None

    def same_person(self, referent: Referent) -> Referent:
        """Join a surname to the full name read before, and keep the side that a title gave it."""
        if referent.kind != "person":
            return referent
        surname = referent.name.split()[-1].lower()
        known = self._people.get(surname)
        if known is None or len(referent.name) > len(known.name) and known.side == known.name.lower():
            self._people[surname] = referent
            return referent
        if referent.side != referent.name.lower() and known.side == known.name.lower():
            self._people[surname] = Referent(known.name, referent.side, "person", False, known.gender)
        return self._people[surname]

    def keep_person(self, referent: Referent) -> None:
        """Let a surname mean this person from now on."""
        self._people[referent.name.split(" (")[0].split()[-1].lower()] = referent

    # ------------------------------------------------------------------ accusations

    def note_accused(self, sentence: Sentence, source: Referent, target: Referent) -> None:
        """Remember who was accused where by whom: the next accusation is likely to be against the same."""
        self._accused.append((sentence.index, target))
        self._last_segment = sentence.segment
        if target.is_named:
            self._accused_counts[target.side] += 1
            self._last_accused[target.side] = target
            if source.is_named:
                self._accused_by[source.side] = target

    def accused_by(self, side: str) -> Referent | None:
        """Return whom a side accused last."""
        return self._accused_by.get(side)

    def accused_before(self, sentence: Sentence, exclude: frozenset[str]) -> Referent | None:
        """Return who was last accused, at most :data:`WINDOW` sentences ago, of another side."""
        near = takewhile(lambda accused: sentence.index - accused[0] <= WINDOW, reversed(self._accused))
        recent = [(index, referent) for index, referent in near if referent.side not in exclude]
        if not recent:
            return None
        latest, last = recent[0]
        return next((r for index, r in recent if r.is_named and latest - index <= 2), last)

    def was_accused_in(self, segment: Segment) -> bool:
        """Whether the last accusation stands in a segment."""
        return self._last_segment is segment

    def main_adversary(self, exclude: frozenset[str]) -> Referent | None:
        """Return the party accused most in the document so far."""
        side = _most(self._accused_counts, exclude)
        return self._last_accused[side] if side is not None else None

    def accused_on(self, sentence: Sentence, times: int) -> Referent | None:
        """Return the party accused most, if that often and if somebody was accused one sentence ago."""
        if not self._accused or sentence.index - self._accused[-1][0] > 1:
            return None
        side = _most(self._accused_counts, frozenset())
        return self._last_accused[side] if side is not None and self._accused_counts[side] >= times else None

    def is_accused(self, referent: Referent) -> bool:
        """Whether somebody is among those accused last."""
        return referent.is_named and any(referent.side == r.side for _, r in self._accused[-4:])


def _identity(referent: Referent) -> str:
    return referent.side if referent.is_named else referent.name


def _most(counts: Counter[str], exclude: frozenset[str]) -> str | None:
    """Return the side that counts most, the first of several; None if all are excluded."""
    return max((side for side in counts if side not in exclude), key=counts.__getitem__, default=None)
