"""The Analysis page: rankings, answers, camps and echoes, each row with a way to the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from kg.analysis import (
    Analysis,
    Level,
    Options,
    Table,
    analyse,
    archive,
    figures,
    render_report,
    report_file_name,
    tables,
)
from kg.app import filters, state
from kg.app.cards import say_empty
from kg.app.data import generation, reader
from kg.app.downloads import save_button
from kg.app.links import link
from kg.app.settings import store_path
from kg.app.texts import language, t
from kg.errors import KGError
from kg.identifiers import record_id
from kg.model import ActType
from kg.store import Store
from kg.views.corpus import Corpus
from kg.views.graph import edge_id
from kg.views.style import Relation

ROWS = 500
"""Rows of a table in the page; the download holds them all."""
Row = Mapping[str, object]
Target = tuple[str, dict[str, str]]
"""A page and the parameters of a link to it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the page: columns shown, where a row leads, the picture over it, what it is sorted by."""

    columns: tuple[str, ...]
    leads: Callable[[Row, str], Target]
    picture: str = ""
    most: str = ""


def _node(row: Row, level: str) -> Target:
    return "graph", {"level": level, "node": str(row["node"])}


def _pair(row: Row, level: str) -> Target:
    name = edge_id(str(row["source"]), Relation.ACCUSES, str(row["target"]))
    return "graph", {"level": level, "node": name}


def _telling(row: Row, level: str) -> Target:
    return "dispute", {"dispute": record_id(str(row["act"]), ActType.ACCUSATION)}


def _days(row: Row, level: str) -> Target:
    return "claims", {"type": "accusation", "from": str(row["first"])[:10], "to": str(row["last"])[:10]}


PARTS = {
    "standings": Part(("name", "accuses", "accused", "rebuts"), _node, "standings", "accuses"),
    "responses": Part(("name", "accused", "answered", "median_days"), _node, "answers", "accused"),
    "pairs": Part(("source_name", "target_name", "accusations", "answered", "unanswered"), _pair, "network"),
    "camps": Part(("camp", "name"), _node),
    "brokers": Part(("name", "carried", "sources"), _node),
    "echoes": Part(("allegation", "date", "accuser", "accused"), _telling),
    "bursts": Part(("name", "first", "last", "accusations"), _days, "bursts"),
}
"""Tables of the page in their order."""


def show_analysis(everything: Corpus) -> None:
    """Draw the page."""
    st.title(t("page_analysis"))
    st.text(t("about_analysis"))
    if say_empty(everything):
        return
    options = _ask(everything)
    store = reader()
    assert store is not None  # the corpus is not empty
    try:
        with st.spinner(t("analysing"), show_time=True):
            analysis = _analysis(str(store_path()), generation(), options, store)
    except KGError as error:
        st.error(t("analysis_failed"), icon=":material/error:")
        st.text(str(error))
        return
    _save(analysis)
    shown = state.switch(t("show"), tuple(PARTS), param="part", words=lambda name: t(f"analysis_{name}"))
    _show(analysis, shown, options)


def _ask(everything: Corpus) -> Options:
    columns = st.columns([2, 1.5, 1.5], vertical_alignment="bottom")
    with columns[0]:
        level = state.switch(t("level"), tuple(Level), param="level", words=lambda name: t(f"level_{name}"))
    since, until = filters.show_days(everything, columns[1:])
    return Options(level=Level(level), since=since, until=until)


@st.cache_resource(max_entries=6, show_spinner=False)
def _analysis(path: str, generation: int, options: Options, _store: Store) -> Analysis:
    return analyse(_store, options)


@st.cache_data(max_entries=12, show_spinner=False)
def _pictures(
    path: str, generation: int, options: Options, words: str, _analysis: Analysis
) -> dict[str, bytes]:
    return figures(_analysis, words, "png")


def _save(analysis: Analysis) -> None:
    with st.container(horizontal=True, gap="small"):
        name = report_file_name(language())
        save_button(
            t("save_report"), lambda: render_report(analysis, language()), name, "text/html", key="report"
        )
        save_button(
            t("save_archive"),
            lambda: archive(analysis, language()),
            "claimtrack-analysis.zip",
            "application/zip",
            key="archive",
        )
    st.text(t("report_note"))


def _show(analysis: Analysis, name: str, options: Options) -> None:
    part, table = PARTS[name], tables(analysis)[name]
    st.header(t(f"analysis_{name}"), anchor=False)
    st.text(t(f"analysis_means_{name}"))
    if not table.rows:
        st.info(t("analysis_nothing"), icon=":material/filter_alt_off:")
        return
    pictures = _pictures(str(store_path()), generation(), options, language(), analysis)
    if part.picture in pictures:
        st.image(pictures[part.picture], alt=t(f"analysis_{name}"))
    rows = _rows(table, part)
    st.text(t("showing_rows", shown=min(ROWS, len(rows)), total=len(rows)))
    st.dataframe(
        [{column: row.get(column) for column in part.columns} for row in rows[:ROWS]],
        hide_index=True,
        key="analysis",
        on_select=_pick,
        selection_mode="single-row",
        column_config={column: t(f"column_{column}") for column in part.columns},
        alt=t(f"analysis_{name}"),
    )
    _lead(rows, part, options)
    _save_table(table)


def _rows(table: Table, part: Part) -> list[dict[str, object]]:
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    if part.most:
        rows.sort(key=lambda row: -row[part.most])
    return rows


def _pick() -> None:
    rows = st.session_state["analysis"].selection.rows
    state.write("row", str(rows[0]) if rows else "")


def _lead(rows: list[dict[str, object]], part: Part, options: Options) -> None:
    """Draw the link from the chosen row to the words behind it."""
    asked = state.count_of("row", 0)
    if not state.read("row") or asked >= len(rows):
        st.text(t("pick_row"))
        return
    row = rows[asked]
    page, params = part.leads(row, options.level.value)
    st.text(" · ".join(str(row.get(column)) for column in part.columns))
    link(page, t("read_evidence"), icon=":material/format_quote:", **params)


def _save_table(table: Table) -> None:
    with st.container(horizontal=True, gap="small"):
        save_button("CSV", table.to_csv, f"{table.name}.csv", "text/csv", key="csv_analysis")
        save_button("JSON", table.to_json, f"{table.name}.json", "application/json", key="json_analysis")
