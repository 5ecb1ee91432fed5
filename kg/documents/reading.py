"""Composes the reading of documents: find, load, decode, complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kg.documents.encoding import has_surrogates, is_binary
from kg.documents.formats.registry import read_raw
from kg.documents.inference import complete_metadata
from kg.documents.language import SUPPORTED, language_name
from kg.documents.metadata import build_metadata, read_sidecar
from kg.documents.raw import RawDocument
from kg.documents.sources import Source, find_sources, load
from kg.errors import DocumentError
from kg.identifiers import document_key
from kg.model import Document


class _Placed(NamedTuple):
    """A document and where it stands, for messages about it."""

    document: Document
    place: str


class _Seen(NamedTuple):
    """What is kept of a document that was read: not its text, since there may be very many."""

    text_sha256: str
    place: str


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
    seen: dict[str, _Seen] = {}
    for source in find_sources(paths):
        if isinstance(source, DocumentError):
            yield source
            continue
        for item in _read_source(source, metadata or {}, stdin):
            found = item if isinstance(item, DocumentError) else _refuse_twin(item, seen)
            if found is not None:
                yield found


def _read_source(
    source: Source, defaults: Mapping[str, str], stdin: BinaryIO | None
) -> Iterator[_Placed | DocumentError]:
    try:
        data = load(source, stdin)
        sidecar = {} if source.is_stdin else read_sidecar(source.path)
        for raw in read_raw(source, data):
            yield raw if isinstance(raw, DocumentError) else _complete(raw, sidecar, defaults)
    except DocumentError as error:
        yield error


def _complete(
    raw: RawDocument, sidecar: Mapping[str, str], defaults: Mapping[str, str]
) -> _Placed | DocumentError:
    """Return the document of ``raw`` with its metadata, or why it cannot be used."""
    if not any(map(str.isalpha, raw.text)):
        return DocumentError(raw.place, "empty (no words in it)", "Put text into it or leave it out")
    if is_binary(raw.text) or has_surrogates(raw.text):
        return DocumentError(raw.place, "binary data in the text", "Remove the control characters")
    metadata = complete_metadata(build_metadata(raw.given, sidecar, defaults), raw)
    if metadata.language not in SUPPORTED:
        return _no_model(raw.place, metadata.language)
    return _Placed(Document(raw.name, raw.text, metadata), raw.place)


def _no_model(place: str, language: str) -> DocumentError:
    reason = f"language without a model ({language_name(language)})"
    remedy = "Give a French or English version; if it is one, state language: fr or en in its metadata"
    return DocumentError(place, reason, remedy)


def _refuse_twin(found: _Placed, seen: dict[str, _Seen]) -> Document | DocumentError | None:
    """Return the document, None if it was read before, an error if its name stands for another text.

    In a store the second would replace the first without a word.
    """
    document, place = found
    key = document_key(document)
    if key not in seen:
        seen[key] = _Seen(document.text_sha256, place)
        return document
    if seen[key].text_sha256 == document.text_sha256:
        return None
    shared = f"url {document.metadata.url}" if document.metadata.url else f"name {document.name}"
    reason = f"a different text of this run has the same {shared} ({seen[key].place})"
    return DocumentError(place, reason, "Rename one of them or give each its own url")
