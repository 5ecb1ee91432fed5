"""The box on every page that jumps to an actor, a claim or a statement."""

from __future__ import annotations

import streamlit as st

from kg.app.cards import actor_label, as_label, describe
from kg.app.data import corpus
from kg.app.links import go
from kg.app.texts import date_text, t
from kg.views.search import Hit, find

_KEY = "search"


def show_search() -> None:
    """Draw the box, and under it what was found."""
    words = st.text_input(
        t("search"),
        key=_KEY,
        placeholder=t("search_placeholder"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=200,
    )
    if hit := st.session_state.pop("go_search", None):
        go(hit.page, **hit.params)
    if not words.strip():
        return
    found = find(corpus(), words)
    with st.container(border=True):
        if not found.hits:
            st.text(t("search_nothing", words=words))
        for number, hit in enumerate(found.hits):
            st.button(_label(hit), key=f"hit_{number}", type="tertiary", on_click=_follow, args=(hit,))
        if found.total > len(found.hits):
            st.text(t("search_more", shown=len(found.hits), total=found.total))
        if found.claims:
            everywhere = Hit("claims", {"q": words.strip()})
            label = t("search_all", n=found.claims)
            st.button(label, icon=":material/table_rows:", on_click=_follow, args=(everywhere,))


def _follow(hit: Hit) -> None:
    """Empty the box and keep where to go: a page can only be left while it is drawn."""
    st.session_state[_KEY] = ""
    st.session_state["go_search"] = hit


def _label(hit: Hit) -> str:
    everything = corpus()
    if "actor" in hit.params:
        return f":material/person: {as_label(actor_label(everything, hit.params['actor']))}"
    if hit.page == "statement" and "act" in hit.params:
        (act,) = everything.by_id([hit.params["act"]])
        return f":material/format_quote: {as_label(describe(act))} — {as_label(act.sentence)}"
    entry = everything.by_key[hit.params["doc"]]
    return f":material/article: {as_label(entry.title)} ({as_label(date_text(entry.metadata.date))})"
