"""Pipeline components of spaCy that remember what they answered: the same annotation in less time.

What the attribute ruler and the lemmatiser of the models do to a token depends on nothing but the token's
own form and labels, save for a few patterns of several tokens.  Measured, the two take a fifth of the time of
the English pipeline, since each token is matched against some two hundred patterns anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

RULER = "memoised_ruler"
LEMMATIZER = "memoised_lemmatizer"
"""Names of the pipeline components."""

_GIVEN = (ORTH, TAG, POS, MORPH, LEMMA, DEP)
"""What the patterns may ask of a token; LOWER and IS_SPACE follow from the form."""
_SET = (TAG, POS, MORPH, LEMMA)
_MOST = 500_000
"""Answers after which all are forgotten, so that memory has a bound: a vocabulary is far smaller."""

Key = tuple[int, ...]


def memoise(model: Language) -> None:
    """Replace the attribute ruler and the lemmatiser of a model by components that remember.

    Raises:
        ValueError: the model has no such components.
    """
    for original, factory in (("attribute_ruler", RULER), ("lemmatizer", LEMMATIZER)):
        model.add_pipe(factory, after=original)
        model.disable_pipe(original)


@Language.factory(RULER)
def make_ruler(nlp: Language, name: str) -> MemoisedRuler:
    """Return the component over a pipeline's attribute ruler."""
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return MemoisedRuler(ruler)


@Language.factory(LEMMATIZER)
def make_lemmatizer(nlp: Language, name: str) -> MemoisedLemmatizer:
    """Return the component over a pipeline's rule lemmatiser."""
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    return MemoisedLemmatizer(lemmatizer)


class MemoisedRuler:
    """An attribute ruler that asks its patterns about each kind of token once.

    A document in which a pattern of several tokens matches goes to the ruler itself.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._known: dict[Key, Key | None] = {}
        self._spanning = Matcher(ruler.vocab)
        patterns: Any = ruler.patterns
        for number, item in enumerate(patterns):
            longer = [pattern for pattern in item["patterns"] if len(pattern) > 1]
            if longer:
                self._spanning.add(str(number), longer)

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology and lemma as the ruler does."""
        if len(doc) == 0:
            return doc
        if len(self._spanning) and self._spanning(doc, allow_missing=True):
            return self._ruler(doc)
        answers = [self._answer(tuple(key), doc) for key in _rows(doc, _GIVEN)]
        if None in answers:
            return self._ruler(doc)
        return _with_rows(doc, _SET, answers)

    def _answer(self, key: Key, doc: Doc) -> Key | None:
        """Return the values of :data:`_SET` for a token; None if its label in the tree changes too."""
        if key not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[key] = self._ask(key, doc)
        return self._known[key]

    def _ask(self, key: Key, doc: Doc) -> Key | None:
        alone = Doc(doc.vocab, words=[doc.vocab.strings[key[0]]], spaces=[False])
        self._ruler(_with_rows(alone, _GIVEN[1:], [key[1:]]))
        *answer, label = _rows(alone, (*_SET, DEP))[0]
        return tuple(answer) if label == key[-1] else None


class MemoisedLemmatizer:
    """A rule lemmatiser that works out the lemma of a form with its part of speech and morphology once.

    Its tables list the forms that are lemmas; they become mappings, so that one is found at once.
    """

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._known: dict[Key, int] = {}
        index: Any = lemmatizer.lookups.get_table("lemma_index")
        for part, forms in list(index.items()):
            index[part] = _mapping(forms)

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas that are not set yet."""
        if len(doc) == 0:
            return doc
        rows = _rows(doc, (ORTH, POS, MORPH, LEMMA))
        lemmas = [(row[3] or self._lemma(tuple(row[:3]), doc, i),) for i, row in enumerate(rows)]
        return _with_rows(doc, (LEMMA,), lemmas)

    def _lemma(self, key: Key, doc: Doc, place: int) -> int:
        if key not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[key] = doc.vocab.strings.add(self._lemmatizer.lemmatize(doc[place])[0])
        return self._known[key]


def _rows(doc: Any, attributes: Sequence[int]) -> list[list[int]]:
    """Return the values of some attributes, one row a token."""
    rows: list[list[int]] = doc.to_array(list(attributes)).tolist()
    return rows


def _with_rows(doc: Any, attributes: Sequence[int], rows: Sequence[Key | None]) -> Doc:
    """Set the values of some attributes, one row a token."""
    changed: Doc = doc.from_array(list(attributes), np.array(rows, dtype=np.uint64))
    return changed


def _mapping(forms: Iterable[str] | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a mapping with the forms as keys, in their order."""
    return forms if isinstance(forms, Mapping) else dict.fromkeys(forms)
