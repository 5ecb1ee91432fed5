"""Acts → normal forms: who is said to have wronged whom, how, with what and when, in no particular language.

A normal form is what two acts are compared by.  Nothing is merged: the act keeps its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.links.normal_terms import NAME, NUMBER, SIDE, WORD, Term, read_terms
from kg.links.normal_times import Interval, day_interval, find_times
from kg.model import Act, ActType, Quote, Span, Topic

CONTEXT = 0.5
"""Weight of a word of the sentence that is not part of what is alleged, such as its subject."""
ALONE = 0.75
"""The same in a rebuttal whose content the text does not set apart."""
GAP = 40
"""Characters between cue and content that still belong to what is alleged."""
_KIND_WEIGHTS = {
    "wrongs": 1.0, "things": 1.0, "people": 0.8, "frames": 0.0, WORD: 0.8, NAME: 1.3, NUMBER: 0.9, SIDE: 0.5,
}  # fmt: skip
_SMALL_NUMBER = 0.5
_LIGHT_NUMBERS = frozenset(f"#{n}" for n in range(11))


@dataclass(frozen=True, slots=True)
class PlacedAct:
    """An act with what is known of its document.

    Attributes:
        act: the record.
        document: IRI of its document, or whatever is one for one document.
        date: ISO date of the document, possibly partial, empty if not known.
        language: of the document.
        publisher: of the document.
    """

    act: Act
    document: str
    date: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """What is known of a document, in which acts may have been found or not.

    Attributes:
        document: its IRI, as in :attr:`PlacedAct.document`.
        date, language, publisher: likewise.
    """

    document: str
    date: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A term with its weight in the comparison: full among the words of what is alleged."""

    term: Term
    weight: float


@dataclass(frozen=True, slots=True)
class NormalForm:
    """What an act says, for comparison.

    Attributes:
        placed: the act.
        said: days on which it may have been said.
        accuser, accused: sides; of a rebuttal the accuser whom it answers and the accused who answers.
        topics: without ``other``.
        slots: what it speaks of, without the parties themselves, in the order of the text.
        times: when it is said to have happened.
        spoken: times that the sentence names, of the happening or of the saying.
    """

    placed: PlacedAct
    said: Interval | None
    accuser: str
    accused: str
    topics: frozenset[Topic]
    slots: tuple[Slot, ...]
    times: tuple[Interval, ...]
    spoken: tuple[Interval, ...]

    @property
    def act(self) -> Act:
        """The act itself."""
        return self.placed.act

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the keys of one kind of words: ``wrongs``, ``people`` (victims), ``things`` (objects)."""
        keys = (slot.term.keys[0] for slot in self.slots if slot.term.kind == kind and slot.term.keys)
        return tuple(dict.fromkeys(keys))


def normalise(placed: PlacedAct, others: Iterable[Act] = ()) -> NormalForm:
    """Return the normal form of an act.

    Args:
        placed: the act.
        others: other acts of its sentence, whose words are not about this one.
    """
    act, said = placed.act, day_interval(placed.date)
    rebuts = act.type is ActType.REBUTTAL
    accuser, accused = (act.target, act.source) if rebuts else (act.source, act.target)
    core, around = _parts(act, others)
    times, core = find_times(core, said)
    nearby, around = find_times(around, said)
    parties = {f"@{accuser.side}", f"@{accused.side}", *_own_names(act, placed.language)}
    at_start = bool(core[:1].strip())
    nearby_weight = ALONE if rebuts and act.content is None else CONTEXT
    slots = [*_slots(core, placed.language, parties, weight=1.0, opens=at_start)]
    slots += _slots(around, placed.language, parties, weight=nearby_weight, opens=True)
    when = [*times, *(interval for interval in nearby if not interval.relative)]
    return NormalForm(
        placed,
        said,
        accuser.side,
        accused.side,
        frozenset(act.topics) - {Topic.OTHER},
        tuple(_distinct(slots)),
        tuple(sorted(set(when))),
        tuple(sorted({*times, *nearby})),
    )


def _own_names(act: Act, language: str) -> Iterator[str]:
    """Yield the keys of names in the words for the parties: who accuses whom is compared by itself."""
    for party in (act.source, act.target):
        yield from _names_in(f"{party.mention.text if party.mention else ''} {party.name}", language)


@lru_cache(maxsize=50_000)
def _names_in(words: str, language: str) -> frozenset[str]:
    terms = read_terms(words, language, opens=False)
    return frozenset(key for term in terms if term.kind == NAME for key in term.keys)


def _parts(act: Act, others: Iterable[Act]) -> tuple[str, str]:
    """Return the words of what is alleged, and the rest of the sentence without those of other acts.

    Cue and content make up what is alleged, with what stands between them if that is little.
    """
    spans = _core(act)
    if not all(0 <= span.start < span.end <= len(act.sentence) for span in spans):
        return (act.content or act.cue).text, ""
    around, core = list(act.sentence), [" "] * len(act.sentence)
    for start, end in spans:
        core[start:end] = act.sentence[start:end]
        around[start:end] = " " * (end - start)
    if act.source.mention:
        _blank(around, act.source.mention, act.start)
    for other in others:
        if other.id != act.id and not any(_overlap(span, one) for span in spans for one in _core(other)):
            for span in _core(other):
                _blank(around, span, 0)
    return "".join(core), "".join(around)


def _core(act: Act) -> list[Span]:
    """Return where cue and content stand in the sentence."""
    cue = Span(act.cue.start - act.start, act.cue.end - act.start)
    if act.content is None:
        return [cue]
    content = Span(act.content.start - act.start, act.content.end - act.start)
    first, second = sorted((cue, content))
    if second.start - first.end <= GAP:
        return [Span(first.start, max(first.end, second.end))]
    return [first, second]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _blank(letters: list[str], words: Quote | Span, start: int) -> None:
    left, right = max(0, words.start - start), max(0, words.end - start)
    letters[left:right] = " " * len(letters[left:right])


def _slots(text: str, language: str, parties: set[str], *, weight: float, opens: bool) -> Iterator[Slot]:
    for term in read_terms(text, language, opens=opens):
        own = _KIND_WEIGHTS[term.kind]
        if term.kind == NUMBER and term.keys[0] in _LIGHT_NUMBERS:
            own = _SMALL_NUMBER
        if own and not parties.intersection(term.keys):
            yield Slot(term, own * weight)


def _distinct(slots: Iterable[Slot]) -> Iterator[Slot]:
    """Leave out what is said again: a word counts once."""
    seen: set[tuple[str, ...]] = set()
    for slot in slots:
        if slot.term.keys not in seen:
            seen.add(slot.term.keys)
            yield slot
