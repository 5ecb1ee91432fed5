"""What the pages read: the store and its index, cached by the published generation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from kg.app.settings import store_path
from kg.app.texts import t
from kg.model import Act, Document
from kg.store import Store, open_store
from kg.store.records import read_acts, read_document
from kg.store.snapshots import StoreDirectory
from kg.views.corpus import Corpus
from kg.views.index.build import Progress, refresh
from kg.views.index.rows import Entry
from kg.views.index.schema import open_index

INDEX = Path("derived") / "acts.sqlite"
"""The index, inside the store's directory; it may be deleted at any time."""
_SHOWN_FROM = 200
"""Documents from which reading them for the first time shows its progress."""


def generation() -> int:
    """Return the published generation that readers see now; 0 when there is nothing yet."""
    return StoreDirectory(store_path()).generation()


def reader() -> Store | None:
    """Return the store as readers see it now; None when there is none yet."""
    return _reader(str(store_path()), now) if (now := generation()) else None


def corpus() -> Corpus:
    """Return the documents and acts of the store as it is now."""
    place = st.empty()

    def progress(done: int, total: int) -> None:
        if total >= _SHOWN_FROM:
            place.progress(done / total, text=t("indexing", done=done, total=total))

    found = _corpus(str(store_path()), generation(), progress)
    place.empty()
    return found


def document(entry: Entry) -> tuple[Document, Sequence[Act]]:
    """Return a document with its text and all that the store knows of its acts."""
    return _document(str(store_path()), generation(), entry)


# Cached objects are shared by all sessions and never changed.  Streamlit leaves arguments that start with
# an underscore out of the cache's key.


@st.cache_resource(max_entries=2, show_spinner=False)
def _reader(path: str, generation: int) -> Store:
    return open_store(Path(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _corpus(path: str, generation: int, _progress: Progress) -> Corpus:
    if not generation:
        return Corpus(open_index(None))
    try:
        index = open_index(Path(path) / INDEX)
    except OSError:  # a store that may only be read
        index = open_index(None)
    refresh(index, _reader(path, generation), _progress)
    return Corpus(index)


@st.cache_data(max_entries=32, show_spinner=False)
def _document(path: str, generation: int, entry: Entry) -> tuple[Document, Sequence[Act]]:
    store = _reader(path, generation)
    acts = read_acts(store, document=entry.iri)
    return read_document(store, entry.iri), [replace(act, document=entry.name) for act in acts]
