"""Lexicon matches → candidate acts with their role tokens; nothing is resolved or decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.acts.arguments import doer_of_noun, fill, opponents_of_noun
from kg.acts.modality import Irrealis, irrealis, modality_of
from kg.attributions.holders import FIRST_PERSON, Attributions, Holder
from kg.grammar import (
    OBJECTS,
    is_negated,
    is_participle,
    is_passive,
    logical_subjects,
    modified,
)
from kg.lexicon.entries import Family, Pos
from kg.lexicon.matching import Match
from kg.model import ActType, Modality, RebuttalKind, Topic
from kg.parties.mentions import Mentions, is_definite
from kg.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible act.

    Attributes:
        sources: tokens for the source; empty means: whoever holds the clause.
        held: the source is whoever holds the clause (else it may be unnamed).
        targets: tokens for the target; empty means: not expressed.
        content: tokens for what is alleged, who is harmed by it, or what a rebuttal is about.
        opponents: tokens for who fights or suffers the wrong that is named.
        irrealis: why the clause may not be asserted.
    """

    sentence: Sentence
    match: Match
    type: ActType
    sources: tuple[Token, ...]
    held: bool
    targets: tuple[Token, ...]
    content: tuple[Token, ...]
    chain: tuple[Holder, ...]
    modality: Modality
    weight: float
    irrealis: Irrealis | None = None
    negated: bool = False
    kind: RebuttalKind | None = None
    opponents: tuple[Token, ...] = ()


def find_candidates(sentence: Sentence, attributions: Attributions, words: Mentions) -> Iterator[Candidate]:
    """Yield every possible act of a sentence, in text order."""
    matches = attributions.matches[sentence.index]
    contexts: dict[int, Family] = {
        t.i: m.entry.family
        for m in matches
        if m.entry.family in {Family.OPPOSING, Family.SUFFERING}
        for t in m.tokens
    }
    for match in matches:
        if match.entry.family is Family.ACCUSING and _charges(match, matches) and not _takes_up(match):
            yield _accusing(sentence, match, attributions, words, contexts)
        elif match.entry.family is Family.WRONGDOING and _charges(match, matches):
            wrong = _wrongdoing(sentence, match, attributions, words, contexts)
            yield wrong
            if _calls_false(match, matches):
                yield replace(
                    wrong, type=ActType.REBUTTAL, kind=RebuttalKind.DISMISSAL, content=wrong.targets
                )
        elif match.entry.family is Family.REBUTTING:
            candidate = _rebutting(sentence, match, matches, attributions)
            if candidate is not None:
                yield candidate


def _calls_false(match: Match, matches: Sequence[Match]) -> bool:
    """Whether a word for a lie is said of something alleged, and no entry for rebutting says so already.

    "The accusation is disinformation", "qualified the report as propaganda".
    """
    entry = match.entry
    if entry.topic is not Topic.DISINFORMATION or entry.pos not in {Pos.NOUN, Pos.ADJ}:
        return False
    if any(m.entry.family is Family.REBUTTING and match.head in m.tokens for m in matches):
        return False
    alleging = {Family.ALLEGATION, Family.ACCUSING}
    nouns = {m.head.i for m in matches if m.entry.family in alleging and m.entry.pos is Pos.NOUN}
    return any(t.i in nouns for t in modified(match.head))


def _charges(match: Match, matches: Sequence[Match]) -> bool:
    """Whether a word that is neutral by itself ("call", "resort to") has a wrong as its content."""
    return not match.entry.about or _is_alleged(fill(match, match.entry.content), matches)


def _takes_up(match: Match) -> bool:
    """Whether a noun only takes up an accusation made before ("the charge", "ces accusations")."""
    entry = match.entry
    if entry.pos is not Pos.NOUN or not is_definite(match.head):
        return False
    return not fill(match, entry.target) and not fill(match, entry.content)


def _judges(head: Token) -> list[Token]:
    """Who calls something so: the subject of the verb over a small clause ("found the doctor guilty")."""
    verb = head.head
    if head.dep_ not in {"oprd", "xcomp", "ccomp", "attr", "obl:arg"} or verb.pos_ != "VERB" or verb == head:
        return []
    if not any(c.dep_ in OBJECTS or c.dep_ == "ccomp" for c in verb.children):
        return []
    return logical_subjects(verb)


_NEGATORS = frozenset(
    {"ne", "pas", "rien", "aucun", "jamais", "nul", "sans", "ni", "no", "not", "never", "nothing", "without"}
)


def _negated(match: Match) -> bool:
    """Whether the head is negated by a word that is no part of the entry ("has nothing to do with")."""
    return is_negated(match.head) and not _NEGATORS & set(match.entry.words)


def _accusing(
    sentence: Sentence, match: Match, attributions: Attributions, words: Mentions, contexts: dict[int, Family]
) -> Candidate:
    entry, head = match.entry, match.head
    sources = fill(match, entry.source)
    if not sources and entry.pos is Pos.NOUN:
        sources = words.national_adjectives(head) or doer_of_noun(head, contexts)
    targets = [t for t in fill(match, entry.target) if t not in sources]
    if not sources and entry.pos is Pos.ADJ:
        sources = _judges(head)
    chain = attributions.chain(sentence, head)
    held = any(t.lower_ in FIRST_PERSON for t in sources) or not sources and _is_judgement(match, chain)
    return Candidate(
        sentence, match, ActType.ACCUSATION, tuple(sources), held, tuple(targets),
        tuple(fill(match, entry.content)), chain,
        modality_of(head, attributions.hedges(sentence)), entry.weight, irrealis(head), _negated(match),
    )  # fmt: skip


def _is_judgement(match: Match, chain: tuple[Holder, ...]) -> bool:
    """Whether a word of guilt is the holder's own judgement ("is responsible"), not an act told of others."""
    return match.entry.pos is Pos.ADJ and bool(chain) and not is_participle(match.head)


def _wrongdoing(
    sentence: Sentence, match: Match, attributions: Attributions, words: Mentions, contexts: dict[int, Family]
) -> Candidate:
    entry, head = match.entry, match.head
    targets = fill(match, entry.target)
    if not targets and entry.pos is Pos.NOUN:
        targets = words.national_adjectives(head) or doer_of_noun(head, contexts)
    if entry.pos is Pos.ADJ and not targets:
        targets = fill(match, ("mod",))
    victims = tuple(t for t in fill(match, entry.content) if t not in targets)
    chain = attributions.chain(sentence, head)
    judges = _judges(head) if entry.pos in {Pos.ADJ, Pos.NOUN} else []
    held = not judges or any(t.lower_ in FIRST_PERSON for t in judges)
    return Candidate(
        sentence, match, ActType.ACCUSATION, tuple(judges), held, tuple(targets), victims, chain,
        modality_of(head, attributions.hedges(sentence)), entry.weight, irrealis(head), _negated(match),
        opponents=tuple(opponents_of_noun(head, contexts)) if not targets else (),
    )  # fmt: skip


def _rebutting(
    sentence: Sentence, match: Match, matches: Sequence[Match], attributions: Attributions
) -> Candidate | None:
    entry, head = match.entry, match.head
    content = fill(match, entry.content) or fill(match, ("obj", "mod", "comp"))
    if entry.about and not _is_alleged(content, matches):
        return None
    own = entry.source if entry.pos is Pos.VERB else tuple({"poss", "agent"} & set(entry.source))
    sources = fill(match, own)
    if not sources and entry.pos in {Pos.ADJ, Pos.NOUN}:
        sources = _judges(head)
    held = not sources or any(t.lower_ in FIRST_PERSON for t in sources)
    if entry.pos is Pos.VERB and is_passive(head) and "subj" in own and not sources:
        held = False
    return Candidate(
        sentence, match, ActType.REBUTTAL, tuple(sources), held,
        tuple(t for t in fill(match, entry.target) if t not in sources), tuple(content),
        attributions.chain(sentence, head), modality_of(head, attributions.hedges(sentence)), entry.weight,
        irrealis(head), _negated(match), entry.kind,
    )  # fmt: skip


_POINTERS = frozenset(
    {"cela", "ceci", "ça", "this", "that", "it", "these", "those", "le", "les", "en", "tout"}
)


def _is_alleged(content: Sequence[Token], matches: Sequence[Match]) -> bool:
    """Whether what is rejected is something alleged: an allegation noun, a wrong, a clause, a pointer."""
    alleging = {Family.ALLEGATION, Family.ACCUSING, Family.WRONGDOING}
    heads = {t.i for m in matches if m.entry.family in alleging and m.entry.weight for t in m.tokens}
    return any(
        t.i in heads
        or t.lower_ in _POINTERS
        or t.pos_ in {"VERB", "AUX"}
        or any(c.i in heads for c in t.subtree)
        for t in content
    )
