"""What is around every page: language, menu, search.  Streamlit runs this script, which runs the page."""

from __future__ import annotations

import streamlit as st

from kg.app.components import set_language
from kg.app.links import menu
from kg.app.search import show_search
from kg.app.shell.frame import show_frame
from kg.app.texts import settle_language, t

settle_language()  # first: the page's title and the menu depend on it
st.set_page_config(page_title=t("app"), page_icon="⚖️", layout="wide")
page = st.navigation(menu(), position="sidebar")
show_frame()
set_language(st.session_state["lang"])
show_search()
page.run()
