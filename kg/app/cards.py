"""An act with its evidence, lists of acts, and the states that every list has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kg.app import state
from kg.app.links import link
from kg.app.texts import date_text, t
from kg.model import Act, ActType, Modality, Party
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.index.rows import Entry, Judgement
from kg.views.style import NODE_STYLES, kind_of
from kg.views.text import as_html, as_markdown, one_line

PAGE_SIZE = 10
MOST_SHOWN = 500
"""Acts of a list that are drawn as cards at most; files hold them all."""
LINKS = ("statement", "graph", "dispute", "review")
"""Pages that an act leads to."""


def party_name(party: Party) -> str:
    """Return an actor's name as readers see it."""
    return one_line(party.name, 80) if party.name and party.name != "unnamed" else t("unnamed")


def type_name(act: Act) -> str:
    """Return the kind of an act in words; a counter-accusation says so."""
    if act.counter and act.type is ActType.ACCUSATION:
        return t("counter_accusation")
    return t(f"type_{act.type.value}")


def parties(act: Act) -> str:
    """Return from whom to whom an act goes."""
    return f"{party_name(act.source)} → {party_name(act.target)}"


def describe(act: Act) -> str:
    """Return an act in one line of plain words."""
    return f"{type_name(act)}: {parties(act)}"


def act_markup(act: Act, corpus: Corpus, number: int | None = None, role: str = "") -> str:
    """Return an act as a card: who, to whom, the quoted words, from where, how sure, who checked it.

    Args:
        act: the act.
        corpus: where it is from.
        number: its number in the text.
        role: words for what it does in a dispute.
    """
    place = f"{number}. " if number else ""
    part = f'<span class="ct-role">{as_html(role)}</span> ' if role else ""
    kind = kind_of(act.type)
    language = as_html(corpus.language_of(act))
    sign = f'<span aria-hidden="true">{NODE_STYLES[kind].sign}</span>'
    return (
        f'<article class="ct-card ct-card-{kind}">'
        f'<p class="ct-head">{part}<span class="ct-kind">{sign} '
        f"{place}{as_html(type_name(act))}</span> {_parties(act)}</p>"
        f'<blockquote lang="{language}">{_quote(act)}</blockquote>'
        f'<p class="ct-facts">{_facts(act, corpus)}</p></article>'
    )


def _parties(act: Act) -> str:
    via = "".join(f" {as_html(t('via', name=party_name(party)))}" for party in act.via)
    source, target = as_html(party_name(act.source)), as_html(party_name(act.target))
    return f'<b>{source}</b> <span aria-label="{as_html(t("towards"))}">→</span> <b>{target}</b>{via}'


def _quote(act: Act) -> str:
    """Return the sentence with its cue in bold."""
    start, end = act.cue.start - act.start, act.cue.end - act.start
    if not 0 <= start < end <= len(act.sentence):
        return as_html(act.sentence)
    parts = act.sentence[:start], act.sentence[start:end], act.sentence[end:]
    return f"{as_html(parts[0])}<strong>{as_html(parts[1])}</strong>{as_html(parts[2])}"


def _facts(act: Act, corpus: Corpus) -> str:
    entry = corpus.documents.get(act.document)
    facts = [t(f"topic_{topic.value}") for topic in act.topics]
    if act.kind:
        facts.append(t(f"kind_{act.kind.value}"))
    if act.modality is Modality.HEDGED:
        facts.append(t("hedged"))
    if act.type is ActType.ACCUSATION and not corpus.is_answered(act.id):
        facts.append(t("unanswered_one"))
    facts.append(t("confidence", percent=f"{act.confidence:.0%}"))
    judgement = corpus.judgements([act.id]).get(act.id)
    if judgement and judgement.decision:
        facts.append(decided_words(judgement))
    where = [date_text(entry.metadata.date), one_line(entry.title, 80)] if entry else []
    chips = "".join(f'<span class="ct-chip">{as_html(one_line(fact, 60))}</span>' for fact in facts)
    return f'<span class="ct-where">{as_html(" · ".join(where))}</span>{chips}'


def decided_words(judgement: Judgement) -> str:
    """Return who decided what about a record, and when."""
    day = date_text(judgement.moment[:10])
    return t(f"decided_{judgement.decision}", name=one_line(judgement.reviewer, 40), date=day)


def show_act(
    act: Act,
    corpus: Corpus,
    *,
    links: Sequence[str] = LINKS,
    number: int | None = None,
    role: str = "",
) -> None:
    """Draw one act, with links to its statement, its place in the graph, its dispute and its review."""
    with st.container(gap=None):
        st.html(act_markup(act, corpus, number, role))
        entry = corpus.documents.get(act.document)
        if links and entry:
            _show_links(act, entry, corpus.thread_of(act.id) if "dispute" in links else "", links)


def _show_links(act: Act, entry: Entry, thread: str, links: Sequence[str]) -> None:
    with st.container(horizontal=True, gap="small"):
        if "statement" in links:
            link("statement", t("to_statement"), icon=":material/article:", doc=entry.key, act=act.id)
        if "graph" in links:
            link("graph", t("to_graph"), icon=":material/hub:", level="acts", node=act.id)
        if thread:
            link("dispute", t("to_dispute"), icon=":material/forum:", dispute=thread)
        if "review" in links:
            link("review", t("to_review"), icon=":material/fact_check:", act=act.id)


def show_acts(
    read: Callable[[int], Sequence[Act]],
    total: int,
    corpus: Corpus,
    *,
    name: str,
    links: Sequence[str] = LINKS,
) -> None:
    """Draw a list of acts, ten at first and more on request; says how many of how many.

    Args:
        read: returns that many of the acts, the first ones.
        total: how many there are.
        corpus: where they are from.
        name: of the list, within the session.
        links: pages that each act leads to.
    """
    shown = state.count_of("n", PAGE_SIZE, MOST_SHOWN)
    for act in read(shown):
        show_act(act, corpus, links=links)
    if total > shown:
        st.text(t("showing_acts", shown=shown, total=total))
        show_more(total - shown, shown, name)


def show_more(left: int, shown: int, name: str, step: int = PAGE_SIZE) -> None:
    """Draw the button that shows more of a list; how many are shown is in the link."""
    if shown >= MOST_SHOWN:
        return
    st.button(
        t("more", n=min(step, left)), key=f"more_{name}", on_click=state.write, args=("n", str(shown + step))
    )


def show_these(acts: Sequence[Act], corpus: Corpus, *, name: str, links: Sequence[str] = LINKS) -> None:
    """Draw a list of acts that are at hand, like :func:`show_acts`."""
    show_acts(lambda shown: acts[:shown], len(acts), corpus, name=name, links=links)


def say_empty(corpus: Corpus) -> bool:
    """Say what to do when the store holds nothing; return whether it does."""
    if corpus.documents:
        return False
    st.info(t("empty_store"), icon=":material/inbox:")
    link("exchange", t("go_import"), icon=":material/upload:")
    return True


def say_no_result(corpus: Corpus, choice: Choice, clear: Callable[[str], None]) -> None:
    """Say that nothing passes the filters, and which one is the cause."""
    cause = corpus.blocking(choice)
    words = t("no_result_because", filter=t(f"filter_{cause}")) if cause else t("no_result")
    st.info(words, icon=":material/filter_alt_off:")
    if cause:
        st.button(t("clear_filter", filter=t(f"filter_{cause}")), on_click=clear, args=(cause,))


def actor_label(corpus: Corpus, actor: str) -> str:
    """Return an actor's name for a list of options (plain text there)."""
    party = corpus.actors.get(actor)
    if party is None:
        return actor
    side = f" ({party.side})" if party.side and party.side not in (party.name, "unnamed") else ""
    return party_name(party) + side


def as_label(text: str) -> str:
    """Return untrusted text for a place that renders Markdown."""
    return as_markdown(text, 90)
