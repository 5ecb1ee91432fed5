"""What a query answered: a table, yes or no, or triples; and the records that a row names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
import streamlit as st

from kg.app import state
from kg.app.cards import actor_label, as_label, show_these
from kg.app.data import corpus
from kg.app.downloads import save_button, save_rows
from kg.app.links import link
from kg.app.texts import number, t
from kg.store.results import Answer, SelectResult, plain
from kg.views.answers import PREFIXES, actors_in, acts_in, documents_in, table_turtle
from kg.views.gexf import table_gexf, triples_gexf

ROWS = 5_000
"""Rows that a query may give."""
SHOWN = 20_000
"""Characters of Turtle that are shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """A query that was answered, or the words that say why not."""

    answer: Answer | None
    seconds: float
    problem: str = ""
    detail: str = ""


def show_run(run: Run) -> None:
    """Draw the answer, or why there is none."""
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
    cells = list(result.texts())
    rows = [dict(zip(result.variables, row, strict=True)) for row in cells]
    st.dataframe(
        rows,
        hide_index=True,
        key="answer",
        on_select=_pick,
        selection_mode="single-row",
        alt=t("n_rows", n=len(result), ms=milliseconds),
    )
    with st.container(horizontal=True, gap="small"):
        save_rows(rows, result.variables, name="answer", turtle=lambda: table_turtle(result))
        _save_gexf(lambda: table_gexf(result.texts()))
    st.text(t("gexf_note"))
    row = state.read("row")
    if row.isdecimal() and len(row) < 6 and int(row) < len(cells):
        _show_row(cells[int(row)])
    else:
        st.text(t("pick_answer"))


def _pick() -> None:
    rows = st.session_state["answer"].selection.rows
    state.write("row", str(rows[0]) if rows else "")


def _show_row(cells: Sequence[str]) -> None:
    """Draw the acts, statements and actors that a row names."""
    everything = corpus()
    acts = acts_in(everything, cells)
    documents, actors = documents_in(everything, cells), actors_in(everything, cells)
    if not (acts or documents or actors):
        st.text(t("row_names_nothing"))
        return
    st.header(t("picked"), anchor=False)
    with st.container(horizontal=True, gap="small"):
        for name in actors:
            label = as_label(actor_label(everything, name))
            link("claims", label, icon=":material/person:", actor=name)
        for name in documents:
            link("statement", as_label(everything.by_key[name].title), icon=":material/article:", doc=name)
    show_these(acts, everything, name="answer")


def _show_triples(triples: Sequence[ox.Triple], milliseconds: str) -> None:
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    text = turtle.decode() if turtle else ""
    st.text(t("n_triples", n=len(triples), ms=milliseconds))
    st.code(text[:SHOWN], language="turtle")
    if len(text) > SHOWN:
        st.text(t("text_cut", shown=SHOWN, total=len(text)))
    terms = [(plain(triple.subject), plain(triple.predicate), plain(triple.object)) for triple in triples]
    columns = ("subject", "predicate", "object")
    rows = [dict(zip(columns, triple, strict=True)) for triple in terms]
    with st.container(horizontal=True, gap="small"):
        save_rows(rows, columns, name="answer", turtle=lambda: text)
        _save_gexf(lambda: triples_gexf(terms))


def _save_gexf(content: Callable[[], bytes]) -> None:
    save_button("GEXF (Gephi)", content, "answer.gexf", "application/xml", key="gexf_answer")
