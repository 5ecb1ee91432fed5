"""Real files of every format but plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.documents import read
from kg.errors import DocumentError
from kg.model import Document
from tests.factory import encrypted_pdf_bytes, pdf_bytes, write_docx


def only(path: Path) -> Document:
    (item,) = read([path])
    assert isinstance(item, Document), item
    return item


def refusal(path: Path) -> DocumentError:
    (item,) = read([path])
    assert isinstance(item, DocumentError), item
    return item


MARKDOWN = """---
title: "Déclaration du ministère"
date: 2020-07-25
speaker: Mme Carrow
language: fr
draft: true
tags: [a, b]
---
# Un titre

La Chine **rejette** ces [accusations](https://example.org "x").
Elles sont `sans` fondement, dit-il.

> Ils mentent.

- Premier point & suite
- Deuxième point

| Qui | Quoi |
|---|---|
| Orvane | pollue |

<div>bloc</div>
"""


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    document = only(path)
    assert document.text == (
        "Un titre\n\nLa Chine rejette ces accusations. Elles sont sans fondement, dit-il.\n\nIls mentent.\n\n"
        "Premier point & suite\n\nDeuxième point\n\nQui\n\nQuoi\n\nOrvane\n\npollue"
    )
    metadata = document.metadata
    assert (metadata.title, metadata.date) == ("Déclaration du ministère", "2020-07-25")
    assert (metadata.speaker, metadata.language) == ("Mme Carrow", "fr")
    assert "title" not in metadata.inferred


def test_markdown_without_front_matter_takes_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("# The ministry *answers*\n\nThe accusation is a lie.\n\n---\n\nSecond part.\n")
    document = only(path)
    assert document.metadata.title == "The ministry answers"
    assert document.metadata.inferred == ("language", "title")
    assert document.text.endswith("Second part.")


@pytest.mark.parametrize("front", ["title: [unclosed", "- a\n- list", "a: b: c"])
def test_malformed_front_matter(tmp_path: Path, front: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"---\n{front}\n---\nThe ministry lied.\n")
    error = refusal(path)
    assert "front matter" in error.reason
    assert "\n" not in str(error)


PAGE = """<!DOCTYPE html><html lang="fr"><head>
<meta charset="{charset}"><title>Déclaration | Ambassade</title>
<meta property="og:site_name" content="Ambassade de Tarsilie"><meta name="date" content="2020-07-25"></head>
<body><nav><a href="/">Accueil</a> <a href="/m">Menu principal</a></nav>
<article><h1>Déclaration du porte-parole</h1>
<p>La Tarsilie rejette ces accusations. Elles sont <b>sans fondement</b> et indignes d'un État voisin.</p>
<p>Nous demandons à la partie marvénienne de présenter ses preuves ou de retirer ses propos.</p></article>
<script>var x = 1;</script><footer>Mentions légales</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_html_keeps_paragraphs_and_drops_menus(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.format(charset=charset).encode(charset))
    document = only(path)
    assert document.text.split("\n\n") == [
        "Déclaration du porte-parole",
        "La Tarsilie rejette ces accusations. Elles sont sans fondement et indignes d'un État voisin.",
        "Nous demandons à la partie marvénienne de présenter ses preuves ou de retirer ses propos.",
    ]
    assert document.metadata.publisher == "Ambassade de Tarsilie"
    assert document.metadata.date == "2020-07-25"
    assert {"publisher", "date", "title"} <= set(document.metadata.inferred)


def test_short_html_page(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_text("<p>The ministry lied.</p>")
    assert only(path).text == "The ministry lied."


def test_html_without_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><head><title>x</title></head><body><script>load()</script></body></html>")
    assert "no text in the page" in refusal(path).reason


def test_pdf_joins_lines_and_drops_page_numbers(tmp_path: Path) -> None:
    path = tmp_path / "communique.pdf"
    first = [
        "Communiqué du ministère",
        "Le ministère dément avoir caché les relevés de l'usine, et il rejette les accu-",
        "sations du journal. Le porte-parole, qui parlait au nom du gouvernement, a dit que le porte-",
        "parole d'Orvane mentait.",
        "12",
    ]
    path.write_bytes(pdf_bytes(first, ["- 2 -", "Il a demandé (encore) des preuves."]))
    assert only(path).text.split("\n") == [
        "Communiqué du ministère",
        "Le ministère dément avoir caché les relevés de l'usine, et il rejette les accusations du journal. "
        "Le porte-parole, qui parlait au nom du gouvernement, a dit que le porte-parole d'Orvane mentait.",
        "Il a demandé (encore) des preuves.",
    ]


def test_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(encrypted_pdf_bytes("swordfish"))
    assert refusal(path).reason == "encrypted PDF"


def test_pdf_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(encrypted_pdf_bytes(""))
    assert only(path).text == "The ministry denies everything."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_bytes([]), "perhaps scanned"),
        (b"The ministry lied.", "damaged or no PDF"),
        (pdf_bytes(["The ministry lied."])[:120], "damaged or no PDF"),
    ],
)
def test_unusable_pdf(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    assert reason in refusal(path).reason


def test_docx(tmp_path: Path) -> None:
    rows = (("Who", "What"), ("Orvane", "lied"))
    path = write_docx(
        tmp_path / "reply.docx", "It is a lie.", "", "We deny it.", title="Our reply", rows=rows
    )
    document = only(path)
    assert document.text == "Our reply\n\nIt is a lie.\n\nWe deny it.\n\nWho | What\n\nOrvane | lied"
    assert document.metadata.title == "Our reply"


@pytest.mark.parametrize("data", [b"The ministry lied.", b"PK\x05\x06" + bytes(18)])
def test_unusable_docx(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(data)
    assert "no DOCX file" in refusal(path).reason


def test_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    lines = [
        json.dumps({"id": "s-1", "text": "Le ministère ment.", "date": "3 juillet 2012", "score": 1}),
        "",
        '{"text": "The embassy denies it.", "publisher": "Embassy"}',
        "{broken",
        '["a list"]',
        '{"id": "s-5"}',
        json.dumps({"id": 7, "text": "The ministry \ud83d lied."}),
        json.dumps({"id": 8, "text": "The ministry lied."}),
    ]
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    items = list(read([path]))
    documents = [item for item in items if isinstance(item, Document)]
    assert [document.name for document in documents] == ["s-1", "statements-3", "8"]
    assert documents[0].metadata.date == "2012-07-03"
    assert documents[1].metadata.publisher == "Embassy"
    errors = {item.name.rpartition(", ")[2]: item.reason for item in items if isinstance(item, DocumentError)}
    assert set(errors) == {"row 4", "row 5", "row 6", "row 7"}
    assert "malformed JSON" in errors["row 4"]
    assert "binary" in errors["row 7"]


def test_jsonl_row_with_the_id_of_another(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    path.write_text('{"id": "a", "text": "He lied."}\n{"id": "a", "text": "She lied."}\n')
    first, second = read([path])
    assert isinstance(first, Document)
    assert isinstance(second, DocumentError)
    assert "row 1" in second.reason


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "statements.csv"
    rows = [
        ["ID", "Text", "Speaker", "Colour"],
        ["a", '"He said ""no"",\nthen lied."', "Ms Carrow", "red"],
        ["", "She denies it.", "", ""],
        ["c", "Too few cells"],
        ["d", "", "", ""],
    ]
    path.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    items = list(read([path], metadata={"language": "en", "publisher": "The Courier"}))
    documents = [item for item in items if isinstance(item, Document)]
    assert [(d.name, d.text) for d in documents] == [
        ("a", 'He said "no",\nthen lied.'),
        ("statements-3", "She denies it."),
    ]
    assert documents[0].metadata.speaker == "Ms Carrow"
    assert documents[0].metadata.publisher == "The Courier"
    errors = [item for item in items if isinstance(item, DocumentError)]
    assert [error.name.rpartition(", ")[2] for error in errors] == ["row 4", "row 5"]
    assert "2 cells under 4 columns" in errors[0].reason


def test_csv_cell_longer_than_the_module_allows_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    speech = "The ministry lied. " * 10_000
    path.write_text(f'id,text\na,"{speech}"\n')
    assert only(path).text == speech


def test_csv_without_text_or_with_an_open_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    path.write_text("id,statement\na,He lied.\n")
    assert "no column named text" in refusal(path).reason
    path.write_text('id,text\na,"He lied.\n')
    assert "malformed CSV" in refusal(path).reason
