"""Resolves the words for parties within one document: names, pronouns, descriptions, first person."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.attributions.holders import FIRST_PERSON, SECOND_PERSON, Attributions, Holder, HolderKind
from kg.documents.genre import default_genre
from kg.gazetteer import Category, Gazetteer
from kg.grammar import (
    OBJECTS,
    SUBJECTS,
    agents,
    ancestors,
    antecedent_of,
    form,
    is_relative_pronoun,
    logical_subjects,
    modified,
    possessors,
)
from kg.model import UNNAMED, Document, Genre
from kg.parties.anaphora import antecedent_score, is_anaphor, is_personal
from kg.parties.memory import WINDOW, Memory
from kg.parties.mentions import (
    NATIONAL,
    Mentions,
    gender_of,
    is_definite,
    is_expletive,
    is_plural,
    phrase,
)
from kg.parties.referents import NOBODY, NOBODY_NAMED, Mention, Method, Referent, Resolution
from kg.parties.speakers import is_office_label, label_referent, name_in_label, speaker_of
from kg.segments import Role
from kg.sentences import Sentence

_DEMONSTRATIVE = frozenset({"ce", "c'", "cela", "ceci", "ça", "il", "it", "this", "that"})
_BODIES = frozenset({"company", "ngo", "media", "party", "movement", "org", "international", "organ"})
_ACCUSED_NOUNS = frozenset("intéressé accusé prévenu suspect inculpé défendeur accused defendant".split())
_NO_PARTY = frozenset({"document", "territory"})
_HOME_BODIES = frozenset({"judiciary", "police", "intelligence"})
_STATE_NOUNS = frozenset({"government", "regime", "legislature", "military", "country"})
_PUBLISHING = frozenset(
    "publier diffuser rédiger écrire remettre présenter signer adresser envoyer produire".split()
    + "publish release issue write author produce sign send present submit".split()
)
_ANYBODY = frozenset({"on", "who", "qui", "one", "everyone", "tous"})


def open_discourse(document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> Discourse:
    """Return the discourse of a document before its first sentence.

    Only in somebody's own speech is the speaker or publisher a party.
    """
    genre = default_genre(document.metadata, document.text)
    speaker = speaker_of(document.metadata, gazetteer) if genre is Genre.OWN_SPEECH else None
    return Discourse(sentences, Attributions(sentences, genre, gazetteer), speaker, gazetteer)


class Discourse:
    """Who is talked about in one document, in text order."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        attributions: Attributions,
        speaker: Referent | None,
        gazetteer: Gazetteer,
    ) -> None:
        self.speaker = speaker
        self.words = Mentions(gazetteer, sentences, speaker)
        self.memory = Memory()
        self.attributions = attributions
        self._gazetteer = gazetteer
        self._pronouns: dict[tuple[int, int], Resolution | None] = {}
        self._turns: list[Referent] = []
        self._label = ""
        self._home = self.words.home

    # ------------------------------------------------------------------ reading

    def read(self, sentence: Sentence) -> None:
        """Take up the mentions of the next sentence; sentences must be read in order."""
        self._take_turn(sentence)
        for token in sentence.tokens:
            if is_anaphor(token):
                if is_expletive(token):
                    continue
                resolution = self._antecedent(token, sentence)
                self._pronouns[id(token.doc), token.i] = resolution
                if resolution is not None:
                    self.memory.note(token, sentence, resolution.referent, is_pronoun=True)
            elif token.pos_ in {"NOUN", "PROPN"} and self._is_mention_head(token):
                referent = self._mentioned(token, sentence)
                if referent is not None:
                    self.memory.note(token, sentence, referent)

    def _take_turn(self, sentence: Sentence) -> None:
        label = sentence.segment.label
        if label and label != self._label:
            self._turns.append(self._turn(label).referent)
        self._label = label

    def _is_mention_head(self, token: Token) -> bool:
        name = self.words.name(token)
        if name is not None and token.i > 0:
            previous = self.words.name(token.doc[token.i - 1])
            if previous is name:
                return False
        return token.dep_ not in {"flat:name", "compound"} or name is not None

    def _mentioned(self, token: Token, sentence: Sentence) -> Referent | None:
        named = self.words.named(token, sentence.language)
        if named is not None:
            return self._person_of_nation(token, sentence) or self.memory.same_person(named)
        category = self.words.category(token, sentence.language)
        if category is not None and category.kind == "document":
            self._note_maker(token, sentence, category)
        against = self._opposition(token)
        if against is not None:
            return against
        if category is None or category.kind in _NO_PARTY:
            return None
        if self._is_predicate(token, category.lemma):
            return None
        resolution = self._describe(token, sentence, self.attributions.chain(sentence, token), category)
        if resolution is None or is_definite(token) and not resolution.referent.is_named:
            return None
        return resolution.referent

    def _note_maker(self, token: Token, sentence: Sentence, category: Category) -> None:
        """Keep who wrote or published a document: "Amnesty published a report"."""
        maker = self.responsible(token, sentence, ())
        if maker is None and token.dep_ in OBJECTS and token.head.lemma_.lower() in _PUBLISHING:
            subjects = logical_subjects(token.head)
            maker = self.resolve(subjects[0], sentence, ()) if subjects else None
        if maker is not None and maker.referent.is_named:
            self.memory.makers[category.lemma] = maker.referent

    def _is_predicate(self, token: Token, lemma: str) -> bool:
        """Whether a noun only says what its subject or neighbour is ("Dune is a media group")."""
        nouns = modified(token) if token.dep_ != "appos" else [token.head]
        for noun in nouns:
            for mention in reversed(self.memory.mentions[-12:]):
                if mention.token == noun and mention.referent.is_named:
                    self.memory.aliases[lemma] = mention.referent
        return bool(nouns) and token.dep_ in {"attr", "appos", "ROOT", "conj"}

    def _opposition(self, token: Token) -> Referent | None:
        home = self._home if self.speaker is None and is_definite(token) else None
        return self.words.opposition(token, home)

    def _titled(self, title: Referent, category: Category | None) -> Referent:
        """A judge or officer of a narrator is of the state that the text is about."""
        known = self.memory.same_person(title)
        home = self._home_body(category) if category is not None else None
        if home is None or known.side != known.name.lower():
            return known
        referent = Referent(f"{known.name} ({home.name})", home.side, "person", False, known.gender)
        self.memory.keep_person(referent)
        return referent

    def _national(self, token: Token, sentence: Sentence, nation: Referent) -> Resolution:
        """Somebody of a state or body: "the Syrian regime"."""
        name = f"{nation.name} ({phrase(token)})"
        referent = Referent(name, nation.side, "state" if nation.kind in NATIONAL else nation.kind, None)
        return Resolution(referent, Method.NATION, f"of {nation.name}", token, sentence)

    # ------------------------------------------------------------------ resolving

    def state_spoken_of(self, exclude: frozenset[str]) -> Resolution | None:
        """Return the state that a narrator's text is about, unless excluded."""
        home = self._home
        if self.speaker is not None or home is None or home.side in exclude:
            return None
        return Resolution(home, Method.CONTEXT, "the state spoken of most")

    def agentive(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """Return who a noun of agency names by itself: "the aggressors", "Chinese hackers".

        None for what only says what somebody is: "this is the act of a coward".
        """
        nation = self.words.nation(token, sentence.language)
        if nation is not None:
            return self._national(token, sentence, nation)
        if _says_what_it_is(token):
            return None
        owner = self._owner(token, sentence, chain)
        if owner is not None:
            return Resolution(owner.referent, Method.OWNER, f"possessive: {owner.how}", token, sentence)
        return self._group(token, sentence)

    def resolve(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """Return who a token refers to when it names, describes or stands for an actor, else None."""
        if token.lower_ in FIRST_PERSON:
            return self.holder(chain)
        if token.lower_ in SECOND_PERSON:
            return self._addressee(token, sentence, chain)
        if is_anaphor(token):
            return self._pronouns.get((id(token.doc), token.i))
        if is_relative_pronoun(token) and (noun := antecedent_of(token)) is not None:
            return self.resolve(noun, sentence, chain)
        named = self.words.named(token, sentence.language)
        if named is not None:
            referent = self._person_of_nation(token, sentence) or self.memory.same_person(named)
            return Resolution(referent, Method.NAMED, f"named {token.text!r}", token, sentence)
        name = self.words.name(token)
        if name is not None and name.entry.kind in NATIONAL and token.dep_ in {"amod", "nmod", "compound"}:
            state = self.words.known(name, token)
            return Resolution(state, Method.NATION, f"adjective {token.text!r}", token, sentence)
        return self._describe(token, sentence, chain, self.words.category(token, sentence.language))

    def _person_of_nation(self, token: Token, sentence: Sentence) -> Referent | None:
        """The person whom a lone demonym takes up: "le Britannique" in a report on a cyclist."""
        name = self.words.name(token)
        if (
            name is None
            or name.form not in {"demonym", "adjective"}
            or is_plural(token)
            or not is_definite(token)
        ):
            return None
        return self.memory.last_person(sentence, 2 * WINDOW)

    def someone(self, token: Token, sentence: Sentence) -> Resolution:
        """Return whom a noun at a party's place can mean that names no office: "accuses the cyclist"."""
        if is_definite(token) and not is_plural(token):
            person = self.memory.last_person(sentence, WINDOW)
            if person is not None:
                how = f"{token.text!r} as the person spoken of"
                return Resolution(person, Method.LIKELY, how, token, sentence)
        return self._group(token, sentence)

    def _addressee(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """The party spoken to: who had the turn before, else who is spoken of most but not the speaker."""
        own = self._own_side(chain)
        if sentence.segment.role is Role.QUESTION and self.speaker is not None and own != self.speaker.side:
            return Resolution(
                self.speaker, Method.ADDRESSEE, f"{token.text!r}, who is asked", token, sentence
            )
        if sentence.segment.label and (other := self._other_turn(own)) is not None:
            return Resolution(other, Method.ADDRESSEE, f"{token.text!r}, who spoke before", token, sentence)
        referent = self.memory.most_named(own)
        if referent is None:
            return None
        return Resolution(
            referent, Method.ADDRESSEE, f"{token.text!r}, spoken to: {referent.name}", token, sentence
        )

    def _other_turn(self, own: str | None) -> Referent | None:
        return next((r for r in reversed(self._turns) if r.side != own), None)

    def _describe(
        self, token: Token, sentence: Sentence, chain: Sequence[Holder], category: Category | None
    ) -> Resolution | None:
        """Resolve a common noun: by its name, its state, its owner, or what was said before."""
        title = self.words.title_of(token, sentence.language)
        if title is not None:
            referent = self._titled(title, category)
            return Resolution(referent, Method.TITLED, f"{token.text!r} is {referent.name}", token, sentence)
        against = self._opposition(token)
        if against is not None:
            return Resolution(
                against, Method.OPPOSITION, f"{token.text!r}, against their own state", token, sentence
            )
        if category is None:
            return None
        if category.kind in _NO_PARTY:
            return self._definite(token, sentence, chain, category) if is_definite(token) else None
        return self._party(token, sentence, chain, category)

    def _party(
        self, token: Token, sentence: Sentence, chain: Sequence[Holder], category: Category
    ) -> Resolution:
        """Resolve a noun for holders of offices and bodies: by its state, owner, body, or what was said."""
        nation = self.words.nation(token, sentence.language)
        if nation is not None and category.represents:
            return self._national(token, sentence, nation)
        owner = self._owner(token, sentence, chain)
        if owner is not None:
            return Resolution(owner.referent, Method.OWNER, f"possessive: {owner.how}", token, sentence)
        body = self._body_of(token, sentence, chain) if category.animacy == "person" else None
        if body is not None:
            return body
        found = self._definite(token, sentence, chain, category) if is_definite(token) else None
        if found is not None:
            return found
        if nation is not None:
            return self._national(token, sentence, nation)
        home = self._at_home(token, sentence, category)
        if home is not None:
            return home
        return self._group(token, sentence)

    def _body_of(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """Somebody whom an office in a body speaks for: "le chef du Conseil", "a director of the union"."""
        for owner in possessors(token):
            body = self.resolve(owner, sentence, chain) if owner.pos_ in {"NOUN", "PROPN"} else None
            if body is not None and body.referent.is_named and body.referent.kind != "person":
                referent = Referent(phrase(token), body.referent.side, body.referent.kind, is_plural(token))
                return Resolution(
                    referent, Method.BODY, f"{token.text!r} of {body.referent.name}", token, sentence
                )
        return None

    def _group(self, token: Token, sentence: Sentence) -> Resolution:
        """Somebody whom the text describes but does not identify."""
        name = phrase(token)
        referent = Referent(name, UNNAMED, "group", is_plural(token), gender_of(token))
        return Resolution(referent, Method.GROUP, f"{name!r} named by nobody", token, sentence)

    def _definite(
        self, token: Token, sentence: Sentence, chain: Sequence[Holder], category: Category
    ) -> Resolution | None:
        """Resolve a definite description by what was said before."""
        maker = self.memory.makers.get(category.lemma) if category.kind == "document" else None
        if maker is not None:
            return Resolution(maker, Method.BEFORE, f"{token.text!r} by {maker.name}", token, sentence)
        alias = self.memory.aliases.get(category.lemma)
        if alias is not None:
            return Resolution(alias, Method.BEFORE, f"{token.text!r} is {alias.name}", token, sentence)
        earlier = self.memory.named_with(token)
        if earlier is not None:
            return Resolution(earlier.referent, Method.BEFORE, f"{token.text!r} as before", token, sentence)
        if (
            sentence.segment.role is Role.QUESTION
            and category.kind == "government"
            and self.speaker is not None
        ):
            return Resolution(
                self.speaker, Method.ADDRESSEE, f"{token.text!r} of whom is asked", token, sentence
            )
        home = self._at_home(token, sentence, category)
        if home is not None:
            return home
        likely = self._by_category(category, sentence, chain)
        if likely is not None:
            return Resolution(likely, Method.LIKELY, f"{token.text!r} as the one spoken of", token, sentence)
        group = self.memory.group_with(token, is_plural(token))
        return (
            Resolution(group.referent, Method.BEFORE, f"{token.text!r} as before", token, sentence)
            if group
            else None
        )

    def _home_body(self, category: Category) -> Referent | None:
        """The courts, police and offices of a narrator are those of the state that the text is about."""
        foreign = self.speaker is not None and self.speaker.kind in NATIONAL
        if foreign or self._home is None or category.kind not in _HOME_BODIES:
            return None
        return Referent(f"{self._home.name} ({category.kind})", self._home.side, "state")

    def _at_home(self, token: Token, sentence: Sentence, category: Category) -> Resolution | None:
        home = self._home_body(category)
        how = f"{token.text!r} of the state spoken of most"
        return Resolution(home, Method.HOME, how, token, sentence) if home is not None else None

    def judiciary(self) -> Resolution:
        """Return who charges, detains and convicts when the text does not say."""
        home = self._home
        if home is None:
            return NOBODY_NAMED
        referent = Referent(f"{home.name} (judiciary)", home.side, "state")
        return Resolution(referent, Method.HOME, "the courts of the state spoken of most")

    def _owner(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        for owner in possessors(token, of=False):
            if owner.pos_ in {"PRON", "DET"}:
                return self.resolve(owner, sentence, chain)
        return None

    def holder(self, chain: Sequence[Holder]) -> Resolution | None:
        """Return who the innermost holder of a chain is; unnamed when the text does not say."""
        if not chain:
            return None
        inner = chain[-1]
        if inner.kind is HolderKind.SPEAKER:
            if self.speaker is None:
                return Resolution(NOBODY, Method.NOBODY, "the document's speaker, not given")
            return Resolution(self.speaker, Method.SPEAKER, "the document's speaker")
        if inner.kind is HolderKind.TURN:
            return self._turn(inner.label)
        if inner.source is None or inner.sentence is None:
            return Resolution(NOBODY, Method.NOBODY, f"{inner.kind}, nobody named")
        return self.source(inner.source, inner.sentence, chain[:-1])

    def _own_side(self, chain: Sequence[Holder]) -> str | None:
        held = self.holder(chain)
        return held.referent.side if held is not None else None

    def source(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution:
        """Return who the source of an attribution or accusation is."""
        found = self.resolve(token, sentence, chain) or self.responsible(token, sentence, chain)
        if found is None and token.lemma_.lower() in _ACCUSED_NOUNS:
            accused = self.memory.accused_before(sentence, frozenset())
            if accused is not None:
                found = Resolution(accused, Method.BEFORE, f"{token.text!r}: accused just before")
        if found is not None:
            return Resolution(found.referent, found.method, found.how, token, sentence)
        if token.lower_ in SECOND_PERSON | _ANYBODY:
            return Resolution(NOBODY, Method.NOBODY, "nobody named", token, sentence)
        name = phrase(token)
        side = name.lower() if token.pos_ == "PROPN" else UNNAMED
        return Resolution(Referent(name, side, "org"), Method.WORDS, f"the words {name!r}", token, sentence)

    def responsible(
        self, token: Token, sentence: Sentence, chain: Sequence[Holder], depth: int = 0
    ) -> Resolution | None:
        """Return who is behind a deed, document or place: its agent, its owner, its state."""
        makers = [a for c in token.children if c.dep_ == "acl" for a in agents(c)]
        owners = [*agents(token), *makers, *self.words.national_adjectives(token), *possessors(token)]
        for owner in owners:
            name = self.words.name(owner)
            if owner.pos_ == "ADJ" and name is None:
                continue
            if name is not None and name.entry.kind in NATIONAL:
                referent = self.words.known(name, owner)
                return Resolution(
                    referent, Method.OWNER, f"{token.text!r} of {referent.name}", owner, sentence
                )
            found = self.resolve(owner, sentence, chain)
            if found is None and depth < 2 and owner.pos_ in {"NOUN", "PROPN"}:
                found = self.responsible(owner, sentence, chain, depth + 1)
            if found is not None:
                return found
        return None

    def _turn(self, label: str) -> Resolution:
        """Return whom a speaker label names: an actor, whoever speaks for the document, else itself."""
        how = f"speaker label {label!r}"
        known = label_referent(label, self._gazetteer)
        if known is not None:
            return Resolution(known, Method.LABEL, how)
        speaker = self.speaker
        if speaker is not None and is_office_label(label, speaker, self._gazetteer):
            return Resolution(speaker, Method.SPEAKER, "the document's speaker")
        name = name_in_label(label)
        return Resolution(Referent(name, name.lower(), "person", False), Method.LABEL, how)

    # ------------------------------------------------------------------ looking back

    def _antecedent(self, token: Token, sentence: Sentence) -> Resolution | None:
        chain = self.attributions.chain(sentence, token)
        own = self._own_side(chain)
        indirect = bool(chain) and chain[-1].kind in {HolderKind.INDIRECT, HolderKind.ACCORDING}

        def score(away: int, mention: Mention) -> float | None:
            return antecedent_score(token, mention, away, own, self.memory, indirect=indirect)

        mention = self.memory.best(sentence, WINDOW, score)
        if mention is None:
            other = self._other_turn(own) if is_personal(token) and sentence.segment.label else None
            return (
                Resolution(other, Method.ADDRESSEE, f"{token.text!r}, who spoke before", token, sentence)
                if other
                else None
            )
        away = sentence.index - mention.sentence.index
        where = f"{away} before" if away else "here"
        how = f"{token.text!r} → {mention.referent.name} ({mention.token.text!r}, {where})"
        return Resolution(mention.referent, Method.PRONOUN, how, token, sentence)

    def _by_category(
        self, category: Category, sentence: Sentence, chain: Sequence[Holder]
    ) -> Referent | None:
        """The latest mention of the kind that a definite description names ("the network")."""
        own = self._own_side(chain)
        wanted = _wanted_kinds(category)

        def score(distance: int, mention: Mention) -> float | None:
            referent = mention.referent
            if referent.kind not in wanted or not referent.is_named:
                return None
            salience = 0.25 * self.memory.salience(referent)
            return salience - 0.3 * distance + 0.5 * mention.is_subject - 1.5 * (referent.side == own)

        best = self.memory.best(sentence, 2 * WINDOW, score)
        return best.referent if best is not None else None


def _wanted_kinds(category: Category) -> frozenset[str]:
    """Kinds of referents that a definite description with this noun can take up."""
    if category.animacy == "person" and category.number == "singular":
        return frozenset({"person"})
    if category.kind in _STATE_NOUNS | {"official", "police", "judiciary", "side", "embassy"}:
        return NATIONAL
    return _BODIES if category.kind in _BODIES | {"group"} else frozenset({str(category.kind), "org"})


def _says_what_it_is(noun: Token) -> bool:
    """Whether the clause around a noun says what "this" is: "it is the game of a thief"."""
    for above in ancestors(noun):
        subjects = [c for c in above.children if c.dep_ in SUBJECTS | {"expl:subj"}]
        if subjects:
            return any(form(s) in _DEMONSTRATIVE for s in subjects)
    return False
