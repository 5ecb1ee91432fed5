"""Graph: who accuses whom, or every act; a click shows the evidence."""

from __future__ import annotations

import streamlit as st

from kg.app.data import corpus
from kg.app.graph_page import show_graph_page
from kg.app.texts import t

st.title(t("page_graph"))
st.text(t("about_graph"))
show_graph_page(corpus())
