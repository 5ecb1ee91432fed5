"""Segments → parsed sentences with exact places in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.model import Document, Quote, Span
from kg.nlp import parse
from kg.segments import Segment, split_segments

_WINDOW = 30_000
"""Characters of documents that are parsed at once."""
_LONGEST = 250
"""Tokens after which a sentence without an end (a list, a table) is cut where the parser cuts it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence.

    Attributes:
        tokens: the parse.
        segment: the segment it stands in.
        document: the document's text, for verbatim quotes.
        index: place in the document, from 0.
    """

    tokens: Tokens
    segment: Segment
    document: str
    index: int

    @property
    def language(self) -> str:
        """Language of the segment."""
        return self.segment.language

    def quote(self, start: int, end: int) -> Quote:
        """Return the document's words for a character range of the parse."""
        span = self.segment.span(start, end)
        return Quote(span.start, span.end, self.document[span.start : span.end])

    def quote_tokens(self, tokens: Iterable[Token]) -> Quote:
        """Return the document's words from the first to the last of some tokens."""
        ordered = sorted(tokens, key=lambda t: t.i)
        return self.quote(ordered[0].idx, ordered[-1].idx + len(ordered[-1]))

    @property
    def span(self) -> Span:
        """Where the whole sentence stands in the document."""
        words = [t for t in self.tokens if not t.is_space]
        return self.segment.span(words[0].idx, words[-1].idx + len(words[-1]))


def parse_sentences(segments: Iterable[Segment], document: Document) -> list[Sentence]:
    """Parse segments, each with the model of its language, and return their sentences in order."""
    return _sentences(_parsed(list(segments)), document)


def parse_documents(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Sentence]]]:
    """Yield documents with their sentences in order, several parsed at once: short ones cost less that way.

    As many are held as have :data:`_WINDOW` characters.
    """
    window: list[tuple[Document, list[Segment]]] = []
    size = 0
    for document in documents:
        window.append((document, list(split_segments(document))))
        size += len(document.text)
        if size >= _WINDOW:
            yield from _parsed_window(window)
            window, size = [], 0
    yield from _parsed_window(window)


def _parsed_window(
    window: Sequence[tuple[Document, list[Segment]]],
) -> Iterator[tuple[Document, list[Sentence]]]:
    parsed = iter(_parsed([segment for _, segments in window for segment in segments]))
    for document, segments in window:
        yield document, _sentences(list(islice(parsed, len(segments))), document)


def _parsed(segments: Sequence[Segment]) -> list[tuple[Segment, Doc]]:
    """Parse all segments of a language together; return each with its parse, in order."""
    docs: dict[int, Doc] = {}
    for language in sorted({segment.language for segment in segments}):
        places = [i for i, segment in enumerate(segments) if segment.language == language]
        docs |= zip(places, parse((segments[i].text for i in places), language), strict=True)
    return [(segment, docs[i]) for i, segment in enumerate(segments)]


def _sentences(parsed: Iterable[tuple[Segment, Doc]], document: Document) -> list[Sentence]:
    sentences: list[Sentence] = []
    for segment, doc in parsed:
        for tokens in _spans(doc.sents):
            if any(t.is_alpha for t in tokens):
                sentences.append(Sentence(tokens, segment, document.text, len(sentences)))
    return sentences


def _spans(sents: Iterable[Tokens]) -> Iterator[Tokens]:
    """Yield sentences, joining what the parser cut where no sentence ends."""
    current: Tokens | None = None
    for sent in sents:
        if current is None:
            current = sent
        elif _ends(current) and not _continues(sent):
            yield current
            current = sent
        else:
            current = current.doc[current.start : sent.end]
    if current is not None:
        yield current


def _ends(sent: Tokens) -> bool:
    """Whether a stretch closes with a full stop, brackets and quotation marks set aside."""
    for token in reversed(sent):
        if token.is_space or token.is_quote or token.text in {"»", "”", ")", "]", "'"}:
            continue
        return token.text[-1] in ".!?…" or len(sent) > _LONGEST
    return False


def _continues(sent: Tokens) -> bool:
    """Whether a stretch goes on with the sentence before: "… », a-t-il dit"."""
    first = next((t for t in sent if not t.is_space), None)
    return first is not None and (first.text in {",", ";", "»", "”", ")", "-"} or first.text[0].islower())
