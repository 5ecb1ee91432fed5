"""Composes the stages.  Read this first."""

from __future__ import annotations

from kg.model import Document, Extraction


def extract(document: Document) -> Extraction:
    """Find the acts of one document."""
    return Extraction(document, ())
