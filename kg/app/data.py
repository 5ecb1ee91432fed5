"""What the pages read: the store, cached by its published generation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kg.app.settings import store_path
from kg.model import Document
from kg.store import Store, open_store
from kg.store.records import list_documents, read_acts, read_document
from kg.store.snapshots import StoreDirectory
from kg.views.corpus import Corpus, Entry
from kg.views.graph import key


def generation() -> int:
    """Return the published generation that readers see now; 0 when there is nothing yet."""
    return StoreDirectory(store_path()).generation()


def reader() -> Store | None:
    """Return the store as readers see it now; None when there is none yet."""
    return _reader(str(store_path()), now) if (now := generation()) else None


def corpus() -> Corpus:
    """Return the documents and acts of the store as it is now."""
    return _corpus(str(store_path()), generation())


def document(iri: str) -> Document:
    """Return a document with its text.

    Raises:
        GraphError: there is no such document.
    """
    return _document(str(store_path()), generation(), iri)


# Cached objects are shared by all sessions and never changed.  Streamlit leaves arguments that start with
# an underscore out of the cache's key, so the generation has none.


@st.cache_resource(max_entries=2, show_spinner=False)
def _reader(path: str, generation: int) -> Store:
    return open_store(Path(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _corpus(path: str, generation: int) -> Corpus:
    if not generation:
        return Corpus({}, ())
    store = _reader(path, generation)
    documents = {
        found.name: Entry(key(found.iri), found.iri, found.name, found.metadata)
        for found in list_documents(store)
    }
    return Corpus(documents, read_acts(store))


@st.cache_data(max_entries=32, show_spinner=False)
def _document(path: str, generation: int, iri: str) -> Document:
    return read_document(_reader(path, generation), iri)
