"""The Review page: a queue of records, one of them open, and what can be decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from kg.app import filters, state
from kg.app.cards import parties, say_empty
from kg.app.components import show_figure
from kg.app.downloads import save_acts
from kg.app.review_card import show_card
from kg.app.review_form import show_comment_form, show_correction_form
from kg.app.reviewing import (
    Wish,
    ask_reviewer,
    last_decided,
    record_of,
    reviewer,
    save,
    say_outcome,
    undo_last,
)
from kg.app.texts import t
from kg.model import Act
from kg.rdf.reviews import Decision
from kg.reviews.effective import ReviewedAct
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.queue import Pile, Queue
from kg.views.rows import queue_rows

PER_PAGE = 10
"""Records listed at once; what is decided about all of them is decided about these."""
BELOW = ("0.4", "0.6", "0.8")
"""Bounds of confidence that are offered."""


@dataclass(frozen=True, slots=True)
class View:
    """What is on the page: the listed records, which one is open, where the list is."""

    queue: Queue
    acts: Sequence[Act]
    chosen: Act | None
    page: int
    total: int

    def following(self) -> str:
        """Return the record after the open one, to go on with; empty if there is none."""
        names = [act.id for act in self.acts]
        if self.chosen is None or self.chosen.id not in names:
            return ""
        place = names.index(self.chosen.id) + 1
        return names[place] if place < len(names) else ""


def show_review(everything: Corpus) -> None:
    """Draw the page."""
    st.title(t("page_review"))
    st.text(t("about_review"))
    if say_empty(everything):
        return
    queue = _ask(everything)
    say_outcome()
    view = _view(everything, queue)
    _say_progress(everything, view)
    if view.chosen is None:
        _say_nothing(everything, queue)
        _undo_button(everything)
        return
    record = record_of(everything, view.chosen)
    if record:
        _buttons(everything, view, view.chosen, record)
    left, right = st.columns([2.7, 1], gap="large")
    with left:
        _open(everything, view.chosen, record)
    with right:
        _list(everything, view)


def _ask(everything: Corpus) -> Queue:
    first = st.columns([2, 2, 2, 2], vertical_alignment="bottom")
    with first[0]:
        ask_reviewer()
    with first[1]:
        pile = state.one_of(
            t("pile"),
            list(Pile),
            param="pile",
            words=lambda name: t(f"pile_{name}"),
            default=Pile.WAITING.value,
        )
    with first[2]:
        below = state.one_of(
            t("confidence_below"),
            list(BELOW),
            param="below",
            words=lambda value: t("below", percent=f"{float(value):.0%}"),
            placeholder=t("any"),
        )
    with first[3]:
        words = state.words_in(t("filter_words"), param="q", placeholder=t("words_placeholder"))
    with st.expander(t("more_filters"), expanded=bool({"actor", "type", "topic"} & set(st.query_params))):
        more = st.columns(3)
        with more[0]:
            actor = filters.actor_box(everything, t("filter_actor"), "actor")
        with more[1]:
            types = filters.type_box(everything)
        with more[2]:
            topics = filters.topic_box(everything)
    choice = Choice(actor=actor, types=types, topics=topics, words=words)
    return Queue(Pile(pile), choice, float(below or 1.01))


def _view(everything: Corpus, queue: Queue) -> View:
    total = queue.count(everything)
    asked = state.read("page")
    last = max(0, (total - 1) // PER_PAGE)
    page = min(last, int(asked) - 1 if asked.isdecimal() and 0 < len(asked) < 7 and int(asked) else 0)
    acts = queue.acts(everything, PER_PAGE, page * PER_PAGE)
    wanted = state.read("act")
    chosen = next((act for act in acts if act.id == wanted), None)
    if chosen is None and wanted:
        chosen = next(iter(everything.records("WHERE act.id = ?", [wanted])), None)
    return View(queue, acts, chosen or next(iter(acts), None), page, total)


def _say_progress(everything: Corpus, view: View) -> None:
    done, total = everything.numbers["reviewed"], everything.numbers["records"]
    st.progress(done / max(1, total), text=t("review_progress", done=done, total=total))


def _say_nothing(everything: Corpus, queue: Queue) -> None:
    cause = next(
        (name for name in reversed(queue.choice.active) if _without(queue, name).count(everything)), None
    )
    if cause:
        st.info(t("no_result_because", filter=t(f"filter_{cause}")), icon=":material/filter_alt_off:")
        st.button(t("clear_filter", filter=t(f"filter_{cause}")), on_click=filters.clear, args=(cause,))
    else:
        st.info(t(f"pile_{queue.pile}_empty"), icon=":material/task_alt:")


def _without(queue: Queue, name: str) -> Queue:
    return replace(queue, choice=queue.choice.without(name))


def _open(everything: Corpus, act: Act, record: ReviewedAct | None) -> None:
    if record is None:
        st.info(t("record_gone"), icon=":material/search_off:")
        return
    editing = state.read("edit")
    if editing == "correct" and reviewer():
        show_correction_form(everything, act, record, lambda wish: _decide(everything, [act], wish, act.id))
    elif editing == "comment" and reviewer():
        show_comment_form(lambda wish: _decide(everything, [act], wish, act.id))
    show_card(everything, act, record)


def _buttons(everything: Corpus, view: View, act: Act, record: ReviewedAct) -> None:
    following = view.following()
    nameless = not reviewer()
    with st.container(horizontal=True, gap="small"):
        for decision, key, icon in (
            (Decision.ACCEPTED, "A", ":material/check:"),
            (Decision.REJECTED, "X", ":material/close:"),
        ):
            st.button(
                t(f"do_{decision}"),
                icon=icon,
                shortcut=key,
                disabled=nameless,
                key=f"do_{decision}",
                on_click=_decide,
                args=(everything, [act], Wish(decision), following),
            )
        for form, key, icon in (
            ("correct", "E", ":material/edit:"),
            ("comment", "M", ":material/comment:"),
        ):
            st.button(
                t(f"do_{form}"),
                icon=icon,
                shortcut=key,
                disabled=nameless,
                key=f"do_{form}",
                on_click=state.write,
                args=("edit", "" if state.read("edit") == form else form),
            )
        _undo_button(everything)
        st.button(
            t("skip"),
            icon=":material/arrow_downward:",
            shortcut="J",
            disabled=not following,
            on_click=_go,
            args=(following,),
        )
    if record.review and act.id not in {done.id for done in last_decided()}:
        st.button(
            t("undo_this"),
            icon=":material/undo:",
            disabled=nameless,
            on_click=_decide,
            args=(everything, [act], Wish(Decision.UNDONE), act.id),
        )


def _undo_button(everything: Corpus) -> None:
    acts = last_decided()
    label = t("undo_many", n=len(acts)) if len(acts) > 1 else t("undo")
    st.button(
        label,
        icon=":material/undo:",
        shortcut="U",
        disabled=not (acts and reviewer()),
        key="undo",
        on_click=_undo,
        args=(everything, acts[0].id if acts else ""),
    )


def _undo(everything: Corpus, first: str) -> None:
    undo_last(everything)
    _go(first)


def _decide(everything: Corpus, acts: Sequence[Act], wish: Wish, following: str) -> None:
    save(everything, acts, wish)
    state.clear("edit", "bulk")
    _go(following)


def _go(name: str) -> None:
    state.clear("edit")
    state.write("act", name)


def _list(everything: Corpus, view: View) -> None:
    first = view.page * PER_PAGE + 1
    if view.total:
        st.text(t("queue_shown", first=first, last=first + len(view.acts) - 1, total=view.total))
    judged = everything.judgements([act.id for act in view.acts])
    show_figure(
        queue_rows(view.acts, view.chosen.id if view.chosen else "", judged, parties, t),
        _go,
        key="queue",
        name=t("queue"),
    )
    with st.container(horizontal=True, gap="small"):
        _turn(t("previous"), view.page, view.page > 0, ":material/chevron_left:")
        more = (view.page + 1) * PER_PAGE < view.total
        _turn(t("next"), view.page + 2, more, ":material/chevron_right:")
    _bulk(everything, view)
    save_acts(lambda: view.queue.acts(everything, view.total), everything, name="review", total=view.total)


def _turn(label: str, page: int, possible: bool, icon: str) -> None:
    st.button(label, icon=icon, disabled=not possible, on_click=_turn_to, args=(page,))


def _turn_to(page: int) -> None:
    state.clear("act", "edit", "bulk")
    state.write("page", str(page), "1")


def _bulk(everything: Corpus, view: View) -> None:
    """Draw the two buttons for all that is listed; each asks once more, with the count."""
    if not view.acts:
        return
    n = len(view.acts)
    asked = state.read("bulk")
    if asked in (Decision.ACCEPTED, Decision.REJECTED):
        with st.container(border=True):
            st.text(t(f"bulk_sure_{asked}", n=n, name=reviewer()))
            with st.container(horizontal=True, gap="small"):
                wish = Wish(Decision(asked))
                st.button(
                    t("bulk_yes", n=n),
                    key="bulk_yes",
                    on_click=_decide,
                    args=(everything, view.acts, wish, ""),
                )
                st.button(t("bulk_no"), key="bulk_no", on_click=state.clear, args=("bulk",))
        return
    with st.container(horizontal=True, gap="small"):
        for decision in (Decision.ACCEPTED, Decision.REJECTED):
            st.button(
                t(f"bulk_{decision}", n=n),
                key=f"bulk_{decision}",
                disabled=not reviewer(),
                on_click=state.write,
                args=("bulk", decision.value),
            )
