"""Mints every IRI.  Same content, same IRI, on every run and machine.

IRIs are plain letters, digits and hyphens (an escaped character breaks clients that decode twice), and
fields are hashed with a separator so that ("ab", "c") and ("a", "bc") differ.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.model import UNNAMED, ActType, Document

BASE = "https://w3id.org/claimtrack/"
"""Where everything of ClaimTrack lives."""
ID = BASE + "id/"
"""Records: documents, acts, propositions, passages, actors."""
VOC = BASE + "voc/"
"""Concepts, one folder a scheme."""
GRAPH = BASE + "graph/"
"""Named graphs."""


def digest(*fields: str, length: int = 16) -> str:
    """Return the first ``length`` hex digits of the SHA-256 of the fields, kept apart by U+001F."""
    joined = "\x1f".join(fields)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(text: str) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens; empty if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def document_key(document: Document) -> str:
    """Return the key shared by all versions of a document: its URL, else its name."""
    return digest(document.metadata.url or document.name)


def document_iri(document: Document) -> str:
    """Return the IRI of a document."""
    return f"{ID}doc-{document_key(document)}"


def document_graph(document: Document) -> str:
    """Return the IRI of the named graph that holds what a document says."""
    return f"{GRAPH}doc-{document_key(document)}"


def graph_of_document(iri: str) -> str:
    """Return the IRI of the named graph of the document with this IRI."""
    return GRAPH + iri.rpartition("/")[2]


def actor_iri(side: str, name: str, document: Document) -> str:
    """Return the IRI of an actor.

    A named actor is the same in all documents.  An unnamed one ("certain media") belongs to its
    document.  A state is told from its embassy by name: both have one side.
    """
    if side == UNNAMED:
        return f"{ID}actor-{document_key(document)}-{digest(name)}"
    readable = slug(name)[:40].strip("-")
    return f"{ID}actor-{readable}-{digest(side, name.casefold(), length=8)}"


def act_iri(document: Document, sentence: str, occurrence: int, source: str, target: str) -> str:
    """Return the IRI of an act from its sentence's words and its parties' IRIs.

    The words, not the offsets: an edit elsewhere in the document must not rename the act.
    ``occurrence`` counts equal sentences of one document from 1.
    """
    key = digest(document_key(document), sentence, str(occurrence), source, target)
    return f"{ID}act-{key}"


def record_id(act: str, type_: ActType) -> str:
    """Return the id of one record of an act: an act that is two things has two records."""
    return f"{act.rpartition('/')[2]}-{type_.value}"


def act_of_record(record: str) -> str:
    """Return the IRI of the act that a record id belongs to; the inverse of :func:`record_id`."""
    return ID + record.rpartition("-")[0]


def reading_iri(record: str) -> str:
    """Return the IRI of the reading that a record id names: what was read off the text for one type."""
    return ID + record


def report_iri(inner: str, reporter: str, *mention: str) -> str:
    """Return the IRI of the act by which ``reporter`` says that the act ``inner`` was performed.

    ``mention`` tells two wordings apart: place (from the sentence's start) and resolution.
    """
    return f"{ID}act-{digest('report', inner, reporter, *mention)}"


def proposition_iri(document: Document, accused: str, words: str) -> str:
    """Return the IRI of what is said in one document: equal words about the same accused are one.

    It stays inside its document, because short words ("lies") mean another thing in the next one;
    propositions of two documents are joined by links.  ``accused`` is an actor's IRI, or empty.
    """
    return f"{ID}prop-{digest(document_key(document), accused, ' '.join(words.casefold().split()))}"


def passage_iri(document: Document, start: int, end: int) -> str:
    """Return the IRI of a span of a document's text."""
    return f"{ID}span-{document_key(document)}-{start}-{end}"


def link_iri(subject: str, predicate: str, object_: str) -> str:
    """Return the IRI of a proposed link between two records."""
    return f"{ID}link-{digest(subject, predicate, object_)}"
