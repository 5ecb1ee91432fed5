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
WEAK = 0.15
"""The same where neither of the two is nearly as like any other accusation."""
MARGIN = 0.15
"""How much less like all others are."""
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


OTHER_WRONG = 0.12
"""What counts against two accusations that name different wrongs."""
OTHER_OBJECT = 0.08
"""The same of whom the wrong is done to, or with what."""
OTHER_NUMBER = 0.1
"""The same of numbers."""
ONE_DOCUMENT = 0.45
"""What counts against two accusations of one document: a speaker seldom says a thing twice."""
CENTRE = 4
"""Members of a group that another one is compared with when the two are to be joined."""
COHESION = 0.2
"""Lowest mean score between members of two groups that are joined."""
_SURE = 10.0
"""Rank above which a person has decided."""
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
    rank: float = 0.0
    """What decides which pairs are joined first: the mean with the versions in the other language."""


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
    matches = _matches(
        accusations, pairs, {places[a]: places[b] for a, b in aligned.items() if {a, b} <= places.keys()}
    )
    for key, accepted in decisions.items():
        if (
            accepted
            and key.relation is Relation.SAME_ALLEGATION
            and {key.subject, key.object} <= places.keys()
        ):
            matches.append(_accepted(places[key.subject], places[key.object]))
    joined = _Joining(accusations, decisions)
    proposals = [
        propose(
            Relation.SAME_ALLEGATION,
            accusations[match.one].form.act.id,
            accusations[match.other].form.act.id,
            match.score,
            match.reasons,
        )
        for match in sorted(matches, key=lambda m: (-m.rank, m.one, m.other))
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
            yield 0.1, f"the same topic ({min(a.topics & b.topics)})"
        else:
            yield -0.2, "other topics"
    when = agree(a.times, b.times)
    if when is False:
        yield -0.4, "other times"
    elif when and agree(narrow(a.times), narrow(b.times)):
        yield 0.15, "the same time"
    yield from _contradictions(common, other_language=a.placed.language != b.placed.language)
    if a.placed.document == b.placed.document:
        yield -ONE_DOCUMENT, "of one document"


def _contradictions(common: Overlap, *, other_language: bool) -> Iterator[tuple[float, str]]:
    if common.wrongs_differ:
        yield -OTHER_WRONG, "another kind of wrong"
    if common.objects_differ:
        yield -OTHER_OBJECT, "done to others, or with other things"
    if common.numbers_differ:
        yield -OTHER_NUMBER, "other numbers"
    if common.names_differ:  # they may be spelt otherwise in the other language
        yield -(0.25 if other_language else 0.45), "other names"


def _accepted(one: int, other: int) -> Match:
    return Match(1.0, one, other, ("accepted by a person",), _SURE + 1)


def _matches(
    accusations: Sequence[Prepared], pairs: set[tuple[int, int]], twins: Mapping[int, int]
) -> list[Match]:
    """Return the pairs that score enough, with what decides their order.

    What is one act in two languages is compared in both: the wording of one version may be nearer.
    """
    wanted = {_ordered(one, other) for one, other in twins.items()} | pairs
    for one, other in pairs:
        wanted.update(_ordered(*pair_) for pair_ in _versions(one, other, twins))
    scored = {
        (one, other): compare(accusations[one], accusations[other], aligned=twins.get(one) == other)
        for one, other in wanted
    }
    found = []
    rivals = _Rivals(scored, twins)
    for (one, other), (score, reasons) in sorted(scored.items()):
        if (
            score >= THRESHOLD
            or _may_hold(accusations[one], accusations[other], score)
            and rivals.beaten(one, other, score)
        ):
            pooled = [scored[_ordered(*pair_)][0] for pair_ in _versions(one, other, twins)]
            rank = score + 1 if twins.get(one) == other else sum(pooled) / len(pooled)
            found.append(Match(score, one, other, reasons, rank))
    return found


def _may_hold(one: Prepared, other: Prepared, score: float) -> bool:
    """Whether a likeness below the threshold may hold where nothing rivals it.

    It rests on more than one word and on no other time or name, or what lowers it is only that wrong, victim
    or numbers are put otherwise: that tells claims apart where there are several, and may be another wording
    where there is one.
    """
    common = overlap(one, other)
    if len(common.places) < 2 or common.names_differ or agree(one.form.times, other.form.times) is False:
        return False
    put_otherwise = -sum(value for value, _ in _contradictions(common, other_language=False))
    return score >= WEAK and not common.wrongs_differ or score + put_otherwise >= THRESHOLD


class _Rivals:
    """What else each accusation may be one allegation with."""

    def __init__(
        self, scored: Mapping[tuple[int, int], tuple[float, object]], twins: Mapping[int, int]
    ) -> None:
        self._twins = twins
        self._scores: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for (one, other), (score, _) in scored.items():
            self._scores[one].append((score, other))
            self._scores[other].append((score, one))

    def beaten(self, one: int, other: int, score: float) -> bool:
        """Whether neither of two accusations is nearly as like a third one."""
        return self._stands_out(one, other, score) and self._stands_out(other, one, score)

    def _stands_out(self, one: int, other: int, score: float) -> bool:
        own = {other, self._twins.get(other), self._twins.get(one)}
        return all(rival <= score - MARGIN for rival, third in self._scores[one] if third not in own)


def _versions(one: int, other: int, twins: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the pairs of the versions of two acts."""
    if twins.get(one) == other:
        return [(one, other)]
    ours = [one, twins[one]] if one in twins else [one]
    theirs = [other, twins[other]] if other in twins else [other]
    return [(a, b) for a in ours for b in theirs]


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


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
        if one == other or self._conflict(one, other, accepted=match.rank > _SURE):
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
        if self._cohesion(ours[:CENTRE], theirs[:CENTRE]) < COHESION:
            return True
        return any(self._differ(a, b) for a in ours[:EXEMPLARS] for b in theirs[:EXEMPLARS])

    def _cohesion(self, ours: Sequence[int], theirs: Sequence[int]) -> float:
        """Return the mean score between members of two groups, so that no chain of likenesses joins them."""
        scores = [compare(self._accusations[a], self._accusations[b])[0] for a in ours for b in theirs]
        return sum(scores) / len(scores) if len(scores) > 1 else 1.0

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
