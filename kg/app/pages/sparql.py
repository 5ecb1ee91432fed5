"""SPARQL: saved questions, an editor, a table, downloads."""

from __future__ import annotations

from kg.app.sparql_page import show_sparql

show_sparql()
