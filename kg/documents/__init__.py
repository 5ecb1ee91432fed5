"""Reads what people have into :class:`kg.model.Document`: text, Markdown, HTML, PDF, DOCX, JSONL, CSV.

``sources`` finds the files, ``formats`` turns bytes into words, ``metadata`` and ``inference`` say what
is known about them, ``reading`` composes these.  Start with :func:`kg.documents.reading.read`.
"""

from kg.documents.reading import read

__all__ = ["read"]
