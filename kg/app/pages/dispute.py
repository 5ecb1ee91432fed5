"""Disputes: one allegation, who makes it, who reports it, who answers, in time."""

from __future__ import annotations

from kg.app.data import corpus
from kg.app.dispute_page import show_disputes

show_disputes(corpus())
