"""Records and files made by hand for tests."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.identifiers import act_iri, actor_iri, record_id
from kg.model import UNNAMED, Act, ActType, Document, Metadata, Party, Quote

STATEMENT = (
    "The embassy rejects the accusations of the ministry.\n"
    "Ruritania has bombed its own cities.\n"
    "“That is a lie”, the minister answered.\n"
)
"""A short English text with a few acts to build by hand."""


def a_document(text: str = STATEMENT, name: str = "statement", **metadata: str) -> Document:
    """A document; metadata by field name."""
    return Document(name, text, Metadata(**{"language": "en", **metadata}))  # type: ignore[arg-type]


def quote(document: Document, words: str) -> Quote:
    """The first occurrence of ``words`` in the document."""
    start = document.text.index(words)
    return Quote(start, start + len(words), words)


def a_party(document: Document, name: str, side: str = UNNAMED, words: str = "") -> Party:
    """A party, mentioned with ``words`` if given."""
    mention = quote(document, words) if words else None
    return Party(mention, name, side, actor_iri(side, name, document))


def an_act(document: Document, sentence: str, cue: str, **changes: Any) -> Act:
    """An accusation of Ruritania by its opposition, unless ``changes`` says otherwise."""
    span = quote(document, sentence)
    source = changes.pop("source", a_party(document, "Opposition of Ruritania", "opposition"))
    target = changes.pop("target", a_party(document, "Ruritania", "RU"))
    type_ = changes.pop("type", ActType.ACCUSATION)
    iri = act_iri(document, sentence, 1, source.iri, target.iri)
    act = Act(
        id=record_id(iri, type_),
        act=iri,
        document=document.name,
        type=type_,
        start=span.start,
        end=span.end,
        sentence=sentence,
        cue=quote(document, cue),
        content=None,
        source=source,
        target=target,
        confidence=0.75,
    )
    return replace(act, **changes)


def pdf_bytes(*pages: list[str]) -> bytes:
    """A PDF of text, one list of lines a page (characters of Windows-1252)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = []
    for lines in pages:
        shown = " ".join(f"({_escape(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        content = len(objects)
        resources = f"<< /Font << /F1 {font} >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources {resources} /Contents {content} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _assemble(objects)


def _escape(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assemble(objects: list[str]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def encrypted_pdf_bytes(password: str) -> bytes:
    """A PDF that needs ``password`` to be read."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_bytes(["The ministry denies everything."]))))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def write_docx(path: Path, *paragraphs: str, title: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> Path:
    """Write a Word document: title, paragraphs, then a table."""
    from docx import Document as new_word

    document = new_word()
    if title:
        document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path
