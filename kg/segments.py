"""Document → segments: the stretches that one voice says, cleaned for the parser, with exact offsets.

Question and answer markers, speaker labels, bullets, hard line breaks, page numbers and emphasis marks wreck
a parse.  A segment's text leaves them out and ``offsets`` leads every character back to the document.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

from kg.gazetteer import load_gazetteer
from kg.model import Document, Span
from kg.nlp import MAX_PARSE


class Role(StrEnum):
    """What a segment is in its document."""

    TITLE = "title"
    BODY = "body"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Segment:
    """What one voice says in one go.

    Attributes:
        text: the words, cleaned for the parser, with plain apostrophes.
        offsets: for each character of ``text`` its offset in the document's text.
        role: question, answer, title or body.
        label: the speaker label before it ("MODERATOR"), empty if none.
        language: ``"fr"`` or ``"en"``.
    """

    text: str
    offsets: array[int]
    role: Role
    label: str
    language: str

    def span(self, start: int, end: int) -> Span:
        """Return the range of the document that ``text[start:end]`` was read from."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


_JUNK = re.compile(r"^[\s|]*(?:\d[\d\s/.-]*|[*_=–—-]{3,}|…|<…>)?[\s|]*$")
_DATE_ONLY = re.compile(r"^[\s|]*\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?[\s|]*$")
_BULLET = re.compile(r"^\s*(?:[-–—•*▪◦‣·]\s+|#{1,6}\s+|>\s+|\(?\d{1,3}(?:️⃣|️)?[.)]\s+|[a-z]\)\s+)")
_DATELINE = re.compile(r"^(?:\S+,\s)?(?:\d{1,2}(?:er)?\s\w+\s\d{4}|\w+\s\d{1,2},\s\d{4})\s*\.?\s*[-–—]\s+")
_CITYLINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,30}(?:,? \([\w /.]+\))?\s*[-–—]\s+(?=[A-ZÀ-Þ\"«“])")
_QUESTION = r"Q(?:uestion)?(?:\s?\d{1,2})?"
_ANSWER = r"(?:R(?:éponse)?|A(?:nswer)?)(?:\s?\d{1,2})?"
_TURN = re.compile(rf"(?:^|(?<=[.!?…»”\"]\s)|(?<=\n))(?:(?P<q>{_QUESTION})|(?P<a>{_ANSWER}))\s?[:.]\s+")
_LABEL = re.compile(
    r"^(?P<label>(?:[A-ZÀ-Þ][\w.'’-]*|\(?(?:de|du|des|la|le|of|the|for|and|et)\)?)(?:\s(?:[A-ZÀ-Þ(][\w.'’)-]*|"
    r"de|du|des|d[’']\w+|la|le|of|the|for|and|et)){0,8})\s?:\s+(?=[A-ZÀ-Þ<«“\"…])"
)
_NAME_LABEL = re.compile(r"^[ \t]*([A-ZÀ-Þ][\w.'’-]{2,})[ \u00a0\u202f]?:[ \u00a0]+(?=[A-ZÀ-Þ<«“\"…])", re.M)
_ASKING = frozenset("journalist journaliste reporter interviewer moderator modérateur modératrice".split())
_TERMINAL = re.compile(r"[.!?…:;»”\"|]\s*$")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|`+")

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
"""Typographic apostrophes, which the models know less well than plain ones."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, as broken encoders leave it: no parser takes it."""

_FRENCH = frozenset(
    "le la les des du une est et que qui dans pour sur par pas nous il elle au aux ce".split()
)
_ENGLISH = frozenset("the of and to in is that for it with on by as are was not this we has have be".split())


_SURE = 4
_LIKELY = 2
"""Function words that one language must have more of than the other to be told, in a text and in a sentence
of a text that has many of both."""
_SENTENCE_START = re.compile(r"(?<=[.!?…»”\"])\s+(?=[A-ZÀ-Þ«“\"])")
_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED = 0.9
"""Share of capitals from which a text is in capitals; it must have some words for that."""


def segment_language(text: str, default: str) -> str:
    """Return the language of a stretch of text by its function words, ``default`` when they do not tell."""
    french, english = _function_words(text)
    if abs(french - english) < _SURE:
        return default
    return "fr" if french > english else "en"


def _function_words(text: str) -> tuple[int, int]:
    """Return how many French and how many English ones there are."""
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    return sum(w in _FRENCH for w in words), sum(w in _ENGLISH for w in words)


def _stretches(text: str, start: int, end: int, default: str) -> Iterator[tuple[int, int, str]]:
    """Cut what one voice says into stretches of one language that the parser takes."""
    for first, last, language in _language_runs(text, start, end, default):
        for piece_start, piece_end in _pieces(text, first, last):
            yield piece_start, piece_end, language


def _language_runs(text: str, start: int, end: int, default: str) -> Iterator[tuple[int, int, str]]:
    """Cut a paragraph where it goes over to the other language at the end of a sentence."""
    words = text[start:end]
    main = segment_language(words, default)
    if min(_function_words(words)) < _SURE:
        yield start, end, main
        return
    cuts = [start, *(m.start() for m in _SENTENCE_START.finditer(text, start, end)), end]
    begin, run, current = start, 0, main
    for first, last in pairwise(cuts):
        french, english = _function_words(text[first:last])
        lead = (french - english) * (1 if current == "fr" else -1)
        if lead > -_LIKELY:
            run += lead
        else:
            if run >= _SURE:
                yield begin, first, current
                begin = first
            current, run = "en" if current == "fr" else "fr", -lead
    yield begin, end, current


def _as_written(text: str, language: str) -> str:
    """Return a text in capitals as it would be written without, names with a capital; others as they are."""
    cased = [c for c in text if c.isupper() or c.islower()]
    words = list(_WORD.finditer(text))
    if len(words) < 3 or sum(c.isupper() for c in cased) < _SHOUTED * len(cased):
        return text
    letters = [_plain_lower(c) for c in text]
    titled = [m.group()[0] + "".join(map(_plain_lower, m.group()[1:])) for m in words]
    names = load_gazetteer().find(titled, language)
    starts = {words[i].start() for name in names for i in range(name.start, name.end)}
    for place in starts | {words[0].start()}:
        letters[place] = text[place]
    return "".join(letters)


def _plain_lower(letter: str) -> str:
    """Return a small letter, the same where the small one is written with two characters."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def split_segments(document: Document) -> Iterator[Segment]:
    """Yield the segments of a document in text order.

    Every character of a segment comes from the document; what is left out carries no words (markers,
    bullets, page numbers, emphasis).  Stretches longer than the parser takes are cut at a sentence end.
    """
    default = document.metadata.language if document.metadata.language in {"fr", "en"} else "en"
    default = default if document.metadata.language else segment_language(document.text, default)
    names = _name_labels(document.text)
    role, label, first = Role.BODY, "", True
    for offsets in _blocks(document.text):
        text = "".join(" " if document.text[i].isspace() else document.text[i] for i in offsets)
        text = _SURROGATE.sub("\ufffd", text.translate(_PLAIN))
        heading = first and _is_title(text)
        first = False
        for turn in _turns(text, Role.TITLE if heading else role, label, names):
            role, label = turn[:2]
            for start, end, language in _stretches(text, *turn[2:], default):
                words = _as_written(text[start:end], language)
                yield Segment(words, offsets[start:end], role, label, language)
        role = Role.BODY if role is Role.TITLE else role


def _is_title(text: str) -> bool:
    return len(text) < 300 and not re.search(r"[.!…]\s*$", text.rstrip("| "))


def _lines(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+", text)]


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    bodies = [text[s:e].rstrip() for s, e in lines if text[s:e].strip()]
    if len(bodies) < 8:
        return False
    open_ended = sum(not _TERMINAL.search(b) for b in bodies) / len(bodies)
    return open_ended > 0.5 and 30 <= median(map(len, bodies)) <= 100


def _blocks(text: str) -> Iterator[array[int]]:
    """Yield the offsets of each paragraph's characters, markers and line breaks normalised."""
    lines = _lines(text)
    wrapped = _is_wrapped(text, lines)
    block: array[int] = array("L")
    previous_end, closed = 0, True
    for start, end in lines:
        line = text[start:end]
        if _JUNK.match(line) or _DATE_ONLY.match(line):
            if not wrapped:
                closed = True
            continue
        if _starts_block(line, text[previous_end:start], wrapped=wrapped, closed=closed):
            if block:
                yield _trim(text, block)
            block = array("L")
        elif block and not _is_hyphenated(text, block):
            block.append(start - 1)
        block.extend(_kept(line, start))
        previous_end = end
        closed = bool(_TERMINAL.search(line)) or not wrapped
    if block:
        yield _trim(text, block)


def _starts_block(line: str, gap: str, *, wrapped: bool, closed: bool) -> bool:
    """Whether a line begins a paragraph; ``gap`` is what stands between it and the last line."""
    if _BULLET.match(line):
        return True
    blank = "\n" in gap.replace("\n", "", 1)
    if wrapped:
        return closed and (blank or line[0].isspace())
    return blank or closed and not line.lstrip()[0].islower()


def _is_hyphenated(text: str, block: array[int]) -> bool:
    """Whether a line ends within a hyphenated word ("Secretary-|General"): no space belongs there."""
    return len(block) > 1 and text[block[-1]] == "-" and text[block[-2]].isalpha()


def _kept(line: str, start: int) -> array[int]:
    marker = _BULLET.match(line) or _DATELINE.match(line) or _CITYLINE.match(line)
    begin = marker.end() if marker else 0
    end = len(line.rstrip(" \t|\u00a0"))
    dropped = {i for m in _EMPHASIS.finditer(line) for i in range(m.start(), m.end())}
    return array("L", (start + i for i in range(begin, end) if i not in dropped))


def _trim(text: str, block: array[int]) -> array[int]:
    """Drop outer white space and all but one of the white space characters in a row."""
    kept: array[int] = array("L")
    space = True
    for offset in block:
        is_space = text[offset].isspace()
        if not (is_space and space):
            kept.append(offset)
        space = is_space
    while kept and text[kept[-1]].isspace():
        kept.pop()
    return kept


def _name_labels(text: str) -> frozenset[str]:
    """Return the single words that label speakers: before a colon again and again, or where Q&As are."""
    found = Counter(_NAME_LABEL.findall(text))
    asked = any(mark["q"] for mark in _TURN.finditer(text))
    return frozenset(word for word, count in found.items() if count > 1 or asked)


def _turns(text: str, role: Role, label: str, names: frozenset[str]) -> Iterator[tuple[Role, str, int, int]]:
    """Cut a paragraph at question, answer and speaker markers."""
    if (match := _NAME_LABEL.match(text)) and match[1] in names and not _TURN.match(text):
        asking = match[1].lower() in _ASKING
        yield Role.QUESTION if asking else Role.BODY, "" if asking else match[1], match.end(), len(text)
        return
    if role is not Role.TITLE and (match := _LABEL.match(text)) and _is_label(match["label"]):
        yield Role.BODY, match["label"], match.end(), len(text)
        return
    marks = list(_TURN.finditer(text))
    if not marks:
        yield role, label, 0, len(text)
        return
    if marks[0].start() > 0:
        yield role, label, 0, marks[0].start()
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        turn = Role.QUESTION if mark["q"] else Role.ANSWER
        yield turn, "", mark.end(), following.start() if following else len(text)


def _is_label(label: str) -> bool:
    return label.isupper() and len(label) > 3 or len(label.split()) > 1 and label.split()[0][0].isupper()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_PARSE:
        cut = max(text.rfind(mark, start, start + MAX_PARSE) for mark in (". ", "! ", "? ", "… "))
        if cut <= start:
            cut = text.rfind(" ", start, start + MAX_PARSE)
        cut = cut + 1 if cut > start else start + MAX_PARSE
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
