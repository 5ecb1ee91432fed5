"""What the pages read: the store, cached by its published generation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kg.app.settings import store_path
from kg.identifiers import document_iri
from kg.model import Document
from kg.rdf.namespaces import CT, RDF
from kg.rdf.read import QuadSource, read_acts, read_document, readings_of
from kg.store import Store, open_store
from kg.store.snapshots import StoreDirectory
from kg.views.corpus import Corpus, Entry
from kg.views.graph import key


def generation() -> int:
    """Return the published generation that readers see now; 0 when there is nothing yet."""
    return StoreDirectory(store_path()).generation()


def reader() -> Store | None:
    """Return the store as readers see it now; None when there is none yet."""
    return _reader(str(store_path()), generation()) if generation() else None


def corpus() -> Corpus:
    """Return the documents and acts of the store as it is now."""
    return _corpus(str(store_path()), generation())


def document(iri: str) -> Document:
    """Return a document with its text.

    Raises:
        GraphError: there is no such document.
    """
    return _document(str(store_path()), generation(), iri)


@st.cache_resource(max_entries=2, show_spinner=False)
def _reader(path: str, _generation: int) -> Store:
    return open_store(Path(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _corpus(path: str, generation: int) -> Corpus:
    if not generation:
        return Corpus({}, ())
    source = QuadSource(_reader(path, generation).quads())
    entries, acts = {}, []
    for iri in source.subjects(RDF.type, CT.Document):
        found = read_document(source, iri)
        entries[found.name] = Entry(key(iri), iri, found.name, found.metadata)
        acts += read_acts(source, readings_of(source, iri))
    return Corpus(entries, acts)


@st.cache_data(max_entries=32, show_spinner=False)
def _document(path: str, generation: int, iri: str) -> Document:
    return read_document(QuadSource(_reader(path, generation).quads()), iri)


def iri_of(found: Document) -> str:
    """Return a document's IRI."""
    return document_iri(found)
