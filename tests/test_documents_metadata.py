"""Dates, sidecars, what is inferred, and who holds what nobody is said to hold."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import read
from kg.documents.dates import find_date, normalise_date
from kg.documents.genre import default_genre
from kg.errors import DocumentError
from kg.model import Document, Genre, Metadata


def read_text(tmp_path: Path, text: str, sidecar: object = None) -> Document | DocumentError:
    path = tmp_path / "statement.txt"
    path.write_text(text, encoding="utf-8")
    if sidecar is not None:
        content = sidecar if isinstance(sidecar, str) else json.dumps(sidecar)
        path.with_name("statement.meta.json").write_text(content, encoding="utf-8")
    (item,) = read([path])
    return item


def metadata_of(tmp_path: Path, text: str, sidecar: object = None) -> Metadata:
    item = read_text(tmp_path, text, sidecar)
    assert isinstance(item, Document), item
    return item.metadata


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2020-07-25", "2020-07-25"),
        ("2020-07-25 22:35", "2020-07-25"),
        ("2020-07-25T22:35:00Z", "2020-07-25"),
        ("2020-07", "2020-07"),
        ("2020", "2020"),
        ("3 juillet 2012", "2012-07-03"),
        ("1er août 2012", "2012-08-01"),
        ("le 1ᵉʳ août 2012", "2012-08"),
        ("mardi 17 septembre 2024", "2024-09-17"),
        ("3 juil. 2012", "2012-07-03"),
        ("29 févr. 2012", "2012-02-29"),
        ("30 février 2012", "2012-02"),
        ("July 3, 2012", "2012-07-03"),
        ("Sept. 3rd, 2012", "2012-09-03"),
        ("3rd of July 2012", "2012-07-03"),
        ("juin 2012", "2012-06"),
        ("25/07/2020", "2020-07-25"),
        ("25.7.2020", "2020-07-25"),
        ("07/25/2020", "2020"),
        ("2006–2008 (state of the page)", "2006"),
        ("DÉCEMBRE 2001", "2001-12"),
        ("summer 1999", "1999"),
        ("12345", ""),
        ("A4 20201", ""),
        ("no date", ""),
        ("", ""),
    ],
)
def test_dates(written: str, iso: str) -> None:
    assert normalise_date(written) == iso


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_iso_dates_stay(day: date) -> None:
    assert normalise_date(str(day)) == str(day)


@given(st.text())
def test_a_date_is_found_in_the_words(text: str) -> None:
    iso, words = find_date(text)
    assert words in text
    assert bool(iso) == bool(words)


def test_sidecar(tmp_path: Path) -> None:
    stated = {
        "title": "Reply",
        "publisher": "Embassy",
        "date": "3 juillet 2012",
        "language": "fr-BE",
        "genre": "spokesperson Q&A",
        "license": "CC BY 4.0",
        "translation": None,
        "repo": "x/y",
    }
    metadata = metadata_of(tmp_path, "Le ministère ment.", stated)
    assert metadata == Metadata(
        title="Reply",
        publisher="Embassy",
        date="2012-07-03",
        language="fr",
        genre="spokesperson Q&A",
        licence="CC BY 4.0",
    )


@pytest.mark.parametrize("content", ["{broken", '["list"]', "\ufeff"])
def test_malformed_sidecar_is_named(tmp_path: Path, content: str) -> None:
    item = read_text(tmp_path, "Le ministère ment.", content)
    assert isinstance(item, DocumentError)
    assert "statement.meta.json" in item.name


def test_the_record_says_more_than_the_sidecar_and_that_more_than_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,text,speaker\na,He lied.,Ms Carrow\nb,She lied.,\n")
    sidecar = {"speaker": "The ministry", "publisher": "The Courier", "language": "en"}
    (tmp_path / "rows.meta.json").write_text(json.dumps(sidecar))
    defaults = {"publisher": "nobody", "licence": "MIT"}
    found = [item.metadata for item in read([path], metadata=defaults) if isinstance(item, Document)]
    assert [metadata.speaker for metadata in found] == ["Ms Carrow", "The ministry"]
    assert {(metadata.publisher, metadata.licence) for metadata in found} == {("The Courier", "MIT")}


QA = """Q&R du porte-parole de l'Ambassade de Tarsilie en Belgique au sujet des rumeurs |
2020-07-25 22:35 |
Q : Que dites-vous ? R : Ce sont des mensonges.
"""


def test_header_line_with_bars(tmp_path: Path) -> None:
    metadata = metadata_of(tmp_path, QA)
    assert metadata == Metadata(
        title="Q&R du porte-parole de l'Ambassade de Tarsilie en Belgique au sujet des rumeurs",
        speaker="porte-parole de l'Ambassade de Tarsilie en Belgique",
        date="2020-07-25",
        language="fr",
        genre="Q&A",
        inferred=("date", "genre", "language", "speaker", "title"),
    )


def test_stated_fields_are_not_inferred(tmp_path: Path) -> None:
    metadata = metadata_of(tmp_path, QA, {"title": "Réponse", "date": "2021"})
    assert (metadata.title, metadata.date) == ("Réponse", "2021")
    assert metadata.inferred == ("genre", "language", "speaker")


def test_dateline_of_a_report(tmp_path: Path) -> None:
    text = "Syrie : des actes dénoncés\n\n3 juillet 2012. - L'organisation accuse le régime de torture.\n"
    metadata = metadata_of(tmp_path, text)
    assert (metadata.title, metadata.date) == ("Syrie : des actes dénoncés", "2012-07-03")
    assert metadata.genre == "news report"


def test_keyed_header(tmp_path: Path) -> None:
    text = "Titre : Réponse au journal\nDate: 1er mars 2023\nOrateur : Mme Carrow\n\nLe journal ment.\n"
    metadata = metadata_of(tmp_path, text)
    assert metadata.title == "Réponse au journal"
    assert (metadata.date, metadata.speaker) == ("2023-03-01", "Mme Carrow")


def test_line_that_says_when_it_was_delivered(tmp_path: Path) -> None:
    text = "Discours prononcé le 19 février 2026 à Bakou\n\nBonjour. Ils nous mentent depuis des années.\n"
    metadata = metadata_of(tmp_path, text)
    assert (metadata.date, metadata.genre) == ("2026-02-19", "discours")
    assert metadata.speaker == ""


@pytest.mark.parametrize(
    "text",
    [
        "The ministry lied. In 1998 it did so too.\n\nOn 3 July 2012 it denied it.\n",
        "impasse in the peace process. It should be recalled that \nthey attacked us in May 1998 in \n",
        "They were guided by the memorandum issued in 1960 by the deputy, which states that\nall is well.\n",
        "Ladies and gentlemen,\n\nwe have come to answer a lie.\n",
        "*Via Teleconference*\n\nGood evening, everyone. They lied.\n",
    ],
)
def test_what_the_text_does_not_show_stays_empty(tmp_path: Path, text: str) -> None:
    assert metadata_of(tmp_path, text).inferred == ("language",)


@pytest.mark.parametrize(
    ("genre", "expected"),
    [
        ("spokesperson Q&A", Genre.OWN_SPEECH),
        ("speech (UN General Debate)", Genre.OWN_SPEECH),
        ("letter to the Security Council", Genre.OWN_SPEECH),
        ("rebuttal list", Genre.OWN_SPEECH),
        ("court communiqué", Genre.OWN_SPEECH),
        ("point de presse", Genre.OWN_SPEECH),
        ("own_speech", Genre.OWN_SPEECH),
        ("narrated", Genre.NARRATED),
        ("news report", Genre.NARRATED),
        ("report of a speech", Genre.NARRATED),
        ("encyclopaedic account of an affair", Genre.NARRATED),
        ("list of judicial accusations", Genre.NARRATED),
        ("dépêche", Genre.NARRATED),
    ],
)
def test_stated_genre_decides(genre: str, expected: Genre) -> None:
    for text in ("We say that they lied to us.", "PARIS (AFP) — He said that they lied."):
        assert default_genre(Metadata(genre=genre), text) is expected


@pytest.mark.parametrize(
    ("text", "metadata", "expected"),
    [
        ("Q: Did they lie?\nA: They did.", Metadata(), Genre.OWN_SPEECH),
        ("**Question 2.** Ont-ils menti ?\n**Réponse.** Oui.", Metadata(), Genre.OWN_SPEECH),
        ("We reject this. Our country has never lied to its neighbours.", Metadata(), Genre.OWN_SPEECH),
        ("J'accuse le ministre. Mon pays a été trompé.", Metadata(), Genre.OWN_SPEECH),
        ("The regime has lied.", Metadata(speaker="Ms Carrow"), Genre.OWN_SPEECH),
        ("The regime has lied.", Metadata(publisher="Embassy of Tarsilia"), Genre.OWN_SPEECH),
        ("The regime has lied.", Metadata(publisher="The Velmar Courier"), Genre.NARRATED),
        ("GENEVA (Reuters) - They lied.", Metadata(), Genre.NARRATED),
        ("Velmar, 2 March 2023. They lied.", Metadata(), Genre.NARRATED),
        (
            'The minister said: "We never lied. Our country is innocent, and we say so."',
            Metadata(),
            Genre.NARRATED,
        ),
        ("L'affaire a débuté en 1994.", Metadata(), Genre.NARRATED),
    ],
)
def test_without_a_genre_the_text_decides(text: str, metadata: Metadata, expected: Genre) -> None:
    assert default_genre(metadata, text) is expected
