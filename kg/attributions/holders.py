"""Computes for every token the chain of who holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token

from kg.attributions.quotations import Quotation, QuotationType, find_quotations
from kg.gazetteer import Gazetteer
from kg.grammar import (
    OBJECTS,
    SUBJECTS,
    agents,
    ancestors,
    antecedent_of,
    clause_complements,
    clause_of,
    complements,
    is_negated,
    is_relative_pronoun,
    logical_subjects,
    possessors,
)
from kg.lexicon.entries import Entry, Family, Pos
from kg.lexicon.matching import Match, find_entries
from kg.model import Genre, Topic
from kg.segments import Role
from kg.sentences import Sentence

FIRST_PERSON = frozenset(
    {"je", "j'", "j’", "me", "m'", "m’", "moi", "nous", "mon", "ma", "mes", "notre", "nos", "nôtre", "nôtres"}
    | {"i", "we", "us", "our", "ours", "my", "mine", "ourselves", "myself"}
)
SECOND_PERSON = frozenset(
    {"vous", "votre", "vos", "tu", "te", "toi", "ton", "ta", "tes", "you", "your", "yours"}
)
_TELLING = frozenset({Family.REPORTING, Family.ACCUSING})
_NAMING = frozenset({"NOUN", "PROPN"})
_SPEECH = frozenset({Family.REPORTING, Family.ACCUSING, Family.REBUTTING})


class HolderKind(StrEnum):
    """How somebody comes to hold a clause."""

    SPEAKER = "speaker"
    """The document's own speaker."""
    TURN = "turn"
    """A labelled speaker of a transcript."""
    QUESTION = "question"
    """Whoever asks the question of a Q&A."""
    DIRECT = "direct quotation"
    INDIRECT = "indirect speech"
    ACCORDING = "according to"


@dataclass(frozen=True, slots=True)
class Holder:
    """One level of a chain: who holds, by which words.

    ``source`` is the head of the words for the holder; None for the speaker, a turn or an unnamed one.
    """

    kind: HolderKind
    source: Token | None = None
    sentence: Sentence | None = None
    cue: Token | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Attribution:
    scope: frozenset[int]
    holder: Holder


class Attributions:
    """Who holds what in one document."""

    def __init__(self, sentences: Sequence[Sentence], genre: Genre, gazetteer: Gazetteer) -> None:
        self._genre = genre
        self._gazetteer = gazetteer
        self._by_doc: dict[int, list[_Attribution]] = defaultdict(list)
        self.matches: dict[int, list[Match]] = {}
        self._quoted: Holder | None = None
        by_doc: dict[int, list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            by_doc[id(sentence.tokens.doc)].append(sentence)
            self.matches[sentence.index] = find_entries(list(sentence.tokens), sentence.language)
        for group in by_doc.values():
            self._attribute(group)

    def chain(self, sentence: Sentence, token: Token) -> tuple[Holder, ...]:
        """Return who holds a token, outermost first; empty for a neutral narrator's own words."""
        inner = [a for a in self._by_doc[id(token.doc)] if token.i in a.scope]
        inner.sort(key=lambda a: -len(a.scope))
        return (*self.base(sentence), *(a.holder for a in inner))

    def hedges(self, sentence: Sentence) -> list[Match]:
        """Return the words of a sentence by which somebody does not vouch ("allegedly")."""
        return [m for m in self.matches[sentence.index] if m.entry.family is Family.HEDGING]

    def base(self, sentence: Sentence) -> tuple[Holder, ...]:
        """Return who holds the sentence's segment as a whole."""
        if sentence.segment.role is Role.QUESTION:
            return (Holder(HolderKind.QUESTION),)
        if sentence.segment.label:
            return (Holder(HolderKind.TURN, label=sentence.segment.label),)
        if self._genre is Genre.OWN_SPEECH or sentence.segment.role is Role.ANSWER:
            return (Holder(HolderKind.SPEAKER),)
        return ()

    def _attribute(self, group: Sequence[Sentence]) -> None:
        doc = group[0].tokens.doc
        found = self._by_doc[id(doc)]
        quotations = find_quotations(doc)
        for sentence in group:
            rejecting = _rejecting_verbs(self.matches[sentence.index])
            for match in self.matches[sentence.index]:
                found += _reported(sentence, match, self._gazetteer, rejecting)
        for quotation in quotations:
            if quotation.type is QuotationType.MIXED:
                mixed = self._mixed_holder(group, quotation)
                if mixed is not None:
                    found.append(_Attribution(frozenset(t.i for t in quotation.tokens), mixed))
            else:
                holder = self._quotation_holder(group, quotation)
                if holder is not None:
                    found.append(_Attribution(frozenset(t.i for t in quotation.tokens), holder))
                self._quoted = holder

    def _mixed_holder(self, group: Sequence[Sentence], quotation: Quotation) -> Holder | None:
        """Whose words are quoted within a clause: those of the subject of the speech verb over them."""
        inside = {t.i for t in quotation.tokens}
        above = [a for a in ancestors(quotation.tokens[0]) if a.i not in inside]
        for sentence in group:
            speech = {
                m.head.i: m
                for m in self.matches[sentence.index]
                if m.entry.family in _SPEECH and m.entry.pos is Pos.VERB
            }
            for verb in above:
                if verb.i in speech:
                    return _speech_holder(verb, sentence, inside)
        return None

    def _quotation_holder(self, group: Sequence[Sentence], quotation: Quotation) -> Holder | None:
        """Find who says a direct quotation: a speech verb beside it, or who was quoted just before.

        A report goes on quoting: who was quoted last is quoted again in the paragraphs that follow.
        """
        inside = {t.i for t in quotation.tokens}
        first, final = min(inside), max(inside)
        speeches: list[tuple[int, Match, Sentence]] = []
        for sentence in group:
            if sentence.tokens.start > final + 3 or sentence.tokens.end < first - 1:
                continue
            for match in self.matches[sentence.index]:
                if (
                    match.entry.family in _SPEECH
                    and match.entry.pos is Pos.VERB
                    and match.head.i not in inside
                ):
                    distance = min(abs(match.head.i - first), abs(match.head.i - final))
                    speeches.append((distance, match, sentence))
        for _, match, sentence in sorted(speeches, key=lambda s: s[0]):
            holder = _speech_holder(match.head, sentence, inside)
            if holder:
                return holder
        introduced = _introducing_subject(quotation.tokens[0].doc, first, group, self._gazetteer)
        return introduced or self._quoted


def _speech_holder(verb: Token, sentence: Sentence, inside: set[int]) -> Holder | None:
    sources = [s for s in _speakers(verb) if s.i not in inside]
    if not sources or sources[0].lower_ in FIRST_PERSON:
        return None
    return Holder(HolderKind.DIRECT, sources[0], sentence, verb)


def _speakers(verb: Token) -> list[Token]:
    """Return the subjects of a speech verb; of an aside also the one behind it that looks like an object.

    "« … », a déclaré la maire": a verb of an aside has its content elsewhere, so the noun is who says it.
    """
    if verb.dep_ in {"parataxis", "ccomp", "conj", "dep"} and not any(
        c.dep_ in SUBJECTS for c in verb.children
    ):
        inverted = [c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i and c.pos_ in _NAMING]
        if inverted and _is_aside(verb):
            return inverted
    return logical_subjects(verb)


def _is_aside(verb: Token) -> bool:
    """Whether a verb stands behind a comma or a closing quotation mark, its auxiliary and clitics aside."""
    first = min(t.i for t in (verb, *verb.lefts) if not t.is_punct)
    before = verb.doc[first - 1] if first > 0 else None
    return before is not None and before.text in {",", "»", "”", '"'}


def _introducing_subject(
    doc: Doc, first: int, group: Sequence[Sentence], gazetteer: Gazetteer
) -> Holder | None:
    """The subject of the clause before a colon or, at a sentence's start, of the sentence before."""
    before = doc[first - 2] if first >= 2 else None
    for place, sentence in enumerate(group):
        if not sentence.tokens.start <= first < sentence.tokens.end:
            continue
        opens = first - sentence.tokens.start <= 1
        if before is not None and before.text == ":" and not opens:
            return _root_subject(sentence, before.i, gazetteer)
        if opens and place and before is not None and before.text in {":", "."}:
            return _root_subject(group[place - 1], before.i, gazetteer)
    return None


def _root_subject(sentence: Sentence, limit: int, gazetteer: Gazetteer) -> Holder | None:
    """The subject of a sentence's verb before a place, or the name alone there ("Froome: …")."""
    for subject in logical_subjects(sentence.tokens.root):
        if subject.i < limit and is_speaker_like(subject, sentence.language, gazetteer):
            return Holder(HolderKind.DIRECT, subject, sentence, sentence.tokens.root)
    alone = [t for t in sentence.tokens.doc[sentence.tokens.start : limit] if not t.is_punct]
    if 0 < len(alone) <= 3 and all(t.pos_ == "PROPN" for t in alone):
        return Holder(HolderKind.DIRECT, alone[-1], sentence, alone[-1])
    return None


def _rejecting_verbs(matches: Iterable[Match]) -> frozenset[int]:
    """Return the verbs whose subject does not hold what their object claims: "rejects the claim that"."""
    rebutting = (m for m in matches if m.entry.family is Family.REBUTTING and m.entry.pos is Pos.VERB)
    return frozenset(m.head.i for m in rebutting)


def _reported(
    sentence: Sentence, match: Match, gazetteer: Gazetteer, rejecting: frozenset[int]
) -> Iterable[_Attribution]:
    entry = match.entry
    if entry.family is Family.REPORTING and entry.pos in {Pos.PREP, Pos.ADV}:
        yield from _according(sentence, match, gazetteer)
    elif entry.pos is Pos.VERB and (entry.family in _TELLING and _is_plain(entry) or _is_lie(match)):
        yield from _indirect(sentence, match, gazetteer)
    elif entry.pos is Pos.NOUN and (entry.family in {Family.REPORTING, Family.ALLEGATION} or _is_lie(match)):
        yield from _alleged(sentence, match.head, rejecting)


def _is_document(noun: Token, language: str, gazetteer: Gazetteer) -> bool:
    category = gazetteer.category(noun.lemma_, language)
    return category is not None and category.kind == "document"


def _nominal_content(match: Match) -> list[Token]:
    """Noun phrases that a reporting verb gives as somebody's words: "speaks of a plot"."""
    if match.entry.family is not Family.REPORTING or match.entry.weight < 0.5:
        return []
    verb, found = match.head, []
    for position in match.entry.content:
        if position == "obj":
            found += [c for c in verb.children if c.dep_ in OBJECTS]
        elif position.startswith("prep:"):
            found += complements(verb, position.removeprefix("prep:"))
    return found


def _is_plain(entry: Entry) -> bool:
    """Whether an accusing verb is no common verb that accuses only at times ("relever")."""
    return entry.family is Family.REPORTING or entry.weight >= 0.6


def _is_lie(match: Match) -> bool:
    """Whether a word says that what somebody says is false: the liar still holds it."""
    return match.entry.family is Family.WRONGDOING and match.entry.topic is Topic.DISINFORMATION


def _alleged(sentence: Sentence, noun: Token, rejecting: frozenset[int]) -> Iterable[_Attribution]:
    """Content of "the claim that …": held by whose claim it is."""
    clauses = [c for c in noun.children if c.dep_ in {"acl", "ccomp"} and _is_that_clause(c)]
    if not clauses:
        return
    owners = agents(noun) or possessors(noun, of=True)
    source = next((o for o in owners if o.pos_ != "ADJ"), None)
    if source is None and noun.dep_ in {"obj", "dobj"} and noun.head.i not in rejecting:
        source = next(iter(logical_subjects(noun.head)), None)
    if source is not None and source.lower_ in FIRST_PERSON:
        return
    for clause in clauses:
        scope = frozenset(t.i for t in clause.subtree)
        yield _Attribution(scope, Holder(HolderKind.INDIRECT, source, sentence, noun))


def _is_that_clause(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in {"that", "que", "qu'", "qu’"} for c in clause.children)


def _indirect(sentence: Sentence, match: Match, gazetteer: Gazetteer) -> Iterable[_Attribution]:
    """Content in a complement ("X says that …", "X speaks of …") or around an aside ("…, says X")."""
    verb = match.head
    clauses = clause_complements(verb)
    sources = _speakers(verb)
    source = sources[0] if sources else None
    if source is None and match.entry.family is Family.REPORTING:
        return
    if source is not None and not is_speaker_like(source, sentence.language, gazetteer):
        return
    if source is not None and source.lower_ in FIRST_PERSON or is_negated(verb):
        return
    if not clauses and source is not None and not _is_document(source, sentence.language, gazetteer):
        clauses = [noun for noun in _nominal_content(match) if noun != source]
    holder = Holder(HolderKind.INDIRECT, source, sentence, verb)
    for clause in clauses:
        yield _Attribution(frozenset(t.i for t in clause.subtree), holder)
    if not clauses and verb.dep_ in {"parataxis", "conj", "dep", "acl", "advcl"} and verb.head != verb:
        if source is not None and source.i > verb.i:
            own = {t.i for t in verb.subtree}
            yield _Attribution(frozenset(t.i for t in verb.head.subtree if t.i not in own), holder)


def _opens_clause(sentence: Sentence, match: Match, gazetteer: Gazetteer, source: Token) -> bool:
    """Whether a common preposition attributes: "Pour X, …" in front, with somebody who can hold a view."""
    first = next(t for t in sentence.tokens if t.is_alpha)
    return match.tokens[0] == first and is_speaker_like(source, sentence.language, gazetteer)


def _according(sentence: Sentence, match: Match, gazetteer: Gazetteer) -> Iterable[_Attribution]:
    """Content of the clause that "according to X", "selon X" hangs on."""
    last = match.tokens[-1]
    source = _prepositional_object(match)
    if source is not None and is_relative_pronoun(source):
        owner = _owner_of_antecedent(source)
        scope = frozenset(t.i for t in clause_of(source).subtree if t.i > source.i)
        yield _Attribution(scope, Holder(HolderKind.ACCORDING, owner, sentence, match.tokens[0]))
        return
    if source is None or source.lower_ in FIRST_PERSON:
        return
    if match.entry.weight < 0.5 and not _opens_clause(sentence, match, gazetteer, source):
        return
    clause = source.head if source.head != source else last.head
    while (clause.pos_ == "ADP" or clause in match.tokens) and clause.head != clause:
        clause = clause.head
    phrase = {t.i for t in source.subtree} | {t.i for t in match.tokens}
    scope = frozenset(t.i for t in clause.subtree if t.i not in phrase)
    if clause == source:
        # The parser took the phrase in front for the main clause: the rest of the sentence is the content.
        scope = frozenset(t.i for t in sentence.tokens if t.i > _end_of_front(source))
    yield _Attribution(scope, Holder(HolderKind.ACCORDING, source, sentence, match.tokens[0]))


def _owner_of_antecedent(pronoun: Token) -> Token | None:
    """Whose "the claim according to which" is: the claim's owner, else what the pronoun stands for."""
    noun = antecedent_of(pronoun) or _noun_before(pronoun)
    if noun is None:
        return None
    owners = [*agents(noun), *possessors(noun, of=True)]
    return owners[0] if owners else noun


def _end_of_front(source: Token) -> int:
    """Return the place of the comma after a phrase in front, or of the phrase if there is none."""
    commas = (t.i for t in source.children if t.text == "," and t.i > source.i)
    return next(commas, source.i)


def _noun_before(token: Token) -> Token | None:
    """The noun phrase before a pronoun whose clause the parser did not hang on it."""
    before = (t for t in reversed(token.doc[token.sent.start : token.i]) if t.pos_ in {"NOUN", "PROPN"})
    noun = next(before, None)
    while noun is not None and noun.head.pos_ == "NOUN" and noun.head.i < noun.i:
        noun = noun.head
    return noun


def _prepositional_object(match: Match) -> Token | None:
    last = match.tokens[-1]
    for child in last.children:
        if child.dep_ in {"pobj", "obl:arg", "nmod", "obl:mod"}:
            return child
    if last.dep_ in {"case", "mark", "fixed"} and last.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return last.head
    head = match.tokens[0].head
    return head if head.pos_ in {"NOUN", "PROPN", "PRON"} and head.i > last.i else None


def is_speaker_like(token: Token, language: str, gazetteer: Gazetteer) -> bool:
    """Whether a subject can say something: a name, a pronoun, a person, a body or a document.

    "The affair shows that" adds no holder: whoever tells it holds what the affair shows.
    """
    if token.pos_ in {"PROPN", "PRON"}:
        return token.lower_ not in {"cela", "ceci", "ce", "c'", "c’", "ça", "this", "that", "it", "which"}
    if any(t.ent_type_ in {"PER", "PERSON", "ORG"} for t in token.subtree if t.head == token or t is token):
        return True
    return any(gazetteer.category(form, language) is not None for form in (token.lemma_, token.lower_))
