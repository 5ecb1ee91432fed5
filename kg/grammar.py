"""Who does what to whom in a parse: one set of questions for both label schemes.

French models speak UD (https://universaldependencies.org/u/dep/), English ones ClearNLP
(https://github.com/clir/clearnlp-guidelines).  The labels do not collide, so every question is answered
from one set of labels, whatever the language.  All functions are pure and take spaCy tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from kg.lexicon.matching import CONTRACTED

SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass", "csubj", "csubjpass", "csubj:pass", "nsubj:caus"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "nsubj:pass", "csubjpass", "csubj:pass"})
OBJECTS = frozenset({"obj", "dobj"})
INDIRECT = frozenset({"iobj", "dative"})
CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl", "acl:relcl", "relcl", "advcl", "csubj", "parataxis"})
RELATIVES = frozenset({"acl:relcl", "relcl"})
COMPLEMENT_CLAUSES = frozenset({"ccomp", "xcomp"})
_RELATIVE_SUBJECTS = frozenset("qui who which that lequel laquelle lesquels lesquelles".split())
_OBJECT_RELATIVES = frozenset({"que", "qu'", "qu’", "whom"})
_NEGATIONS = frozenset(
    {"ne", "n'", "n’", "pas", "jamais", "aucun", "aucune", "aucunement", "nullement", "plus", "guère", "ni"}
    | {"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "none"}
)
_QUE = frozenset({"que", "qu'", "qu’"})
_OBJECT_CONTROL = frozenset({"of", "for", "from", "with", "into"})
_CLITICS = frozenset("nous vous me te m' t' m’ t’".split())
_CASES = frozenset({"case", "mark"})
_MAX_CLIMB = 8
_analyses: dict[int, dict[str, tuple[str, ...]]] = {}
"""Features by the key of a morphological analysis; there are some hundreds."""


def feature(token: Token, name: str) -> tuple[str, ...]:
    """Return the values of a morphological feature ("Number", "Mood"), none if a token does not have it."""
    analysis: Any = token.morph
    features = _analyses.get(analysis.key)
    if features is None:
        features = {field: tuple(values.split(",")) for field, values in analysis.to_dict().items()}
        _analyses[analysis.key] = features
    return features.get(name, ())


def with_conjuncts(token: Token) -> list[Token]:
    """Return ``token`` and what is coordinated with it, in text order.

    A list has a conjunction somewhere; what follows a mere comma is an apposition ("X, a group linked to").
    """
    found = [token]
    frontier = [token]
    has_conjunction = False
    while frontier:
        head = frontier.pop()
        has_conjunction |= any(c.dep_ == "cc" or c.pos_ == "CCONJ" for c in head.children)
        for child in head.children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}:
                found.append(child)
                frontier.append(child)
    return sorted(found, key=lambda t: t.i) if has_conjunction else [token]


def is_verbal(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a nominal predicate with a copula."""
    return token.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in token.children)


def is_participle(token: Token) -> bool:
    """Whether a token is a past participle without a finite auxiliary of its own."""
    past = token.tag_ == "VBN" or (
        "Part" in feature(token, "VerbForm") and "Past" in (feature(token, "Tense") or ("Past",))
    )
    return past and not any(c.dep_ in {"aux", "aux:tense", "aux:pass", "auxpass"} for c in token.children)


def is_infinitive(verb: Token) -> bool:
    """Whether a token is an infinitive or, in English, a verb in its base form."""
    return verb.tag_ == "VB" or "Inf" in feature(verb, "VerbForm")


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: an auxiliary, a passive subject, or a past participle on a noun."""
    if any(c.dep_ in {"auxpass", "aux:pass"} or c.dep_ in PASSIVE_SUBJECTS for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and is_participle(verb):
        return is_passive(verb.head) and not any(c.dep_ in SUBJECTS for c in verb.children)
    return verb.dep_ in {"acl", "amod", "advcl"} and is_participle(verb)


def is_negated(token: Token) -> bool:
    """Whether a predicate or noun is negated ("ne … pas", "never", "no evidence", "aucune menace").

    French "ne" beside "que" or a lone "ne" after "plus/que" restricts rather than negates.
    """
    lowers = {c.lower_ for c in token.children if c.dep_ in {"neg", "advmod", "det", "aux", "cc", "preconj"}}
    lowers |= {c.lower_ for c in token.children if c.lower_ in {"n't", "n’t", "not"}}
    if lowers & {"ne", "n'", "n’"}:
        return not any(c.lower_ in _QUE and c.dep_ in {"advmod", "mark"} for c in token.children)
    return bool(lowers & (_NEGATIONS - {"plus"}))


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the grammatical subjects of a predicate, through relatives, control and ellipsis.

    A clause without a subject of its own borrows one: a conjunct and an adverbial clause from the clause
    they hang on, an infinitive from its controller, a participle from its noun.
    """
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.lower_ != "-t"]
    own = own or [c for c in verb.children if c.dep_ == "expl:subj" and _is_personal(verb)]
    if own:
        # "les firmes nous ont menti": the parser takes the clitic for a second subject.
        own = [c for c in own if c == own[0] or c.lower_ not in _CLITICS]
        return [t for subject in own for t in _expand_subject(subject, verb)]
    if depth > _MAX_CLIMB or verb.head == verb:
        return []
    head = verb.head
    if verb.dep_ in RELATIVES:
        has_pronoun = any(c.lower_ in _OBJECT_RELATIVES for c in verb.children)
        return [] if has_pronoun else with_conjuncts(head)
    if verb.dep_ == "acl":
        return _noun_controller(verb, head, depth)
    if verb.dep_ == "amod" and head.pos_ in {"NOUN", "PROPN"}:
        return [head]
    if verb.dep_ == "pcomp" and head.head != head:
        return _controller(head.head, depth, complement=head.lower_ in _OBJECT_CONTROL)
    return _controller(head, depth, complement=verb.dep_ in {"xcomp", "ccomp"})


def _is_personal(verb: Token) -> bool:
    """Whether "il" with this verb is somebody: the parser often takes it for an expletive."""
    impersonal = verb.lemma_.lower() in {"falloir", "agir", "avoir", "être", "sembler", "paraître", "suffire"}
    return not impersonal and not is_passive(verb) and verb.pos_ == "VERB"


def form(token: Token) -> str:
    """Return the lower-case form, without the hyphen of an inverted pronoun ("-il")."""
    return token.lower_.lstrip("-")


def _expand_subject(subject: Token, verb: Token) -> list[Token]:
    if subject.lower_ in _RELATIVE_SUBJECTS and verb.dep_ in RELATIVES:
        return with_conjuncts(verb.head)
    if subject.lower_ in _RELATIVE_SUBJECTS and (clause := _enclosing_relative(verb)) is not None:
        return with_conjuncts(clause.head)
    return with_conjuncts(subject)


def _enclosing_relative(verb: Token) -> Token | None:
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
        if verb.dep_ in RELATIVES:
            return verb
    return None


def is_relative_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun that opens a relative clause: "qui", "which", "laquelle"."""
    return token.lower_ in _RELATIVE_SUBJECTS and token.pos_ in {"PRON", "DET", "ADJ"}


def antecedent_of(pronoun: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for, None where no relative clause is around it."""
    for token in (pronoun, *ancestors(pronoun)):
        if token.dep_ in RELATIVES and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return token.head
    return None


def _controller(head: Token, depth: int, *, complement: bool = False) -> list[Token]:
    if complement and not is_passive(head):
        controlled = [c for c in head.children if c.dep_ in OBJECTS | INDIRECT and c.pos_ != "VERB"]
        controlled += [
            c
            for c in head.children
            if c.dep_ in {"obl:arg", "obl:mod"} and any(g.lower_ in {"à", "au", "aux"} for g in c.children)
        ]
        if controlled:
            return with_conjuncts(controlled[0])
    if head.pos_ in {"NOUN", "PROPN"} and not is_verbal(head):
        return _noun_controller(head, head, depth)
    return surface_subjects(head, depth + 1)


def _noun_controller(verb: Token, noun: Token, depth: int) -> list[Token]:
    if verb != noun and not is_infinitive(verb):
        if verb.i > 0 and verb.nbor(-1).is_punct and not is_participle(verb):
            return surface_subjects(clause_of(noun), depth + 1) or with_conjuncts(noun)
        return with_conjuncts(noun)
    owners = possessors(noun) + agents(noun)
    if owners:
        return owners
    if noun.dep_ in OBJECTS | {"attr", "obl:arg"} and noun.head != noun:
        return surface_subjects(noun.head, depth + 1)
    return []


def agents(token: Token) -> list[Token]:
    """Return the "by/par" complements of a passive verb or of a noun."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ == "obl:agent":
            found += with_conjuncts(child)
        elif child.dep_ == "agent" or (child.pos_ == "ADP" and child.lower_ == "by"):
            found += [t for c in child.children if c.dep_ in {"pobj", "pcomp"} for t in with_conjuncts(c)]
        elif child.dep_ in {"nmod", "obl:mod", "obl:arg"} and _case(child) == "par":
            found += with_conjuncts(child)
    if not found and token.dep_ == "conj" and token.pos_ == "NOUN" and token.head.pos_ == "NOUN":
        return agents(token.head)
    return found


def logical_subjects(verb: Token) -> list[Token]:
    """Return who does it: the agent of a passive, else the subject."""
    return agents(verb) if is_passive(verb) else surface_subjects(verb)


def logical_objects(verb: Token) -> list[Token]:
    """Return to whom it is done: the objects, and the subject of a passive."""
    found = [t for c in verb.children if c.dep_ in OBJECTS for t in with_conjuncts(c)]
    if not found:
        found = _small_clause_subjects(verb)
    if is_passive(verb):
        found += surface_subjects(verb)
    if verb.dep_ in RELATIVES and any(c.lower_ in _OBJECT_RELATIVES for c in verb.children):
        found += with_conjuncts(verb.head)
    return found


def _small_clause_subjects(verb: Token) -> list[Token]:
    """The subject of a verbless clause is the verb's object: "hold them accountable"."""
    clauses = (c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.pos_ in {"ADJ", "NOUN", "ADP"})
    subjects = (s for c in clauses for s in c.children if s.dep_ in SUBJECTS)
    return [t for subject in subjects for t in with_conjuncts(subject)]


def indirect_objects(verb: Token) -> list[Token]:
    """Return the dative objects, pronouns included."""
    return [t for c in verb.children if c.dep_ in INDIRECT for t in with_conjuncts(c)]


def _case(noun: Token) -> str:
    first = next((c for c in noun.children if c.dep_ in _CASES), None)
    word = first.lemma_.lower() if first is not None else ""
    return CONTRACTED.get(word, word)


def complements(token: Token, preposition: str) -> list[Token]:
    """Return the complements that a preposition introduces ("contre", "against", "de")."""
    found: list[Token] = []
    for child in token.children:
        if child.pos_ in {"ADP", "SCONJ"} or child.dep_ == "prep":
            if child.lower_ == preposition or child.lemma_.lower() == preposition:
                found += [t for c in child.children if c.dep_ in {"pobj", "pcomp"} for t in with_conjuncts(c)]
        elif _case(child) == preposition and child.dep_ not in SUBJECTS | OBJECTS:
            found += with_conjuncts(child)
    return found


def nested_complements(noun: Token, preposition: str) -> list[Token]:
    """Return complements of a noun that the parser hung on a later complement of it.

    "The indictment by the court against two clerks": both complements are the noun's.
    """
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"nmod", "prep", "pobj", "obl:arg", "agent"}:
            found = complements(child, preposition) or nested_complements(child, preposition)
            if found:
                return found
    return []


def clause_complements(token: Token) -> list[Token]:
    """Return the heads of the complement clauses, finite or not."""
    found = [c for c in token.children if c.dep_ in COMPLEMENT_CLAUSES]
    found += [c for c in token.children if c.dep_ == "acl" and token.pos_ == "NOUN" and _is_content_clause(c)]
    found += [g for c in token.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pcomp"]
    return found


def _is_content_clause(clause: Token) -> bool:
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    return bool(marks & {"que", "qu'", "qu’", "that", "de", "d'", "d’", "to"})


def possessors(noun: Token, *, of: bool = True) -> list[Token]:
    """Return the possessors of a noun: "their", "X's", "of X", "de X", compounds.

    Args:
        noun: the head noun.
        of: whether "of X" and "de X" count; they name the victim of some nouns ("invasion of").
    """
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ == "poss" or "Yes" in feature(child, "Poss"):
            found += with_conjuncts(child)
        elif child.dep_ == "compound" and child.pos_ == "PROPN":
            found.append(child)
        elif child.dep_ in {"amod", "nmod"} and child.pos_ == "PROPN" and not _case(child):
            found.append(child)
    if of:
        found += complements(noun, "of") + complements(noun, "de")
    return found


def modified(adjective: Token) -> list[Token]:
    """Return what an adjective or participle is said of: its noun, or the subject of its copula."""
    if adjective.dep_ in {"amod", "acl", "relcl", "acl:relcl", "appos"} and adjective.head != adjective:
        return [adjective.head]
    if any(c.dep_ in SUBJECTS for c in adjective.children):
        return surface_subjects(adjective)
    if adjective.dep_ == "conj":
        return modified(adjective.head)
    predicative = {"acomp", "attr", "oprd", "xcomp", "advcl", "pobj"}
    if adjective.dep_ in predicative and adjective.head != adjective:
        objects = [c for c in adjective.head.children if c.dep_ in OBJECTS]
        if adjective.dep_ in {"oprd", "xcomp"} and objects:
            return objects
        return surface_subjects(adjective.head)
    return []


def ancestors(token: Token) -> Iterator[Token]:
    """Yield the heads above a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token


def clause_of(token: Token) -> Token:
    """Return the head of the clause that a token stands in (itself if it heads one)."""
    current = token
    while current.head != current:
        if is_verbal(current) and (current.dep_ in CLAUSES or current.dep_ == "conj"):
            return current
        current = current.head
    return current
