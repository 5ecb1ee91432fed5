"""The Graph page: its filters, the picture, and the detail of what was clicked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import streamlit as st
from pyvis.network import Network

from kg.app import filters, state
from kg.app.cards import actor_label, say_empty, show_acts
from kg.app.components import show_graph
from kg.app.data import generation
from kg.app.downloads import save_button, save_rows
from kg.app.links import link
from kg.app.settings import store_path
from kg.app.texts import t
from kg.model import Act
from kg.views.corpus import Choice, Corpus, select, topics_of
from kg.views.graph import (
    DRAWN,
    Excerpt,
    act_graph,
    actor_graph,
    count_pairs,
    excerpt,
    filtered,
    kinds_in,
    relations_in,
)
from kg.views.layout import Position, place
from kg.views.legend import legend_markup
from kg.views.network import build_network, standalone_page, to_gexf
from kg.views.style import EDGE_STYLES, NODE_STYLES, NodeKind, Relation
from kg.views.text import as_html

LEVELS = ("actors", "acts")
MOST = 1_000
"""Nodes drawn at most, whatever is asked for."""
STEP = 20


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for: level of detail, filters, focus and size."""

    level: str
    choice: Choice
    focus: str
    depth: int | None
    limit: int


def show_graph_page(everything: Corpus) -> None:
    """Draw the page."""
    if say_empty(everything):
        return
    view = _ask(everything)
    whole = _whole(everything, view.level)
    positions = _positions(str(store_path()), generation(), view.level, whole)
    chosen_acts = select(everything, view.choice)
    graph = _pick(_graph(everything, view.level, chosen_acts), view)
    left, right = st.columns([3, 1.15], gap="medium")
    with left:
        network = _draw(graph, positions)
        _say_size(graph, whole)
    with right:
        _show_detail(everything, graph.graph)
    _show_table(everything, graph.graph, network)


def _ask(everything: Corpus) -> View:
    first = st.columns([2.2, 2.4, 2.4, 1.2, 1.2], vertical_alignment="bottom")
    with first[0]:
        level = state.switch(t("level"), LEVELS, param="level", words=lambda name: t(f"level_{name}"))
    with first[1]:
        focus = filters.actor_box(everything, t("around"), "focus")
    with first[2]:
        topics = state.any_of(
            t("filter_topics"),
            [topic.value for topic in topics_of(everything.acts)],
            param="topic",
            words=lambda topic: t(f"topic_{topic}"),
            placeholder=t("any"),
        )
    since, until = filters.show_days(everything, first[3:])
    extra = int(state.read("more", "0")) if state.read("more", "0").isdigit() else 0
    limit = min(MOST, DRAWN + extra * STEP)
    depth = 2 if level == "acts" else 1
    return View(
        level, Choice(topics=topics, since=since, until=until), focus, depth if focus else None, limit
    )


def _graph(everything: Corpus, level: str, acts: list[Act]) -> nx.MultiDiGraph:
    return act_graph(acts, everything.titles) if level == "acts" else actor_graph(count_pairs(acts))


def _whole(everything: Corpus, level: str) -> nx.MultiDiGraph:
    return _graph(everything, level, list(everything.acts))


@st.cache_resource(max_entries=6, show_spinner=False)
def _positions(_store: str, _generation: int, level: str, _whole: nx.MultiDiGraph) -> Mapping[str, Position]:
    """Place the largest part of the unfiltered graph, so that nothing moves when a filter changes."""
    return place(excerpt(_whole, DRAWN).graph)


def _pick(graph: nx.MultiDiGraph, view: View) -> Excerpt:
    kinds = [kind for kind in NodeKind if kinds_in(graph)[kind]]
    relations = [relation for relation in Relation if relations_in(graph)[relation]]
    with st.container(horizontal=True, gap="medium"):
        shown = set(kinds)
        if len(kinds) > 1:
            shown = {NodeKind(name) for name in _kind_pills(kinds)}
        wanted = {Relation(name) for name in _relation_pills(relations)} if relations else set()
    return excerpt(filtered(graph, shown, wanted), view.limit, view.focus or None, view.depth)


def _kind_pills(kinds: list[NodeKind]) -> tuple[str, ...]:
    return state.some_of(
        t("show_kinds"),
        [kind.value for kind in kinds],
        param="kinds",
        words=lambda kind: f"{NODE_STYLES[NodeKind(kind)].sign} {t(f'node_{kind}')}",
    )


def _relation_pills(relations: list[Relation]) -> tuple[str, ...]:
    return state.some_of(
        t("show_relations"),
        [relation.value for relation in relations],
        param="rel",
        words=lambda relation: f"{EDGE_STYLES[Relation(relation)].sign} {t(f'relation_{relation}')}",
    )


def _draw(shown: Excerpt, positions: Mapping[str, Position]) -> Network:
    graph = shown.graph
    network = build_network(graph, place(graph, positions), lambda relation: t(f"relation_{relation.value}"))
    if not len(graph):
        st.info(t("graph_nothing"), icon=":material/filter_alt_off:")
        st.button(t("clear_all"), on_click=state.clear, args=("topic", "from", "to", "kinds", "rel", "focus"))
        return network
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    name = t("graph_name", nodes=nodes, edges=edges)
    show_graph(network, state.read("node") or None, name, _chose, key="graph", height=600)
    st.html(legend_markup(graph, lambda kind: t(f"node_{kind}"), lambda relation: t(f"relation_{relation}")))
    return network


def _chose(name: str) -> None:
    state.write("node", name)


def _say_size(shown: Excerpt, whole: nx.MultiDiGraph) -> None:
    graph = shown.graph
    hidden = whole.number_of_nodes() - shown.nodes_in_all
    words = t("graph_size", shown=graph.number_of_nodes(), total=whole.number_of_nodes())
    st.text(words + (f" {t('graph_hidden', n=hidden)}" if hidden > 0 else ""))
    if shown.is_cut and graph.number_of_nodes() < MOST:
        more = int(state.read("more", "0") or 0) + 1
        st.button(t("more_nodes", n=STEP), on_click=state.write, args=("more", str(more)))


def _show_detail(everything: Corpus, graph: nx.MultiDiGraph) -> None:
    names = sorted(graph, key=lambda name: (graph.nodes[name]["kind"], graph.nodes[name]["label"].casefold()))
    edges = {f"{s}~{r.value}~{d}": edge for s, d, r, edge in graph.edges(keys=True, data=True)}
    state.one_of(
        t("choose_node"),
        [*names, *sorted(edges)],
        param="node",
        words=lambda name: _label(graph, edges, name),
        placeholder=t("choose_placeholder"),
    )
    chosen = state.read("node")
    if chosen in graph:
        _show_node(everything, graph, chosen)
    elif chosen in edges:
        _show_evidence(everything, edges[chosen]["acts"], chosen)
    else:
        st.text(t("choose_hint"))


def _label(graph: nx.MultiDiGraph, edges: Mapping[str, object], name: str) -> str:
    if name in graph:
        node = graph.nodes[name]
        return f"{NODE_STYLES[node['kind']].sign} {node['label']}"
    source, relation, target = name.split("~")
    words = t(f"relation_{relation}")
    return f"{graph.nodes[source]['label']} {words} {graph.nodes[target]['label']}"


def _show_node(everything: Corpus, graph: nx.MultiDiGraph, name: str) -> None:
    node = graph.nodes[name]
    kind: NodeKind = node["kind"]
    if kind is NodeKind.ACTOR:
        st.html(f'<h2 class="ct-title">{as_html(actor_label(everything, name))}</h2>')
        with st.container(horizontal=True, gap="small"):
            st.button(t("only_around"), on_click=state.write, args=("focus", name), icon=":material/adjust:")
            link("claims", t("all_claims"), icon=":material/table_rows:", actor=name)
        touching = [
            e["acts"] for _, _, e in (*graph.out_edges(name, data=True), *graph.in_edges(name, data=True))
        ]
        _show_evidence(everything, tuple(dict.fromkeys(act for acts in touching for act in acts)), name)
    elif kind is NodeKind.DOCUMENT:
        entry = everything.documents[name]
        link("statement", t("read_statement"), icon=":material/article:", doc=entry.key)
        _show_evidence(everything, tuple(a.id for a in everything.acts if a.document == name), name)
    else:
        answers = everything.answers.get(name, ())
        _show_evidence(everything, (name, *everything.by_id[name].rebuts, *(a.id for a in answers)), name)


def _show_evidence(everything: Corpus, names: tuple[str, ...], key: str) -> None:
    acts = [everything.by_id[name] for name in names if name in everything.by_id]
    st.text(t("n_acts", n=len(acts)))
    with st.container(height=470, border=False):
        show_acts(acts, everything, name=f"graph_{key}")


def _show_table(everything: Corpus, graph: nx.MultiDiGraph, network: Network) -> None:
    rows = [
        {
            "source": graph.nodes[source]["label"],
            "relation": t(f"relation_{relation.value}"),
            "target": graph.nodes[target]["label"],
            "count": edge["count"],
        }
        for source, target, relation, edge in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3])
    ]
    with st.expander(t("as_table", n=len(rows))):
        st.dataframe(
            rows,
            hide_index=True,
            column_config={c: t(f"column_{c}") for c in ("source", "relation", "target", "count")},
        )
    with st.container(horizontal=True, gap="small"):
        save_rows(rows, ("source", "relation", "target", "count"), name="graph")
        save_button(
            t("save_page"), lambda: _page(network, graph), "graph.html", "text/html", key="html_graph"
        )
        save_button("GEXF (Gephi)", lambda: to_gexf(graph), "graph.gexf", "application/xml", key="gexf_graph")
    st.text(t("save_page_note"))


def _page(network: Network, graph: nx.MultiDiGraph) -> str:
    note = t("graph_name", nodes=graph.number_of_nodes(), edges=graph.number_of_edges())
    return standalone_page(network, t("export_title"), note, st.session_state.get("lang", "en"))
