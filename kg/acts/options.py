"""Who may be the source or the target of a candidate act, each with what speaks for and against it.

An option is a party; its features say by which ways the text leads to it.  Several ways that lead to one
party make one option: who is named beside the cue and was accused just before is one party with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.acts.accusations import Accusations
from kg.acts.candidates import Candidate
from kg.grammar import OBJECTS, SUBJECTS, ancestors, clause_of, is_passive
from kg.lexicon.entries import Family, Pos
from kg.model import UNNAMED
from kg.parties.discourse import Discourse
from kg.parties.referents import NOBODY_NAMED, Mention, Method, Referent, Resolution, as_person

_PREPOSITIONS = {
    "against": frozenset("against contre envers encontre towards toward visant".split()),
    "by": frozenset({"by", "par"}),
    "of": frozenset({"of", "de", "du", "des", "d'"}),
    "place": frozenset("in à au aux en dans at near from depuis chez sur into".split()),
}
_OTHERS = frozenset("autre certain aucun plusieurs other some others many several".split())


@dataclass(slots=True)
class Option:
    """A party that may be meant.

    Attributes:
        resolution: who it is, by the most direct way that leads there.
        features: what speaks for or against it, by the names of ``weights.toml``.
        tokens: the words at the grammatical place that lead to it; empty if none do.
    """

    resolution: Resolution
    features: set[str]
    tokens: list[Token]

    @property
    def side(self) -> str:
        """The option's party."""
        return self.resolution.referent.side


def is_compatriot(person: Referent, other: Referent) -> bool:
    """Whether a person speaks for the same state as another party without being it."""
    return person.kind == "person" and person.side == other.side and person.name != other.name


class Options:
    """The options for one role of one candidate, one for each party."""

    def __init__(self, source: Referent | None = None) -> None:
        self._source = source
        self._by_party: dict[str, Option] = {}

    def add(self, resolution: Resolution | None, *features: str, token: Token | None = None) -> None:
        """Take up a way that leads to a party; the first way is kept as the one that is told."""
        if resolution is None:
            return
        if self._source is not None and is_compatriot(resolution.referent, self._source):
            resolution = replace(resolution, referent=as_person(resolution.referent))
        option = self._by_party.setdefault(resolution.referent.side, Option(resolution, set(), []))
        option.features |= set(features)
        if token is not None:
            option.tokens.append(token)

    def __iter__(self) -> Iterator[Option]:
        return iter(self._by_party.values())


def source_options(candidate: Candidate, discourse: Discourse) -> list[Option]:
    """Return who may accuse or answer: the words at its place, holders, courts, who stands beside the cue.

    Empty where a narrator tells it and nobody holds it.
    """
    if candidate.held and not candidate.chain:
        return []
    options = Options()
    sentence, chain = candidate.sentence, candidate.chain
    family = candidate.match.entry.family
    if not candidate.held:
        for token in candidate.sources:
            found = discourse.source(token, sentence, chain)
            options.add(found, f"place {family}", f"place, {found.method}", token=token)
    for depth in range(len(chain), 0, -1):
        held = discourse.holder(chain[:depth])
        level = "inner" if depth == len(chain) else "outer"
        wanted = "wanted" if candidate.held else "not wanted"
        options.add(held, f"{level} holder {wanted}", f"{level} holder, {chain[depth - 1].kind}")
    if candidate.match.entry.judicial:
        options.add(
            discourse.judiciary(), f"courts, {'place filled' if candidate.sources else 'place empty'}"
        )
    options.add(discourse.state_spoken_of(frozenset()), "state spoken of")
    _add_beside(options, candidate, discourse, set())
    empty = "place filled" if candidate.sources else "held" if candidate.held else "place empty"
    options.add(
        NOBODY_NAMED,
        "nobody",
        f"nobody, {empty}",
        f"nobody, {empty}, {family}",
        f"nobody, chain {bool(chain)}",
    )
    return [_described(option, discourse, None) for option in options]


def target_options(
    candidate: Candidate, source: Referent, discourse: Discourse, accusations: Accusations
) -> list[Option]:
    """Return who may be accused: the words at its place, who stands beside the cue, who was before."""
    options = Options(source)
    filled = _add_places(options, candidate, discourse)
    _add_beside(options, candidate, discourse, {source.side})
    _add_context(options, candidate, source, discourse, accusations, filled)
    return [_described(option, discourse, source) for option in options]


def answered_options(
    candidate: Candidate, source: Referent, discourse: Discourse, accusations: Accusations
) -> list[Option]:
    """Return whose accusation may be answered: named, behind the allegation, or an accuser before."""
    options = Options(source)
    filled = _add_places(options, candidate, discourse)
    for act in accusations.here:
        if act.source.referent.side != source.side:
            options.add(act.source, "accuses here", f"accuses here, {act.source.referent.is_named}")
        if act.target.referent.side != source.side:
            options.add(act.target, "accused here", f"accused here, {candidate.kind}")
    _add_beside(options, candidate, discourse, {source.side})
    last = accusations.last_by_others(source.side, candidate.sentence.index)
    options.add(_context(last, "accused somebody just before"), "accuser before")
    _add_context(options, candidate, source, discourse, accusations, filled)
    return [_described(option, discourse, source) for option in options]


def _add_places(options: Options, candidate: Candidate, discourse: Discourse) -> str:
    """Add who the words at the grammatical place name; return whether they name anybody."""
    sentence, chain, entry = candidate.sentence, candidate.chain, candidate.match.entry
    filled = "place empty"
    for token in candidate.targets:
        is_agent = token == candidate.match.head and token.pos_ == "NOUN"
        found = (discourse.agentive if is_agent else discourse.resolve)(token, sentence, chain)
        way = "agent noun" if is_agent else "place"
        if found is None:
            found, way = discourse.responsible(token, sentence, chain), "behind place"
        if found is None and token.lemma_.lower() in _OTHERS:
            found = Resolution(
                Referent(token.text, UNNAMED, "group"), Method.GROUP, "others", token, sentence
            )
        if found is None:
            filled = "place unclear" if filled == "place empty" else filled
            if entry.family is Family.ACCUSING and entry.pos is Pos.VERB and token.pos_ == "NOUN":
                options.add(discourse.someone(token, sentence), "place, a person spoken of", token=token)
            continue
        filled = "place filled"
        options.add(found, way, f"{way}, {entry.family} {entry.pos}", f"{way}, {found.method}", token=token)
    for token in candidate.content:
        options.add(
            discourse.responsible(token, sentence, chain), "behind content", f"behind content, {filled}"
        )
    return filled


def _add_context(
    options: Options,
    candidate: Candidate,
    source: Referent,
    discourse: Discourse,
    accusations: Accusations,
    filled: str,
) -> None:
    """Add who may be meant by what was said before, and nobody."""
    memory, exclude = discourse.memory, frozenset({source.side})
    before = memory.accused_before(candidate.sentence, exclude)
    near = "same paragraph" if memory.was_accused_in(candidate.sentence.segment) else "paragraph before"
    options.add(
        _context(before, "accused just before"), f"accused before, {near}", f"accused before, {filled}"
    )
    options.add(_context(memory.main_adversary(exclude), "accused most"), "accused most")
    options.add(_context(memory.accused_by(source.side), "accused by the source before"), "accused by source")
    accuser = accusations.last_against(source.side)
    options.add(
        _context(accuser, "accused the source before"), "accuser of source", f"accuser of source, {filled}"
    )
    speaker = discourse.speaker
    if speaker is not None and speaker.side != source.side:
        options.add(_context(speaker, "the speaker, of whom others speak"), "speaker spoken of")
    likely = discourse.state_spoken_of(exclude)
    options.add(likely, "state spoken of", f"state spoken of, {filled}")
    options.add(_context(memory.most_named(source.side), "named most"), "named most")
    head = candidate.match.head
    passive = "passive" if is_passive(head) else "active"
    options.add(
        NOBODY_NAMED, "nobody", f"nobody, {filled}", f"nobody, {candidate.match.entry.family}, {passive}"
    )


def _context(referent: Referent | None, how: str) -> Resolution | None:
    return Resolution(referent, Method.CONTEXT, f"not expressed; {how}") if referent is not None else None


def _add_beside(options: Options, candidate: Candidate, discourse: Discourse, exclude: Iterable[str]) -> None:
    """Add the named parties of the sentence with where they stand to the cue."""
    for _, mention in discourse.memory.recent(candidate.sentence, 0):
        if mention.referent.is_named and (
            mention.referent.side not in exclude or mention.referent.kind == "person"
        ):
            how = f"{mention.token.text!r} in the sentence"
            found = Resolution(mention.referent, Method.CONTEXT, how, mention.token, candidate.sentence)
            options.add(found, *_beside(candidate, mention), *_argument(candidate, mention))


def _beside(candidate: Candidate, mention: Mention) -> Iterator[str]:
    """Where a mention stands to the cue."""
    cue, token, entry = candidate.match.head, mention.token, candidate.match.entry
    kind = f"{entry.family} {entry.pos}"
    yield "beside"
    yield f"beside {kind}, {'held' if candidate.held else 'by its source'}"
    yield "same clause" if clause_of(token) == clause_of(cue) else "other clause"
    side = "before cue" if token.i < cue.i else "after cue"
    away = abs(token.i - cue.i)
    near = "near" if away <= 4 else "off" if away <= 12 else "far"
    yield f"{side}, {near}"
    yield f"{side}, {entry.family}"
    words = {c.lower_ for c in token.children if c.dep_ in {"case", "mark"}} | {token.head.lower_}
    for name, prepositions in _PREPOSITIONS.items():
        if words & prepositions:
            yield f"preposition {name}"
            yield f"preposition {name}, {kind}, {near}"
    if token.dep_ in {"poss", "amod", "compound"} or mention.is_pronoun and token.pos_ == "DET":
        yield f"modifier, {entry.family}, {near}"
    if mention.is_pronoun:
        yield "beside as a pronoun"


def _argument(candidate: Candidate, mention: Mention) -> Iterator[str]:
    """What a mention is in its clause, and which role of the candidate it stands in."""
    cue, token, family = candidate.match.head, mention.token, candidate.match.entry.family
    kind = f"{family} {candidate.match.entry.pos}"
    if token.dep_ in SUBJECTS:
        yield "subject above cue" if token.head in (cue, *ancestors(cue)) else "subject elsewhere"
        yield f"subject, {family}"
        if clause_of(token.head).head == clause_of(token.head):
            yield f"subject of the sentence, {family}"
    if token.dep_ in OBJECTS:
        yield f"object, {family}"
    if _is_within(token, candidate.sources):
        yield "in the source"
    if _is_within(token, candidate.content):
        yield f"in the content, {kind}"
    if _is_within(token, candidate.targets):
        yield f"in the target, {kind}"
    if any(h.source is not None and h.source in (token, token.head) for h in candidate.chain):
        yield "holder's words"


def _is_within(token: Token, phrases: Iterable[Token]) -> bool:
    return any(token in t.subtree for t in phrases)


def _described(option: Option, discourse: Discourse, source: Referent | None) -> Option:
    """Add what the party is, whatever leads to it."""
    referent, memory = option.resolution.referent, discourse.memory
    option.features.add(f"kind {referent.kind}" if referent.is_named else "unnamed")
    if source is not None and referent.side == source.side and referent.is_named:
        option.features.add("is the source")
    if discourse.speaker is not None and referent.side == discourse.speaker.side:
        option.features.add("is the speaker")
    if memory.is_accused(referent):
        option.features.add("among the accused")
    if referent.is_named:
        option.features.add(f"mentioned {min(3, int(memory.salience(referent) + 0.5))}")
    return option
