"""Our own drawing parts, as Streamlit components (version 2): the graph, a figure, the page's language.

Their scripts are files, because inline ones would be loaded from ``blob:`` addresses, which the
Content-Security-Policy forbids.  Streamlit finds such files through a manifest in an installed package of the
same name as the project; ours is called differently, so the manifest is registered here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from pyvis.network import Network
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from kg.app.texts import t
from kg.views.network import network_data

_PARTS = ("graph", "figure", "language")
_GRAPH = """
<div class="graph">
  <div class="canvas" tabindex="0" role="application"></div>
  <div class="tools">
    <button type="button" data-does="in">+</button>
    <button type="button" data-does="out">−</button>
    <button type="button" data-does="fit">⤢</button>
    <button type="button" data-does="save">⤓</button>
  </div>
  <div class="live" aria-live="polite"></div>
</div>
"""


def _mount(part: str, **look: Any) -> Callable[..., Any]:
    """Register one of our parts (cheap, and needed again when the server restarts in one process)."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"claimtrack.{part}") is None:
        configs = [ComponentConfig(name, "assets") for name in _PARTS]
        manager.register_from_manifest(ComponentManifest("claimtrack", "1", configs), Path(__file__).parent)
    component: Callable[..., Any] = st.components.v2.component(f"claimtrack.{part}", js=f"{part}.js", **look)
    return component


def show_graph(
    network: Network,
    chosen: str | None,
    on_click: Callable[[str], None],
    *,
    key: str,
    height: int,
    name: str,
    caption: str,
) -> None:
    """Draw a network; ``on_click`` gets the name of the clicked node or edge, empty for the ground.

    Args:
        network: what :func:`kg.views.network.build_network` made.
        chosen: the node or edge to stand out.
        on_click: runs before the page is drawn again.
        key: name of the instance in the session.
        height: pixels.
        name: what the picture shows, for those who do not see it.
        caption: line under the picture when it is saved as an image.
    """
    drawn = network_data(network)
    version = hashlib.sha256(json.dumps(drawn, sort_keys=True).encode()).hexdigest()
    buttons = {does: t(f"zoom_{does}") for does in ("in", "out", "fit", "save")}
    data = drawn | {
        "version": version,
        "chosen": chosen or "",
        "name": name,
        "caption": caption,
        "buttons": buttons,
        "height": height,
    }
    _mount("graph", html=_GRAPH, css="graph.css")(
        key=key, data=data, on_clicked_change=lambda: on_click(st.session_state[key].clicked or "")
    )


def show_figure(
    markup: str,
    on_choose: Callable[[str], None],
    *,
    key: str,
    style: str = "",
    language: str = "",
    name: str = "",
) -> None:
    """Show markup whose parts with a ``data-id`` can be chosen; ``on_choose`` gets that id.

    Args:
        markup: from :mod:`kg.views`, with every text in it escaped.
        on_choose: runs before the page is drawn again.
        key: name of the instance in the session.
        style: further CSS classes.
        language: language of the text, if one.
        name: what it is, for those who do not see it.
    """
    data = {"html": markup, "class": style, "lang": language, "name": name}
    _mount("figure", html='<div class="ct-figure"></div>', isolate_styles=False)(
        key=key, data=data, on_chosen_change=lambda: _told(key, on_choose)
    )


def _told(key: str, on_choose: Callable[[str], None]) -> None:
    chosen = st.session_state[key].chosen
    if chosen:
        on_choose(chosen)


def set_language(language: str) -> None:
    """Tell the browser in which language the page is."""
    _mount("language")(key="_language", data=language, height=1)
