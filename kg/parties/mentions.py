"""What the words of a single mention say: names, nationality, office, number, gender."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.gazetteer import Category, Gazetteer
from kg.gazetteer import Match as Name
from kg.grammar import agents, complements, possessors
from kg.parties.referents import Referent
from kg.sentences import Sentence

PERSON_LABELS = frozenset({"PER", "PERSON"})
ORG_LABELS = frozenset({"ORG"})
_DEMONSTRATIVES = frozenset(
    "ce cet cette ces ledit ladite lesdits lesdites this that these those such said".split()
)
_DEFINITE = frozenset("le la l' l’ les the".split()) | _DEMONSTRATIVES
_CONNECTORS = frozenset("de du des la le of the von van bin al el ben".split())
NATIONAL = frozenset({"state", "territory", "international", "organ", "bloc", "agency"})


class Mentions:
    """Reads single mentions of a document; knows names but not what was said before."""

    def __init__(self, gazetteer: Gazetteer, sentences: Sequence[Sentence]) -> None:
        self._gazetteer = gazetteer
        self._names: dict[tuple[int, int], Name] = {}
        for sentence in sentences:
            words = [t.text for t in sentence.tokens]
            offset = sentence.tokens.start
            for match in gazetteer.find(words, sentence.language):
                for i in range(match.start, match.end):
                    self._names[id(sentence.tokens.doc), offset + i] = match

    def name(self, token: Token) -> Name | None:
        """Return the gazetteer name that a token is part of, if any."""
        return self._names.get((id(token.doc), token.i))

    def category(self, token: Token, language: str) -> Category | None:
        """Return the category of a common noun ("ministry", "porte-parole"), if any."""
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return None
        return self._gazetteer.category(token.lemma_.lower(), language) or self._gazetteer.category(
            token.lower_, language
        )

    def named(self, token: Token, language: str) -> Referent | None:
        """Return the referent of a proper name with this head, None if it is no name."""
        name = self.name(token)
        if name is not None and name.form not in {"demonym", "adjective"}:
            return self._known(name, token)
        if name is not None and token.pos_ in {"PROPN", "NOUN"} and token.text[:1].isupper():
            return self._known(name, token)
        entity = entity_span(token)
        if not entity or not any(t.pos_ == "PROPN" for t in entity):
            return None
        if token.ent_type_ in PERSON_LABELS:
            return self._person(token, entity, language)
        if token.ent_type_ in ORG_LABELS:
            return self._organisation(token, entity, language)
        return None

    def _known(self, name: Name, token: Token) -> Referent:
        entry = name.entry
        kind = entry.kind
        plural = None if kind != "person" else False
        return Referent(entry.name, entry.side, kind, plural, _gender(token))

    def _person(self, token: Token, entity: Sequence[Token], language: str) -> Referent:
        full = " ".join(t.text for t in entity)
        side = self._affiliation(token, entity, language) or full.lower()
        return Referent(full, side, "person", False, _gender(token))

    def _organisation(self, token: Token, entity: Sequence[Token], language: str) -> Referent:
        full = " ".join(t.text for t in entity)
        nation = self.nation(token, language)
        category = self.category(token, language)
        if nation is not None and (category is None or category.represents):
            return Referent(full, nation.side, "org", None, _gender(token))
        return Referent(full, full.lower(), "org", None, _gender(token))

    def _affiliation(self, token: Token, entity: Sequence[Token], language: str) -> str | None:
        """The state that a title beside a person's name makes the person speak for."""
        inside = {t.i for t in entity}
        around = [t for t in entity] + [token.head] + [c for t in entity for c in t.children]
        for title in around:
            category = self.category(title, language)
            if category is None or not category.represents or title.i in inside and title.text[0].isupper():
                continue
            nation = self.nation(title, language)
            if nation is not None:
                return nation.side
        return None

    def nation(self, token: Token, language: str, depth: int = 0) -> Referent | None:
        """Return the state or body whose name, adjective or capital modifies a noun."""
        for owner in [*possessors(token), *_loose_modifiers(token)]:
            name = self.name(owner)
            if name is not None and name.entry.kind in NATIONAL:
                return self._known(name, owner)
            if name is not None and name.entry.side.isupper() and len(name.entry.side) == 2:
                return self._known(name, owner)
        if depth < 2:
            for owner in [*complements(token, "de"), *complements(token, "of"), *agents(token)]:
                nation = self.nation(owner, language, depth + 1)
                if nation is not None:
                    return nation
        return None


def _loose_modifiers(noun: Token) -> list[Token]:
    """Modifiers that models attach in several ways ("US Department", "Kiev regime")."""
    wanted = {"amod", "nmod", "compound", "appos", "flat:name", "flat:foreign", "poss", "nummod"}
    return [c for c in noun.children if c.dep_ in wanted]


def entity_span(token: Token) -> list[Token]:
    """Return the tokens of the named entity around a token, articles and titles' dots left out."""
    if not token.ent_type_:
        return []
    start, end = token.i, token.i + 1
    doc = token.doc
    while start > 0 and doc[start].ent_iob_ != "B" and doc[start - 1].ent_type_ == token.ent_type_:
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == token.ent_type_:
        end += 1
    tokens = [t for t in doc[start:end] if not t.is_space]
    while tokens and (tokens[0].pos_ == "DET" or tokens[0].is_punct):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].lower_ in {"'s", "’s"}):
        tokens.pop()
    return tokens


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase points back: a definite article or a demonstrative."""
    return any(c.lower_ in _DEFINITE and c.dep_ in {"det", "case"} for c in noun.children)


def is_demonstrative(noun: Token) -> bool:
    """Whether a noun phrase has a demonstrative ("ces attaques", "such actions")."""
    return any(c.lower_ in _DEMONSTRATIVES and c.dep_ in {"det", "amod", "predet"} for c in noun.children)


def is_plural(token: Token) -> bool | None:
    """Return the grammatical number of a token, None if it does not tell."""
    number = token.morph.get("Number", [])
    if number:
        return number[0] == "Plur"
    if token.tag_ in {"NNS", "NNPS"}:
        return True
    return False if token.tag_ in {"NN", "NNP"} else None


def _gender(token: Token) -> str | None:
    gender = token.morph.get("Gender", [])
    return gender[0] if gender else None


gender_of = _gender
