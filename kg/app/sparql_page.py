"""The SPARQL page."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
import streamlit as st

from kg.app.data import reader
from kg.app.downloads import save_button, save_rows
from kg.app.links import link
from kg.app.questions import choose_question
from kg.app.texts import number, t
from kg.errors import QueryError, QueryTimeout
from kg.store import Store
from kg.store.results import Answer, SelectResult, plain
from kg.views.gexf import table_gexf, triples_gexf

SECONDS = 10.0
ROWS = 5_000
_FIRST = """PREFIX ct: <https://w3id.org/claimtrack/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?speaker (COUNT(DISTINCT ?act) AS ?accusations) WHERE {
  ?act a ct:Accusation ; ct:speaker/rdfs:label ?speaker .
} GROUP BY ?speaker ORDER BY DESC(?accusations) LIMIT 50"""


@dataclass(frozen=True, slots=True)
class Run:
    """A query that was answered, or the words that say why not."""

    answer: Answer | None
    seconds: float
    problem: str = ""
    detail: str = ""


def show_sparql() -> None:
    """Draw the page."""
    st.title(t("page_sparql"))
    st.text(t("about_sparql"))
    store = reader()
    if store is None:
        st.info(t("empty_store"), icon=":material/inbox:")
        link("exchange", t("go_import"), icon=":material/upload:")
        return
    saved = choose_question()
    # a question was just chosen or given another value, or Streamlit forgot the text on another page
    if saved is not None and ("editor" not in st.session_state or st.session_state["editor_for"] != saved):
        st.session_state["editor_for"] = saved
        st.session_state["editor"] = saved or _FIRST
    with st.form("query", border=False):
        text = st.text_area(t("query"), height=260, key="editor")
        if st.form_submit_button(t("run"), icon=":material/play_arrow:", shortcut="Ctrl+Enter"):
            with st.spinner(t("running"), show_time=True):
                st.session_state["run"] = _run(store, text)
    if run := st.session_state.get("run"):
        _show_run(run)


def _run(store: Store, text: str) -> Run:
    start = time.perf_counter()
    try:
        answer = store.query(text, timeout=SECONDS, row_limit=ROWS)
    except QueryTimeout as error:
        return Run(None, time.perf_counter() - start, t("query_timeout", seconds=f"{SECONDS:g}"), str(error))
    except QueryError as error:
        return Run(None, time.perf_counter() - start, t("query_refused"), str(error))
    return Run(answer, time.perf_counter() - start)


def _show_run(run: Run) -> None:
    if run.problem:
        st.warning(run.problem, icon=":material/block:")
        st.code(run.detail, language=None, wrap_lines=True)
        return
    milliseconds = number(round(run.seconds * 1000))
    if isinstance(run.answer, SelectResult):
        _show_table(run.answer, milliseconds)
    elif isinstance(run.answer, bool):
        st.text(t("answer_yes" if run.answer else "answer_no", ms=milliseconds))
    elif run.answer is not None:
        _show_triples(run.answer, milliseconds)


def _show_table(result: SelectResult, milliseconds: str) -> None:
    st.text(t("n_rows", n=len(result), ms=milliseconds))
    if result.truncated:
        st.warning(t("rows_cut", n=ROWS), icon=":material/content_cut:")
    if not len(result):
        st.info(t("no_rows"), icon=":material/search_off:")
        return
    rows = [dict(zip(result.variables, cells, strict=True)) for cells in result.texts()]
    st.dataframe(rows, hide_index=True)
    with st.container(horizontal=True, gap="small"):
        save_rows(rows, result.variables, name="answer")
        _save_gexf(lambda: table_gexf(result.texts()))
    st.text(t("gexf_note"))


def _show_triples(triples: Sequence[ox.Triple], milliseconds: str) -> None:
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE)
    text = turtle.decode() if turtle else ""
    st.text(t("n_triples", n=len(triples), ms=milliseconds))
    st.code(text[:20_000], language="turtle")
    terms = [(plain(triple.subject), plain(triple.predicate), plain(triple.object)) for triple in triples]
    with st.container(horizontal=True, gap="small"):
        save_button("Turtle", lambda: text, "answer.ttl", "text/turtle", key="ttl_answer")
        _save_gexf(lambda: triples_gexf(terms))


def _save_gexf(content: Callable[[], bytes]) -> None:
    save_button("GEXF (Gephi)", content, "answer.gexf", "application/xml", key="gexf_answer")
