"""Links between documents: finding them, and deciding about one."""

from __future__ import annotations

import streamlit as st

from kg.app.data import generation, note_link
from kg.app.reviewing import WAIT, reviewer
from kg.app.settings import store_path
from kg.app.texts import t
from kg.disputes.linking import link_store
from kg.disputes.threads import JudgedLink
from kg.errors import ReviewError, StoreError
from kg.rdf.reviews import Decision
from kg.reviews.keeping import add_reviews, time_for
from kg.reviews.links import decide_link, proposed_link
from kg.store import open_store
from kg.views.corpus import Corpus


def offer_linking(everything: Corpus) -> None:
    """Draw the button that compares all documents, and what came of it."""
    if everything.numbers["documents"] < 2:
        return
    st.text(t("linking_note"))
    if st.button(t("find_links"), icon=":material/join_inner:"):
        with st.spinner(t("linking"), show_time=True):
            _link()
        st.rerun()
    if outcome := st.session_state.pop("linked", None):
        st.success(t("linked", added=outcome[0], removed=outcome[1]), icon=":material/check_circle:")
    if problem := st.session_state.pop("link_problem", ""):
        st.error(t("save_failed"), icon=":material/lock:")
        st.text(problem)


def decide_about(link: JudgedLink, decision: Decision) -> None:
    """Save a decision about a link at once."""
    try:
        before = generation()
        with open_store(store_path(), writable=True, wait=WAIT) as store:
            when = time_for(store, proposed_link(link.proposal).iri)
            review = decide_link(link.proposal, decision, reviewer(), when=when)
            written = add_reviews(store, [review]).added
    except (ReviewError, StoreError) as error:
        st.session_state["review_problem"] = str(error)
        return
    note_link(before, link.proposal, decision is Decision.ACCEPTED)
    st.session_state["review_written"] = (decision.value, written)


def _link() -> None:
    try:
        with open_store(store_path(), writable=True, wait=WAIT) as store:
            summary = link_store(store)
    except (ReviewError, StoreError) as error:
        st.session_state["link_problem"] = str(error)
        return
    st.session_state["linked"] = (summary.added, summary.removed)
