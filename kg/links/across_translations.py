"""Documents that are one statement in two languages, and which act of one stands where in the other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from kg.links.across_proposals import Decisions, Proposal, Relation, pair, propose
from kg.links.normal import PlacedAct, PlacedDocument
from kg.links.normal_terms import NAME, NUMBER, SIDE, read_terms
from kg.links.normal_times import Interval, day_interval, find_times
from kg.model import Act

THRESHOLD = 0.62
"""Lowest score at which two documents are proposed to be one statement."""
WINDOW = 4
"""Days between the two versions of a statement."""
BY_TEXT = 0.08
"""What the texts alone must score more, where the acts that were found in them differ."""
CROWDED = 40
"""Documents of one speaker and time above which only those are compared that share rare words."""
RARE = 8
"""Documents of such a crowd that share a rare word at most."""
_LENGTH = 4_000
"""Characters of a text that are compared."""
_ROUND = re.compile(r"[.!?…]+(?=\s|$)")

_Key = TypeVar("_Key")
Texts = Callable[[str], str]
"""Returns the text of a document by its IRI."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text speaks of, whatever its language: how often each key and field occurs.

    Attributes:
        exact: keys of concepts, names, numbers, states and times.
        fields: fields of meaning.
        sentences: how many the text has.
    """

    exact: Counter[str]
    fields: Counter[str]
    sentences: int


@dataclass(frozen=True, slots=True)
class Version:
    """A document with its acts in text order.

    ``voices`` are the side that speaks most in it and the names and states in its publisher's name.
    """

    document: str
    language: str
    said: Interval | None
    acts: tuple[Act, ...]
    voices: frozenset[str]

    @property
    def shape(self) -> Counter[tuple[str, str, str]]:
        """How often each type of act occurs between each two sides."""
        return Counter((act.type.value, act.source.side, act.target.side) for act in self.acts)


def find_translations(
    acts: Iterable[PlacedAct], texts: Texts, decisions: Decisions, documents: Iterable[PlacedDocument] = ()
) -> tuple[list[Proposal], dict[str, str]]:
    """Return proposals of documents that are one statement, and for each act the one at its place.

    Compared are only documents of two languages that are at most :data:`WINDOW` days apart and of one
    speaker or publisher.  A document is in one pair a language.

    Args:
        acts: all acts.
        texts: returns the text of a document.
        decisions: of people, about pairs.
        documents: further ones, in which no act was found.
    """
    versions = _versions(acts, documents)
    sketches: dict[str, Sketch] = {}

    def sketch(version: Version) -> Sketch:
        if version.document not in sketches:
            sketches[version.document] = sketch_text(texts(version.document), version.language, version.said)
        return sketches[version.document]

    scored = []
    for one, other in _pairs(versions, sketch):
        decided = decisions.get(pair(Relation.SAME_STATEMENT, one.document, other.document))
        if decided is False:
            continue
        score, reasons = _compare(one, other, sketch(one), sketch(other))
        if decided or score >= THRESHOLD:
            scored.append((2.0 if decided else score, one, other, reasons))
    proposals: list[Proposal] = []
    aligned: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for score, one, other, reasons in sorted(scored, key=lambda s: (-s[0], s[1].document, s[2].document)):
        ends = {(one.document, other.language), (other.document, one.language)}
        if taken & ends:
            continue
        taken |= ends
        proposals.append(propose(Relation.SAME_STATEMENT, one.document, other.document, score, reasons))
        aligned.update(align(one, other))
    return proposals, aligned


def sketch_text(text: str, language: str, said: Interval | None) -> Sketch:
    """Return what the beginning of a text speaks of."""
    text = text[:_LENGTH]
    times, rest = find_times(text, said)
    exact: Counter[str] = Counter(f"t:{interval.first}" for interval in times if interval.days <= 40)
    fields: Counter[str] = Counter()
    for sentence in _ROUND.split(rest):
        for term in read_terms(sentence, language):
            if term.kind in {NAME, NUMBER, SIDE}:
                exact[term.keys[-1]] += 1
            elif term.kind != "frames":
                exact[term.keys[0]] += 1
                fields.update(term.fields[:1])
    return Sketch(exact, fields, len([part for part in _ROUND.split(text) if part.strip()]))


def align(one: Version, other: Version) -> dict[str, str]:
    """Return for each act of both versions the act at its place in the other.

    The longest common order of acts of one type between the same sides (the usual dynamic programme for
    the longest common subsequence), so that an act that only one version has takes nobody's place.
    """
    a, b = one.acts, other.acts
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            step = best[i + 1][j + 1] + 1 if _kind(a[i]) == _kind(b[j]) else 0
            best[i][j] = max(step, best[i + 1][j], best[i][j + 1])
    found: dict[str, str] = {}
    i = j = 0
    while i < len(a) and j < len(b):
        if _kind(a[i]) == _kind(b[j]) and best[i][j] == best[i + 1][j + 1] + 1:
            found |= {a[i].id: b[j].id, b[j].id: a[i].id}
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _kind(act: Act) -> tuple[str, str, str]:
    return act.type.value, act.source.side, act.target.side


def _versions(acts: Iterable[PlacedAct], documents: Iterable[PlacedDocument]) -> list[Version]:
    by_document: defaultdict[str, list[Act]] = defaultdict(list)
    about = {document.document: document for document in documents}
    for placed in acts:
        by_document[placed.document].append(placed.act)
        about[placed.document] = PlacedDocument(
            placed.document, placed.date, placed.language, placed.publisher
        )
    return [_version(about[iri], by_document.get(iri, ())) for iri in sorted(about)]


def _version(document: PlacedDocument, acts: Iterable[Act]) -> Version:
    language = document.language.partition("-")[0]
    ordered = tuple(sorted(acts, key=lambda act: (act.start, act.cue.start, act.id)))
    speakers = Counter(act.source.side for act in ordered).most_common(1)
    named = {
        key
        for term in read_terms(document.publisher, language, opens=False)
        if term.kind in {NAME, SIDE}
        for key in term.keys
    }
    voices = named | {f"@{side}" for side, _ in speakers}
    return Version(document.document, language, day_interval(document.date), ordered, frozenset(voices))


def _pairs(
    versions: Sequence[Version], sketch: Callable[[Version], Sketch]
) -> Iterator[tuple[Version, Version]]:
    """Yield pairs of two languages with a voice in common and nearly one date, each once."""
    blocks: defaultdict[tuple[str, int], list[Version]] = defaultdict(list)
    for version in versions:
        if version.said and version.language and version.said.days <= WINDOW:
            bucket = version.said.first.toordinal() // (WINDOW + 1)
            for voice in version.voices:
                blocks[voice, bucket].append(version)
    seen: set[tuple[str, str]] = set()
    for (voice, bucket), block in sorted(blocks.items()):
        near = [*block, *blocks.get((voice, bucket + 1), ())]
        for one, other in _few(near, sketch):
            key = (one.document, other.document)
            if one.language == other.language or key in seen or not (one.said and other.said):
                continue
            seen.add(key)
            if abs((one.said.first - other.said.first).days) <= WINDOW:
                yield one, other


def _few(block: Sequence[Version], sketch: Callable[[Version], Sketch]) -> Iterator[tuple[Version, Version]]:
    """Yield the pairs of a block; of a crowded one only those that share a word that few of it have."""
    if len(block) <= CROWDED:
        yield from combinations(block, 2)
        return
    having: defaultdict[str, list[Version]] = defaultdict(list)
    for version in block:
        for key in sketch(version).exact:
            having[key].append(version)
    for key in sorted(having):
        if len(having[key]) <= RARE:
            yield from combinations(having[key], 2)


def _compare(one: Version, other: Version, ours: Sketch, theirs: Sketch) -> tuple[float, list[str]]:
    """Return how likely two versions are one statement, 0 to 1, with reasons."""
    same_keys = _share(ours.exact, theirs.exact)
    same_fields = _share(ours.fields, theirs.fields)
    same_shape = _share(one.shape, other.shape)
    length = min(ours.sentences, theirs.sentences) / max(ours.sentences, theirs.sentences, 1)
    text = 0.45 * min(1.0, 1.6 * same_keys) + 0.15 * same_fields + 0.15 * length
    score = max(text + 0.25 * same_shape, text / 0.75 - BY_TEXT)
    reasons = [
        f"{same_keys:.0%} of what the texts speak of is the same",
        f"{same_shape:.0%} of the acts are between the same parties",
    ]
    if one.said == other.said:
        reasons.append("of one day")
    else:
        score -= 0.05
    return score, reasons


def _share(ours: Mapping[_Key, int], theirs: Mapping[_Key, int]) -> float:
    """Return Dice's coefficient of two bags (L. R. Dice, 1945), 0 to 1."""
    total = sum(ours.values()) + sum(theirs.values())
    common = sum(min(count, theirs.get(key, 0)) for key, count in ours.items())
    return 2 * common / total if total else 0.0
