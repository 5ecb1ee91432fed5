"""One dispute: who accuses, who passes it on, who answers and how, in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from kg.app import state
from kg.app.cards import MOST_SHOWN, PAGE_SIZE, party_name, show_act, show_more
from kg.app.downloads import save_acts
from kg.app.linking import decide_about
from kg.app.links import link
from kg.app.reviewing import ask_reviewer, reviewer, say_outcome
from kg.app.texts import date_text, language, t
from kg.app.timeline_page import show_acts_in_time
from kg.disputes.threads import Role, Step, Thread
from kg.model import Act, Party
from kg.rdf.reviews import Decision
from kg.views.corpus import Corpus
from kg.views.sides import side_key
from kg.views.text import as_html, one_line

_LINKS = ("statement", "graph", "review")


def show_thread(everything: Corpus, thread: Thread) -> None:
    """Draw the page of one dispute."""
    st.button(
        t("back_to_list"), icon=":material/arrow_back:", on_click=state.clear, args=("dispute", "act", "n")
    )
    st.html(_head(everything, thread))
    with st.container(horizontal=True, gap="small"):
        node, topic = side_key(thread.accused.side), thread.topic.value if thread.topic else ""
        link(
            "graph",
            t("show_in_graph"),
            icon=":material/hub:",
            node=node,
            **({"topic": topic} if topic else {}),
        )
        link("claims", t("all_claims"), icon=":material/table_rows:", **_claims(thread))
    say_outcome()
    acts = [_act(everything, step) for step in thread.steps]
    if len({step.date for step in thread.steps}) > 1:
        show_acts_in_time(everything, acts, key="dispute_time")
    st.header(t("in_time"), anchor=False)
    if thread.waiting:
        st.text(t("links_wait", n=thread.waiting))
        ask_reviewer()
    _steps(everything, thread, acts)
    save_acts(lambda: acts, everything, name="dispute")


def _claims(thread: Thread) -> dict[str, str]:
    topic = {"topic": thread.topic.value} if thread.topic else {}
    return {"actor": thread.accused.iri.rpartition("/")[2], **topic}


def _act(everything: Corpus, step: Step) -> Act:
    """Return a step's act under its name in the index."""
    return step.act if step.act.document in everything.documents else everything.by_id([step.act.id])[0]


def _head(everything: Corpus, thread: Thread) -> str:
    target = everything.side_names(language()).get(thread.accused.side, thread.accused.name)
    topic = t(f"topic_{thread.topic.value}") if thread.topic else t("topic_other")
    title = as_html(t("dispute_heading", target=one_line(target, 80), topic=topic))
    rows = "".join(
        f"<dt>{as_html(words)}</dt><dd>{as_html(names)}</dd>"
        for words, names in _who(thread).items()
        if names
    )
    first = as_html(everything.language_of(thread.accusations[0].act))
    words = as_html(one_line(thread.words, 400))
    became = as_html(t(f"state_{thread.state.value}"))
    return (
        f'<h2 class="ct-title">{title}</h2>'
        f'<blockquote class="ct-lead" lang="{first}">{words}</blockquote>'
        f'<p class="ct-state ct-state-{thread.state.value}"><b>{became}</b> — {as_html(_why(thread))}</p>'
        f'<dl class="ct-who">{rows}</dl>'
    )


def _why(thread: Thread) -> str:
    """Say what the state follows from: what the parties did, no verdict."""
    words = t(f"state_means_{thread.state.value}")
    days = thread.response_days
    if days is None:
        return words
    return f"{words} {t('answered_after', n=days) if days else t('answered_same_day')}"


def _who(thread: Thread) -> dict[str, str]:
    answered = thread.rebuttals_by_kind
    return {
        t("who_accuses"): _names(step.act.source for step in thread.of(Role.ACCUSES)),
        t("who_joins"): _names(step.act.source for step in thread.of(Role.JOINS)),
        t("who_repeats"): _names(step.act.source for step in thread.of(Role.REPEATS)),
        t("who_reports"): _names(party for step in thread.accusations for party in step.act.via),
        t("who_answers"): _names(step.act.source for step in thread.rebuttals) or t("nobody"),
        t("how_answered"): ", ".join(
            f"{t(f'kind_{kind.value}') if kind else t('kind_none')} ({count})"
            for kind, count in answered.items()
        ),
        t("who_counters"): _names(step.act.source for step in thread.of(Role.COUNTERS)),
        t("who_retracts"): _names(step.act.source for step in thread.of(Role.RETRACTS)),
        t("who_concedes"): _names(step.act.source for step in thread.of(Role.CONCEDES)),
        t("when"): _when(thread),
    }


def _when(thread: Thread) -> str:
    dates = [date_text(step.date) for step in thread.steps if step.date]
    return " – ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else t("undated")


def _names(parties: Iterable[Party]) -> str:
    counts = Counter(party_name(party) for party in parties)
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counts.most_common())


def _steps(everything: Corpus, thread: Thread, acts: Sequence[Act]) -> None:
    shown = state.count_of("n", PAGE_SIZE, MOST_SHOWN)
    for step, act in list(zip(thread.steps, acts, strict=True))[:shown]:
        show_act(act, everything, links=_LINKS, role=t(f"role_{step.role.value}"))
        if step.link:
            _link(step)
    if len(acts) > shown:
        st.text(t("showing_acts", shown=shown, total=len(acts)))
        show_more(len(acts) - shown, shown, "steps")


def _link(step: Step) -> None:
    """Say why an act of another document is here, and let a person decide whether it belongs here."""
    link_ = step.link
    assert link_ is not None
    because = "; ".join(link_.proposal.reasons)
    known = "link_waits" if link_.accepted is None else "link_accepted"
    words = t(known, percent=f"{link_.proposal.score:.0%}", reasons=one_line(because, 300))
    st.html(f'<p class="ct-facts-line ct-link">{as_html(words)}</p>')
    with st.container(horizontal=True, gap="small"):
        for decision in (Decision.ACCEPTED, Decision.REJECTED):
            if decision is Decision.ACCEPTED and link_.accepted:
                continue
            st.button(
                t(f"link_{decision.value}_do"),
                key=f"{decision}_{step.act.id}_{step.role}",
                disabled=not reviewer(),
                type="tertiary",
                on_click=decide_about,
                args=(link_, decision),
            )
