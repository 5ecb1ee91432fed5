"""Rebuttals → accusations of other documents that they answer.

A rebuttal answers what somebody else said on an earlier day.  Candidates are the accusations by the party
that it answers or against the party that speaks: those that share a term with it, and the latest few
between the two.  They are told apart by parties, content, topic, time and explicit reference ("yesterday's
statement by Berlin").  The two versions of a translated rebuttal decide together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.links.across_proposals import Decisions, Pair, Proposal, Relation, pair, propose
from kg.links.across_similarity import NEAR, Overlap, Prepared, overlap
from kg.links.normal import NormalForm
from kg.links.normal_stems import fold
from kg.links.normal_times import agree
from kg.model import UNNAMED

THRESHOLD = 0.47
"""Lowest score at which a rebuttal is proposed to answer an accusation."""
WINDOW = 400
"""Days after an accusation in which an answer is looked for."""
LATEST = 30
"""Accusations that are looked at under one term, and between two parties: the latest ones."""
CANDIDATES = 15
"""Accusations that a rebuttal is compared with in full: those that share most, and the latest ones."""
TERMS = 10
"""Terms of a rebuttal that accusations are looked up by: the rarest."""
RECENCY = 60
"""Days after which a candidate has lost two thirds of what being recent counts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An accusation that a rebuttal may answer."""

    accusation: Prepared
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Answering:
    """What answers are looked for with.

    Attributes:
        groups: for an accusation's record id, the record ids of all that make its allegation.
        aligned: for an act of a translated statement, the act at its place in the other version.
        decisions: of people, about pairs.
        same_side: for a side, the one that stands for it and for others that may be the same party.
    """

    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    aligned: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    same_side: Mapping[str, str] = field(default_factory=dict)

    def side(self, name: str) -> str:
        """Return the side that stands for a party."""
        return self.same_side.get(name, name)

    def allegation(self, act: str) -> str:
        """Return the record id that stands for the allegation of an accusation: its first."""
        return self.groups[act][0] if act in self.groups else act


def link_answers(
    rebuttals: Sequence[Prepared], accusations: Sequence[Prepared], context: Answering
) -> list[Proposal]:
    """Return proposals that rebuttals answer accusations of other documents.

    Each rebuttal answers one allegation: every earlier accusation that makes it is proposed.

    Args:
        rebuttals: in order of time.
        accusations: likewise.
        context: groups, translations, decisions and parties.
    """
    by_id = {item.form.act.id: item for item in accusations}
    found = {
        rebuttal.form.act.id: candidates
        for rebuttal, candidates in _all_candidates(rebuttals, accusations, by_id, context)
    }
    proposals: dict[Pair, Proposal] = {}
    for rebuttal in rebuttals:
        best = _best(rebuttal, found, context)
        if best is None:
            continue
        for act in context.groups.get(best.accusation.form.act.id, (best.accusation.form.act.id,)):
            key = pair(Relation.ANSWERS, rebuttal.form.act.id, act)
            if context.decisions.get(key) is not False and _may_answer(rebuttal, by_id[act], context):
                extra = (
                    () if by_id[act] is best.accusation else ("one allegation with the answered accusation",)
                )
                proposals[key] = propose(*key, best.score, best.reasons + extra)
    known = {rebuttal.form.act.id for rebuttal in rebuttals}
    for key, accepted in context.decisions.items():
        if accepted and key.relation is Relation.ANSWERS and key.subject in known and key.object in by_id:
            proposals[key] = propose(*key, 1.0, ("accepted by a person",))
    return list(proposals.values())


def _best(
    rebuttal: Prepared, found: Mapping[str, Sequence[Candidate]], context: Answering
) -> Candidate | None:
    """Return the best candidate, decided together with the other version of a translated rebuttal."""
    act = rebuttal.form.act.id
    twin = _by_allegation(found.get(context.aligned.get(act, ""), ()), context)
    best: tuple[float, Candidate] | None = None
    for name, candidate in _by_allegation(found.get(act, ()), context).items():
        score = max(candidate.score, (candidate.score + twin[name].score) / 2 if name in twin else 0.0)
        if twin and name not in twin:
            score -= 0.1
        if score >= THRESHOLD and (best is None or score > best[0]):
            best = score, candidate
    return best[1] if best else None


def _by_allegation(candidates: Sequence[Candidate], context: Answering) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        name = context.allegation(candidate.accusation.form.act.id)
        if name not in found or candidate.score > found[name].score:
            found[name] = candidate
    return found


def _all_candidates(
    rebuttals: Sequence[Prepared],
    accusations: Sequence[Prepared],
    by_id: Mapping[str, Prepared],
    context: Answering,
) -> Iterator[tuple[Prepared, list[Candidate]]]:
    """Yield each rebuttal with its candidates; both lists are walked once, in order of time."""
    index = _Index(context)
    waiting = deque(sorted((a for a in accusations if a.form.said), key=_last_day))
    for rebuttal in sorted((r for r in rebuttals if r.form.said), key=_first_day):
        while waiting and _last_day(waiting[0]) < _first_day(rebuttal):
            index.add(waiting.popleft())
        places = index.look_up(rebuttal)
        mentions = [act for act in rebuttal.form.act.rebuts if act in context.groups]
        for act in {member for mention in mentions for member in context.groups[mention]}:
            places.setdefault(act, by_id[act])
        candidates = [
            _judge(rebuttal, accusation, context)
            for accusation in places.values()
            if _may_answer(rebuttal, accusation, context)
        ]
        yield rebuttal, candidates


def _last_day(item: Prepared) -> date:
    assert item.form.said
    return item.form.said.last


def _first_day(item: Prepared) -> date:
    assert item.form.said
    return item.form.said.first


class _Index:
    """The latest accusations by party and term, and between two parties."""

    def __init__(self, context: Answering) -> None:
        self._context = context
        self._latest: defaultdict[tuple[str, str], deque[Prepared]] = defaultdict(
            lambda: deque(maxlen=LATEST)
        )

    def add(self, item: Prepared) -> None:
        """Keep an accusation in place of the oldest under the same terms."""
        accuser, accused = self._parties(item.form)
        for key in (*item.rare_keys(TERMS), *item.fields):
            self._latest[f"by {accuser}", key].append(item)
            self._latest[f"against {accused}", key].append(item)
        self._latest[accuser, accused].append(item)

    def look_up(self, rebuttal: Prepared) -> dict[str, Prepared]:
        """Return the accusations that a rebuttal is to be compared with, by record id."""
        accuser, accused = self._parties(rebuttal.form)
        shared: Counter[str] = Counter()
        items: dict[str, Prepared] = {}
        terms = [(key, rebuttal.weights[rebuttal.keys[key]]) for key in rebuttal.rare_keys(TERMS)]
        terms += [(name, rebuttal.weights[place] * NEAR) for name, place in rebuttal.fields.items()]
        for key, weight in terms:
            for party in (f"by {accuser}", f"against {accused}"):
                for item in self._latest.get((party, key), ()):
                    items[item.form.act.id] = item
                    shared[item.form.act.id] += weight  # type: ignore[assignment]
        best = sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))[:CANDIDATES]
        recent = list(self._latest.get((accuser, accused), ()))[-CANDIDATES:]
        return {act: items[act] for act, _ in best} | {item.form.act.id: item for item in recent}

    def _parties(self, form: NormalForm) -> tuple[str, str]:
        return self._context.side(form.accuser), self._context.side(form.accused)


def _may_answer(rebuttal: Prepared, accusation: Prepared, context: Answering) -> bool:
    """Whether an accusation is somebody else's, of an earlier day and not too old."""
    ours, theirs = rebuttal.form, accusation.form
    if ours.said is None or theirs.said is None or ours.placed.document == theirs.placed.document:
        return False
    speaker, other = context.side(ours.accused), context.side(theirs.accuser)
    if speaker == other != UNNAMED:
        return False
    return 0 < (ours.said.first - theirs.said.last).days <= WINDOW


def _judge(rebuttal: Prepared, accusation: Prepared, context: Answering) -> Candidate:
    common = overlap(rebuttal, accusation)
    content = (0.5 + 0.5 * max(common.ours, common.theirs)) * (1 - math.exp(-1.1 * common.mass))
    score, reasons = 0.5 * content, []
    if common.shared:
        reasons.append(f"both speak of {', '.join(common.shared[:4])}")
    for value, reason in (
        *_parties(rebuttal.form, accusation.form, content, context),
        *_circumstances(rebuttal.form, accusation.form, common),
        *_references(rebuttal.form, accusation.form, context),
    ):
        score += value
        reasons.append(reason)
    return Candidate(accusation, score, tuple(reasons))


def _parties(
    rebuttal: NormalForm, accusation: NormalForm, content: float, context: Answering
) -> Iterator[tuple[float, str]]:
    """Who answers whom: the accused answers its accuser, or one of the two with much of the content."""
    accuser, wanted = context.side(accusation.accuser), context.side(rebuttal.accuser)
    accused, speaker = context.side(accusation.accused), context.side(rebuttal.accused)
    by_accuser, by_accused = accuser == wanted != UNNAMED, accused == speaker != UNNAMED
    if by_accuser and by_accused:
        yield 0.35, f"the accused ({speaker}) answers the accuser ({wanted})"
    elif by_accused and UNNAMED in {accuser, wanted}:
        yield 0.25, f"the accused ({speaker}) answers"
    elif by_accused:
        yield 0.3 * content, f"the accused ({speaker}) answers another who says so ({wanted})"
    elif by_accuser:
        yield 0.35 * content, f"{speaker} answers the accuser ({wanted}) for {accused}"


def _circumstances(
    rebuttal: NormalForm, accusation: NormalForm, common: Overlap
) -> Iterator[tuple[float, str]]:
    assert rebuttal.said is not None
    assert accusation.said is not None
    if rebuttal.topics & accusation.topics:
        yield 0.1, f"the same topic ({min(rebuttal.topics & accusation.topics)})"
    elif rebuttal.topics and accusation.topics:
        yield -0.1, "other topics"
    days = (rebuttal.said.first - accusation.said.last).days
    yield 0.08 * math.exp(-days / RECENCY), f"{days} days later"
    if agree(rebuttal.times, accusation.times) is False:
        yield -0.15, "other times"
    if common.names_differ:
        yield -0.1, "other names"


def _references(
    rebuttal: NormalForm, accusation: NormalForm, context: Answering
) -> Iterator[tuple[float, str]]:
    """What points at the statement itself: its day, its publisher, its accusation quoted to be rejected."""
    assert accusation.said
    days = [interval for interval in rebuttal.spoken if interval.days <= 2]
    if accusation.said.days <= 2 and any(day.meets(accusation.said, slack=0) for day in days):
        yield 0.2, f"names the day of the statement ({accusation.said.first})"
    publisher = fold(accusation.placed.publisher)
    if len(publisher) > 4 and publisher in fold(rebuttal.act.sentence):
        yield 0.15, f"names who published it ({accusation.placed.publisher})"
    mentioned = {context.allegation(act) for act in rebuttal.act.rebuts if act in context.groups}
    if context.allegation(accusation.act.id) in mentioned:
        yield 0.35, "rejects the same allegation as it is told in its own document"
