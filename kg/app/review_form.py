"""The forms of the Review page: what is right instead, and a remark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kg.app.cards import actor_label, describe
from kg.app.data import document
from kg.app.filters import OFFERED
from kg.app.reviewing import Wish
from kg.app.texts import t
from kg.gazetteer import load_gazetteer
from kg.identifiers import slug
from kg.model import Act, ActType, Modality, Party, Quote, RebuttalKind, Topic
from kg.rdf.reviews import Decision
from kg.reviews.effective import ReviewedAct
from kg.views.corpus import Corpus
from kg.views.graph import key
from kg.views.text import one_line

Send = Callable[[Wish], None]


class NotThere(Exception):
    """Words that a person gave do not stand in the text."""


def show_comment_form(send: Send) -> None:
    """Draw the form for a remark, which decides nothing."""
    with st.form("comment", border=True):
        note = st.text_area(t("comment"), max_chars=2_000, height=90, key="comment_text")
        if st.form_submit_button(t("save_comment"), icon=":material/comment:") and note.strip():
            send(Wish(Decision.COMMENTED, note.strip()))
            st.rerun()


def show_correction_form(everything: Corpus, act: Act, record: ReviewedAct, send: Send) -> None:
    """Draw the form for a correction, filled with what holds now."""
    shown = record.act or record.found or act

    def key_of(field: str) -> str:
        return f"fix_{field}_{act.id}"

    with st.form("correct", border=True):
        first = st.columns(2)
        with first[0]:
            type_ = st.selectbox(
                t("column_type"),
                list(ActType),
                index=list(ActType).index(shown.type),
                format_func=_type,
                key=key_of("type"),
            )
            source = _party_box(everything, shown.source, "column_source", key_of("source"))
        with first[1]:
            kind = st.selectbox(
                t("column_kind"),
                ["", *RebuttalKind],
                index=["", *RebuttalKind].index(shown.kind or ""),
                format_func=lambda value: t(f"kind_{value}") if value else t("none"),
                key=key_of("kind"),
            )
            target = _party_box(everything, shown.target, "column_target", key_of("target"))
        topics = st.multiselect(
            t("column_topics"),
            list(Topic),
            default=list(shown.topics),
            format_func=lambda topic: t(f"topic_{topic}"),
            placeholder=t("none"),
            key=key_of("topics"),
        )
        hedged = st.checkbox(t("hedged_box"), shown.modality is Modality.HEDGED, key=key_of("hedged"))
        sentence = st.text_area(t("words_sentence"), shown.sentence, height=90, key=key_of("sentence"))
        cue = st.text_input(t("words_cue"), shown.cue.text, key=key_of("cue"))
        said = shown.content.text if shown.content else ""
        content = st.text_input(t("words_content"), said, key=key_of("content"))
        rebuts = _answered_box(everything, shown, key_of("rebuts"))
        note = st.text_input(t("note"), max_chars=2_000, key=key_of("note"))
        st.text(t("words_note"))
        if st.form_submit_button(t("save_correction"), icon=":material/save:"):
            given = {
                "type": ActType(type_ or shown.type).value,
                "kind": (kind or None) and str(kind),
                "source": source,
                "target": target,
                "topics": [topic.value for topic in topics],
                "modality": (Modality.HEDGED if hedged else Modality.ASSERTED).value,
                "rebuts": rebuts,
            }
            _send(everything, shown, given, (sentence, cue, content), note.strip(), send)


def _send(
    everything: Corpus,
    shown: Act,
    given: dict[str, Any],
    words: tuple[str, str, str],
    note: str,
    send: Send,
) -> None:
    text = document(everything.documents[shown.document]).document.text
    try:
        changes = _changed(shown, given) | _spans(text, shown, *words)
    except NotThere as error:
        st.warning(t("words_not_there"), icon=":material/search_off:")
        st.text(one_line(str(error), 300))
        return
    if not changes:
        st.warning(t("nothing_changed"), icon=":material/edit_off:")
        return
    send(Wish(Decision.CORRECTED, note, changes))
    st.rerun()


def _changed(shown: Act, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that differ from what holds now."""
    now: dict[str, Any] = {
        "type": shown.type.value,
        "kind": shown.kind.value if shown.kind else None,
        "source": _name_of(shown.source),
        "target": _name_of(shown.target),
        "topics": [topic.value for topic in shown.topics],
        "modality": shown.modality.value,
        "rebuts": list(shown.rebuts),
    }
    return {name: value for name, value in given.items() if value != now[name]}


def _spans(text: str, shown: Act, sentence: str, cue: str, content: str) -> dict[str, Any]:
    """Return the places of the words that were changed.

    Raises:
        NotThere: words do not stand in the text.
    """
    changes: dict[str, Any] = {}
    place = Quote(shown.start, shown.end, shown.sentence)
    if sentence.split() != shown.sentence.split():
        place = _find(text, sentence, shown.start)
        changes |= {"start": place.start, "end": place.end, "sentence": place.text}
    if changes or cue.split() != shown.cue.text.split():
        found = _find(text[: place.end], cue, shown.cue.start, place.start)
        if found != shown.cue:
            changes["cue"] = found._asdict()
    if content.split() != (shown.content.text.split() if shown.content else []):
        near = shown.content.start if shown.content else place.start
        changes["content"] = _find(text, content, near)._asdict() if content.strip() else None
    return changes


def _find(text: str, words: str, near: int, start: int = 0) -> Quote:
    """Return where words stand in a text, nearest to a place; breaks of lines do not matter."""
    parts = words.split()
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found = [Quote(*match.span(), match[0]) for match in pattern.finditer(text, start)] if parts else []
    if not found:
        raise NotThere(words)
    return min(found, key=lambda quote: abs(quote.start - near))


def _party_box(everything: Corpus, party: Party, label: str, widget: str) -> dict[str, str]:
    """Draw a box with all actors, into which a new name can be typed; return name and side."""
    offered = dict.fromkeys([key(party.iri), *list(everything.actors)[:OFFERED]])
    chosen = st.selectbox(
        t(label),
        list(offered),
        format_func=lambda name: actor_label(everything, name),
        accept_new_options=True,
        key=widget,
    )
    if chosen in everything.actors:
        return _name_of(everything.actors[chosen])
    return _named(one_line(chosen or "", 120)) if chosen else _name_of(party)


def _named(name: str) -> dict[str, str]:
    """Return a party that was typed in: one that the gazetteer knows, or a new one that is its own side."""
    words = name.split()
    for language in ("en", "fr"):
        for match in load_gazetteer().find(words, language):
            if (match.start, match.end) == (0, len(words)):
                return {"name": match.entry.name, "side": match.entry.side}
    return {"name": name, "side": slug(name).replace("-", " ") or name.casefold()}


def _name_of(party: Party) -> dict[str, str]:
    return {"name": party.name, "side": party.side}


def _answered_box(everything: Corpus, shown: Act, widget: str) -> list[str]:
    """Draw a box with the accusations of the document, and return those that the act answers."""
    acts = document(everything.documents[shown.document]).acts
    offered = {act.id: act for act in acts if act.type is ActType.ACCUSATION and act.id != shown.id}
    rest: Sequence[str] = [name for name in shown.rebuts if name not in offered]
    chosen = st.multiselect(
        t("answers_what"),
        list(offered),
        default=[name for name in shown.rebuts if name in offered],
        format_func=lambda name: f"{describe(offered[name])} — {one_line(offered[name].sentence, 90)}",
        placeholder=t("none"),
        key=widget,
    )
    order = list(offered)
    return [*rest, *sorted(chosen, key=order.index)]


def _type(type_: ActType) -> str:
    return t(f"type_{type_.value}")
