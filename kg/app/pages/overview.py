"""Overview: what is in here, most contested, who accuses whom, unanswered, latest."""

from __future__ import annotations

from kg.app.data import corpus
from kg.app.overview_page import show_overview

show_overview(corpus())
