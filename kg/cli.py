"""The ``kg`` command: parse, call, print, exit code.

Exit codes: 0 done, 1 findings (something to look at: a skipped file, an invalid graph), 2 failed.
Heavy modules are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import DocumentError, KGError

DONE, FINDINGS, FAILED = 0, 1, 2

app = typer.Typer(
    help="Who accuses whom of what, and who answers how: statements to a knowledge graph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class RecordFormat(StrEnum):
    """How acts are printed."""

    JSONL = "jsonl"
    TABLE = "table"


Paths = Annotated[list[Path], typer.Argument(help="Files, folders, or - for standard input.")]


@app.callback()
def root() -> None:
    """Who accuses whom of what, and who answers how: statements to a knowledge graph."""


@app.command()
def extract(
    paths: Paths,
    format: Annotated[
        RecordFormat, typer.Option(help="JSON lines or a readable table.")
    ] = RecordFormat.JSONL,
) -> None:
    """Find accusations and rebuttals and print one record an act."""
    from kg import pipeline
    from kg.documents import read
    from kg.records import act_to_json

    read_one = skipped = 0
    for item in read(paths):
        if isinstance(item, DocumentError):
            skipped += 1
            warn(str(item))
            continue
        read_one += 1
        for act in pipeline.extract(item).acts:
            sys.stdout.write(json.dumps(act_to_json(act), ensure_ascii=False) + "\n")
    raise typer.Exit(outcome(read_one, skipped))


def outcome(done: int, skipped: int) -> int:
    """Return the exit code of a run over documents."""
    if skipped:
        return FINDINGS if done else FAILED
    return DONE


def warn(message: str) -> None:
    """Print one line on standard error."""
    typer.echo(message, err=True)


def main() -> None:
    """Run the command; an error raised on purpose becomes one line and exit code 2."""
    try:
        app()
    except KGError as error:
        warn(f"kg: {error}")
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
