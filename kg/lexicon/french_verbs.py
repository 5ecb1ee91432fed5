"""Finds the verb in a French form that the tagger took for something else.

``fr_core_news_md`` tags many present forms as adjectives or nouns ("truque", "vassalise") and its
lemmatiser has no rule for the ending *-e*, so that neither part of speech nor lemma shows the verb.  Its own
tables of infinitives and irregular forms do: they are read here with the rules of the first group added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.lexicon.entries import Pos, load_lexicon

COMPONENT = "french_verbs"
"""Name of the pipeline component."""

POSSIBLE_VERBS = "possible_verbs"
"""Key of ``Doc.user_data``: index of a token that is no verb by its tag → infinitive it may be a form of.

Idioms need it: in "ferme les yeux" the noun tells the verb, which the tagger alone takes for an adjective.
"""

_FIRST_GROUP = tuple(
    "e es ons ez ent ais ait ions iez aient ai as a âmes èrent erai era erons eront erait eraient ant "
    "é ée és ées ât".split()
)
_AUXILIARIES = frozenset({"aux:tense", "aux:pass"})
_OPEN = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "X"})
_NOMINAL_CHILDREN = frozenset({"det", "case", "nummod", "amod"})
_NOMINAL_PLACES = frozenset({"obj", "iobj", "conj", "obl:arg", "obl:mod", "obl:agent"})
_BEFORE_A_VERB = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "ADV"})
_PRESENT = ("e", "es", "ent")
_PARTICIPLE = ("é", "ée", "és", "ées")
_OTHER_PARTICIPLE = ("i", "ie", "is", "ies", "u", "ue", "us", "ues")


@dataclass(slots=True)
class VerbTables:
    """Infinitives and irregular forms of a language model, and the nouns and adjectives it knows.

    A form of several verbs ("méprise") is taken for that of a preferred one, and a present rather than a
    participle ("tue").
    """

    infinitives: frozenset[str]
    irregular: Mapping[str, Iterable[str]]
    nominals: frozenset[str]
    preferred: frozenset[str] = frozenset()
    _known: dict[str, str] = field(default_factory=dict)

    def infinitive(self, form: str) -> str:
        """Return the infinitive of a lower-case form, "" if the form is of no known verb."""
        if form not in self._known:
            self._known[form] = self._find(form)
        return self._known[form]

    def _find(self, form: str) -> str:
        if form in self.infinitives:
            return form
        irregular = sorted(self.irregular.get(form, ()))
        regular = [stem + "er" for stem in _stems(form) if stem + "er" in self.infinitives]
        found = regular + irregular if form.endswith(_PRESENT) else irregular + regular
        return next((verb for verb in found if verb in self.preferred), (irregular + regular + [""])[0])

    def is_participle(self, form: str) -> bool:
        """Whether a verb form looks like a past participle, which may as well be an adjective or a noun."""
        first_group = self.infinitive(form).endswith("er")
        return form.endswith(_PARTICIPLE) or (not first_group and form.endswith(_OTHER_PARTICIPLE))

    def is_nominal(self, form: str) -> bool:
        """Whether a form is also that of a noun or an adjective."""
        return form in self.nominals or form.removesuffix("s") in self.nominals


def _stems(form: str) -> Iterator[str]:
    """Yield the stems that a form of the first group may have in its infinitive."""
    for ending in _FIRST_GROUP:
        if form.endswith(ending):
            yield from _spellings(form[: len(form) - len(ending)])


def _spellings(stem: str) -> Iterator[str]:
    """Yield a stem as the infinitive spells it: "dénonç" → "dénonc", "jett" → "jet", "harcèl" → "harcel"."""
    yield stem
    if stem.endswith("ç"):
        yield stem[:-1] + "c"
    if stem.endswith("ge"):
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    if stem.endswith(("ll", "tt")):
        yield stem[:-1]
    place = stem.rfind("è")
    if place >= 0:
        yield stem[:place] + "e" + stem[place + 1 :]
        yield stem[:place] + "é" + stem[place + 1 :]


def model_tables(model: Language, own: Iterable[str] = ()) -> VerbTables:
    """Return the tables that a French model brings, with infinitives of one's own that win over others.

    Raises:
        KeyError: the model has no rule lemmatiser with tables.
    """
    lookups: Any = model.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index, irregular = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    nominals = frozenset((*index["noun"], *index["adj"], *irregular["noun"], *irregular["adj"]))
    preferred = frozenset(own)
    return VerbTables(preferred.union(index["verb"]), irregular["verb"], nominals, preferred)


@Language.factory(COMPONENT)
def make_verb_repair(nlp: Language, name: str) -> VerbRepair:
    """Return the component for a French pipeline; the verbs of the lexicon win over others."""
    verbs = (e.words[e.head] for e in load_lexicon("fr") if e.pos is Pos.VERB)
    return VerbRepair(model_tables(nlp, (v for v in verbs if v.endswith(("er", "ir", "re")))))


@dataclass(frozen=True, slots=True)
class VerbRepair:
    """Pipeline component that gives mistaken verbs their part of speech and lemma."""

    tables: VerbTables

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            self._repair(token)
        doc.user_data[POSSIBLE_VERBS] = {
            t.i: verb for t in doc if t.pos_ in _OPEN and (verb := self.tables.infinitive(t.lower_))
        }
        return doc

    def _repair(self, token: Token) -> None:
        verb = self.tables.infinitive(token.lower_)
        if token.pos_ == "VERB":
            unknown = token.lemma_ not in self.tables.infinitives
            if verb and (unknown or (verb in self.tables.preferred and not _has_auxiliary(token))):
                token.lemma_ = verb
        elif self._is_verb(token):
            token.pos_ = "VERB"
            token.lemma_ = verb

    def _is_verb(self, token: Token) -> bool:
        if token.is_title or not self.tables.infinitive(token.lower_):
            return False
        if self.tables.is_participle(token.lower_):
            return token.pos_ in _OPEN and _has_auxiliary(token)
        if self.tables.is_nominal(token.lower_):
            return token.pos_ in {"NOUN", "ADJ", "PROPN"} and _links_two_nouns(token)
        if token.pos_ == "ADJ":
            return not self.tables.is_nominal(token.lemma_)
        return token.pos_ in {"NOUN", "PROPN", "ADV", "X"} and _stands_as_verb(token)


def _has_auxiliary(token: Token) -> bool:
    return any(child.dep_ in _AUXILIARIES for child in token.children)


def _stands_as_verb(token: Token) -> bool:
    """Whether nothing beside a token makes it a noun: it follows a subject and has no determiner."""
    if token.i == 0 or token.dep_ in _NOMINAL_PLACES:
        return False
    if any(child.dep_ in _NOMINAL_CHILDREN and child.i < token.i for child in token.children):
        return False
    return token.nbor(-1).pos_ in _BEFORE_A_VERB


def _links_two_nouns(token: Token) -> bool:
    """Whether a token stands between a noun and a determiner, as only a verb does ("Téhéran arme les …")."""
    if token.i + 1 == len(token.doc) or not _stands_as_verb(token):
        return False
    return token.nbor(-1).pos_ in {"NOUN", "PROPN"} and token.nbor(1).pos_ == "DET"
