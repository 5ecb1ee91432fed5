"""Decides who holds what nobody is said to hold: the document's speaker, or a neutral narrator."""

from __future__ import annotations

import re

from kg.model import Genre, Metadata

_NARRATED_WORDS = re.compile(
    r"\b(news|report(?:s|ed)?|reportage|articles?|dépêche|encyclop\w+|wiki\w*|accounts?|récit|chronicle|chronique"
    r"|list of|liste|summary|résumé|fact sheet|minutes|compte[- ]rendu|press review|revue de presse|blog)\b"
)
_OWN_WORDS = re.compile(
    r"\b(speech|speak\w*|discours|address|allocution|remarks|statement|déclaration|declaration|communiqué"
    r"|press release|briefing|point de presse|press call|conférence de presse|press conference"
    r"|q ?& ?[ar]|questions|letters?|lettre|op-ed|opinion|tribune|editorial|éditorial|rebuttal"
    r"|response|réponse|right of reply|interview|entretien|testimony|sermon|manifesto|manifeste"
    r"|spokes\w+|porte-parole|intervention|note verbale)\b"
)
"""Words of a free-text genre.  A text that is both ("report of a speech") is told by a narrator."""

TURN = re.compile(
    r"^[ \t]*\**(?:(?P<question>Q|Question)|R|A|Réponse|Answer)(?: ?\d{1,2})?[ \u00a0\u202f]?[:.](?=\s|\*)",
    re.M,
)
"""A line that opens a question or an answer."""

_DATE = r"(?:\d{1,2}(?:er)?[ \u00a0]\w{3,9}\.?[ \u00a0]\d{4}|\w{3,9} \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)"
_PLACE = r"[A-ZÀ-Ý][\w'’-]*(?: [\w'’-]+){0,4}"
_AGENCY = r"\([A-Z][\w/ .]+\)"
_DASH = r"[ \u00a0]*[-–—]{1,2}[ \u00a0]"
DATELINE = re.compile(
    rf"^(?:{_PLACE},? (?:{_AGENCY},? )?(?:le )?{_DATE}(?:\. |{_DASH})"
    rf"|{_DATE}\.?{_DASH}|{_PLACE} {_AGENCY}{_DASH})",
    re.M,
)
"""The place or date that opens a report: "3 juillet 2012. - ", "PARIS (AFP) — ", "Geneva, 2 March 2023. "."""

_OFFICIAL = re.compile(
    r"\b(embass\w+|ambassade|consulat\w*|ministry|minist[èe]re|government|gouvernement|president|présiden\w+"
    r"|white house|maison[- ]blanche|kremlin|permanent mission|mission permanente|spokes\w+|porte-parole"
    r"|department of state|foreign office|parti|party|ngo|ong)\b"
)
"""Words of a publisher that publishes its own statements."""

OPENING = 600
"""Characters within which a dateline opens a report."""

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")
_FIRST_PERSON = re.compile(
    r"\b(?:(?:[Nn]ous|[Nn]otre|[Nn]os|[Jj]e|[Mm]on|[Mm]a|[Mm]es|[Ww]e|[Oo]urs?|us|I|[Mm]y|me)\b|[Jj]['’])"
)
"""Capitals are told apart, since "US" is no "us"."""

_FIRST_PERSON_RATE = 0.006
"""First-person words a word, outside quotation marks, from which a text is somebody's own speech: reports
of both languages stay below 0.002, statements reach 0.01 and more."""


def default_genre(metadata: Metadata, text: str) -> Genre:
    """Return who holds the clauses of ``text`` that nobody in it is said to hold.

    The stated genre decides if it says; else the text does: questions and answers or a speaking "we"
    are somebody's own speech, a dateline opens a report.  What shows neither is narrated, since words
    must not be put into a mouth that did not say them.
    """
    return _stated_genre(metadata.genre.lower()) or _shown_genre(metadata, text)


def _stated_genre(genre: str) -> Genre | None:
    if genre in tuple(Genre):
        return Genre(genre)
    if _OWN_WORDS.search(genre) and not _NARRATED_WORDS.search(genre):
        return Genre.OWN_SPEECH
    if _NARRATED_WORDS.search(genre):
        return Genre.NARRATED
    return None


def _shown_genre(metadata: Metadata, text: str) -> Genre:
    if any(turn["question"] for turn in TURN.finditer(text)):
        return Genre.OWN_SPEECH
    if metadata.speaker or _OFFICIAL.search(metadata.publisher.lower()):
        return Genre.OWN_SPEECH
    if DATELINE.search(text[:OPENING]):
        return Genre.NARRATED
    if _first_person_rate(text) >= _FIRST_PERSON_RATE:
        return Genre.OWN_SPEECH
    return Genre.NARRATED


def _first_person_rate(text: str) -> float:
    narration = _QUOTED.sub(" ", text)
    return len(_FIRST_PERSON.findall(narration)) / max(1, len(narration.split()))
