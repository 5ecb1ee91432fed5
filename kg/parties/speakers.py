"""Who a document's speaker is, read off its metadata."""

from __future__ import annotations

import re

from kg.gazetteer import Gazetteer, Kind
from kg.model import Metadata
from kg.parties.referents import Referent

_OFFICE = re.compile(
    r"\b(embass\w*|ambassade|minist\w+|president|présiden\w+|government|gouvernement|mission"
    r"|spokes\w+|porte-parole|office|department|département|parquet|prosecutor\w*)\b",
    re.IGNORECASE,
)


def speaker_of(metadata: Metadata, gazetteer: Gazetteer) -> Referent | None:
    """Return the party that a document's speaker, else its publisher, is or speaks for.

    The first state or body named is the speaker's own ("Embassy of China in Belgium", "Iraq at the
    United Nations").  Who is not in the gazetteer speaks for itself, under the name given.  Who speaks in
    a parliament or writes in a newspaper is not its publisher: the title or a name in brackets tells.
    """
    if metadata.speaker:
        return _read(metadata.speaker, gazetteer)
    if not metadata.publisher:
        return None
    author = _author(metadata, gazetteer)
    if author is not None:
        return Referent(author, author.lower(), "person")
    return None if _PARLIAMENT.search(metadata.publisher) else _read(metadata.publisher, gazetteer)


def _author(metadata: Metadata, gazetteer: Gazetteer) -> str | None:
    """The author whom the publisher names in brackets or the title after "by", "d'", "Mr"."""
    publisher = metadata.publisher
    if _OFFICE.search(publisher) and not _PARLIAMENT.search(publisher):
        return None
    inside = _BRACKETED.search(publisher)
    if inside is not None and not _is_no_author(inside[1], gazetteer):
        return inside[1].strip()
    if not _PARLIAMENT.search(publisher):
        return None
    names = (match[1] for match in _BYLINE.finditer(metadata.title))
    return next((name for name in names if not _is_no_author(name, gazetteer)), None)


def _is_no_author(text: str, gazetteer: Gazetteer) -> bool:
    """Whether words are an address, a language or something that has a name of its own ("New Zealand")."""
    if len(text) < 4 or "." in text and " " not in text or _PARLIAMENT.search(text):
        return True
    words = re.findall(r"[\w'’-]+", text)
    found = [m for language in ("en", "fr") for m in gazetteer.find(words, language)]
    return any(m.entry.kind not in {Kind.PERSON} for m in found)


_PARLIAMENT = re.compile(
    r"\b(parliament\w*|parlement\w*|senate|sénat|congress\w*|congrès|national assembly|assemblée nationale"
    r"|house of \w+|chambre des \w+|hansard|bundestag|knesset)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:\b(?:[Bb]y|[Pp]ar|[Dd]e|[Oo]f|M\.|Mr\.?|Mrs\.?|Ms\.?|Mme|Dr\.?|Sen\.|Rep\.)\s|\b[Dd]['’])"
    r"((?:[A-ZÀ-Þ][\w'’-]+\s){0,3}[A-ZÀ-Þ][\w'’-]+)"
)
_BRACKETED = re.compile(r"\s*\(([^)]*)\)")
_COURTESY = re.compile(r"^(?:m|mm|mr|mrs|ms|mme|mlle|dr|sir|lord|lady|me)\.?\s+", re.IGNORECASE)


def label_referent(label: str, gazetteer: Gazetteer) -> Referent | None:
    """Return the actor that a speaker label names as a whole ("CHINA", "M. Macron"), None if none."""
    name = name_in_label(label)
    words = re.findall(r"\w+|[^\w\s]", name)
    for language in ("en", "fr"):
        for match in gazetteer.find(words, language):
            if match.end - match.start == len(words):
                return Referent(match.entry.name, match.entry.side, str(match.entry.kind))
    return None


def is_office_label(label: str, speaker: Referent, gazetteer: Gazetteer) -> bool:
    """Whether a label stands for the document's speaker: an office alone ("Spokesperson"), or its name."""
    bare = _BRACKETED.sub("", label).lower()
    shared = set(re.findall(r"\w{4,}", bare)) & set(re.findall(r"\w{4,}", speaker.name.lower()))
    offices = (gazetteer.category(word, language) for word in bare.split() for language in ("en", "fr"))
    return bool(shared) or any(o is not None and o.animacy == "person" for o in offices)


def name_in_label(label: str) -> str:
    """Return the person's name in a label: "Graham Stroud" of "The Minister of State (Graham Stroud)"."""
    outside = _COURTESY.sub("", _BRACKETED.sub("", label)).strip()
    inside = _BRACKETED.search(label)
    if inside is not None and _OFFICE.search(outside):
        return inside[1].strip()
    return outside.title() if outside.isupper() and len(outside) > 5 else outside


def _read(text: str, gazetteer: Gazetteer) -> Referent:
    words = re.findall(r"[\w.’'-]+|[^\w\s]", text)
    plain = _BRACKETED.sub("", text).strip() or text
    found = [m for language in ("en", "fr") for m in gazetteer.find(words, language)]
    found.sort(key=lambda m: (m.start, -m.end))
    whole = [m for m in found if m.end - m.start == len(words)]
    if not whole and _is_private(words, gazetteer):
        return Referent(text, plain.lower(), "org")
    coded = [m for m in found if re.fullmatch(r"[A-Z]{2,5}", m.entry.side)]
    states = [m for m in coded if m.entry.kind not in {Kind.INTERNATIONAL, Kind.ORGAN, Kind.BLOC}]
    for match in [*whole[:1], *states[:1], *coded[:1], *found[:1]]:
        entry = match.entry
        name = plain if _OFFICE.search(plain) and entry.kind is Kind.STATE else entry.name
        return Referent(name, entry.side, str(entry.kind))
    return Referent(text, plain.lower(), "org")


def _is_private(words: list[str], gazetteer: Gazetteer) -> bool:
    """Whether a name with a state's in it is not the state's: a union, a company, a newspaper."""
    categories = [gazetteer.category(w.lower(), language) for w in words for language in ("en", "fr")]
    kinds = {c.kind for c in categories if c is not None}
    official = {c.kind for c in categories if c is not None and c.represents}
    return bool(kinds & {"ngo", "company", "media", "party"}) and not official
