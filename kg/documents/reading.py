"""Composes the reading of documents: find, load, decode, complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.documents.formats import read_raw
from kg.documents.language import SUPPORTED, detect_language, language_name
from kg.documents.metadata import build_metadata, read_sidecar
from kg.documents.raw import RawDocument
from kg.documents.sources import Source, find_sources, load
from kg.errors import DocumentError
from kg.identifiers import document_key
from kg.model import Document


def read(
    paths: Sequence[Path],
    *,
    metadata: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | DocumentError]:
    """Yield the documents of ``paths`` (files, folders, ``-``) in order.

    A document that cannot be read is yielded as a :class:`DocumentError` and the others go on.  Metadata
    comes from the record itself (front matter, columns), else from the sidecar ``NAME.meta.json``, else
    from ``metadata``; what is still missing is inferred where the text shows it.

    Args:
        paths: what to read.
        metadata: fields of :class:`kg.model.Metadata` for documents that state none.
        stdin: replaces standard input.
    """
    first_of: dict[str, tuple[str, str]] = {}
    for source in find_sources(paths):
        if isinstance(source, DocumentError):
            yield source
            continue
        for item in _read_source(source, metadata or {}, stdin):
            found = item if isinstance(item, DocumentError) else _refuse_twin(item, source, first_of)
            if found is not None:
                yield found


def _read_source(
    source: Source, defaults: Mapping[str, str], stdin: BinaryIO | None
) -> Iterator[Document | DocumentError]:
    try:
        data = load(source, stdin)
        sidecar = {} if source.is_stdin else read_sidecar(source.path)
        for raw in read_raw(source, data):
            yield raw if isinstance(raw, DocumentError) else _complete(raw, source, sidecar, defaults)
    except DocumentError as error:
        yield error


def _complete(
    raw: RawDocument, source: Source, sidecar: Mapping[str, str], defaults: Mapping[str, str]
) -> Document | DocumentError:
    """Return the document of ``raw`` with its metadata, or why it cannot be used."""
    if not any(map(str.isalpha, raw.text)):
        return DocumentError(str(source.path), "empty (no words in it)", "Put text into it or leave it out")
    metadata = build_metadata(raw.given, sidecar, defaults)
    if not metadata.language:
        language = detect_language(raw.text)
        metadata = replace(metadata, language=language, inferred=("language",))
    if metadata.language not in SUPPORTED:
        return _no_model(source, metadata.language)
    return Document(raw.name, raw.text, metadata)


def _no_model(source: Source, language: str) -> DocumentError:
    reason = f"language without a model ({language_name(language)})"
    remedy = "Give a French or English version; if it is one, state language: fr or en in its metadata"
    return DocumentError(str(source.path), reason, remedy)


def _refuse_twin(
    document: Document, source: Source, first_of: dict[str, tuple[str, str]]
) -> Document | DocumentError | None:
    """Return ``document``, None if it was read before, an error if its name stands for another text.

    In a store the second would replace the first without a word.
    """
    key = document_key(document)
    first_text, first_place = first_of.setdefault(key, (document.text_sha256, str(source.path)))
    if first_place == str(source.path) and first_text == document.text_sha256:
        return document
    if first_text == document.text_sha256:
        return None
    shared = f"url {document.metadata.url}" if document.metadata.url else f"name {document.name}"
    reason = f"a different text of this run has the same {shared} ({first_place})"
    return DocumentError(str(source.path), reason, "Rename one of them or give each its own url")
