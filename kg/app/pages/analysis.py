"""Analysis: what stands out in the whole, as tables, pictures and a report."""

from __future__ import annotations

from kg.app.analysis_page import show_analysis
from kg.app.data import corpus

show_analysis(corpus())
