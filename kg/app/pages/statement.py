"""Statement: the text with its acts marked, and the acts beside it."""

from __future__ import annotations

from kg.app.data import corpus
from kg.app.statement_page import show_statement

show_statement(corpus())
