"""Timeline: acts in time, a lane an actor."""

from __future__ import annotations

from kg.app.data import corpus
from kg.app.timeline_page import show_timeline

show_timeline(corpus())
