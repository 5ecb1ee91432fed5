"""Resolves mentions within one document: pronouns, definite descriptions, first person, aliases.

The ranker follows the salience factors of Lappin & Leass (https://aclanthology.org/J94-4002/): recency,
subjecthood, number and gender agreement, frequency; plus two of disputes: who speaks of "them" means others,
and who has just been accused is likely to be accused again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile
from math import log

from spacy.tokens import Token

from kg.attributions.holders import FIRST_PERSON, SECOND_PERSON, Attributions, Holder, HolderKind
from kg.gazetteer import Category, Gazetteer
from kg.grammar import (
    SUBJECTS,
    agents,
    ancestors,
    form,
    modified,
    possessors,
)
from kg.model import UNNAMED
from kg.parties.mentions import (
    NATIONAL,
    Mentions,
    entity_span,
    gender_of,
    is_definite,
    is_expletive,
    is_plural,
    verbatim,
)
from kg.parties.referents import NOBODY, Mention, Referent, Resolution
from kg.parties.speakers import is_office_label, label_referent, name_in_label
from kg.sentences import Sentence

WINDOW = 6
"""Sentences that a pronoun looks back."""
_PRONOUNS = frozenset(
    "il ils elle elles lui leur leurs eux celui-ci ceux-ci celle-ci celles-ci son sa ses se".split()
    + "he she it they him her them his its their theirs himself itself themselves".split()
)
_DEMONSTRATIVE = frozenset("ce c' cela ceci ça il it this that".split())
_CLITICS = frozenset({"le", "la", "l'", "les"})
_THINGS_ONLY = frozenset({"it", "its", "itself"})
_PEOPLE_ONLY = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_PLURAL = frozenset("ils elles les leurs eux ceux-ci celles-ci they them their theirs themselves".split())
_BODIES = frozenset({"company", "ngo", "media", "party", "movement", "org", "international", "organ"})
_ACCUSED_NOUNS = frozenset("intéressé accusé prévenu suspect inculpé défendeur accused defendant".split())
_NO_PARTY = frozenset({"document", "territory"})
_HOME_BODIES = frozenset({"judiciary", "police", "intelligence"})
_STATE_NOUNS = frozenset({"government", "regime", "legislature", "military", "country"})


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
        self.words = Mentions(gazetteer, sentences)
        self._attributions = attributions
        self._gazetteer = gazetteer
        self._mentions: list[Mention] = []
        self._by_word: dict[str, list[Mention]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._named: Counter[str] = Counter()
        self._first: dict[str, Referent] = {}
        self._people: dict[str, Referent] = {}
        self._aliases: dict[str, Referent] = {}
        self._pronouns: dict[tuple[int, int], Resolution | None] = {}
        self._accused: list[tuple[int, Referent]] = []
        self._accused_counts: Counter[str] = Counter()
        self._last_accused: dict[str, Referent] = {}
        self._home = self.words.home_state(sentences[0].language if sentences else "")

    # ------------------------------------------------------------------ reading

    def read(self, sentence: Sentence) -> None:
        """Take up the mentions of the next sentence; sentences must be read in order."""
        for token in sentence.tokens:
            if _is_anaphor(token):
                if is_expletive(token):
                    continue
                resolution = self._antecedent(token, sentence)
                self._pronouns[id(token.doc), token.i] = resolution
                if resolution is not None:
                    self._note(token, sentence, resolution.referent, is_pronoun=True)
            elif token.pos_ in {"NOUN", "PROPN"} and self._is_mention_head(token):
                referent = self._described(token, sentence)
                if referent is not None:
                    self._note(token, sentence, referent)

    def _is_mention_head(self, token: Token) -> bool:
        name = self.words.name(token)
        if name is not None and token.i > 0:
            previous = self.words.name(token.doc[token.i - 1])
            if previous is name:
                return False
        return token.dep_ not in {"flat:name", "compound"} or name is not None

    def _note(
        self, token: Token, sentence: Sentence, referent: Referent, *, is_pronoun: bool = False
    ) -> None:
        mention = Mention(token, sentence, referent, token.dep_ in SUBJECTS, is_pronoun)
        self._mentions.append(mention)
        words = {token.lemma_.lower()} if token.pos_ in {"NOUN", "PROPN"} else set()
        if referent.is_named:
            words |= set(referent.name.lower().split())
            self._named[referent.side] += 1
            self._first.setdefault(referent.side, referent)
        for word in words:
            self._by_word[word].append(mention)
        self._counts[referent.side if referent.is_named else referent.name] += 1

    def _described(self, token: Token, sentence: Sentence) -> Referent | None:
        named = self.words.named(token, sentence.language)
        if named is not None:
            return self._same_person(named, token)
        category = self.words.category(token, sentence.language)
        against = self._opposition(token)
        if against is not None:
            return against
        if category is None or category.kind in _NO_PARTY:
            return None
        title = self.words.title_of(token, sentence.language)
        if title is not None:
            return self._titled(token, title, category)
        nation = self.words.nation(token, sentence.language)
        if nation is not None:
            return self._national(token, sentence, nation)
        if self._is_predicate(token, category.lemma):
            return None
        owner = self._owner(token, sentence, self._attributions.chain(sentence, token))
        if owner is not None:
            return owner.referent
        if is_definite(token):
            earlier = self._same_description(token)
            if earlier is not None:
                return earlier.referent
            return None
        return Referent(_phrase(token), UNNAMED, "group", is_plural(token), gender_of(token))

    def _is_predicate(self, token: Token, lemma: str) -> bool:
        """Whether a noun only says what its subject or neighbour is ("Dune is a media group")."""
        nouns = modified(token) if token.dep_ != "appos" else [token.head]
        for noun in nouns:
            for mention in reversed(self._mentions[-12:]):
                if mention.token == noun and mention.referent.is_named:
                    self._aliases[lemma] = mention.referent
        return bool(nouns) and token.dep_ in {"attr", "appos", "ROOT", "conj"}

    def _opposition(self, token: Token) -> Referent | None:
        home = self._home if self.speaker is None and is_definite(token) else None
        return self.words.opposition(token, home)

    def _titled(self, token: Token, title: Referent, category: Category | None) -> Referent:
        """A judge or officer of a narrator is of the state that the text is about."""
        known = self._same_person(title, token)
        home = self._home_body(category) if category is not None else None
        if home is None or known.side != known.name.lower():
            return known
        referent = Referent(f"{known.name} ({home.name})", home.side, "person", False, known.gender)
        self._people[known.name.split()[-1].lower()] = referent
        return referent

    def state_spoken_of(self, exclude: frozenset[str]) -> Resolution | None:
        """Return the state that a narrator's text is about, unless excluded."""
        home = self._home
        if self.speaker is not None or home is None or home.side in exclude:
            return None
        return Resolution(home, "the state spoken of most")

    def _national(self, token: Token, sentence: Sentence, nation: Referent) -> Referent:
        name = f"{nation.name} ({_phrase(token)})"
        return Referent(name, nation.side, "state" if nation.kind in NATIONAL else nation.kind, None)

    def _same_person(self, referent: Referent, token: Token) -> Referent:
        """Join a surname to the full name read before, and keep the side that a title gave it."""
        if referent.kind != "person":
            return referent
        surname = referent.name.split()[-1].lower()
        known = self._people.get(surname)
        if known is None or len(referent.name) > len(known.name) and known.side == known.name.lower():
            self._people[surname] = referent
            return referent
        if referent.side != referent.name.lower() and known.side == known.name.lower():
            self._people[surname] = Referent(known.name, referent.side, "person", False, known.gender)
        return self._people[surname]

    # ------------------------------------------------------------------ resolving

    def note_accused(self, sentence: Sentence, referent: Referent) -> None:
        """Remember who was accused where: the next accusation is likely to be against the same."""
        self._accused.append((sentence.index, referent))
        if referent.is_named:
            self._accused_counts[referent.side] += 1
            self._last_accused[referent.side] = referent

    def accused_before(self, sentence: Sentence, exclude: frozenset[str]) -> Referent | None:
        """Return who was last accused, at most :data:`WINDOW` sentences ago, of another side."""
        near = takewhile(lambda accused: sentence.index - accused[0] <= WINDOW, reversed(self._accused))
        recent = [(index, referent) for index, referent in near if referent.side not in exclude]
        if not recent:
            return None
        latest, last = recent[0]
        return next((r for index, r in recent if r.is_named and latest - index <= 2), last)

    def main_adversary(self, exclude: frozenset[str]) -> Referent | None:
        """Return the party accused most in the document so far."""
        side = _most(self._accused_counts, exclude)
        return self._last_accused[side] if side is not None else None

    def agentive(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """Return who a noun of agency names by itself: "the aggressors", "Chinese hackers".

        None for what only says what somebody is: "this is the act of a coward".
        """
        nation = self.words.nation(token, sentence.language)
        if nation is not None:
            return Resolution(self._national(token, sentence, nation), f"of {nation.name}", token, sentence)
        if _says_what_it_is(token):
            return None
        owner = self._owner(token, sentence, chain)
        if owner is not None:
            return Resolution(owner.referent, f"possessive: {owner.how}", token, sentence)
        name = _phrase(token)
        referent = Referent(name, UNNAMED, "group", is_plural(token), gender_of(token))
        return Resolution(referent, f"{name!r} named by nobody", token, sentence)

    def resolve(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """Return who a token refers to when it names, describes or stands for an actor, else None."""
        if token.lower_ in FIRST_PERSON:
            return self.holder(chain)
        if token.lower_ in SECOND_PERSON:
            return self._addressee(token, sentence, chain)
        if _is_anaphor(token):
            return self._pronouns.get((id(token.doc), token.i))
        named = self.words.named(token, sentence.language)
        if named is not None:
            referent = self._same_person(named, token)
            return Resolution(referent, f"named {token.text!r}", token, sentence)
        name = self.words.name(token)
        if name is not None and name.entry.kind in NATIONAL and token.dep_ in {"amod", "nmod", "compound"}:
            state = self.words.known(name, token)
            return Resolution(state, f"adjective {token.text!r}", token, sentence)
        return self._describe(token, sentence, chain)

    def _addressee(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """The party spoken to: of those named before, the one spoken of most that is not the speaker."""
        held = self.holder(chain)
        own = held.referent.side if held is not None else None
        side = _most(self._named, frozenset() if own is None else frozenset({own}))
        if side is None:
            return None
        referent = self._first[side]
        return Resolution(referent, f"{token.text!r}, spoken to: {referent.name}", token, sentence)

    def _describe(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution | None:
        """Resolve a common noun: by its name, its state, its owner, or what was said before."""
        category = self.words.category(token, sentence.language)
        title = self.words.title_of(token, sentence.language)
        if title is not None:
            referent = self._titled(token, title, category)
            return Resolution(referent, f"{token.text!r} is {referent.name}", token, sentence)
        against = self._opposition(token)
        if against is not None:
            return Resolution(against, f"{token.text!r}, against their own state", token, sentence)
        if category is None:
            return None
        is_party = category.kind not in _NO_PARTY
        if is_party and (nation := self.words.nation(token, sentence.language)) is not None:
            return Resolution(self._national(token, sentence, nation), f"of {nation.name}", token, sentence)
        if is_party and (owner := self._owner(token, sentence, chain)) is not None:
            return Resolution(owner.referent, f"possessive: {owner.how}", token, sentence)
        found = self._definite(token, sentence, chain, category) if is_definite(token) else None
        if found is not None or not is_party:
            return found
        name = _phrase(token)
        referent = Referent(name, UNNAMED, "group", is_plural(token), gender_of(token))
        return Resolution(referent, f"{name!r} named by nobody", token, sentence)

    def _definite(
        self, token: Token, sentence: Sentence, chain: Sequence[Holder], category: Category
    ) -> Resolution | None:
        """Resolve a definite description by what was said before."""
        alias = self._aliases.get(category.lemma)
        if alias is not None:
            return Resolution(alias, f"{token.text!r} is {alias.name}", token, sentence)
        earlier = self._same_description(token)
        if earlier is not None:
            return Resolution(earlier.referent, f"{token.text!r} as before", token, sentence)
        home = self._home_body(category)
        if home is not None:
            return Resolution(home, f"{token.text!r} of the state spoken of most", token, sentence)
        likely = self._by_category(category, sentence, chain)
        if likely is not None:
            return Resolution(likely, f"{token.text!r} as the one spoken of", token, sentence)
        return None

    def _home_body(self, category: Category) -> Referent | None:
        """The courts, police and offices of a narrator are those of the state that the text is about."""
        if self.speaker is not None or self._home is None or category.kind not in _HOME_BODIES:
            return None
        return Referent(f"{self._home.name} ({category.kind})", self._home.side, "state")

    def judiciary(self) -> Resolution:
        """Return who charges, detains and convicts when the text does not say."""
        home = self._home
        if home is None:
            return Resolution(NOBODY, "nobody named")
        referent = Referent(f"{home.name} (judiciary)", home.side, "state")
        return Resolution(referent, "the courts of the state spoken of most")

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
                return Resolution(NOBODY, "the document's speaker, not given")
            return Resolution(self.speaker, "the document's speaker")
        if inner.kind is HolderKind.TURN:
            return self._turn(inner)
        if inner.source is None or inner.sentence is None:
            return Resolution(NOBODY, f"{inner.kind}, nobody named")
        return self.source(inner.source, inner.sentence, chain[:-1])

    def source(self, token: Token, sentence: Sentence, chain: Sequence[Holder]) -> Resolution:
        """Return who the source of an attribution or accusation is."""
        found = self.resolve(token, sentence, chain) or self.responsible(token, sentence, chain)
        if found is None and token.lemma_.lower() in _ACCUSED_NOUNS:
            accused = self.accused_before(sentence, frozenset())
            if accused is not None:
                found = Resolution(accused, f"{token.text!r}: accused just before")
        if found is not None:
            return Resolution(found.referent, found.how, token, sentence)
        if token.lower_ in SECOND_PERSON | {"on", "who", "qui", "one", "everyone", "tous"}:
            return Resolution(NOBODY, "nobody named", token, sentence)
        name = _phrase(token)
        side = name.lower() if token.pos_ == "PROPN" else UNNAMED
        return Resolution(Referent(name, side, "org"), f"the words {name!r}", token, sentence)

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
                return Resolution(referent, f"{token.text!r} of {referent.name}", owner, sentence)
            found = self.resolve(owner, sentence, chain)
            if found is None and depth < 2 and owner.pos_ in {"NOUN", "PROPN"}:
                found = self.responsible(owner, sentence, chain, depth + 1)
            if found is not None:
                return found
        return None

    def _turn(self, holder: Holder) -> Resolution:
        """Return whom a speaker label names: an actor, whoever speaks for the document, else itself."""
        how = f"speaker label {holder.label!r}"
        known = label_referent(holder.label, self._gazetteer)
        if known is not None:
            return Resolution(known, how)
        speaker = self.speaker
        if speaker is not None and is_office_label(holder.label, speaker, self._gazetteer):
            return Resolution(speaker, "the document's speaker")
        name = name_in_label(holder.label)
        return Resolution(Referent(name, name.lower(), "person", False), how)

    # ------------------------------------------------------------------ looking back

    def _antecedent(self, token: Token, sentence: Sentence) -> Resolution | None:
        lower = form(token)
        held = self.holder(self._attributions.chain(sentence, token))
        own = held.referent.side if held is not None else None
        best: tuple[float, Mention] | None = None
        for mention in reversed(self._mentions):
            distance = sentence.index - mention.sentence.index
            if distance > WINDOW:
                break
            score = self._salience(lower, token, mention, distance, own)
            if score is not None and (best is None or score > best[0]):
                best = (score, mention)
        if best is None:
            return None
        mention = best[1]
        where = (
            "here" if mention.sentence is sentence else f"{sentence.index - mention.sentence.index} before"
        )
        how = f"{token.text!r} → {mention.referent.name} ({mention.token.text!r}, {where})"
        return Resolution(mention.referent, how, token, sentence)

    def _salience(
        self, lower: str, token: Token, mention: Mention, distance: int, own: str | None
    ) -> float | None:
        referent = mention.referent
        if not _agrees(lower, token, mention) or _same_clause_argument(token, mention):
            return None
        score = -0.8 * distance + 0.7 * mention.is_subject + 0.3 * mention.is_pronoun
        score += 0.25 * log(1 + self._counts[referent.side if referent.is_named else referent.name])
        if own is not None and referent.side == own:
            score -= 2.5
        if lower in _PLURAL:
            score += {True: 0.3, False: -0.6, None: -0.3}[is_plural(mention.token)]
        if lower in _THINGS_ONLY:
            score += 0.3 if referent.kind in NATIONAL else 0.0
            score -= 0.4 if referent.kind == "org" else 0.0
        if any(referent.side == r.side and referent.is_named for _, r in self._accused[-4:]):
            score += 0.5
        return score

    def _same_description(self, token: Token) -> Mention | None:
        """The latest mention whose head noun or whose name holds the same word ("the Commission")."""
        same = reversed(self._by_word.get(token.lemma_.lower(), ()))
        return next((mention for mention in same if mention.token != token), None)

    def _by_category(
        self, category: Category, sentence: Sentence, chain: Sequence[Holder]
    ) -> Referent | None:
        """The latest mention of the kind that a definite description names ("the network")."""
        held = self.holder(chain)
        own = held.referent.side if held is not None else None
        wanted = _wanted_kinds(category)
        best: tuple[float, Referent] | None = None
        for mention in reversed(self._mentions):
            distance = sentence.index - mention.sentence.index
            if distance > 2 * WINDOW:
                break
            if mention.referent.kind not in wanted or not mention.referent.is_named:
                continue
            score = -0.3 * distance + 0.5 * mention.is_subject - 1.5 * (mention.referent.side == own)
            score += 0.25 * log(1 + self._counts[mention.referent.side])
            if best is None or score > best[0]:
                best = (score, mention.referent)
        return best[1] if best else None


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


def _is_anaphor(token: Token) -> bool:
    """Whether a token is a third-person pronoun or possessive."""
    if form(token) in _CLITICS:
        return token.pos_ == "PRON" and token.dep_ in {"obj", "iobj"}
    return form(token) in _PRONOUNS and token.pos_ in {"PRON", "DET", "ADJ"}


def _most(counts: Counter[str], exclude: frozenset[str]) -> str | None:
    """Return the side that counts most, the first of several; None if all are excluded."""
    return max((side for side in counts if side not in exclude), key=counts.__getitem__, default=None)


def _agrees(lower: str, token: Token, mention: Mention) -> bool:
    referent = mention.referent
    if lower in _THINGS_ONLY and referent.kind == "person":
        return False
    if lower in _PEOPLE_ONLY and referent.kind not in {"person", "group"}:
        return False
    if lower in _PLURAL and referent.plural is False and referent.kind == "person":
        return False
    if (
        lower not in _PLURAL
        and referent.plural is True
        and lower not in {"son", "sa", "ses", "se", "leur", "les"}
    ):
        return False
    gender = gender_of(token)
    if token.pos_ == "PRON" and gender and referent.gender and gender != referent.gender:
        return False
    return not (lower in {"she", "her", "elle"} and referent.gender == "Masc")


def _same_clause_argument(token: Token, mention: Mention) -> bool:
    """Whether both are arguments of one verb: "they accuse them" are two parties."""
    return (
        mention.token.doc is token.doc
        and mention.token.head == token.head
        and token.pos_ == "PRON"
        and token.head.pos_ in {"VERB", "AUX"}
    )


def _phrase(token: Token) -> str:
    """The words of a noun phrase around its head, without relative clauses and articles."""
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
