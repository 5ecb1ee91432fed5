"""The Disputes page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from kg.app import state
from kg.app.cards import party_name, say_empty, show_these
from kg.app.components import show_figure
from kg.app.downloads import save_acts
from kg.app.links import link
from kg.app.texts import language, t
from kg.app.timeline_page import show_acts_in_time
from kg.model import Act, Party
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.overview import dispute_rows
from kg.views.pairs import Dispute, count_disputes, dispute_named, disputes
from kg.views.sides import side_key
from kg.views.text import as_html, one_line

LISTED = 40
OFFERED = 1_000
"""Disputes in the box, those with most answers."""
READ = 1_000
"""Acts of a dispute that are read: more cannot be shown in time."""


def show_disputes(everything: Corpus) -> None:
    """Draw the page: the list, or the one that is chosen."""
    st.title(t("page_dispute"))
    st.text(t("about_dispute"))
    if say_empty(everything):
        return
    found = {dispute.name: dispute for dispute in disputes(everything, OFFERED)}
    asked = dispute_named(everything, state.read("dispute"))
    if asked:
        found.setdefault(asked.name, asked)
    if not found:
        st.info(t("no_dispute"), icon=":material/sentiment_satisfied:")
        return
    chosen = state.one_of(
        t("choose_dispute"),
        list(found),
        param="dispute",
        words=lambda name: heading(everything, found[name]),
        placeholder=t("choose_dispute_placeholder"),
    )
    if chosen:
        _show_one(everything, found[chosen])
    else:
        _list(everything, list(found.values()))


def heading(everything: Corpus, dispute: Dispute) -> str:
    """Return a dispute in a few words: against whom, about what."""
    target = one_line(everything.side_names(language())[dispute.side], 60)
    return t("dispute_heading", target=target, topic=t(f"topic_{dispute.topic}"))


def dispute_words(everything: Corpus, dispute: Dispute) -> tuple[str, str, str]:
    """Return a dispute's heading, its counts, and the words of its first accusation."""
    counts = t("dispute_counts", accusations=dispute.accusations, answers=dispute.answers)
    (example,) = everything.by_id([dispute.example])
    return heading(everything, dispute), counts, example.sentence


def _list(everything: Corpus, found: list[Dispute]) -> None:
    shown = found[:LISTED]
    st.text(t("showing_disputes", shown=len(shown), total=count_disputes(everything)))
    show_figure(
        dispute_rows(shown, partial(dispute_words, everything)),
        lambda name: state.write("dispute", name),
        key="disputes",
        name=t("page_dispute"),
    )


def _show_one(everything: Corpus, dispute: Dispute) -> None:
    choice = Choice(types=("accusation",), target_side=dispute.side, main_topic=dispute.topic)
    accusations = everything.acts(choice, READ)
    answers = everything.answers_to([act.id for act in accusations], READ)
    _who(everything, dispute, accusations, answers)
    with st.container(horizontal=True, gap="small"):
        node = side_key(dispute.side)
        link("graph", t("show_in_graph"), icon=":material/hub:", node=node, topic=dispute.topic)
        st.button(t("back_to_list"), icon=":material/list:", on_click=state.clear, args=("dispute", "act"))
    acts = sorted((*accusations, *answers), key=lambda act: (everything.date_of(act) or "9", act.document))
    show_acts_in_time(everything, acts, key="dispute_time")
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("n_accusations", n=dispute.accusations), anchor=False)
        show_these(accusations, everything, name="accusations")
    with right:
        st.header(t("n_answers", n=dispute.answers), anchor=False)
        if not answers:
            st.text(t("nobody_answered"))
        show_these(answers, everything, name="answers")
    save_acts(lambda: acts, everything, name="dispute")


def _who(everything: Corpus, dispute: Dispute, accusations: Sequence[Act], answers: Sequence[Act]) -> None:
    """Say in three lines who accuses, who reports and who answers."""
    lines = {
        t("accusers"): _names(act.source for act in accusations),
        t("reporters"): _names(party for act in accusations for party in act.via),
        t("answerers"): _names(act.source for act in answers),
    }
    rows = "".join(
        f"<dt>{as_html(words)}</dt><dd>{as_html(names or t('nobody'))}</dd>" for words, names in lines.items()
    )
    title = as_html(heading(everything, dispute))
    st.html(f'<h2 class="ct-title">{title}</h2><dl class="ct-who">{rows}</dl>')


def _names(parties: Iterable[Party]) -> str:
    counts = Counter(party_name(party) for party in parties)
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counts.most_common())
