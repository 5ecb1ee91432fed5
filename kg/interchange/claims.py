"""Accusations as schema.org claims, ready for a fact-checker's ``ClaimReview``.

ClaimTrack does not judge whether a claim is true, so it writes no ``ClaimReview`` of its own: it writes
the ``Claim`` that one reviews (``itemReviewed``), with author, date and appearance, and
:func:`claim_review` joins a verdict that somebody else has given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from kg.identifiers import document_iri, proposition_iri
from kg.interchange.json_lists import write_list
from kg.model import Act, ActType, Document, Extraction, Party

CONTEXT = {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"}
"""Inlined, so that the file is read without a network; the terms are schema.org's."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outside fact-check of a claim.

    Attributes:
        url: where it is published.
        author: who checked.
        date: day of publication, ISO 8601.
        rating: the verdict in the checker's words ("False", "Missing context").
    """

    url: str
    author: str
    date: str
    rating: str


def claims(extractions: Iterable[Extraction]) -> Iterator[Json]:
    """Yield one ``Claim`` an accusation."""
    for extraction in extractions:
        for act in extraction.acts:
            if act.type is ActType.ACCUSATION:
                yield _claim(extraction.document, act)


def write_claims(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write :func:`claims` as JSON-LD."""
    write_list({"@context": CONTEXT}, "@graph", claims(extractions), out)


def claim_review(claim: Json, verdict: Verdict) -> Json:
    """Return a ``ClaimReview`` of a claim, with the properties that search engines ask for."""
    return {
        "@context": CONTEXT,
        "type": "ClaimReview",
        "url": verdict.url,
        "datePublished": verdict.date,
        "author": {"type": "Organization", "name": verdict.author},
        "claimReviewed": claim["text"],
        "reviewRating": {"type": "Rating", "alternateName": verdict.rating},
        "itemReviewed": claim,
    }


def _claim(document: Document, act: Act) -> Json:
    words = (act.content or act.cue).text
    claim: Json = {
        "id": proposition_iri(document, act.target.iri, words),
        "type": "Claim",
        "text": f"{act.source.name} on {act.target.name}: “{words}”",
        "author": _agent(act.source),
        "about": _agent(act.target),
        "abstract": act.sentence,
        "keywords": [topic.value for topic in act.topics],
        "appearance": _appearance(document),
    }
    if document.metadata.date:
        claim["datePublished"] = document.metadata.date
    return claim


def _appearance(document: Document) -> Json:
    about = document.metadata
    known = {
        "url": about.url,
        "name": about.title,
        "inLanguage": about.language,
        "datePublished": about.date,
        "publisher": about.publisher,
    }
    return {
        "id": document_iri(document),
        "type": "CreativeWork",
        **{key: value for key, value in known.items() if value},
    }


def _agent(party: Party) -> Json:
    """States and bodies have an upper-case code for a side; of others it is not known what they are."""
    kind = "Organization" if party.side.isupper() else "Thing"
    return {"id": party.iri, "type": kind, "name": party.name}
