"""The Graph page: its filters, the picture, and the detail of what was clicked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import streamlit as st
from pyvis.network import Network

from kg.app import filters, state
from kg.app.cards import say_empty, show_acts
from kg.app.components import show_figure, show_graph
from kg.app.data import generation
from kg.app.downloads import save_button, save_rows
from kg.app.links import link
from kg.app.settings import store_path
from kg.app.texts import language, t
from kg.model import Act
from kg.views.corpus import Choice, Corpus, select, topics_of
from kg.views.gexf import picture_gexf
from kg.views.graph import (
    DRAWN,
    Excerpt,
    act_graph,
    actor_graph,
    count_pairs,
    edge_id,
    excerpt,
    filtered,
    kinds_in,
    relations_in,
)
from kg.views.layout import Position, place
from kg.views.legend import legend_markup
from kg.views.network import build_network, standalone_page
from kg.views.sides import is_named, side_end, side_key
from kg.views.style import EDGE_STYLES, NODE_STYLES, NodeKind, Relation
from kg.views.text import as_html

LEVELS = ("sides", "actors", "acts")
"""From few nodes to many; the first is the default."""
MOST = 1_000
"""Nodes drawn at most, whatever is asked for."""
STEP = 20
PLACED = 2 * DRAWN
"""Nodes up to which the whole graph is placed: beyond, a filtered part would lie scattered."""


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
    selected = _graph(everything, view.level, select(everything, view.choice))
    base, scope = (whole, Choice()) if len(whole) <= PLACED else (selected, view.choice)
    positions = _positions(str(store_path()), generation(), view.level, scope, base)
    graph = _pick(selected, view)
    left, right = st.columns([2.3, 1], gap="medium")
    with left:
        network = _draw(graph, positions)
        _say_size(everything, graph, whole)
    with right:
        _show_detail(everything, graph.graph)
    _show_table(everything, graph.graph, network)


def _ask(everything: Corpus) -> View:
    first = st.columns([2.6, 2.2, 2.2, 1.5, 1.5], vertical_alignment="bottom")
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
    if focus and level == "sides":
        focus = side_key(everything.actors[focus].side)
    return View(
        level, Choice(topics=topics, since=since, until=until), focus, depth if focus else None, limit
    )


def _graph(everything: Corpus, level: str, acts: list[Act]) -> nx.MultiDiGraph:
    if level == "acts":
        return act_graph(acts, everything.titles)
    if level == "actors":
        return actor_graph(count_pairs(acts))
    return actor_graph(count_pairs(acts, side_end(everything.side_names(language()))))


def _whole(everything: Corpus, level: str) -> nx.MultiDiGraph:
    return _graph(everything, level, list(everything.acts))


@st.cache_resource(max_entries=6, show_spinner=False)
def _positions(
    store: str, generation: int, level: str, scope: Choice, _graph: nx.MultiDiGraph
) -> Mapping[str, Position]:
    """Place the whole graph, so that nothing moves when a filter changes, or a part of one too large.

    The graph follows from the other arguments, which name the result.
    """
    return place(excerpt(_graph, DRAWN).graph)


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
    show_graph(
        network,
        state.read("node") or None,
        _chose,
        key="graph",
        height=560,
        name=name,
        caption=f"{t('export_title')} — {name} — ClaimTrack",
    )
    legend = legend_markup(graph, lambda kind: t(f"node_{kind}"), lambda relation: t(f"relation_{relation}"))
    show_figure(legend, lambda _: None, key="legend", name=t("legend"))
    return network


def _chose(name: str) -> None:
    state.write("node", name)


def _say_size(everything: Corpus, shown: Excerpt, whole: nx.MultiDiGraph) -> None:
    graph = shown.graph
    hidden = whole.number_of_nodes() - shown.nodes_in_all
    words = t("graph_size", shown=graph.number_of_nodes(), total=whole.number_of_nodes())
    st.text(words + (f" {t('graph_hidden', n=hidden)}" if hidden > 0 else ""))
    if st.query_params.get("level", LEVELS[0]) == LEVELS[0]:
        _say_unnamed(everything)
    if shown.is_cut and graph.number_of_nodes() < MOST:
        more = int(state.read("more", "0") or 0) + 1
        st.button(t("more_nodes", n=STEP), on_click=state.write, args=("more", str(more)))


def _say_unnamed(everything: Corpus) -> None:
    unnamed = sum(not (is_named(act.source) and is_named(act.target)) for act in everything.acts)
    if unnamed:
        st.text(t("graph_unnamed", n=unnamed))


def _show_detail(everything: Corpus, graph: nx.MultiDiGraph) -> None:
    names = sorted(graph, key=lambda name: (graph.nodes[name]["kind"], graph.nodes[name]["label"].casefold()))
    edges = {edge_id(s, r, d): edge for s, d, r, edge in graph.edges(keys=True, data=True)}
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
    kind: NodeKind = graph.nodes[name]["kind"]
    if kind is NodeKind.ACTOR:
        _show_actor(everything, graph, name)
    elif kind is NodeKind.DOCUMENT:
        link("statement", t("read_statement"), icon=":material/article:", doc=everything.documents[name].key)
        _show_evidence(everything, tuple(act.id for act in everything.acts if act.document == name), name)
    else:
        answers = everything.answers.get(name, ())
        linked = (name, *everything.by_id[name].rebuts, *(act.id for act in answers))
        _show_evidence(everything, linked, name)


def _show_actor(everything: Corpus, graph: nx.MultiDiGraph, name: str) -> None:
    st.html(f'<h2 class="ct-title">{as_html(graph.nodes[name]["label"])}</h2>')
    if name in everything.actors:
        with st.container(horizontal=True, gap="small"):
            st.button(t("only_around"), on_click=state.write, args=("focus", name), icon=":material/adjust:")
            link("claims", t("all_claims"), icon=":material/table_rows:", actor=name)
    edges = (*graph.out_edges(name, data=True), *graph.in_edges(name, data=True))
    acts = dict.fromkeys(act for _, _, edge in edges for act in edge["acts"])
    _show_evidence(everything, tuple(acts), name)


def _show_evidence(everything: Corpus, names: tuple[str, ...], key: str) -> None:
    acts = [everything.by_id[name] for name in names if name in everything.by_id]
    st.text(t("n_acts", n=len(acts)))
    with st.container(height=470, border=False):
        show_acts(acts, everything, name=f"graph_{key}", links=("statement",))


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
        save_button(
            "GEXF (Gephi)", lambda: picture_gexf(graph), "graph.gexf", "application/xml", key="gexf_graph"
        )
    st.text(t("save_page_note"))


def _page(network: Network, graph: nx.MultiDiGraph) -> str:
    note = t("graph_name", nodes=graph.number_of_nodes(), edges=graph.number_of_edges())
    return standalone_page(network, t("export_title"), note, st.session_state.get("lang", "en"))
