"""What the pages read: the store and its index, cached by the published generation."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from kg.app.settings import store_path
from kg.app.texts import t
from kg.links.across_proposals import Proposal
from kg.model import Act, Document
from kg.reviews.effective import ReviewedAct, Reviews, by_document
from kg.reviews.keeping import stored_reviews
from kg.store import Store, open_store
from kg.store.snapshots import StoreDirectory
from kg.views.corpus import Corpus
from kg.views.index.build import Progress, refresh, refresh_link, refresh_reviewed
from kg.views.index.documents import read_one
from kg.views.index.rows import Entry
from kg.views.index.schema import generation_of, open_index

INDEX = Path("derived") / "acts.sqlite"
"""The index, inside the store's directory; it may be deleted at any time."""
KEPT = 8
"""Generations of the store that stay open: a page that is being drawn may still read an old one."""
_SHOWN_FROM = 200
"""Documents from which reading them for the first time shows its progress."""


class Reading(NamedTuple):
    """A document with its text, its acts that hold, and every record with what people decided about it."""

    document: Document
    acts: Sequence[Act]
    records: Sequence[ReviewedAct]


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


def document(entry: Entry) -> Reading:
    """Return a document with its text and all that the store knows of its acts."""
    return _document(str(store_path()), generation(), entry)


def catch_up(before: int, names: Collection[str]) -> None:
    """Let the index show decisions that were just saved, without looking at all documents.

    Args:
        before: the generation before they were saved.
        names: of the documents, in the store, whose acts were decided about.
    """
    now = generation()
    index = _index(store_path())
    if now == before + 1 and generation_of(index) == before:
        refresh_reviewed(index, _reader(str(store_path()), now), names, now)
    index.close()


def note_link(before: int, proposal: Proposal, accepted: bool) -> None:
    """Let the index show a decision about a link that was just saved; ``before`` as for :func:`catch_up`."""
    now = generation()
    index = _index(store_path())
    if now == before + 1 and generation_of(index) == before:
        refresh_link(index, proposal, accepted, now)
    index.close()


# Cached objects are shared by all sessions and never changed.  Streamlit leaves arguments that start with
# an underscore out of the cache's key.


@st.cache_resource(max_entries=KEPT, show_spinner=False, on_release=Store.close)
def _reader(path: str, generation: int) -> Store:
    return open_store(Path(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _corpus(path: str, generation: int, _progress: Progress) -> Corpus:
    if not generation:
        return Corpus(open_index(None))
    index = _index(Path(path))
    refresh(index, _reader(path, generation), _progress, generation=generation)
    return Corpus(index)


@st.cache_data(max_entries=64, show_spinner=False)
def _document(path: str, generation: int, entry: Entry) -> Reading:
    found = read_one(_reader(path, generation), entry.iri, _reviews(path, generation))
    records = [_named(record, entry.name) for record in found.records]
    acts = sorted((record.act for record in records if record.act), key=_place)
    return Reading(found.document, acts, records)


@st.cache_resource(max_entries=2, show_spinner=False)
def _reviews(path: str, generation: int) -> Reviews:
    return by_document(stored_reviews(_reader(path, generation)))


def _index(path: Path) -> sqlite3.Connection:
    try:
        return open_index(path / INDEX)
    except OSError:  # a store that may only be read
        return open_index(None)


def _named(record: ReviewedAct, name: str) -> ReviewedAct:
    """Return a record under the name that the index gives its document."""
    return replace(
        record,
        act=record.act and replace(record.act, document=name),
        found=record.found and replace(record.found, document=name),
    )


def _place(act: Act) -> tuple[int, int, int, str]:
    return act.start, act.end, act.cue.start, act.id
