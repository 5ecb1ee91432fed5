"""Acts beside accusations and rebuttals: retractions; demands, warnings and positions.

They are read when the accusations and rebuttals of a sentence are known, and change none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from kg.acts.accusations import Decided
from kg.acts.arguments import fill
from kg.acts.candidates import Candidate
from kg.acts.directed import TYPES, find_directed
from kg.acts.modality import Irrealis, irrealis, modality_of
from kg.acts.retractions import find_taken_back
from kg.attributions.holders import FIRST_PERSON, Attributions
from kg.grammar import (
    COMPLEMENT_CLAUSES,
    agents,
    ancestors,
    complements,
    feature,
    is_infinitive,
    is_negated,
    is_passive,
    possessors,
    surface_subjects,
)
from kg.lexicon.entries import Family, Pos
from kg.lexicon.matching import Match
from kg.model import ActType
from kg.parties.discourse import Discourse
from kg.parties.referents import NOBODY_NAMED, Method, Resolution
from kg.sentences import Sentence

THRESHOLD = 0.4
"""Least weight of an act."""
_PENALTY = {
    Irrealis.CONDITION: 1.0,
    Irrealis.OBLIGATION: 1.0,
    Irrealis.QUESTION: 0.4,
    Irrealis.FUTURE: 0.2,
}
_DOING = frozenset(
    "agree decide choose force oblige compel pressure have be begin start finish "
    "accepter décider choisir contraindre obliger forcer devoir finir venir falloir commencer".split()
)
"""Verbs under which an infinitive is still done: "agreed to withdraw", not "refused to withdraw"."""
_FALSE = frozenset(
    "wrong mistaken mistake error untrue false faux tort erreur tromper erroné inexact".split()
)
_NEGATORS = frozenset("ne n' n’ plus pas jamais no not never longer".split())
_ALLEGING = frozenset({Family.ALLEGATION, Family.ACCUSING})


@dataclass(frozen=True, slots=True)
class FurtherActs:
    """Finds the acts of a sentence beside accusations and rebuttals."""

    attributions: Attributions
    discourse: Discourse

    def find(self, sentence: Sentence, before: Sequence[Decided]) -> list[Decided]:
        """Return the further acts of a sentence, one for each type, source and target.

        Args:
            sentence: the latest one that the discourse has read.
            before: the acts found so far, this sentence's accusations and rebuttals included.
        """
        found: dict[tuple[int, str, str, str], Decided] = {}
        matches = self.attributions.matches[sentence.index]
        for match in matches:
            for act in self._acts(sentence, match, matches, before):
                if act.key not in found or act.score > found[act.key].score:
                    found[act.key] = act
        return list(found.values())

    def _acts(
        self, sentence: Sentence, match: Match, matches: Sequence[Match], before: Sequence[Decided]
    ) -> Iterator[Decided]:
        if match.entry.family in TYPES:
            yield from find_directed(sentence, match, self.attributions, self.discourse)
        elif match.entry.family is Family.RETRACTING and self._is_done(match):
            yield from self._retractions(sentence, match, matches, before)

    def _is_done(self, match: Match) -> bool:
        """Whether what a word names is done: not negated, not wished for, not asked for."""
        head = match.head
        if is_negated(head) and not _NEGATORS & set(match.entry.words):
            return False
        if match.entry.pos is Pos.NOUN:
            return not any(above.lemma_.lower() in _WISHES for above in ancestors(head))
        above = islice(ancestors(head), 2)
        if {"Imp", "Sub"} & set(feature(head, "Mood")) or any(t.lemma_.lower() in _WISHES for t in above):
            return False
        return not is_infinitive(head) or _governor(head) in _DOING

    def _retractions(
        self, sentence: Sentence, match: Match, matches: Sequence[Match], before: Sequence[Decided]
    ) -> Iterator[Decided]:
        content = fill(match, match.entry.content)
        if match.entry.about and not _is_taken_back(content, matches):
            return
        reason = irrealis(match.head)
        weight = match.entry.weight - (_PENALTY[reason] if reason and not _had_to(match.head) else 0.0)
        if weight < THRESHOLD:
            return
        named = [t for m in matches if m.entry.family in _ALLEGING for t in m.tokens]
        for source in self._sources(sentence, match):
            if not self._is_of_others(source, [t for t in named if t not in match.tokens], sentence):
                yield self._decided(self._candidate(sentence, match, content, weight), source, before)

    def _candidate(
        self, sentence: Sentence, match: Match, content: Sequence[Token], weight: float
    ) -> Candidate:
        targets = fill(match, match.entry.target) or [
            t for noun in content for word in ("against", "contre") for t in complements(noun, word)
        ]
        return Candidate(
            sentence, match, ActType.RETRACTION, (), held=False, targets=tuple(targets),
            content=tuple(content), chain=self.attributions.chain(sentence, match.head),
            modality=modality_of(match.head, self.attributions.hedges(sentence)), weight=weight,
        )  # fmt: skip

    def _sources(self, sentence: Sentence, match: Match) -> list[Resolution]:
        """Resolve who takes back; nobody in particular where a passive does not say."""
        tokens = fill(match, match.entry.source)
        if not tokens and "obj" not in match.entry.content:  # "est revenu" is parsed as a passive
            tokens = surface_subjects(match.head)
        chain = self.attributions.chain(sentence, match.head)
        held = self.discourse.holder(chain)
        if any(t.lower_ in FIRST_PERSON for t in tokens):
            return [held] if held is not None else []
        if tokens:
            return [self.discourse.source(t, sentence, chain) for t in tokens]
        return [NOBODY_NAMED] if is_passive(match.head) else []

    def _is_of_others(self, source: Resolution, alleging: Sequence[Token], sentence: Sentence) -> bool:
        """Whether what is spoken of is somebody else's: "admits that Berlin's charges were unfounded"."""
        own = source.referent.side
        for token in alleging:
            chain = self.attributions.chain(sentence, token)
            found = (self.discourse.resolve(t, sentence, chain) for t in (*agents(token), *possessors(token)))
            sides = {r.referent.side for r in found if r is not None and r.referent.is_named}
            if sides and own not in sides:
                return True
        return False

    def _decided(self, candidate: Candidate, source: Resolution, before: Sequence[Decided]) -> Decided:
        own = source.referent.side
        resolved = (
            self.discourse.resolve(t, candidate.sentence, candidate.chain)
            or self.discourse.responsible(t, candidate.sentence, candidate.chain)
            for t in candidate.targets
        )
        target = next((r for r in resolved if r is not None and r.referent.side != own), None)
        act = Decided(
            candidate, ActType.RETRACTION, source, target or NOBODY_NAMED, (),
            candidate.weight,
        )  # fmt: skip
        taken = find_taken_back(act, before) if target is None else None
        if taken is None:
            return act
        accused = Resolution(before[taken].target.referent, Method.CONTEXT, "whom the accusation was against")
        return Decided(candidate, act.type, source, accused, (), act.score)


_WISHES = frozenset(
    "demand ask call urge want expect await require seek refuse exiger demander réclamer vouloir attendre "
    "appeler refuser obtenir".split()
)


def _had_to(head: Token) -> bool:
    """Whether an obligation was met: French "a dû retirer", not "doit retirer"."""
    verbs = [c for c in (*head.children, head.head) if c.lemma_.lower() == "devoir"]
    return any(v.lower_ in {"dû", "du", "due"} for v in verbs)


def _governor(head: Token) -> str:
    """Return the verb that an infinitive depends on, "" for one that depends on none."""
    for child in head.children:
        if child.dep_ in {"aux", "aux:modal"} and child.lower_ in {"did", "does", "do", "will"}:
            return "do" if child.lower_ != "will" else "have"
    return head.head.lemma_.lower() if head.head != head else ""


def _is_taken_back(content: Sequence[Token], matches: Sequence[Match]) -> bool:
    """Whether something alleged is taken back: an allegation, accusing, or a clause that calls it false."""
    alleging = {t.i for m in matches if m.entry.family in _ALLEGING for t in m.tokens}
    judging = {Pos.ADJ, Pos.NOUN, Pos.ADV}
    false = {
        t.i
        for m in matches
        if m.entry.family is Family.REBUTTING and m.entry.pos in judging
        for t in m.tokens
    }
    for token in content:
        if token.i in alleging and not (token.pos_ == "VERB" and is_passive(token)):
            return True
        said = token.dep_ in COMPLEMENT_CLAUSES and not is_infinitive(token)
        within = list(token.subtree) if said else []
        calls_false = any(t.i in false or t.lemma_.lower() in _FALSE for t in within)
        if calls_false and any(t.i in alleging or t.pos_ == "PRON" for t in within):
            return True
    return False
