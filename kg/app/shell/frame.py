"""The style sheet and the foot of the menu."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kg.app import state
from kg.app.texts import LANGUAGES, t

_STYLE = Path(__file__).parents[1] / "assets" / "page.css"


def show_frame() -> None:
    """Draw what every page has besides its own content."""
    st.html(_STYLE)
    with st.sidebar:
        st.text(t("motto"))
        st.selectbox(
            t("language"),
            list(LANGUAGES),
            key="lang",
            format_func=LANGUAGES.__getitem__,
            on_change=lambda: state.write("lang", st.session_state["lang"]),
        )
