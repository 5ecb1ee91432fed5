"""The store: one writer, many readers, SPARQL over everything."""

from kg.store.store import Outcome, Stats, Store, open_store

__all__ = ["Outcome", "Stats", "Store", "open_store"]
