"""Puts threads together from acts and links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from networkx.utils import UnionFind

from kg.disputes.merging import merge_actors
from kg.disputes.threads import JudgedLink, Role, Step, Thread, step_order
from kg.links.across_proposals import Proposal, Relation
from kg.links.normal import PlacedAct
from kg.model import UNNAMED, ActType, Topic


def find_threads(acts: Iterable[PlacedAct], links: Iterable[JudgedLink]) -> list[Thread]:
    """Return a thread for every allegation, in order of their first accusation.

    Args:
        acts: all acts, with what is known of their documents.
        links: proposals with what people decided; rejected ones do not count.
    """
    material = _Material(acts, links)
    threads = [material.thread(group) for group in material.groups]
    return sorted(threads, key=lambda thread: step_order(thread.steps[0]))


def judged(proposals: Iterable[Proposal]) -> list[JudgedLink]:
    """Return proposals that nobody has decided about."""
    return [JudgedLink(proposal) for proposal in proposals]


@dataclass
class _Links:
    """Links that hold, by what threads need them for."""

    same: defaultdict[str, list[JudgedLink]] = field(default_factory=lambda: defaultdict(list))
    """Links between accusations, by either."""
    answering: defaultdict[str, list[JudgedLink]] = field(default_factory=lambda: defaultdict(list))
    """Links of rebuttals, by the accusation."""
    retracting: defaultdict[str, list[JudgedLink]] = field(default_factory=lambda: defaultdict(list))
    """Links of retractions, by the act that is taken back."""
    versions: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The documents that are one statement with a document."""


class _Material:
    """Acts and links with the look-ups that threads are put together from."""

    def __init__(self, acts: Iterable[PlacedAct], links: Iterable[JudgedLink]) -> None:
        self._acts = {placed.act.id: placed for placed in acts}
        self._links = _Links()
        known = list(links)
        self._merged = merge_actors((placed.act for placed in self._acts.values()), known)
        for link in known:
            if link.holds and self._is_known(link.proposal):
                self._add(link)
        self._inside: defaultdict[str, list[str]] = defaultdict(list)
        self._accusing: defaultdict[str, list[PlacedAct]] = defaultdict(list)
        for placed in self._acts.values():
            for answered in placed.act.rebuts:
                self._inside[answered].append(placed.act.id)
            if placed.act.type is ActType.ACCUSATION:
                self._accusing[placed.document].append(placed)
        self.groups = self._groups()
        self._first = {placed.act.id: group[0] for group in self.groups for placed in group}

    def _groups(self) -> list[list[PlacedAct]]:
        """Return the accusations of every allegation, in order of time."""
        accusing = [act for act, placed in self._acts.items() if placed.act.type is ActType.ACCUSATION]
        joined = UnionFind(accusing)
        for links in self._links.same.values():
            for link in links:
                joined.union(link.proposal.subject, link.proposal.object)
        groups: defaultdict[str, list[PlacedAct]] = defaultdict(list)
        for act in accusing:
            groups[joined[act]].append(self._acts[act])
        return [sorted(group, key=lambda placed: step_order(_step(placed))) for group in groups.values()]

    def thread(self, group: Sequence[PlacedAct]) -> Thread:
        """Return the thread of the accusations of one allegation."""
        steps = list(self._accusations(group))
        members = {placed.act.id for placed in group}
        answers = list(self._answers(members))
        steps += answers
        steps += self._counters(group, answers)
        side = self._merged.side
        steps += self._retractions(members, Role.RETRACTS, {side(p.act.target) for p in group})
        denied = {step.act.id for step in answers if side(step.act.source) == side(group[0].act.target)}
        steps += self._retractions(denied, Role.CONCEDES, set())
        first = group[0].act
        ordered = tuple(sorted(steps, key=step_order))
        merged = self._merged
        return Thread(first.id, first.target, _main_topic(group), ordered, merged.actors, merged.sides)

    def _is_known(self, proposal: Proposal) -> bool:
        if proposal.relation in {Relation.SAME_STATEMENT, Relation.SAME_ACTOR}:
            return True
        ends = [self._acts.get(name) for name in (proposal.subject, proposal.object)]
        if proposal.relation is Relation.SAME_ALLEGATION:  # a person may have said that one is none
            return all(end and end.act.type is ActType.ACCUSATION for end in ends)
        return all(ends)

    def _add(self, link: JudgedLink) -> None:
        proposal = link.proposal
        if proposal.relation is Relation.SAME_ALLEGATION:
            self._links.same[proposal.subject].append(link)
            self._links.same[proposal.object].append(link)
        elif proposal.relation is Relation.ANSWERS:
            self._links.answering[proposal.object].append(link)
        elif proposal.relation is Relation.RETRACTS:
            self._links.retracting[proposal.object].append(link)
        elif proposal.relation is Relation.SAME_STATEMENT:
            self._links.versions[proposal.subject].add(proposal.object)
            self._links.versions[proposal.object].add(proposal.subject)

    def _accusations(self, group: Sequence[PlacedAct]) -> Iterator[Step]:
        sides: set[str] = set()
        seen: set[str] = set()
        for placed in group:
            side = self._merged.side(placed.act.source)
            if self._links.versions[placed.document] & seen:
                role = Role.TRANSLATES
            elif not seen:
                role = Role.ACCUSES
            else:
                role = Role.REPEATS if side in sides and side != UNNAMED else Role.JOINS
            link = next(iter(self._links.same[placed.act.id]), None)
            yield _step(placed, role, link if seen else None)
            sides.add(side)
            seen.add(placed.document)

    def _answers(self, members: set[str]) -> Iterator[Step]:
        found: dict[str, JudgedLink | None] = {}
        for act in sorted(members):
            for link in self._links.answering.get(act, ()):
                found.setdefault(link.proposal.subject, link)
            for rebuttal in self._inside.get(act, ()):
                if self._acts[rebuttal].act.type is ActType.REBUTTAL:
                    found[rebuttal] = None
        steps = [_step(self._acts[act], Role.ANSWERS, link) for act, link in found.items()]
        seen: set[str] = set()
        for step in sorted(steps, key=step_order):
            version = bool(self._links.versions[step.document] & seen)
            yield replace(step, role=Role.TRANSLATES if version else Role.ANSWERS)
            seen.add(step.document)

    def _counters(self, group: Sequence[PlacedAct], answers: Iterable[Step]) -> Iterator[Step]:
        """Yield what the accused says against an accuser in a document in which it answers.

        What it alleged before it was accused is no answer.
        """
        began = step_order(_step(group[0]))
        side = self._merged.side
        accused, accusers = side(group[0].act.target), {side(p.act.source) for p in group} - {UNNAMED}
        documents = {step.document for step in answers if step.role is Role.ANSWERS}
        for document in sorted(documents):
            for placed in self._accusing[document]:
                act = placed.act
                own = step_order(_step(self._first[act.id]))
                if side(act.source) == accused and side(act.target) in accusers and own > began:
                    yield _step(placed, Role.COUNTERS)

    def _retractions(self, taken_back: set[str], role: Role, without: set[str]) -> Iterator[Step]:
        """Yield the retractions of some acts, but for those by some sides."""
        found: dict[str, JudgedLink | None] = {}
        for act in sorted(taken_back):
            for link in self._links.retracting.get(act, ()):
                found.setdefault(link.proposal.subject, link)
            for inside in self._inside.get(act, ()):
                if self._acts[inside].act.type is ActType.RETRACTION:
                    found[inside] = None
        for act, reason in found.items():
            if self._merged.side(self._acts[act].act.source) not in without:
                yield _step(self._acts[act], role, reason)


def _step(placed: PlacedAct, role: Role = Role.ACCUSES, link: JudgedLink | None = None) -> Step:
    return Step(placed.act, placed.document, placed.date, placed.publisher, role, link)


def _main_topic(group: Iterable[PlacedAct]) -> Topic | None:
    counts = Counter(placed.act.topics[0] for placed in group if placed.act.topics)
    return min(counts, key=lambda topic: (-counts[topic], topic)) if counts else None
