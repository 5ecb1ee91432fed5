"""Downloads of lists: what is listed, as CSV, JSON and Turtle."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from pyoxigraph import Quad

from kg.app.data import document
from kg.app.links import link
from kg.app.texts import t
from kg.model import Act, Extraction
from kg.rdf.formats import format_named, write
from kg.rdf.reviews import review_quads
from kg.rdf.write import document_quads
from kg.views.corpus import Corpus
from kg.views.tables import ACT_COLUMNS, act_row, to_csv, to_json

Content = Callable[[], str | bytes]
Read = Callable[[], Sequence[Act]]
Rows = Sequence[Mapping[str, Any]]

MOST_IN_TURTLE = 20_000
"""Acts beyond which a list's Turtle would take minutes: the whole graph is exported elsewhere."""


def save_button(label: str, content: Content, file: str, media_type: str, *, key: str) -> None:
    """Draw a button that makes a file only when it is asked for, and leaves the page as it is."""
    st.download_button(
        label, content, file, media_type, key=key, on_click="ignore", icon=":material/download:"
    )


def save_rows(
    rows: Rows | Callable[[], Rows], columns: Sequence[str], *, name: str, turtle: Content | None = None
) -> None:
    """Draw the buttons for a table.

    Args:
        rows: the rows, or what makes them when a button is pressed.
        columns: their names in the order of the CSV file.
        name: of the files.
        turtle: makes what the rows are about, as Turtle.
    """

    def made() -> Rows:
        return rows() if callable(rows) else rows

    save_button("CSV", lambda: to_csv(made(), columns), f"{name}.csv", "text/csv", key=f"csv_{name}")
    save_button("JSON", lambda: to_json(made()), f"{name}.json", "application/json", key=f"json_{name}")
    if turtle is not None:
        save_button("Turtle", turtle, f"{name}.ttl", "text/turtle", key=f"ttl_{name}")


def save_acts(read: Read, corpus: Corpus, *, name: str, total: int = 0) -> None:
    """Draw the buttons for a list of acts.

    Args:
        read: returns all the acts; runs when a button is pressed.
        corpus: where they are from.
        name: of the files.
        total: how many there are, if there may be very many.
    """

    def rows() -> list[dict[str, Any]]:
        acts = read()
        judged = corpus.judgements([act.id for act in acts])
        return [act_row(act, corpus.date_of(act), judged.get(act.id)) for act in acts]

    with st.container(horizontal=True, gap="small"):
        save_button("CSV", lambda: to_csv(rows(), ACT_COLUMNS), f"{name}.csv", "text/csv", key=f"csv_{name}")
        save_button("JSON", lambda: to_json(rows()), f"{name}.json", "application/json", key=f"json_{name}")
        if total <= MOST_IN_TURTLE:
            save_button(
                "Turtle", lambda: turtle_of(read(), corpus), f"{name}.ttl", "text/turtle", key=f"ttl_{name}"
            )
        else:
            link("exchange", t("turtle_of_all"), icon=":material/swap_vert:")


def turtle_of(acts: Sequence[Act], corpus: Corpus) -> bytes:
    """Return acts as Turtle: as they hold, with their evidence and what people decided about them."""
    names = dict.fromkeys(act.document for act in acts)
    wanted = {act.id for act in acts}
    out = io.BytesIO()
    quads = (quad for name in names for quad in _quads(corpus, name, wanted))
    write(quads, format_named("turtle"), out)
    return out.getvalue()


def _quads(corpus: Corpus, name: str, wanted: set[str]) -> Iterator[Quad]:
    reading = document(corpus.documents[name])
    own = reading.document.name
    acts = tuple(replace(act, document=own) for act in reading.acts if act.id in wanted)
    yield from document_quads(Extraction(reading.document, acts))
    for record in reading.records:
        if (record.act or record.found) and (record.act or record.found).id in wanted:  # type: ignore[union-attr]
            for review in record.history:
                yield from review_quads(review)


def save_note() -> None:
    """Say what the Turtle file holds."""
    st.text(t("turtle_note"))
