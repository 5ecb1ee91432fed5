"""The index follows the store, document by document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from example import extractions
from factory import a_document, an_act

from kg.identifiers import document_iri
from kg.model import Extraction
from kg.store import Store, open_store
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.index.build import refresh
from kg.views.index.schema import open_index

ALL = 10_000


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        for extraction in extractions():
            store.ingest(extraction)
        yield store


@pytest.fixture
def index(store: Store, tmp_path: Path) -> sqlite3.Connection:
    index = open_index(tmp_path / "derived" / "acts.sqlite")
    refresh(index, store)
    return index


def _all(index: sqlite3.Connection) -> list[object]:
    corpus = Corpus(index)
    acts = [replace(act, topics=tuple(sorted(act.topics))) for act in corpus.acts(Choice(), ALL)]
    return [acts, dict(corpus.numbers), corpus.documents, corpus.side_names("fr")]


def test_store_and_records_give_one_index(index: sqlite3.Connection, store: Store) -> None:
    filled = Corpus.of(extractions())
    assert _all(index)[1:] == [dict(filled.numbers), filled.documents, filled.side_names("fr")]


def test_nothing_changed_reads_nothing(index: sqlite3.Connection, store: Store) -> None:
    assert refresh(index, store) == 0


def test_a_changed_document_is_read_anew_and_alone(index: sqlite3.Connection, store: Store) -> None:
    first, *others = extractions()
    store.ingest(Extraction(first.document, first.acts[:2]))
    done: list[tuple[int, int]] = []
    assert refresh(index, store, lambda *step: done.append(step)) == 1
    assert done == [(1, 1)]
    fresh = open_index(None)
    refresh(fresh, store)
    assert _all(index) == _all(fresh)
    assert Corpus(index).numbers["acts"] == 2 + sum(len(other.acts) for other in others)


def test_a_deleted_document_leaves_no_trace(index: sqlite3.Connection, store: Store) -> None:
    for extraction in extractions():
        store.delete_document(document_iri(extraction.document))
    refresh(index, store)
    assert not any(Corpus(index).numbers.values())
    left = [
        index.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]
        for name in ("topic", "answer", "words", "actor", "reporter")
    ]
    assert left == [0, 0, 0, 0, 0]


def test_a_failed_refresh_changes_nothing(index: sqlite3.Connection, store: Store) -> None:
    before = _all(index)
    document = a_document("The state lies. It does.", "new")
    store.ingest(Extraction(document, (an_act(document, "The state lies.", "lies"),)))

    def fail(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(index, store, fail)
    assert _all(index) == before
    assert refresh(index, store) == 1


def test_an_index_of_another_form_is_made_anew(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "acts.sqlite"
    old = sqlite3.connect(path)
    old.executescript("CREATE TABLE act (x); PRAGMA user_version = 99;")
    old.close()
    index = open_index(path)
    assert refresh(index, store) == len(extractions())
