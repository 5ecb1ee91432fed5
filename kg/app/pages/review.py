"""Review: check what the machine read, the least certain first."""

from __future__ import annotations

from kg.app.data import corpus
from kg.app.review_page import show_review

show_review(corpus())
