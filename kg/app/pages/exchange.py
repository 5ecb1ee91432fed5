"""Import & export: paste or upload, look, save; the whole graph in six formats."""

from __future__ import annotations

import streamlit as st

from kg.app.export_part import show_export
from kg.app.import_part import show_import
from kg.app.texts import t

st.title(t("page_exchange"))
st.text(t("about_exchange"))
incoming, outgoing = st.tabs([t("tab_import"), t("tab_export")])
with incoming:
    show_import()
with outgoing:
    show_export()
