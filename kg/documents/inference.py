"""Reads title, date, speaker and genre off the text where the text shows them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.documents.dates import find_date, normalise_date
from kg.documents.genre import DATELINE, OPENING, TURN
from kg.documents.language import detect_language
from kg.documents.metadata import select_fields
from kg.documents.raw import RawDocument
from kg.model import Metadata

_HEAD_LINES = 8
"""Lines at the top where a header may stand."""
_TITLE_MAX = 250
"""Longest title in characters; a longer first line is a paragraph."""
_PARAGRAPH = 120
"""Characters from which a line is a paragraph rather than a heading."""

_DATE_LINE_WORDS = 4
"""Words beside the date on a line that is a date."""
_BESIDE_DATE = frozenset("le lundi mardi mercredi jeudi vendredi samedi dimanche h à at am pm".split())
"""Lower-case words that stand beside a date; any other makes a sentence of the line."""

_KEYED = re.compile(
    r"^(?P<key>title|titre|date|speaker|orateur|publisher|éditeur|url|genre|language|langue)"
    r"[ \u00a0]?:[ \t\u00a0]*(?P<value>\S.*)$",
    re.I,
)
_KEY_NAMES = {"titre": "title", "orateur": "speaker", "éditeur": "publisher", "langue": "language"}

_KIND = re.compile(
    r"^(?P<kind>q ?& ?[ar]|questions?(?: and answers?| et réponses?)|déclarations?|statement|remarks|discours"
    r"|speech|address|allocution|communiqué(?: de presse)?|press release|point de presse|briefing"
    r"|open letter|lettre ouverte|letter|lettre|interview|entretien)\b"
    r"(?: (?:\w+ )?(?:du |de la |de l['’]|des? |d['’]|by |of |from |with |avec )(?:the )?"
    r"(?P<whose>[^|,:(—–]+))?",
    re.I,
)
"""A title that says what the text is and whose: "Q&R du porte-parole de … au sujet de …"."""

_CIRCUMSTANCE = re.compile(
    r" (?:(?P<place>en|in|à|at)|au sujet|à propos|sur|on|about|regarding|concerning|lors|devant|before"
    r"|to|following|après|after)\b",
    re.I,
)
"""Where the name of a speaker ends in a title; a place belongs to the name of an embassy."""

_MISSION = re.compile(r"\b(?:embassy|ambassade|ambassador|ambassadeur|consulat\w*|mission)\b", re.I)

_DELIVERED = re.compile(
    r"\b(?:prononcé|publié|diffusé|delivered|published|issued|posted|updated|dated|daté)e?s?\b[^.\n]{0,60}",
    re.I,
)
"""Words after which a date is the date of the text rather than of what it tells."""


def complete_metadata(stated: Metadata, raw: RawDocument) -> Metadata:
    """Return ``stated`` with its empty fields filled from the text, named in ``inferred``."""
    found = _infer(raw) | {"language": "" if stated.language else detect_language(raw.text)}
    new = {name: value for name, value in found.items() if value and not getattr(stated, name)}
    return replace(stated, **new, inferred=tuple(sorted(new))) if new else stated


def _infer(raw: RawDocument) -> dict[str, str]:
    """Merge what the signs say, from the weakest (the genre's marks) to the surest (a keyed header)."""
    lines = _head(raw.text)
    shown = {**_from_marks(raw.text), **_from_lines(lines), **_from_cells(lines), **raw.embedded}
    keyed = _from_keys(lines)
    found = {**shown, **_from_title(keyed.get("title") or shown.get("title", "")), **keyed}
    return found | {"date": normalise_date(found.get("date", ""))}


def _head(text: str) -> list[str]:
    lines = text.removeprefix("\ufeff").strip()[:4000].split("\n")
    return [line.strip().lstrip("#").strip() for line in lines[:_HEAD_LINES]]


def _from_keys(lines: list[str]) -> dict[str, str]:
    """Read a header block such as ``Date: 3 July 2012``, which stands before anything else."""
    block: dict[str, str] = {}
    for line in filter(None, lines):
        match = _KEYED.match(line)
        if not match:
            break
        key = match["key"].lower()
        block[_KEY_NAMES.get(key, key)] = match["value"].strip()
    return select_fields(block)


def _from_cells(lines: list[str]) -> dict[str, str]:
    """Read header lines whose cells are parted by bars: ``title | date``."""
    cells = [cell.strip() for line in lines if "|" in line for cell in line.split("|")]
    found: dict[str, str] = {}
    for cell in filter(None, cells):
        if _is_date_line(cell):
            found.setdefault("date", cell)
        elif len(cell) <= _TITLE_MAX:
            found.setdefault("title", cell)
    return found if "title" in found else {}


def _from_lines(lines: list[str]) -> dict[str, str]:
    """Read a first line that is a heading, and a line near it that is a date."""
    found = {}
    if _is_heading(lines):
        found["title"] = lines[0]
    for line in lines:
        delivered = _DELIVERED.search(line) if len(line) <= _TITLE_MAX else None
        if _is_date_line(line) or (delivered and _names_month(delivered[0])):
            found["date"] = delivered[0] if delivered else line
            break
    return found


def _from_marks(text: str) -> dict[str, str]:
    """Read what the layout shows: questions and answers, or the dateline of a report."""
    dateline = DATELINE.search(text[:OPENING])
    if any(turn["question"] for turn in TURN.finditer(text)):
        return {"genre": "Q&A"}
    return {"genre": "news report", "date": dateline[0]} if dateline else {}


def _from_title(title: str) -> dict[str, str]:
    match = _KIND.match(title)
    if not match:
        return {}
    whose = _speaker(match["whose"] or "")
    return {"genre": "Q&A" if match["kind"][0] in "Qq" else match["kind"].lower()} | (
        {"speaker": whose} if whose else {}
    )


def _speaker(words: str) -> str:
    """Cut the words after "statement by" where the circumstances begin."""
    end = len(words)
    for match in _CIRCUMSTANCE.finditer(words):
        if not (match["place"] and _MISSION.search(words[: match.start()])):
            end = match.start()
            break
    return "" if find_date(words[:end])[0] else words[:end].strip()


def _is_heading(lines: list[str]) -> bool:
    """Whether the first line stands alone, or over a paragraph, without a sentence's end."""
    title, following = lines[0], lines[1] if len(lines) > 1 else "-"
    if not title or len(title) > _TITLE_MAX or len(title.split()) < 2:
        return False
    if title[-1] in ".!?:;,…-|" or not (title[0].isupper() or title[0] in "«“\"'"):
        return False
    return not following or (len(following) >= _PARAGRAPH and len(following) > len(title))


def _is_date_line(line: str) -> bool:
    """Whether a line is a date and little else (a place, a weekday, an hour), so no sentence."""
    if not _names_month(line):
        return False
    words = re.findall(r"\w+", line.replace(find_date(line)[1], " "))
    return len(words) <= _DATE_LINE_WORDS and all(
        w[0].isupper() or w in _BESIDE_DATE or w[0].isdigit() for w in words
    )


def _names_month(text: str) -> bool:
    """Whether ``text`` holds a date exact enough to be a text's: a bare year may be anything."""
    return len(find_date(text)[0]) >= len("2012-07")
