"""What the words of a single mention say: names, nationality, office, number, gender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Span, Token

from kg.gazetteer import Category, Gazetteer
from kg.gazetteer import Match as Name
from kg.grammar import agents, complements, feature, possessors
from kg.parties.referents import Referent
from kg.sentences import Sentence

PERSON_LABELS = frozenset({"PER", "PERSON"})
ORG_LABELS = frozenset({"ORG"})
_DEMONSTRATIVES = frozenset(
    "ce cet cette ces ledit ladite lesdits lesdites this that these those such said".split()
)
_TITLES = frozenset(
    "m m. mm mm. mr mr. mrs mrs. ms ms. mme mme. mlle me me. dr dr.".split()
    + "sir lord lady madame monsieur maître".split()
)
"""Titles of courtesy, which are no part of a name."""
_PLACES = ("in", "à", "en")
_PARTS_OF_PLACES = frozenset(
    "north south east west northern southern eastern western central new greater old inner outer upper lower "
    "saint st san republic kingdom state states city president minister".split()
)
_ONE_ONLY = frozenset({"accusation", "prosecution", "défense", "instruction"})
"""Nouns that name an office of a court in the singular, something else in the plural."""
_NO_NAMES = frozenset(
    "DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL LAW LANGUAGE EVENT NORP MISC".split()
)
_PLACES_NAMED = frozenset({"GPE", "LOC", "FAC"})
_FORMER = frozenset("ancien ancienne anciens anciennes ex former then late".split())
_DEFINITE = frozenset("le la l' l’ les the".split()) | _DEMONSTRATIVES
_DOMESTIC = 0.8
"""Share of one state among all states named from which a text is about its domestic affairs."""
OPPOSITION = {
    "opposition": "opposition", "rébellion": "rebels", "rebelle": "rebels", "rebel": "rebels",
    "insurgé": "rebels", "insurgent": "rebels", "rebellion": "rebels", "dissident": "dissidents",
    "séparatiste": "separatists", "separatist": "separatists", "putschiste": "putschists",
}  # fmt: skip
"""Nouns for those against their own state, with the plural English noun that names them."""
_NAMING = frozenset({"appos", "flat:name", "flat:foreign", "nmod", "amod", "dep"})
NATIONAL = frozenset({"state", "territory", "international", "organ", "bloc", "agency"})


class Mentions:
    """Reads single mentions of a document; knows names but not what was said before."""

    def __init__(self, gazetteer: Gazetteer, sentences: Sequence[Sentence], speaker: Referent | None) -> None:
        self._gazetteer = gazetteer
        self._names: dict[tuple[int, int], Name] = {}
        surnames = _surnames(sentences)
        for sentence in sentences:
            words = [t.text for t in sentence.tokens]
            offset = sentence.tokens.start
            for match in gazetteer.find(words, sentence.language):
                if _is_somebody_else(match, sentence.tokens, surnames):
                    continue
                for i in range(match.start, match.end):
                    self._names[id(sentence.tokens.doc), offset + i] = match
        language = sentences[0].language if sentences else ""
        self.home, self._is_domestic = self._home_state(language, speaker)

    def _home_state(self, language: str, speaker: Referent | None) -> tuple[Referent | None, bool]:
        """The state that the document names most, in any form, and whether it is about its domestic affairs.

        They are domestic where hardly another state is named and no state speaks.  A French text that names
        no state at all is taken to speak of France, an English one of nobody's state.
        """
        counts: Counter[str] = Counter()
        entries = {}
        for match in {id(m): m for m in self._names.values()}.values():
            entry = match.entry
            if len(entry.side) == 2 and entry.side.isupper() and entry.kind not in {"international", "bloc"}:
                counts[entry.side] += 1
                entries[entry.side] = entry
        official = speaker is not None and speaker.kind in NATIONAL
        if not counts:
            return (Referent("France", "FR", "state") if language == "fr" else None), not official
        side, count = counts.most_common(1)[0]
        state = self._gazetteer.entry(side) or entries[side]
        return Referent(state.name, side, "state"), not official and count >= _DOMESTIC * counts.total()

    def name(self, token: Token) -> Name | None:
        """Return the gazetteer name that a token is part of, if any."""
        return self._names.get((id(token.doc), token.i))

    def category(self, token: Token, language: str) -> Category | None:
        """Return the category of a common noun ("ministry", "porte-parole"), if any."""
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return None
        found = self._gazetteer.category(token.lemma_.lower(), language) or self._gazetteer.category(
            token.lower_, language
        )
        return None if found is not None and found.lemma in _ONE_ONLY and is_plural(token) else found

    def title_of(self, noun: Token, language: str) -> Referent | None:
        """Return the referent of the name that a noun is the title of ("l'hebdomadaire Le Fanal")."""
        for child in noun.children:
            if child.i > noun.i and child.pos_ == "PROPN" and child.dep_ in _NAMING and not _has_case(child):
                found = self.named(child, language)
                if (
                    found is not None
                    and (name := self.name(child)) is not None
                    and name.entry.kind == "state"
                ):
                    return None
                if found is not None:
                    return found
                if self.category(noun, language) is not None and child.dep_ != "nmod":
                    words = verbatim([t for t in child.subtree if t.i >= child.i and t.pos_ == "PROPN"])
                    return Referent(words, words.lower(), "org")
        return None

    def named(self, token: Token, language: str) -> Referent | None:
        """Return the referent of a proper name with this head, None if it is no name."""
        name = self.name(token)
        if name is not None and name.form not in {"demonym", "adjective"}:
            return self.known(name, token)
        if name is not None and token.pos_ in {"PROPN", "NOUN"} and token.text[:1].isupper():
            return self.known(name, token)
        entity = entity_span(token)
        if not entity or not any(t.pos_ == "PROPN" for t in entity):
            return self._unlabelled(token, language)
        if token.ent_type_ in PERSON_LABELS:
            known = next(
                (n for t in entity if (n := self.name(t)) is not None and n.entry.kind == "person"), None
            )
            return self.known(known, token) if known is not None else self._person(token, entity, language)
        if token.ent_type_ in ORG_LABELS:
            return self._organisation(token, entity, language)
        return self._unlabelled(token, language)

    def _unlabelled(self, token: Token, language: str) -> Referent | None:
        """A name that the model tags but does not recognise: "Valeska Paris" taken for a city."""
        if not _is_name_word(token) or self.name(token) is not None or token.ent_type_ in _NO_NAMES:
            return None
        if token.ent_type_ in _PLACES_NAMED and not _has_first_name(token):
            return None
        if self.category(token, language) is not None or token.i == token.sent.start and not token.ent_type_:
            return None
        before = [t for t in token.lefts if t.dep_ in {"compound", "flat:name"} and _is_name_word(t)]
        after = [t for t in token.rights if t.dep_ in {"flat:name"} and _is_name_word(t)]
        words = [*before, token, *after]
        if len(words) == 1 and any(c.dep_ in {"det", "poss", "amod", "case"} for c in token.children):
            return None
        full = verbatim([t for t in token.doc[words[0].i : words[-1].i + 1]])
        return Referent(full, full.lower(), "person" if len(words) > 1 else "org", None)

    def known(self, name: Name, token: Token) -> Referent:
        """Return the referent of a gazetteer name; in domestic affairs a politician is no state."""
        entry = name.entry
        kind = entry.kind
        plural = None if kind != "person" else False
        at_home = self._is_domestic and self.home is not None and entry.side == self.home.side
        side = entry.name.lower() if kind == "person" and at_home else entry.side
        return Referent(entry.name, side, kind, plural, gender_of(token))

    def _person(self, token: Token, entity: Sequence[Token], language: str) -> Referent:
        full = verbatim(entity)
        side = self._affiliation(token, entity, language) or full.lower()
        return Referent(full, side, "person", False, gender_of(token))

    def _organisation(self, token: Token, entity: Sequence[Token], language: str) -> Referent | None:
        full = verbatim(entity)
        if len(full) < 3:
            return None
        nation = self.nation(token, language)
        category = self.category(token, language)
        if nation is not None and (category is None or category.represents):
            return Referent(full, nation.side, "org", None, gender_of(token))
        return Referent(full, full.lower(), "org", None, gender_of(token))

    def _affiliation(self, token: Token, entity: Sequence[Token], language: str) -> str | None:
        """The side that a title or a body in brackets beside a person's name makes the person speak for."""
        inside = {t.i for t in entity}
        around = [token.head] + [c for t in entity for c in t.children if c.i not in inside]
        for title in around:
            category = self.category(title, language)
            if category is None or category.animacy != "person" or title.dep_ in {"nsubj", "obj", "dobj"}:
                continue
            if any(c.lower_ in _FORMER for c in title.children):
                continue
            nation = self.nation(title, language, 2)
            if nation is not None and category.represents:
                return nation.side
            body = self._body_of(title, language)
            if body is not None:
                return body
        return self._bracketed(entity, language)

    def _body_of(self, title: Token, language: str) -> str | None:
        """The organisation that an office is of ("spokesman of the Harbour Union")."""
        for owner in [*complements(title, "de"), *complements(title, "of"), *complements(title, "for")]:
            name = self.name(owner)
            if name is not None and name.entry.kind not in NATIONAL:
                return name.entry.side
            if owner.ent_type_ in ORG_LABELS and owner.pos_ == "PROPN":
                return verbatim(entity_span(owner)).lower() or None
        return None

    def _bracketed(self, entity: Sequence[Token], language: str) -> str | None:
        """The party in brackets behind a politician's name: "Anna Berg (SPD)"."""
        after = entity[-1].i + 1
        doc = entity[-1].doc
        if after + 2 < len(doc) and doc[after].text == "(" and doc[after + 2].text == ")":
            inner = doc[after + 1]
            if inner.text.isupper() and 1 < len(inner.text) < 7:
                name = self.name(inner)
                return name.entry.side if name is not None else inner.text.lower()
        return None

    def national_adjectives(self, noun: Token) -> list[Token]:
        """Return the adjectives of nationality beside a noun ("les mensonges russes")."""
        found = []
        for child in noun.children:
            if child.dep_ in {"amod", "nmod", "compound"} and child.pos_ in {"ADJ", "NOUN", "PROPN"}:
                name = self.name(child)
                if name is not None and name.entry.kind in NATIONAL and name.form in {"adjective", "demonym"}:
                    found.append(child)
        return found

    def opposition(self, noun: Token, home: Referent | None) -> Referent | None:
        """Return the rebels or opposition that a noun names, of the state beside it or spoken of most."""
        kind = OPPOSITION.get(noun.lemma_.lower())
        if kind is None:
            return None
        adjectives = self.national_adjectives(noun)
        name = self.name(adjectives[0]) if adjectives else None
        side = name.entry.side if name is not None else home.side if home is not None else ""
        entry = self._gazetteer.entry(side)
        if entry is None:
            return None
        english = [a.text for a in entry.aliases if a.form == "adjective" and a.language == "en"]
        full = f"{english[0] if english else entry.name} {kind}"
        return Referent(full, full.lower(), "armed_group" if kind == "rebels" else "party", True)

    def nation(self, token: Token, language: str, depth: int = 0) -> Referent | None:
        """Return the state or body whose name, adjective or capital modifies a noun.

        Those who are against a state are not it: "the Syrian opposition" is nobody's but its own.
        """
        if token.lemma_.lower() in OPPOSITION:
            return None
        modifiers = _loose_modifiers(token)
        modifiers += [c for m in modifiers if m.dep_ == "amod" for c in m.children if c.dep_ == "npadvmod"]
        for owner in [*possessors(token), *modifiers]:
            name = self.name(owner)
            if name is not None and name.entry.kind in NATIONAL:
                return self.known(name, owner)
            if name is not None and name.entry.side.isupper() and len(name.entry.side) == 2:
                return self.known(name, owner)
        if depth < 2:
            for owner in [*complements(token, "de"), *complements(token, "of"), *agents(token)]:
                nation = self.nation(owner, language, depth + 1)
                if nation is not None:
                    return nation
        return self._seat(token, language)

    def _seat(self, token: Token, language: str) -> Referent | None:
        """The state in which an authority sits: "police in Seoul", "le parquet de Dakar"."""
        category = self.category(token, language)
        if category is None or not category.represents:
            return None
        for place in (p for preposition in _PLACES for p in complements(token, preposition)):
            name = self.name(place)
            if name is not None and len(name.entry.side) == 2 and name.entry.kind in NATIONAL:
                return self.known(name, place)
        return None


def _surnames(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the last words of the full names of persons in a document."""
    names = (entity_span(t) for s in sentences for t in s.tokens if t.ent_type_ in PERSON_LABELS)
    return frozenset(name[-1].text for name in names if len(name) > 1)


def _is_somebody_else(name: Name, sentence: Span, surnames: frozenset[str]) -> bool:
    """Whether a known word is a person's surname here: "Graham" in "Graham Stroud", later "Stroud"."""
    if name.end - name.start > 1:
        return False
    token = sentence[name.start]
    if token.ent_type_ in PERSON_LABELS and len(entity_span(token)) > 1:
        return True
    if name.form in {"capital", "name"} and _has_first_name(token):
        return True
    placed = token.i > 0 and token.nbor(-1).pos_ == "ADP"
    return token.text in surnames and name.entry.kind != "person" and not placed


def _has_first_name(token: Token) -> bool:
    """Whether a name beside a city's makes it somebody's: "Valeska Paris", not "Greater London"."""
    if token.i == token.sent.start or token.ent_type_ in ORG_LABELS:
        return False
    before = token.nbor(-1)
    return (
        before.pos_ == "PROPN"
        and before.head == token
        and before.dep_ in {"compound", "flat:name"}
        and before.text.istitle()
        and before.lower_ not in _PARTS_OF_PLACES
    )


def _has_case(noun: Token) -> bool:
    return any(c.dep_ == "case" for c in noun.children)


def _is_name_word(token: Token) -> bool:
    return token.pos_ == "PROPN" and len(token) > 2 and token.text[0].isupper()


def is_expletive(pronoun: Token) -> bool:
    """Whether "il" or "it" stands for nothing: "il s'agit de", "il faut", "it is clear that"."""
    if pronoun.lower_ not in {"il", "it"}:
        return False
    verb = pronoun.head
    if pronoun.dep_ in {"expl:subj", "expl"} or verb.lemma_.lower() in {"agir", "falloir", "sembler"}:
        return True
    clausal = any(c.dep_ in {"ccomp", "csubj", "csubj:pass", "advcl"} and c.i > verb.i for c in verb.children)
    return clausal and (verb.pos_ == "ADJ" or any(c.dep_ == "acomp" for c in verb.children))


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
    while tokens and (tokens[0].pos_ == "DET" or tokens[0].is_punct or tokens[0].lower_ in _TITLES):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].lower_ in {"'s", "’s"}):
        tokens.pop()
    return tokens


def verbatim(tokens: Sequence[Token]) -> str:
    """Return the words of consecutive tokens as they stand in the text."""
    return "".join(t.text_with_ws for t in tokens).strip()


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase points back: a definite article or a demonstrative."""
    return any(c.lower_ in _DEFINITE and c.dep_ in {"det", "case"} for c in noun.children)


def is_plural(token: Token) -> bool | None:
    """Return the grammatical number of a token, None if it does not tell."""
    number = feature(token, "Number")
    if number:
        return number[0] == "Plur"
    if token.tag_ in {"NNS", "NNPS"}:
        return True
    return False if token.tag_ in {"NN", "NNP"} else None


def gender_of(token: Token) -> str | None:
    """Return the grammatical gender of a token, None if it does not tell."""
    gender = feature(token, "Gender")
    return gender[0] if gender else None


def phrase(token: Token) -> str:
    """Return the words of a noun phrase around its head, without relative clauses and articles."""
    entity = entity_span(token)
    if entity and token.pos_ == "PROPN":
        return verbatim(entity)
    wanted = {"amod", "compound", "nummod", "nmod", "prep", "flat:name", "det"}
    kept = [token]
    for child in token.children:
        if child.dep_ in wanted and abs(child.i - token.i) < 6:
            kept += [t for t in child.subtree if t.i - token.i < 6]
    kept = sorted({t.i: t for t in kept}.values(), key=lambda t: t.i)
    while (
        len(kept) > 1
        and kept[0].pos_ == "DET"
        and kept[0].lower_ in {"le", "la", "les", "l'", "the", "a", "an"}
    ):
        kept.pop(0)
    return "".join(t.text_with_ws for t in kept).strip()
