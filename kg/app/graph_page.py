"""The Graph page: its filters, the picture, and the detail of what was clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import streamlit as st
from pyvis.network import Network

from kg.app import filters, state
from kg.app.cards import say_empty
from kg.app.components import show_figure, show_graph
from kg.app.data import generation
from kg.app.downloads import MOST_IN_TURTLE, save_button, save_rows, turtle_of
from kg.app.graph_detail import show_detail
from kg.app.settings import store_path
from kg.app.texts import language, t
from kg.model import Act, Party
from kg.views.choice import Choice
from kg.views.corpus import Corpus
from kg.views.gexf import picture_gexf
from kg.views.graph import (
    DRAWN,
    act_graph,
    actor_graph,
    edge_id,
    excerpt,
    filtered,
    key,
    kinds_in,
    relations_in,
    thinned,
)
from kg.views.layout import Position, place
from kg.views.legend import legend_markup
from kg.views.network import build_network, standalone_page
from kg.views.pairs import Level, pairs_between, top_nodes
from kg.views.sides import side_key
from kg.views.style import EDGE_STYLES, NODE_STYLES, NodeKind, Relation, relation_of

ACTS = "acts"
LEVELS = (*Level, ACTS)
"""From few nodes to many; the first is the default."""
MOST = 1_000
"""Nodes drawn at most, whatever is asked for."""
MOST_PAIRS = 1_200
"""Relations drawn at most, the most frequent ones: more cover each other and take long to draw."""
STEP = 20
_COLUMNS = ("source", "relation", "target", "count")


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for: level of detail, filters, focus (an actor or side, as the index names it), size."""

    level: str
    choice: Choice
    focus: str
    limit: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The graph to be drawn before kinds and relations are hidden, and the size of the whole.

    ``shown`` and ``total`` count nodes; on the level of acts, acts.  ``is_thinned``: only the most frequent
    relations are drawn.
    """

    graph: nx.MultiDiGraph
    shown: int
    total: int
    is_thinned: bool = False


def show_graph_page(everything: Corpus) -> None:
    """Draw the page."""
    if say_empty(everything):
        return
    view = _ask(everything)
    picture = _picture(everything, view)
    positions = place(
        picture.graph, _positions(str(store_path()), generation(), language(), view, everything)
    )
    graph = _pick(picture.graph)
    left, right = st.columns([2.3, 1], gap="medium")
    with left:
        network = _draw(graph, positions)
        _say_size(everything, view, picture)
    with right:
        show_detail(everything, view.level, view.choice, graph)
    _show_table(everything, view, graph, network)


def _ask(everything: Corpus) -> View:
    first = st.columns([2.6, 2.2, 2.2, 1.5, 1.5], vertical_alignment="bottom")
    with first[0]:
        level = state.switch(t("level"), LEVELS, param="level", words=lambda name: t(f"level_{name}"))
    with first[1]:
        focus = filters.actor_box(everything, t("around"), "focus")
    with first[2]:
        topics = filters.topic_box(everything)
    since, until = filters.show_days(everything, first[3:])
    limit = min(MOST, DRAWN + _extra() * STEP)
    if focus and level == Level.SIDES:
        focus = everything.actors[focus].side
    return View(level, Choice(topics=topics, since=since, until=until), focus, limit)


def _extra() -> int:
    """Return how often more nodes were asked for."""
    asked = state.read("more")
    return int(asked) if asked.isdecimal() and len(asked) < 4 else 0


def _picture(everything: Corpus, view: View) -> Picture:
    if view.level == ACTS:
        return _picture_of_acts(everything, view)
    level = Level(view.level)
    part = top_nodes(everything, level, view.choice, view.limit, view.focus)
    pairs = pairs_between(everything, level, view.choice, part.nodes, language())
    graph = actor_graph(thinned(pairs, MOST_PAIRS))
    return Picture(graph, len(part.nodes), part.total, len(pairs) > MOST_PAIRS)


def _picture_of_acts(everything: Corpus, view: View) -> Picture:
    choice = Choice(view.focus, (), view.choice.topics, view.choice.since, view.choice.until)
    acts = everything.acts(choice, view.limit, order="newest")
    chosen = everything.by_id([state.read("node")])
    answers = everything.answers_to([act.id for act in chosen])
    near = [*chosen, *answers, *everything.by_id([name for act in chosen for name in act.rebuts])]
    documents = {act.document for act in acts} | {act.document for act in near}
    titles = {name: everything.documents[name].title for name in documents if name in everything.documents}
    whole = act_graph([*near, *acts], titles)
    graph = excerpt(whole, view.limit, chosen[0].id if chosen else view.focus or None).graph
    shown = sum(node["kind"] not in (NodeKind.ACTOR, NodeKind.DOCUMENT) for _, node in graph.nodes(data=True))
    return Picture(graph, shown, everything.count(choice))


@st.cache_resource(max_entries=12, show_spinner=False)
def _positions(
    store: str, generation: int, words: str, view: View, _everything: Corpus
) -> Mapping[str, Position]:
    """Place the nodes of most weight, so that nothing moves when a filter changes.

    Acts are too many for that: their picture is placed for what is asked.
    """
    base = view if view.level == ACTS else View(view.level, Choice(), "", DRAWN)
    return place(_picture(_everything, base).graph)


def _pick(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    kinds = [kind for kind in NodeKind if kinds_in(graph)[kind]]
    relations = [relation for relation in Relation if relations_in(graph)[relation]]
    with st.container(horizontal=True, gap="medium"):
        shown = {NodeKind(name) for name in _kind_pills(kinds)} if len(kinds) > 1 else set(kinds)
        wanted = {Relation(name) for name in _relation_pills(relations)} if relations else set()
    return filtered(graph, shown, wanted)


def _kind_pills(kinds: Sequence[NodeKind]) -> tuple[str, ...]:
    return state.some_of(
        t("show_kinds"),
        [kind.value for kind in kinds],
        param="kinds",
        words=lambda kind: f"{NODE_STYLES[NodeKind(kind)].sign} {t(f'node_{kind}')}",
    )


def _relation_pills(relations: Sequence[Relation]) -> tuple[str, ...]:
    return state.some_of(
        t("show_relations"),
        [relation.value for relation in relations],
        param="rel",
        words=lambda relation: f"{EDGE_STYLES[Relation(relation)].sign} {t(f'relation_{relation}')}",
    )


def _draw(graph: nx.MultiDiGraph, positions: Mapping[str, Position]) -> Network:
    network = build_network(graph, positions, lambda relation: t(f"relation_{relation.value}"))
    if not len(graph):
        st.info(t("graph_nothing"), icon=":material/filter_alt_off:")
        st.button(t("clear_all"), on_click=state.clear, args=("topic", "from", "to", "kinds", "rel", "focus"))
        return network
    name = _name(graph)
    show_graph(
        network,
        state.read("node") or None,
        lambda chosen: state.write("node", chosen),
        key="graph",
        height=560,
        name=name,
        caption=f"{t('export_title')} — {name} — ClaimTrack",
    )
    legend = legend_markup(graph, lambda kind: t(f"node_{kind}"), lambda relation: t(f"relation_{relation}"))
    show_figure(legend, lambda _: None, key="legend", name=t("legend"))
    return network


def _name(graph: nx.MultiDiGraph) -> str:
    return t("graph_name", nodes=graph.number_of_nodes(), edges=graph.number_of_edges())


def _say_size(everything: Corpus, view: View, picture: Picture) -> None:
    words = "graph_acts" if view.level == ACTS else "graph_size"
    st.text(t(words, shown=picture.shown, total=picture.total))
    if picture.is_thinned:
        st.text(t("graph_thinned", n=MOST_PAIRS))
    if view.level == Level.SIDES and everything.numbers["unnamed"]:
        st.text(t("graph_unnamed", n=everything.numbers["unnamed"]))
    if picture.shown < picture.total and view.limit < MOST:
        more = str(_extra() + 1)
        st.button(t("more_nodes", n=STEP), on_click=state.write, args=("more", more))


def _show_table(everything: Corpus, view: View, graph: nx.MultiDiGraph, network: Network) -> None:
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    rows = [
        {
            "source": graph.nodes[source]["label"],
            "relation": t(f"relation_{relation.value}"),
            "target": graph.nodes[target]["label"],
            "count": edge["count"],
        }
        for source, target, relation, edge in edges
    ]
    names = [edge_id(source, relation, target) for source, target, relation, _ in edges]
    with st.expander(t("as_table", n=len(rows))):
        st.dataframe(
            rows,
            hide_index=True,
            key="edges",
            on_select=lambda: _pick_edge(names),
            selection_mode="single-row",
            column_config={name: t(f"column_{name}") for name in _COLUMNS},
            alt=_name(graph),
        )
    with st.container(horizontal=True, gap="small"):
        save_rows(
            rows,
            _COLUMNS,
            name="graph",
            turtle=lambda: turtle_of(_behind(everything, view, graph), everything),
        )
        save_button(
            t("save_page"), lambda: _page(network, graph), "graph.html", "text/html", key="html_graph"
        )
        save_button(
            "GEXF (Gephi)", lambda: picture_gexf(graph), "graph.gexf", "application/xml", key="gexf_graph"
        )
    st.text(t("save_page_note"))


def _pick_edge(names: Sequence[str]) -> None:
    rows = st.session_state["edges"].selection.rows
    state.write("node", names[rows[0]] if rows else "")


def _behind(everything: Corpus, view: View, graph: nx.MultiDiGraph) -> list[Act]:
    """Return the acts behind the drawn edges."""
    if view.level == ACTS:
        return everything.by_id(sorted(graph))
    relations = {relation for _, _, relation in graph.edges(keys=True)}

    def end(party: Party) -> str:
        return side_key(party.side) if view.level == Level.SIDES else key(party.iri)

    acts = everything.acts(view.choice, MOST_IN_TURTLE)
    drawn = {(source, target) for source, target in graph.edges()}
    return [
        act
        for act in acts
        if relation_of(act.type) in relations and (end(act.source), end(act.target)) in drawn
    ]


def _page(network: Network, graph: nx.MultiDiGraph) -> str:
    return standalone_page(network, t("export_title"), _name(graph), language())
