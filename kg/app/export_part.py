"""The export half of Import & export."""

from __future__ import annotations

import io
from functools import partial

import streamlit as st

from kg.app.data import corpus, reader
from kg.app.downloads import save_button
from kg.app.texts import t
from kg.store import Store
from kg.views.corpus import Corpus
from kg.views.text import one_line

OFFERED = 2_000
"""Documents in the box, the newest ones."""
FORMATS = {
    "turtle": ("Turtle", "ttl", "text/turtle"),
    "trig": ("TriG", "trig", "application/trig"),
    "nquads": ("N-Quads", "nq", "application/n-quads"),
    "ntriples": ("N-Triples", "nt", "application/n-triples"),
    "jsonld": ("JSON-LD", "jsonld", "application/ld+json"),
    "rdfxml": ("RDF/XML", "rdf", "application/rdf+xml"),
}
"""RDF formats by the store's name: label, file extension, media type."""


def show_export() -> None:
    """Draw the download buttons."""
    store = reader()
    if store is None:
        st.info(t("nothing_to_export"), icon=":material/inbox:")
        return
    everything = corpus()
    documents = _choose_documents(everything)
    st.text(t("export_note"))
    with st.container(horizontal=True, gap="small"):
        for name, (label, extension, media_type) in FORMATS.items():
            save_button(
                label,
                partial(_export, store, name, documents),
                f"claimtrack.{extension}",
                media_type,
                key=f"export_{name}",
            )
    st.text(t("not_a_fact"))


def _choose_documents(everything: Corpus) -> list[str] | None:
    newest = list(everything.documents.values())[:OFFERED]
    titles = {entry.iri: one_line(entry.title, 90) for entry in newest}
    chosen: list[str] = st.multiselect(
        t("which_documents"), list(titles), format_func=titles.__getitem__, placeholder=t("all_documents")
    )
    return chosen or None


def _export(store: Store, name: str, documents: list[str] | None) -> bytes:
    out = io.BytesIO()
    store.export(name, out, documents=documents)
    return out.getvalue()
