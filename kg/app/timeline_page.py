"""The Timeline page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kg.app import filters, state
from kg.app.cards import describe, say_empty, say_no_result, show_these
from kg.app.components import show_figure
from kg.app.downloads import save_acts
from kg.app.texts import date_text, day, language, t
from kg.model import Act
from kg.views.corpus import Corpus
from kg.views.timeline import arrange, draw

MOMENTS = 2_000
"""Acts drawn, the newest ones: more signs cannot be told apart."""


def show_timeline(everything: Corpus) -> None:
    """Draw the page."""
    st.title(t("page_timeline"))
    st.text(t("about_timeline"))
    if say_empty(everything):
        return
    choice = filters.show_filters(everything, with_words=False)
    total = everything.count(choice)
    acts = sorted(everything.acts(choice, MOMENTS, order="newest"), key=lambda act: everything.date_of(act))
    st.text(t("matching_acts", n=total, total=everything.numbers["acts"], shown=len(acts)))
    if not acts:
        say_no_result(everything, choice, filters.clear)
        return
    show_acts_in_time(everything, acts, key="timeline")
    rows = [
        {"date": date_text(everything.date_of(a)), "quote": a.sentence, "type": describe(a)} for a in acts
    ]
    with st.expander(t("as_table", n=len(rows))):
        st.dataframe(
            rows[:1000],
            hide_index=True,
            column_config={n: t(f"column_{n}") for n in ("date", "quote", "type")},
        )
    save_acts(lambda: everything.acts(choice, total), everything, name="timeline", total=total)


def show_acts_in_time(everything: Corpus, acts: list[Act], *, key: str) -> None:
    """Draw acts as a timeline, and under it the one that is chosen."""
    chosen = state.read("act")
    timeline = arrange(
        acts, {a.document: everything.date_of(a) for a in acts}, everything.side_names(language())
    )
    markup = draw(timeline, chosen, lambda together: _name(everything, together), day, t("undated"))
    show_figure(
        f'<div class="ct-scroll" tabindex="0">{markup}</div>',
        lambda act: state.write("act", act),
        key=key,
        name=t("page_timeline"),
    )
    st.html(f'<p class="ct-facts-line">{t("timeline_legend")}</p>')
    if timeline.left_out:
        st.text(t("lanes_left_out", n=timeline.left_out))
    together = [moment.acts for moment in timeline.moments if chosen in {act.id for act in moment.acts}]
    if together:
        show_these(together[0], everything, name=f"{key}_{chosen}")
    else:
        st.text(t("timeline_hint"))


def _name(everything: Corpus, together: Sequence[Act]) -> str:
    words = f"{date_text(everything.date_of(together[0]))}: {describe(together[0])}"
    return t("timeline_group", words=words, n=len(together) - 1) if len(together) > 1 else words
