"""Accusations → groups that make one allegation.

Candidates are found through shared terms within one accused party and a window of time, never by comparing
all pairs: each act looks at the latest few acts under each of its terms.  The strongest pairs are joined
first (single linkage in the order of Kruskal's algorithm, 1956), unless a conflict keeps two groups apart.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.links.across_proposals import Decisions, Proposal, Relation, pair, propose
from kg.links.across_similarity import NEAR, Overlap, Prepared, overlap
from kg.links.normal_times import agree, narrow
from kg.model import UNNAMED

THRESHOLD = 0.3
"""Lowest score at which two accusations are proposed to be one allegation."""
WINDOW = 550
"""Days between two documents that may still speak of one allegation."""
LATEST = 30
"""Acts that are looked at under one term: the latest ones."""
CANDIDATES = 15
"""Acts that an act is compared with in full: those that share most."""
TERMS = 10
"""Terms of an act that candidates are looked up by: the rarest."""
SHARED = 0.6
"""Least weight of the terms that two acts share to be compared in full."""
EXEMPLARS = 8
"""Members that stand for a group when conflicts are looked for."""
ALIGNED = 0.45
"""What it counts that two accusations stand at one place of a statement in two languages."""

Places = Mapping[str, str]
"""For an act of a statement, the act at the same place of its version in the other language."""


ONE_DOCUMENT = 0.45
"""What counts against two accusations of one document: a speaker seldom says a thing twice."""
_UNDATED = 10**9
"""Day of an act without a date: it is never too old."""
REPEATED = 0.75
"""Lowest score, but for that, at which two accusations of one document may be in one group."""


class Match(NamedTuple):
    """Two accusations that may be one, by their places in the list."""

    score: float
    one: int
    other: int
    reasons: tuple[str, ...]


def group_accusations(
    accusations: Sequence[Prepared],
    aligned: Places,
    decisions: Decisions,
    same_side: Mapping[str, str],
    window: int = WINDOW,
) -> tuple[list[Proposal], list[list[int]]]:
    """Return the proposals that join accusations, and the groups of their places in the list.

    Args:
        accusations: in order of time.
        aligned: acts of translated statements that stand at one place.
        decisions: of people, about pairs.
        same_side: for a side, the one that stands for it and for others that may be the same party.
        window: days between two acts that may be one allegation.
    """
    places = {item.form.act.id: place for place, item in enumerate(accusations)}
    pairs = set(_candidates(accusations, same_side, window))
    for act, other in aligned.items():
        if act in places and other in places:
            pairs.add((min(places[act], places[other]), max(places[act], places[other])))
    matches = [match for one, other in sorted(pairs) if (match := _match(accusations, one, other, aligned))]
    for key, accepted in decisions.items():
        if (
            accepted
            and key.relation is Relation.SAME_ALLEGATION
            and {key.subject, key.object} <= places.keys()
        ):
            matches.append(Match(2.0, places[key.subject], places[key.object], ("accepted by a person",)))
    joined = _Joining(accusations, decisions)
    proposals = [
        propose(
            Relation.SAME_ALLEGATION,
            accusations[match.one].form.act.id,
            accusations[match.other].form.act.id,
            match.score,
            match.reasons,
        )
        for match in sorted(matches, key=lambda m: (-m.score, m.one, m.other))
        if joined.join(match)
    ]
    return proposals, joined.groups()


def compare(one: Prepared, other: Prepared, *, aligned: bool = False) -> tuple[float, tuple[str, ...]]:
    """Return how likely two accusations are one allegation, with reasons; the score may leave 0–1."""
    common = overlap(one, other)
    score, reasons = common.score, []
    if common.shared:
        reasons.append(f"both speak of {', '.join(common.shared[:4])}")
    if done := _wrong_and_object(one, common):
        score += 0.15 * done
        reasons.append("the same kind of wrong, done to the same" if done == 1 else "a like wrong")
    for value, reason in _circumstances(one, other, common):
        score += value
        reasons.append(reason)
    if aligned:
        score += ALIGNED
        reasons.append("at the same place of a statement in two languages")
    return score, tuple(reasons)


def _wrong_and_object(one: Prepared, common: Overlap) -> float:
    """Return how far both a wrong and something else that is said are shared, 0 to 1."""
    wrong = other = 0.0
    for place, share in zip(common.places, common.shares, strict=True):
        if one.form.slots[place].term.kind == "wrongs":
            wrong = max(wrong, share)
        else:
            other = max(other, share)
    return min(wrong, other)


def _circumstances(one: Prepared, other: Prepared, common: Overlap) -> Iterator[tuple[float, str]]:
    a, b = one.form, other.form
    if a.accuser == b.accuser != UNNAMED:
        yield 0.05, f"the same accuser ({a.accuser})"
    if a.topics and b.topics:
        if a.topics & b.topics:
            yield 0.05, f"the same topic ({min(a.topics & b.topics)})"
        else:
            yield -0.08, "other topics"
    when = agree(a.times, b.times)
    if when is False:
        yield -0.4, "other times"
    elif when and agree(narrow(a.times), narrow(b.times)):
        yield 0.15, "the same time"
    if common.names_differ:
        # names may be spelt otherwise in the other language
        yield (-0.45 if a.placed.language == b.placed.language else -0.25), "other names"
    if a.placed.document == b.placed.document:
        yield -ONE_DOCUMENT, "of one document"


def _match(accusations: Sequence[Prepared], one: int, other: int, aligned: Places) -> Match | None:
    first, second = accusations[one], accusations[other]
    parallel = aligned.get(first.form.act.id) == second.form.act.id
    score, reasons = compare(first, second, aligned=parallel)
    return Match(score, one, other, reasons) if score >= THRESHOLD else None


def _candidates(
    accusations: Sequence[Prepared], same_side: Mapping[str, str], window: int
) -> Iterator[tuple[int, int]]:
    """Yield pairs of places, the earlier act first, that share a term, the accused and a window of time."""
    latest: defaultdict[tuple[str, str], deque[tuple[int, int]]] = defaultdict(lambda: deque(maxlen=LATEST))
    for place, item in enumerate(accusations):
        accused = same_side.get(item.form.accused, item.form.accused)
        if accused == UNNAMED:
            accused = item.form.placed.document
        said = item.form.said
        oldest = said.first.toordinal() - window if said else 0
        today = said.last.toordinal() if said else _UNDATED
        shared: dict[int, float] = {}
        for key, weight in _look_up(item):
            postings = latest[accused, key]
            for other, day in postings:
                if day >= oldest:
                    shared[other] = shared.get(other, 0.0) + weight
            postings.append((place, today))
        enough = [entry for entry in shared.items() if entry[1] >= SHARED]
        best = sorted(enough, key=lambda entry: (-entry[1], -entry[0]))
        yield from ((other, place) for other, _ in best[:CANDIDATES])


def _look_up(item: Prepared) -> Iterator[tuple[str, float]]:
    for key in item.rare_keys(TERMS):
        yield key, item.weights[item.keys[key]]
    for name, place in item.fields.items():
        yield name, item.weights[place] * NEAR


class _Joining:
    """Groups that grow by joining, and what keeps two of them apart."""

    def __init__(self, accusations: Sequence[Prepared], decisions: Decisions) -> None:
        self._accusations = accusations
        self._parent = list(range(len(accusations)))
        self._members: dict[int, list[int]] = {}
        self._rejected = _rejected(decisions)

    def join(self, match: Match) -> bool:
        """Join the groups of two accusations; return whether they were apart and may be joined."""
        one, other = self._root(match.one), self._root(match.other)
        if one == other or self._conflict(one, other, accepted=match.score > 1.5):
            return False
        ours, theirs = self._group(one), self._group(other)
        root, gone = (one, other) if one < other else (other, one)
        self._parent[gone] = root
        self._members.pop(gone, None)
        self._members[root] = sorted([*ours, *theirs])
        return True

    def groups(self) -> list[list[int]]:
        """Return the groups of two and more, by their first member."""
        return [self._members[root] for root in sorted(self._members)]

    def _root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def _group(self, root: int) -> list[int]:
        return self._members.get(root, [root])

    def _conflict(self, one: int, other: int, *, accepted: bool) -> bool:
        ours, theirs = self._group(one), self._group(other)
        if self._rejected and self._are_rejected(ours, theirs):
            return True
        if accepted:
            return False
        return any(self._differ(a, b) for a in ours[:EXEMPLARS] for b in theirs[:EXEMPLARS])

    def _differ(self, a: int, b: int) -> bool:
        """Whether two accusations cannot be one: of other times, or two of one document that are unlike."""
        one, other = self._accusations[a], self._accusations[b]
        if agree(one.form.times, other.form.times) is False:
            return True
        if one.form.placed.document != other.form.placed.document:
            return False
        return compare(one, other)[0] + ONE_DOCUMENT < REPEATED

    def _are_rejected(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        against = {self._accusations[place].form.act.id for place in theirs}
        return any(
            self._rejected.get(self._accusations[place].form.act.id, set()) & against for place in ours
        )


def _rejected(decisions: Decisions) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, accepted in decisions.items():
        if not accepted and key == pair(Relation.SAME_ALLEGATION, key.subject, key.object):
            found[key.subject].add(key.object)
            found[key.object].add(key.subject)
    return dict(found)
