"""Claims & actors: every act as a table and as cards, with filters and full text search."""

from __future__ import annotations

from kg.app.claims_page import show_claims
from kg.app.data import corpus

show_claims(corpus())
