"""The SPARQL page."""

from __future__ import annotations

import time

import streamlit as st

from kg.app import state
from kg.app.data import generation, reader
from kg.app.links import link
from kg.app.questions import choose_question
from kg.app.sparql_answer import ROWS, Run, show_run
from kg.app.texts import t
from kg.errors import QueryError, QueryTimeout
from kg.store import Store

SECONDS = 10.0
"""Time that a query may take."""
IN_LINK = 6_000
"""Characters of a query that fit into a link."""
_FIRST = """PREFIX ct: <https://w3id.org/claimtrack/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?speaker (COUNT(DISTINCT ?act) AS ?accusations) WHERE {
  ?act a ct:Accusation ; ct:speaker/rdfs:label ?speaker .
} GROUP BY ?speaker ORDER BY DESC(?accusations) LIMIT 50"""


def show_sparql() -> None:
    """Draw the page."""
    st.title(t("page_sparql"))
    st.text(t("about_sparql"))
    store = reader()
    if store is None:
        st.info(t("empty_store"), icon=":material/inbox:")
        link("exchange", t("go_import"), icon=":material/upload:")
        return
    _fill_editor(choose_question())
    with st.form("query", border=False):
        text = st.text_area(t("query"), height=260, key="editor")
        if st.form_submit_button(t("run"), icon=":material/play_arrow:", shortcut="Ctrl+Enter"):
            state.clear("row")
            state.write("query", text if len(text) <= IN_LINK else "")
            _ask(store, text)
    asked = state.read("query")
    if asked and st.session_state.get("asked") != (asked, generation()):
        _ask(store, asked)
    if run := st.session_state.get("run"):
        show_run(run)


def _fill_editor(saved: str | None) -> None:
    """Put the query of the link, or the saved question just chosen, into the editor."""
    if "editor" not in st.session_state and (asked := state.read("query")):
        st.session_state["editor_for"], st.session_state["editor"] = saved, asked
    # a question was just chosen or given another value, or Streamlit forgot the text on another page
    elif saved is not None and ("editor" not in st.session_state or st.session_state["editor_for"] != saved):
        st.session_state["editor_for"] = saved
        st.session_state["editor"] = saved or _FIRST


def _ask(store: Store, text: str) -> None:
    with st.spinner(t("running"), show_time=True):
        st.session_state["run"] = _run(store, text)
    st.session_state["asked"] = text, generation()


def _run(store: Store, text: str) -> Run:
    start = time.perf_counter()
    try:
        answer = store.query(text, timeout=SECONDS, row_limit=ROWS)
    except QueryTimeout as error:
        return Run(None, time.perf_counter() - start, t("query_timeout", seconds=f"{SECONDS:g}"), str(error))
    except QueryError as error:
        return Run(None, time.perf_counter() - start, t("query_refused"), str(error))
    return Run(answer, time.perf_counter() - start)
