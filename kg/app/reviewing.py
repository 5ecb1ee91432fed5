"""Decisions made in the app: who decides, saving them at once, taking them back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from kg.app.data import catch_up, document, generation
from kg.app.settings import store_path
from kg.app.texts import t
from kg.errors import ReviewError, StoreError
from kg.model import Act
from kg.rdf.reviews import Decision, Review
from kg.reviews.decisions import decide, reviewed_act, time_after
from kg.reviews.effective import ReviewedAct
from kg.reviews.keeping import add_reviews
from kg.store import open_store
from kg.views.corpus import Corpus
from kg.views.text import one_line

WAIT = 10.0
"""Seconds to wait for another writer."""
_NAME = "reviewer"
_MADE = "decisions_made"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to decide about some records: the decision, why, and what is right instead."""

    decision: Decision
    note: str = ""
    changes: Mapping[str, Any] | None = None


def reviewer() -> str:
    """Return the name under which this session decides; empty if none was given yet."""
    return str(st.session_state.get(_NAME, ""))


def ask_reviewer() -> str:
    """Draw the box for the name, and return it."""
    key = f"w_{_NAME}"
    st.session_state[key] = reviewer()

    def keep() -> None:
        st.session_state[_NAME] = one_line(st.session_state[key], 80)

    st.text_input(t("reviewer"), key=key, max_chars=80, placeholder=t("reviewer_needed"), on_change=keep)
    return reviewer()


def record_of(corpus: Corpus, act: Act) -> ReviewedAct | None:
    """Return an act of the index with all that the store knows of it; None if it is gone."""
    entry = corpus.documents.get(act.document)
    if entry is None:
        return None
    found = {_id(record): record for record in document(entry).records}
    return found.get(act.id)


def save(corpus: Corpus, acts: Sequence[Act], wish: Wish) -> None:
    """Decide about records, save that at once, and keep what to tell the person."""
    records = [(act, record) for act in acts if (record := record_of(corpus, act))]
    try:
        reviews = [_review(corpus, act, record, wish) for act, record in records]
        written = _write(reviews)
    except (ReviewError, StoreError) as error:
        st.session_state["review_problem"] = str(error)
        return
    if wish.decision is not Decision.UNDONE:
        made: list[list[Act]] = st.session_state.setdefault(_MADE, [])
        made.append([act for act, _ in records])
    st.session_state["review_written"] = (wish.decision.value, written)


def last_decided() -> Sequence[Act]:
    """Return the records of this session's latest decision that was not undone."""
    made: list[list[Act]] = st.session_state.get(_MADE, [])
    return made[-1] if made else ()


def undo_last(corpus: Corpus) -> None:
    """Take back this session's latest decision, about however many records it was."""
    acts = last_decided()
    if acts:
        st.session_state[_MADE].pop()
        save(corpus, acts, Wish(Decision.UNDONE))


def say_outcome() -> None:
    """Tell what was saved, or why nothing was."""
    if written := st.session_state.pop("review_written", None):
        decision, count = written
        st.success(t(f"written_{decision}", n=count), icon=":material/check_circle:")
    if problem := st.session_state.pop("review_problem", ""):
        st.error(t("save_failed"), icon=":material/lock:")
        st.text(problem)


def correction_of(record: ReviewedAct) -> dict[str, Any]:
    """Return the changes that people made to a record so far."""
    written = record.review.correction if record.review else ""
    return dict(json.loads(written)) if written else {}


def _review(corpus: Corpus, act: Act, record: ReviewedAct, wish: Wish) -> Review:
    """Return a decision about a record as the machine reads it, on top of what was changed before."""
    seen = record.found or reviewed_act(record.history[-1])
    seen = replace(seen, document=document(corpus.documents[act.document]).document.name)
    changes = correction_of(record) | dict(wish.changes or {})
    decision = wish.decision
    if decision is Decision.ACCEPTED and changes:
        decision = Decision.CORRECTED  # who accepts a corrected record agrees with the correction
    kept = changes if decision is Decision.CORRECTED else None
    return decide(seen, decision, reviewer(), note=wish.note, changes=kept, when=time_after(record.history))


def _write(reviews: Sequence[Review]) -> int:
    before = generation()
    with open_store(store_path(), writable=True, wait=WAIT) as store:
        written = add_reviews(store, reviews).added
    catch_up(before, {reviewed_act(review).document for review in reviews})
    return written


def _id(record: ReviewedAct) -> str:
    shown = record.act or record.found or reviewed_act(record.history[-1])
    return shown.id
