"""Downloads of lists: what is listed, as CSV, JSON and Turtle."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kg.app.data import reader
from kg.app.texts import t
from kg.model import Act
from kg.views.corpus import Corpus
from kg.views.tables import ACT_COLUMNS, act_row, to_csv, to_json

Content = Callable[[], str | bytes]


def save_button(label: str, content: Content, file: str, media_type: str, *, key: str) -> None:
    """Draw a button that makes a file only when it is asked for, and leaves the page as it is."""
    st.download_button(
        label, content, file, media_type, key=key, on_click="ignore", icon=":material/download:"
    )


def save_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, name: str) -> None:
    """Draw the buttons for a table."""
    save_button("CSV", lambda: to_csv(rows, columns), f"{name}.csv", "text/csv", key=f"csv_{name}")
    save_button("JSON", lambda: to_json(rows), f"{name}.json", "application/json", key=f"json_{name}")


def save_acts(read: Callable[[], Sequence[Act]], corpus: Corpus, *, name: str) -> None:
    """Draw the buttons for a list of acts; ``read`` returns them all, and runs when one is pressed."""

    def rows() -> list[dict[str, Any]]:
        return [act_row(act, corpus.date_of(act)) for act in read()]

    with st.container(horizontal=True, gap="small"):
        save_button("CSV", lambda: to_csv(rows(), ACT_COLUMNS), f"{name}.csv", "text/csv", key=f"csv_{name}")
        save_button("JSON", lambda: to_json(rows()), f"{name}.json", "application/json", key=f"json_{name}")
        save_button(
            "Turtle", lambda: _turtle(read(), corpus), f"{name}.ttl", "text/turtle", key=f"ttl_{name}"
        )


def _turtle(acts: Sequence[Act], corpus: Corpus) -> bytes:
    """Return what the acts' documents say, as Turtle: a lone act would lose its evidence."""
    store = reader()
    out = io.BytesIO()
    if store is not None:
        names = {act.document for act in acts}
        store.export("turtle", out, documents=[e.iri for n, e in corpus.documents.items() if n in names])
    return out.getvalue()


def save_note() -> None:
    """Say what the Turtle file holds."""
    st.text(t("turtle_note"))
