"""Candidates → acts: resolves the parties, weighs what speaks for and against, merges repeats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.acts.accusations import Accusations, Decided, key_of
from kg.acts.candidates import Candidate, find_candidates
from kg.acts.modality import Irrealis
from kg.acts.options import Option, answered_options, is_compatriot, source_options, target_options
from kg.acts.ranking import Ranked, Ranker, Role, load_ranker
from kg.acts.uncued import find_uncued
from kg.attributions.holders import Attributions, Holder, HolderKind
from kg.model import ActType, RebuttalKind
from kg.parties.discourse import Discourse
from kg.parties.referents import Referent, Resolution, as_person
from kg.sentences import Sentence

Further = Callable[[Sentence, Sequence[Decided]], list[Decided]]
"""Returns further acts of a sentence, given all that were found up to it."""

THRESHOLD = 0.3
"""Least score of an act."""
COORDINATED = 0.2
"""Least probability of a party that is coordinated with the likeliest one."""


def decide(
    sentences: Iterable[Sentence],
    attributions: Attributions,
    discourse: Discourse,
    further: Further = lambda sentence, before: [],
    ranker: Ranker | None = None,
) -> list[Decided]:
    """Return the acts of a document in text order.

    Sentences are read in order, since who was accused before helps to tell who is meant next.  What
    ``further`` finds in a sentence is added and has no influence on accusations and rebuttals.

    Args:
        sentences: all sentences of the document.
        attributions: who holds what.
        discourse: who is who; it takes up the sentences as they are read.
        further: finds acts of other types.
        ranker: tells the likely parties; the shipped one when None.
    """
    decisions = _Decisions(discourse, ranker or load_ranker())
    decided: list[Decided] = []
    for sentence in sentences:
        discourse.read(sentence)
        acts = decisions.of(sentence, list(find_candidates(sentence, attributions, discourse.words)))
        if not acts and (uncued := find_uncued(sentence, attributions, discourse)) is not None:
            acts = decisions.of(sentence, [uncued])
        decided += acts
        decided += further(sentence, decided)
    return decided


def _without_shadows(acts: list[Decided]) -> list[Decided]:
    """Drop an act against nobody where the same source accuses somebody in the sentence."""
    named = {(a.type, key_of(a.source)) for a in acts if a.target.referent.is_named}
    return [a for a in acts if a.target.referent.is_named or (a.type, key_of(a.source)) not in named]


class _Decisions:
    """Decides sentence by sentence; keeps the accusations that are there to be answered."""

    def __init__(self, discourse: Discourse, ranker: Ranker) -> None:
        self._discourse = discourse
        self._ranker = ranker
        self._accusations = Accusations()

    def of(self, sentence: Sentence, candidates: list[Candidate]) -> list[Decided]:
        """Return the acts of the next sentence: accusations first, since answers may be to them."""
        self._accusations.here = []
        decided: list[Decided] = []
        for wanted in (ActType.ACCUSATION, ActType.REBUTTAL):
            merged: dict[tuple[int, str, str, str], Decided] = {}
            for candidate in candidates:
                for act in self._acts(candidate) if candidate.type is wanted else ():
                    known = merged.get(act.key)
                    if known is None or act.score > known.score:
                        merged[act.key] = act
            kept = _without_shadows(list(merged.values()))
            if wanted is ActType.ACCUSATION:
                self._take_up(sentence, [act for act in kept if act.type is wanted])
            decided += kept
        return decided

    def _take_up(self, sentence: Sentence, accusations: list[Decided]) -> None:
        self._accusations.add(accusations)
        for act in accusations:
            self._discourse.memory.note_accused(sentence, act.source.referent, act.target.referent)

    def _acts(self, candidate: Candidate) -> list[Decided]:
        found: list[Decided] = []
        for source in self._ranked(Role.SOURCE, candidate, source_options(candidate, self._discourse)):
            if candidate.type is ActType.REBUTTAL:
                found += self._rebuttals(candidate, source)
            elif self._is_among(source, candidate.opponents, candidate):
                found += self._opposed(candidate, source)
            elif candidate.negated and self._is_among(source, candidate.targets, candidate):
                found += self._denied(candidate, source)
            else:
                found += self._accusations_by(candidate, source)
        return found

    def _ranked(self, role: Role, candidate: Candidate, options: list[Option]) -> list[Ranked]:
        """The likeliest party, and those that the text coordinates with it."""
        if role is Role.SOURCE:
            # Who is named where the grammar puts the source is the source; the others only fill gaps.
            options = [o for o in options if o.tokens and o.resolution.referent.is_named] or options
        ranked = self._ranker.rank(role, candidate, options)
        if not ranked:
            return []
        best = ranked[0]
        listed = [r for r in ranked[1:] if best.option.tokens and r.option.tokens]
        return [best, *(r for r in listed if r.probability >= COORDINATED)]

    def _is_among(self, source: Ranked, tokens: Sequence[Token], candidate: Candidate) -> bool:
        """Whether some words of a candidate stand for its source itself."""
        found = (self._discourse.resolve(t, candidate.sentence, candidate.chain) for t in tokens)
        return any(r is not None and r.referent.side == source.option.side for r in found)

    def _opposed(self, candidate: Candidate, source: Ranked) -> list[Decided]:
        """A wrong that the source says to fight or suffer itself: counter-evidence, if it was accused."""
        if self._accusations.last_against(source.option.side) is None:
            return []
        answer = replace(candidate, type=ActType.REBUTTAL, kind=RebuttalKind.COUNTER_EVIDENCE)
        return self._rebuttals(answer, source)

    def _accusations_by(self, candidate: Candidate, source: Ranked) -> list[Decided]:
        own = source.option.resolution.referent
        options = target_options(candidate, own, self._discourse, self._accusations)
        acts: list[Decided] = []
        for target in self._ranked(Role.TARGET, candidate, options):
            score = _score(candidate, _bonus(target.option))
            if score >= THRESHOLD and not _is_self(own, target.option):
                acts.append(self._decided(candidate, source, target, score))
        return acts

    def _denied(self, candidate: Candidate, source: Ranked) -> list[Decided]:
        """A wrong that somebody says not to have done: a denial, where somebody accuses."""
        accusations = self._accusations
        here = any(act.source.referent.side != source.option.side for act in accusations.here)
        if not here and accusations.last_against(source.option.side) is None:
            return []
        answer = replace(candidate, type=ActType.REBUTTAL, kind=RebuttalKind.DENIAL, negated=False)
        return self._rebuttals(answer, source)

    def _rebuttals(self, candidate: Candidate, source: Ranked) -> list[Decided]:
        score = _score(candidate, 0.0)
        if score < THRESHOLD:
            return []
        own = source.option.resolution.referent
        options = answered_options(candidate, own, self._discourse, self._accusations)
        targets = self._ranked(Role.ANSWERED, candidate, options)
        return [self._decided(candidate, source, t, score) for t in targets if not _is_self(own, t.option)]

    def _decided(self, candidate: Candidate, source: Ranked, target: Ranked, score: float) -> Decided:
        by, to = source.option.resolution, target.option.resolution
        if is_compatriot(by.referent, to.referent):
            by = replace(by, referent=as_person(by.referent))
        reasons = () if target.option.tokens else ("target from context",)
        via = _via(candidate, by, self._discourse)
        likely = source.probability * target.probability
        return Decided(candidate, candidate.type, by, to, via, score, reasons, likely)


def _is_self(own: Referent, option: Option) -> bool:
    referent = option.resolution.referent
    return own.is_named and referent.side == own.side and not is_compatriot(own, referent)


def _bonus(option: Option) -> float:
    """What a target's place adds to the score of an accusation: somebody must be accused."""
    referent = option.resolution.referent
    if option.tokens:
        return 0.1 if referent.is_named else 0.0
    if "beside" in option.features:
        return -0.05
    return -0.15 if referent.is_named else -0.3


_PENALTY = {
    Irrealis.CONDITION: 0.35,
    Irrealis.OBLIGATION: 0.35,
    Irrealis.QUESTION: 0.2,
    Irrealis.FUTURE: 0.25,
}
_NEGATED = {ActType.ACCUSATION: 0.5, ActType.REBUTTAL: 0.3}


def _score(candidate: Candidate, bonus: float) -> float:
    score = candidate.weight + bonus
    if candidate.irrealis is not None:
        score -= _PENALTY[candidate.irrealis]
    if candidate.negated:
        score -= _NEGATED[candidate.type]
    return max(0.0, min(1.0, score))


def _via(candidate: Candidate, source: Resolution, discourse: Discourse) -> tuple[Resolution, ...]:
    """Return the reporters between the document's speaker and the source, outermost first."""
    chain = candidate.chain
    reporters: list[Resolution] = []
    for depth in range(1, len(chain) + 1):
        if chain[depth - 1].kind in {HolderKind.SPEAKER, HolderKind.TURN, HolderKind.QUESTION}:
            continue
        held = discourse.holder(chain[:depth])
        if held is not None and held.referent.side != source.referent.side:
            reporters.append(held)
    return tuple(reporters)


def describe(holder: Holder) -> str:
    """Return one level of a chain in words."""
    words = holder.label or (holder.source.text if holder.source is not None else "")
    return f"{holder.kind}: {words}" if words else str(holder.kind)
