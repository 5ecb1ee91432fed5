"""One record as a reviewer sees it: what was read, the words, why, and who said what of it."""

from __future__ import annotations

import streamlit as st

from kg.app.cards import describe, party_name, type_name
from kg.app.components import show_figure
from kg.app.data import document
from kg.app.links import link
from kg.app.texts import date_text, t, time_text
from kg.model import Act, Modality
from kg.reviews.effective import Conflict, ReviewedAct
from kg.views.context import context_markup
from kg.views.corpus import Corpus
from kg.views.style import NODE_STYLES, kind_of
from kg.views.text import as_html, one_line


def show_card(everything: Corpus, act: Act, record: ReviewedAct) -> None:
    """Draw a record with its context, its reasons and its history."""
    shown = record.act or record.found or act
    entry = everything.documents[act.document]
    reading = document(entry)
    where = " · ".join(filter(None, (date_text(entry.metadata.date), one_line(entry.title, 90))))
    st.html(f'{_head(shown)}<p class="ct-facts-line">{as_html(where)}</p>')
    _say_conflict(record)
    quote, reasons = st.columns([1.6, 1], gap="medium")
    with quote:
        show_figure(
            context_markup(reading.document.text, shown, describe(shown)),
            lambda _: None,
            key="context",
            style="ct-text ct-context",
            language=entry.metadata.language,
            name=t("context"),
        )
        st.html(f'<p class="ct-facts-line">{t("context_legend")}</p>')
    with reasons:
        _facts(everything, shown)
        _history(record)
    with st.container(horizontal=True, gap="small"):
        link("statement", t("to_statement"), icon=":material/article:", doc=entry.key, act=act.id)
        link("graph", t("to_graph"), icon=":material/hub:", level="acts", node=act.id)


def _head(act: Act) -> str:
    kind = kind_of(act.type)
    return (
        f'<h2 class="ct-title ct-verdict ct-card-{kind}"><span class="ct-kind"><span aria-hidden="true">'
        f"{NODE_STYLES[kind].sign}</span> {as_html(type_name(act))}</span><br>"
        f"{as_html(party_name(act.source))} → {as_html(party_name(act.target))}</h2>"
    )


def _say_conflict(record: ReviewedAct) -> None:
    if record.conflict is not Conflict.NONE:
        st.warning(t(f"conflict_{record.conflict.value}"), icon=":material/sync_problem:")
    if record.disagreement:
        st.warning(t("disagreement"), icon=":material/groups:")


def _facts(everything: Corpus, act: Act) -> None:
    """Draw what was read, and why, as a list of terms."""
    rows = {
        t("column_confidence"): f"{act.confidence:.0%}",
        t("column_topics"): ", ".join(t(f"topic_{topic.value}") for topic in act.topics),
        t("column_kind"): t(f"kind_{act.kind.value}") if act.kind else "",
        t("column_modality"): t("hedged") if act.modality is Modality.HEDGED else "",
        t("why"): "; ".join(act.reasons),
        t("held_by_whom"): " → ".join(act.holders),
        t("column_source"): _party(act.source.name, act.source.resolution),
        t("column_target"): _party(act.target.name, act.target.resolution),
        t("answers_what"): " / ".join(one_line(a.sentence, 140) for a in everything.by_id(act.rebuts)),
    }
    items = "".join(
        f"<dt>{as_html(words)}</dt><dd>{as_html(one_line(value, 400))}</dd>"
        for words, value in rows.items()
        if value
    )
    st.html(f'<dl class="ct-why">{items}</dl>')


def _party(name: str, resolution: str) -> str:
    return f"{name} ({resolution})" if resolution else name


def _history(record: ReviewedAct) -> None:
    if not record.history:
        return
    items = "".join(
        f"<li><b>{as_html(t(f'decision_{review.decision.value}'))}</b> — "
        f"{as_html(one_line(review.reviewer, 80))}, {as_html(time_text(review.when))}"
        + (f"<br>{as_html(one_line(review.note, 600))}" if review.note else "")
        + "</li>"
        for review in reversed(record.history)
    )
    st.html(f'<h3 class="ct-small">{as_html(t("history"))}</h3><ul class="ct-history">{items}</ul>')
