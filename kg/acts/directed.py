"""Demands, warnings and positions: what somebody wants of others, tells them will follow, or stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from kg.acts.accusations import Decided
from kg.acts.arguments import fill
from kg.acts.candidates import Candidate
from kg.acts.modality import Irrealis, irrealis, modality_of
from kg.attributions.holders import FIRST_PERSON, Attributions
from kg.grammar import ancestors, clause_complements, feature, is_infinitive, is_negated, surface_subjects
from kg.lexicon.entries import Family
from kg.lexicon.matching import Match
from kg.model import UNNAMED, ActType, Modality
from kg.parties.discourse import Discourse
from kg.parties.referents import NOBODY_NAMED, Resolution
from kg.sentences import Sentence

TYPES: Mapping[Family, ActType] = {
    Family.DEMANDING: ActType.DEMAND,
    Family.WARNING: ActType.WARNING,
    Family.STANDING: ActType.POSITION,
}
"""What a word of each family makes."""
THRESHOLD = 0.45
"""Least weight of an act."""
_UNSAID = frozenset({Irrealis.CONDITION, Irrealis.QUESTION})
_PRESENT = frozenset(
    "must should has have need needs ought doit doivent devra devront est sont a ont".split()
)
"""Forms in which a modal verb says what is to be done: "doit", not "a dû" or "devait"."""


def find_directed(
    sentence: Sentence, match: Match, attributions: Attributions, discourse: Discourse
) -> Iterator[Decided]:
    """Yield the acts that a demanding, warning or position word makes.

    A demand and a warning are to somebody; a position may be to nobody.  What is negated, asked, supposed or
    wanted of somebody else makes none.
    """
    type_ = TYPES[match.entry.family]
    content = fill(match, match.entry.content)
    if match.entry.weight < THRESHOLD or not _is_said(match) or type_ is ActType.POSITION and not content:
        return
    for source in _sources(sentence, match, attributions, discourse):
        targets = _targets(sentence, match, source.referent.side, attributions, discourse)
        if type_ is ActType.POSITION:
            targets = targets[:1] or [NOBODY_NAMED]
        for target in targets:
            if UNNAMED in {source.referent.side} & {target.referent.side}:
                continue
            candidate = _candidate(sentence, match, content, attributions)
            yield Decided(candidate, type_, source, target, (), match.entry.weight)


def _is_said(match: Match) -> bool:
    head = match.head
    if is_negated(head) or irrealis(head) in _UNSAID or "Imp" in feature(head, "Mood"):
        return False
    if not match.entry.source and match.entry.family is Family.DEMANDING:
        perfect = any(c.lower_ == "have" for c in head.head.children if c != head)
        return head.lower_ in _PRESENT and not perfect and not is_negated(head.head)
    if not match.entry.source:  # what has followed for somebody is told, not threatened
        future_form = head.lang_ == "fr" and head.lower_.endswith(("ra", "ront"))  # rare ones are mistagged
        return future_form or irrealis(head) in {Irrealis.FUTURE, Irrealis.OBLIGATION}
    future = any(c.lower_ in {"will", "shall"} for c in head.children)
    return (
        future
        or not is_infinitive(head)
        or head.head.lemma_.lower() in {"continue", "continuer", "tenir", "venir"}
    )


def _sources(
    sentence: Sentence, match: Match, attributions: Attributions, discourse: Discourse
) -> list[Resolution]:
    """Resolve who speaks: the subject, or the holder of the clause where the word has no place for one."""
    tokens = fill(match, match.entry.source)
    chain = attributions.chain(sentence, match.head)
    if not match.entry.source or any(t.lower_ in FIRST_PERSON for t in tokens):
        held = discourse.holder(chain)
        return [held] if held is not None and held.referent.is_named else []
    return [discourse.source(t, sentence, chain) for t in tokens]


def _targets(
    sentence: Sentence, match: Match, own: str, attributions: Attributions, discourse: Discourse
) -> list[Resolution]:
    """Resolve to whom it is said: the words for them, else who is to do what is wanted."""
    chain = attributions.chain(sentence, match.head)
    tokens: Sequence[Token] = fill(match, match.entry.target)
    if not tokens and match.entry.family is Family.DEMANDING:
        tokens = [t for clause in clause_complements(match.head) for t in surface_subjects(clause)]
    found = [
        discourse.resolve(t, sentence, chain) or discourse.responsible(t, sentence, chain) for t in tokens
    ]
    return [r for r in found if r is not None and r.referent.side != own]


def _candidate(
    sentence: Sentence, match: Match, content: Sequence[Token], attributions: Attributions
) -> Candidate:
    if not content and not match.entry.source:  # "must" hangs on what must be done, or governs it
        content = [c for c in match.head.children if c.dep_ == "xcomp"] or list(ancestors(match.head))[:1]
    vouched = Modality.ASSERTED
    if match.entry.source:
        vouched = modality_of(match.head, attributions.hedges(sentence))
    return Candidate(
        sentence, match, TYPES[match.entry.family], (), held=False, targets=(), content=tuple(content),
        chain=attributions.chain(sentence, match.head),
        modality=vouched, weight=match.entry.weight,
    )  # fmt: skip
