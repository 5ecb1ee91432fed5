"""Candidates → acts: resolves the parties, weighs what speaks for and against, merges repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import takewhile

from kg.acts.candidates import Candidate, find_candidates
from kg.acts.modality import Irrealis
from kg.attributions.holders import Attributions, Holder, HolderKind
from kg.model import UNNAMED, ActType, Modality, RebuttalKind
from kg.parties.discourse import Discourse
from kg.parties.referents import NOBODY, Referent, Resolution
from kg.sentences import Sentence

_OTHERS = frozenset("autre certain aucun plusieurs other some others many several".split())
_CALLS_FALSE = frozenset({RebuttalKind.DISMISSAL, RebuttalKind.DISCREDIT_ACCUSER})
THRESHOLD = 0.3
"""Least score of an act."""
NEAR = 3
"""Sentences within which an answer without an address is to the last accuser."""


@dataclass(frozen=True, slots=True)
class Decided:
    """An act with resolved parties."""

    candidate: Candidate
    type: ActType
    source: Resolution
    target: Resolution
    via: tuple[Resolution, ...]
    score: float
    reasons: tuple[str, ...] = field(default=())

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What makes two findings one act: sentence, type, source, target."""
        return (self.candidate.sentence.index, self.type, _key(self.source), _key(self.target))


Further = Callable[[Sentence, Sequence[Decided]], list[Decided]]
"""Returns further acts of a sentence, given all that were found up to it."""


class _Standing(Enum):
    """How much an accusation is there to be answered, most first."""

    ASSERTED = "asserted by somebody named"
    NAMED = "by somebody named"
    ANY = "by anybody"


class Accusations:
    """The accusations that are there to be answered: this sentence's, and the last against each side."""

    def __init__(self) -> None:
        self.here: list[Decided] = []
        self._against: dict[str, dict[_Standing, Referent]] = defaultdict(dict)
        self._latest: list[tuple[int, Referent]] = []

    def add(self, acts: Sequence[Decided]) -> None:
        """Take up the accusations of the next sentence."""
        self.here = list(acts)
        for act in acts:
            source, accused = act.source.referent, act.target.referent.side
            if source.side == accused:
                continue
            self._latest.append((act.candidate.sentence.index, source))
            last = self._against[accused]
            last[_Standing.ANY] = source
            if source.is_named:
                last[_Standing.NAMED] = source
                if act.candidate.modality is Modality.ASSERTED:
                    last[_Standing.ASSERTED] = source

    def last_against(self, side: str) -> Referent | None:
        """Return who last accused a side: somebody named who vouches for it, else named, else anybody."""
        last = self._against.get(side, {})
        return next((last[standing] for standing in _Standing if standing in last), None)

    def last_by_others(self, own: str, here: int) -> Referent | None:
        """Return who accused anybody last, at most :data:`NEAR` sentences before, other than ``own``."""
        near = takewhile(lambda accuser: here - accuser[0] <= NEAR, reversed(self._latest))
        return next((source for _, source in near if source.is_named and source.side != own), None)


def _key(resolution: Resolution) -> str:
    referent = resolution.referent
    return referent.side if referent.is_named else UNNAMED


def decide(
    sentences: Iterable[Sentence],
    attributions: Attributions,
    discourse: Discourse,
    further: Further = lambda sentence, before: [],
) -> list[Decided]:
    """Return the acts of a document in text order.

    Sentences are read in order, since who was accused before helps to tell who is meant next.  What
    ``further`` finds in a sentence is added and has no influence on accusations and rebuttals.
    """
    decided: list[Decided] = []
    accusations = Accusations()
    for sentence in sentences:
        discourse.read(sentence)
        accusations.here = []
        candidates = list(find_candidates(sentence, attributions, discourse.words))
        for wanted in (ActType.ACCUSATION, ActType.REBUTTAL):
            merged: dict[tuple[int, str, str, str], Decided] = {}
            for candidate in candidates:
                for act in _acts(candidate, discourse, accusations) if candidate.type is wanted else ():
                    known = merged.get(act.key)
                    if known is None or act.score > known.score:
                        merged[act.key] = act
            kept = _without_shadows(list(merged.values()))
            if wanted is ActType.ACCUSATION:
                accusations.add([act for act in kept if act.type is wanted])
                for act in kept:
                    discourse.note_accused(sentence, act.target.referent)
            decided += kept
        decided += further(sentence, decided)
    return decided


def _without_shadows(acts: list[Decided]) -> list[Decided]:
    """Drop an act against nobody where the same source accuses somebody in the sentence."""
    named = {(a.type, _key(a.source)) for a in acts if a.target.referent.is_named}
    return [a for a in acts if a.target.referent.is_named or (a.type, _key(a.source)) not in named]


def _acts(candidate: Candidate, discourse: Discourse, accusations: Accusations) -> list[Decided]:
    sources = _sources(candidate, discourse)
    if not sources:
        return []
    if candidate.type is ActType.REBUTTAL:
        return [a for s in sources for a in _rebuttals(candidate, s, discourse, accusations)]
    if candidate.opponents:
        return [a for s in sources for a in _opposed(candidate, s, discourse, accusations)]
    return [a for s in sources for a in _accusations(candidate, s, discourse)]


def _opposed(
    candidate: Candidate, source: Resolution, discourse: Discourse, accusations: Accusations
) -> list[Decided]:
    """A wrong that somebody fights or suffers.

    Who was accused before and says that it fights or suffers such a wrong itself answers with
    counter-evidence; what others fight or suffer is an accusation against whoever does it.
    """
    own = source.referent.side
    resolved = [discourse.resolve(t, candidate.sentence, candidate.chain) for t in candidate.opponents]
    if all(r is None or r.referent.side != own for r in resolved):
        return _accusations(candidate, source, discourse)
    kind = RebuttalKind.COUNTER_EVIDENCE
    answered = _answered(own, accusations, kind)
    if answered is None or candidate.weight < THRESHOLD:
        return []
    answer = replace(candidate, type=ActType.REBUTTAL, kind=kind)
    return [
        Decided(answer, ActType.REBUTTAL, source, answered, (), candidate.weight, ("fights or suffers it",))
    ]


def _sources(candidate: Candidate, discourse: Discourse) -> list[Resolution]:
    """Resolve who does the act: the words for the source, else the holder of the clause."""
    if candidate.held:
        held = discourse.holder(candidate.chain)
        return [held] if held is not None else []
    found = [discourse.source(t, candidate.sentence, candidate.chain) for t in candidate.sources]
    if not found and candidate.match.entry.judicial:
        return [discourse.judiciary()]
    return found or [Resolution(NOBODY, "nobody named")]


def _accusations(candidate: Candidate, source: Resolution, discourse: Discourse) -> list[Decided]:
    own = source.referent.side
    acts: list[Decided] = []
    for target, score, reasons in _targets(candidate, own, discourse):
        total = _score(candidate, score)
        if total >= THRESHOLD:
            via = _via(candidate, source, discourse)
            acts.append(Decided(candidate, ActType.ACCUSATION, source, target, via, total, reasons))
    return acts


def _targets(
    candidate: Candidate, own: str, discourse: Discourse
) -> list[tuple[Resolution, float, tuple[str, ...]]]:
    """Return the possible targets with what their resolution adds to the score."""
    sentence, chain = candidate.sentence, candidate.chain
    found: list[tuple[Resolution, float, tuple[str, ...]]] = []
    self_directed = False
    for token in candidate.targets:
        is_agent = token == candidate.match.head and token.pos_ == "NOUN"
        resolution = (discourse.agentive if is_agent else discourse.resolve)(token, sentence, chain)
        bonus = 0.1
        if resolution is None:
            resolution = discourse.responsible(token, sentence, chain)
            bonus = 0.0
        if resolution is None and token.lemma_.lower() in _OTHERS:
            resolution = Resolution(
                Referent(token.text, UNNAMED, "group"), "named by nobody", token, sentence
            )
        if resolution is None:
            continue
        if resolution.referent.side == own and resolution.referent.is_named:
            self_directed = True
            continue
        found.append((resolution, bonus if resolution.referent.is_named else bonus - 0.1, ()))
    if found or self_directed:
        return found
    return _implicit_target(candidate, own, discourse)


def _implicit_target(
    candidate: Candidate, own: str, discourse: Discourse
) -> list[tuple[Resolution, float, tuple[str, ...]]]:
    exclude = frozenset({own})
    speaker = discourse.speaker
    if speaker is not None and candidate.sources and own not in {speaker.side, UNNAMED}:
        return [(Resolution(speaker, "accused by others: the speaker"), -0.1, ("target from context",))]
    recent = discourse.accused_before(candidate.sentence, exclude) or discourse.main_adversary(exclude)
    if recent is not None:
        how = f"not expressed; {recent.name} was accused just before"
        return [(Resolution(recent, how), -0.15, ("target from context",))]
    likely = discourse.state_spoken_of(exclude) if not candidate.targets else None
    if likely is not None:
        return [(likely, -0.2, ("target from context",))]
    nobody = Resolution(NOBODY, "nobody named")
    return [(nobody, -0.3, ("target not expressed",))]


_PENALTY = {
    Irrealis.CONDITION: 0.35,
    Irrealis.OBLIGATION: 0.35,
    Irrealis.QUESTION: 0.2,
    Irrealis.FUTURE: 0.25,
}


def _score(candidate: Candidate, bonus: float) -> float:
    score = candidate.weight + bonus
    if candidate.irrealis is not None:
        score -= _PENALTY[candidate.irrealis]
    if candidate.negated:
        score -= 0.5
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


def _rebuttals(
    candidate: Candidate, source: Resolution, discourse: Discourse, accusations: Accusations
) -> list[Decided]:
    own = source.referent.side
    score = candidate.weight
    if candidate.irrealis is not None:
        score -= _PENALTY[candidate.irrealis]
    if candidate.negated:
        score -= 0.3
    if score < THRESHOLD:
        return []
    target = _accuser(candidate, own, discourse, accusations)
    via = _via(candidate, source, discourse)
    return [Decided(candidate, ActType.REBUTTAL, source, target, via, score)]


def _accuser(candidate: Candidate, own: str, discourse: Discourse, accusations: Accusations) -> Resolution:
    """Resolve whose accusation is opposed: named, behind the allegation, or the last accuser."""
    sentence, chain = candidate.sentence, candidate.chain
    for token in candidate.targets:
        found = discourse.resolve(token, sentence, chain) or discourse.responsible(token, sentence, chain)
        if found is not None and found.referent.side != own:
            return found
    for token in candidate.content:
        found = discourse.responsible(token, sentence, chain)
        if found is not None and found.referent.side != own:
            return found
    answered = _answered(own, accusations, candidate.kind)
    if answered is not None:
        return answered
    speaker = discourse.speaker
    if speaker is not None and speaker.side != own:
        return Resolution(speaker, "answered by others: the speaker")
    recent = accusations.last_by_others(own, sentence.index)
    if recent is not None:
        return Resolution(recent, "accused somebody just before")
    adversary = discourse.accused_before(sentence, frozenset({own})) if candidate.held else None
    if adversary is not None:
        return Resolution(adversary, "whom the speaker answers")
    return Resolution(NOBODY, "nobody named")


def _answered(own: str, accusations: Accusations, kind: RebuttalKind | None) -> Resolution | None:
    """Whose accusation is there to be answered: one of this sentence, else the last against the speaker."""
    for act in sorted(accusations.here, key=lambda a: not a.source.referent.is_named):
        if act.source.referent.side != own:
            return Resolution(act.source.referent, "accuses in the same sentence")
    for act in accusations.here:
        if act.target.referent.is_named and kind in _CALLS_FALSE:
            return Resolution(act.target.referent, "is said to do wrong in the same sentence")
    last = accusations.last_against(own)
    return Resolution(last, "accused the speaker before") if last is not None else None


def describe(holder: Holder) -> str:
    """Return one level of a chain in words."""
    words = holder.label or (holder.source.text if holder.source is not None else "")
    return f"{holder.kind}: {words}" if words else str(holder.kind)
