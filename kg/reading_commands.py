"""The commands that read documents and print what they find, without a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer
    from kg.model import Document, Extraction

DONE, FINDINGS, FAILED = 0, 1, 2
"""Exit codes."""


class RecordFormat(StrEnum):
    """How acts are printed."""

    JSONL = "jsonl"
    TABLE = "table"


class TextFormat(StrEnum):
    """How explanations and attributions are printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(slots=True)
class Tally:
    """How many documents a command worked on and how many it had to leave out."""

    done: int = 0
    skipped: int = 0

    @property
    def exit_code(self) -> int:
        """The exit code of a run over documents."""
        if not self.skipped:
            return DONE
        return FINDINGS if self.done else FAILED


Paths = Annotated[list[Path], typer.Argument(help="Files, folders, or - for standard input.")]
ActorsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors", help="Actor file (TOML or CSV); actors.toml beside the documents is used anyway."
    ),
]


def extract(
    paths: Paths,
    format: Annotated[RecordFormat, typer.Option(help="How to print acts.")] = RecordFormat.JSONL,
    actors: ActorsOption = None,
) -> None:
    """Find accusations and rebuttals; print one record an act."""
    from kg.records import act_to_json

    tally = Tally()
    acts = (act for extraction in _extractions(paths, actors, tally) for act in extraction.acts)
    if format is RecordFormat.TABLE:
        console.write_table(console.ACT_COLUMNS, map(console.act_row, acts))
    else:
        for act in acts:
            console.write_line(act_to_json(act))
    raise typer.Exit(tally.exit_code)


def explain(
    paths: Paths,
    format: Annotated[
        TextFormat, typer.Option(help="Text to read, or one JSON object an act.")
    ] = TextFormat.TEXT,
    actors: ActorsOption = None,
) -> None:
    """Show why each act was found: its words, who says it, what fired, how the parties were resolved."""
    from kg.explanations import explain_act, explanation_json

    tally = Tally()
    for extraction in _extractions(paths, actors, tally):
        for act in extraction.acts:
            if format is TextFormat.JSON:
                console.write_line(explanation_json(act))
            else:
                console.write(explain_act(act, extraction.acts) + "\n\n")
    raise typer.Exit(tally.exit_code)


def attributions(
    paths: Paths,
    format: Annotated[
        TextFormat, typer.Option(help="Text to read, or one JSON object a clause.")
    ] = TextFormat.TEXT,
    actors: ActorsOption = None,
) -> None:
    """Show who holds each clause: the chain from the document's speaker to the innermost source."""
    from kg.held import clause_json, clause_text, find_held_clauses

    tally = Tally()
    gazetteer = read_gazetteer(paths, actors)
    for document in _documents(paths, tally, "Reading"):
        if format is TextFormat.TEXT:
            console.write(f"== {document.name}\n")
        for clause in find_held_clauses(document, gazetteer):
            if format is TextFormat.JSON:
                console.write_line(clause_json(clause))
            else:
                console.write(clause_text(clause) + "\n")
    raise typer.Exit(tally.exit_code)


def _extractions(paths: list[Path], actors: list[Path] | None, tally: Tally) -> Iterator[Extraction]:
    """Yield what is found in each document."""
    from kg import pipeline

    gazetteer = read_gazetteer(paths, actors)
    yield from pipeline.extract_all(_documents(paths, tally, "Extracting"), gazetteer)


def _documents(paths: list[Path], tally: Tally, label: str) -> Iterator[Document]:
    """Yield the documents; warn of each that is skipped."""
    from kg.documents import read

    with console.progress(label, count_documents(paths)) as advance:
        for item in read(paths):
            if isinstance(item, DocumentError):
                tally.skipped += 1
                console.warn(f"skipped {item}")
            else:
                tally.done += 1
                yield item
            advance(item.name)


def read_gazetteer(paths: list[Path], actors: list[Path] | None) -> Gazetteer:
    """Return who is who, with the users' actor files: those beside the documents, then those named."""
    from kg.documents.sources import find_actor_files
    from kg.gazetteer import load_gazetteer

    return load_gazetteer([*find_actor_files(paths), *(actors or ())])


def count_documents(paths: list[Path]) -> int | None:
    """Return how many documents there will be; None if a file may hold many."""
    from kg.documents.sources import Source, find_sources

    sources = [source for source in find_sources(paths) if isinstance(source, Source)]
    holds_many = any(source.suffix in {".csv", ".jsonl", ".ndjson"} for source in sources)
    return None if holds_many else len(sources)
