"""Composes the stages.  Read this first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.acts.accusations import Decided
from kg.acts.decisions import decide
from kg.acts.further import FurtherActs
from kg.acts.ranking import Ranker
from kg.acts.records import build_records
from kg.documents.reading import read
from kg.errors import DocumentError
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.links.within import link_rebuttals
from kg.links.within_retractions import link_own_retractions
from kg.model import Document, Extraction
from kg.parties.discourse import open_discourse
from kg.segments import split_segments
from kg.sentences import Sentence, parse_documents, parse_sentences
from kg.store.store import Outcome, Store


def extract(document: Document, gazetteer: Gazetteer | None = None) -> Extraction:
    """Find the acts of one document.

    Args:
        document: the text with its metadata.
        gazetteer: who is who; the shipped one when None.
    """
    (extraction,) = extract_all([document], gazetteer)
    return extraction


def extract_all(documents: Iterable[Document], gazetteer: Gazetteer | None = None) -> Iterator[Extraction]:
    """Yield the acts of each document, in order; the same as one by one, in less time.

    Args:
        documents: read as needed, so that there may be any number.
        gazetteer: who is who; the shipped one when None.
    """
    gazetteer = gazetteer or load_gazetteer()
    for document, sentences in parse_documents(documents):
        acts = _find_acts(document, sentences, gazetteer, None)
        links = link_rebuttals(acts) | link_own_retractions(acts)
        yield Extraction(document, build_records(acts, links, document))


def find_acts(document: Document, gazetteer: Gazetteer, ranker: Ranker | None = None) -> list[Decided]:
    """Return the decided acts of one document in text order, as the parser's words.

    Args:
        document: the text with its metadata.
        gazetteer: who is who.
        ranker: tells the likely parties; the shipped one when None.
    """
    return _find_acts(document, parse_sentences(split_segments(document), document), gazetteer, ranker)


def _find_acts(
    document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer, ranker: Ranker | None
) -> list[Decided]:
    discourse = open_discourse(document, sentences, gazetteer)
    further = FurtherActs(discourse.attributions, discourse).find
    return decide(sentences, discourse.attributions, discourse, further, ranker)


@dataclass(slots=True)
class IngestSummary:
    """What became of the documents of one run.

    Attributes:
        read: documents that could be read.
        extracted: documents whose acts were found.
        acts: acts found in them.
        outcomes: documents that the store added, replaced or left unchanged.
        skipped: why a file or row was left out, each with its name and the remedy.
    """

    read: int = 0
    extracted: int = 0
    acts: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    skipped: list[DocumentError] = field(default_factory=list)


Progress = Callable[[str], None]
"""Called with the name of each document or file when it is done or skipped."""


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    gazetteer: Gazetteer | None = None,
    progress: Progress | None = None,
) -> IngestSummary:
    """Read, extract and store the documents of ``paths``; readers see them all at once at the end.

    A document that cannot be used is skipped and the others go on.  The same text again changes nothing;
    a changed text replaces what its earlier version said.

    Raises:
        StoreError: the store cannot be written.
    """
    summary = IngestSummary()
    with store.batch():
        for item in read(paths):
            _ingest_one(item, store, gazetteer, summary)
            if progress:
                progress(item.name)
    return summary


def _ingest_one(
    item: Document | DocumentError, store: Store, gazetteer: Gazetteer | None, summary: IngestSummary
) -> None:
    if isinstance(item, DocumentError):
        summary.skipped.append(item)
        return
    summary.read += 1
    extraction = extract(item, gazetteer)
    summary.extracted += 1
    summary.acts += len(extraction.acts)
    summary.outcomes[store.ingest(extraction)] += 1
