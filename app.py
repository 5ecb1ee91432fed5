"""The app for `streamlit run app.py`; `kg app` opens the same one."""

import streamlit as st

from kg.app.server import MIDDLEWARE, ROUTES, SCRIPT, say_error

app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=say_error)
