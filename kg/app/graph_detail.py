"""What the Graph page shows of the node or link that was clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import networkx as nx
import streamlit as st

from kg.app import state
from kg.app.cards import show_acts, show_these
from kg.app.links import link
from kg.app.texts import t
from kg.model import Act
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.graph import edge_id
from kg.views.pairs import Level
from kg.views.style import NODE_STYLES, NodeKind, Relation, types_of
from kg.views.text import as_html

_LINKS = ("statement",)


def show_detail(everything: Corpus, level: str, choice: Choice, graph: nx.MultiDiGraph) -> None:
    """Draw the list of nodes and links, and what is behind the one that is chosen.

    Args:
        everything: where the acts are.
        level: what nodes stand for.
        choice: the filters of the picture, which hold for the evidence too.
        graph: what is drawn.
    """
    names = sorted(graph, key=lambda name: (graph.nodes[name]["kind"], graph.nodes[name]["label"].casefold()))
    edges = {
        edge_id(source, relation, target): relation for source, target, relation in graph.edges(keys=True)
    }
    state.one_of(
        t("choose_node"),
        [*names, *sorted(edges)],
        param="node",
        words=lambda name: _label(graph, name),
        placeholder=t("choose_placeholder"),
    )
    chosen = state.read("node")
    if chosen in graph:
        _show_node(everything, level, choice, graph, chosen)
    elif chosen in edges:
        _show_edge(everything, level, choice, chosen)
    else:
        st.text(t("choose_hint"))


def _label(graph: nx.MultiDiGraph, name: str) -> str:
    if name in graph:
        node = graph.nodes[name]
        return f"{NODE_STYLES[node['kind']].sign} {node['label']}"
    source, relation, target = name.split("~")
    words = t(f"relation_{relation}")
    return f"{graph.nodes[source]['label']} {words} {graph.nodes[target]['label']}"


def _show_node(everything: Corpus, level: str, choice: Choice, graph: nx.MultiDiGraph, name: str) -> None:
    kind: NodeKind = graph.nodes[name]["kind"]
    if kind is NodeKind.ACTOR:
        _show_actor(everything, level, choice, graph.nodes[name]["label"], name)
    elif kind is NodeKind.DOCUMENT:
        link("statement", t("read_statement"), icon=":material/article:", doc=everything.documents[name].key)
        _show_chosen(everything, replace(choice, document=name), name)
    else:
        _show_listed(everything, _with_its_answers(everything, name), name)


def _show_actor(everything: Corpus, level: str, choice: Choice, label: str, name: str) -> None:
    st.html(f'<h2 class="ct-title">{as_html(label)}</h2>')
    if level == Level.SIDES:
        _show_chosen(everything, replace(choice, either_side=everything.sides[name]), name)
        return
    with st.container(horizontal=True, gap="small"):
        st.button(t("only_around"), on_click=state.write, args=("focus", name), icon=":material/adjust:")
        link("claims", t("all_claims"), icon=":material/table_rows:", actor=name)
    _show_chosen(everything, replace(choice, actor=name), name)


def _show_edge(everything: Corpus, level: str, choice: Choice, name: str) -> None:
    source, relation, target = name.split("~")
    types = tuple(type_.value for type_ in types_of(Relation(relation)))
    if level == Level.SIDES:
        sides = everything.sides
        _show_chosen(
            everything,
            replace(choice, types=types, source_side=sides[source], target_side=sides[target]),
            name,
        )
    elif level == Level.ACTORS:
        _show_chosen(everything, replace(choice, types=types, source=source, target=target), name)
    else:
        _show_listed(everything, everything.by_id([source, target]), name)


def _with_its_answers(everything: Corpus, name: str) -> Sequence[Act]:
    acts = everything.by_id([name])
    return [*acts, *everything.by_id([a for act in acts for a in act.rebuts]), *everything.answers_to([name])]


def _show_chosen(everything: Corpus, choice: Choice, name: str) -> None:
    total = everything.count(choice)
    st.text(t("n_acts", n=total))
    with st.container(height=470, border=False):
        show_acts(
            lambda shown: everything.acts(choice, shown, order="newest"),
            total,
            everything,
            name=f"graph_{name}",
            links=_LINKS,
        )


def _show_listed(everything: Corpus, acts: Sequence[Act], name: str) -> None:
    st.text(t("n_acts", n=len(acts)))
    with st.container(height=470, border=False):
        show_these(acts, everything, name=f"graph_{name}", links=_LINKS)
