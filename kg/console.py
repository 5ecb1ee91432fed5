"""What the commands print: results on standard output, progress and warnings on standard error."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Act
    from kg.store.questions import Question
    from kg.store.results import Answer, SelectResult, Term


def write(text: str) -> None:
    """Write a result to standard output as UTF-8, whatever the terminal is set to."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def write_json(value: Any) -> None:
    """Write a value as indented JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_line(value: Mapping[str, Any]) -> None:
    """Write one JSON object on a line of its own."""
    write(json.dumps(value, ensure_ascii=False) + "\n")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as CSV (RFC 4180), the columns' names first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    write(out.getvalue())


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as a table that fits the terminal, or unwrapped when the output is no terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(table)


def warn(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(" ".join(message.split()) + "\n")


def write_questions(questions: Sequence[Question], format: str, language: str) -> None:
    """Write the saved questions with what may be given for them; JSON has both languages."""
    from kg.store.questions import described

    if format == "json":
        write_json([described(question) for question in questions])
        return
    rows = [
        (
            question.name,
            question.title[language],
            question.description[language],
            "\n".join(f"{p.name} ({p.type}): {p.label[language]}" for p in question.parameters),
        )
        for question in questions
    ]
    (write_csv if format == "csv" else write_table)(("name", "question", "description", "parameters"), rows)


def write_answer(answer: Answer, format: str) -> None:
    """Write what a query answers as ``table``, ``csv`` or ``json``.

    JSON is the W3C's (https://www.w3.org/TR/sparql11-results-json/); a CONSTRUCT's triples are N-Triples
    in every format.
    """
    if isinstance(answer, list):
        write("".join(f"{triple} .\n" for triple in answer))
    elif isinstance(answer, bool):
        write_json({"head": {}, "boolean": answer}) if format == "json" else write(f"{str(answer).lower()}\n")
    elif format == "json":
        write_json(_results_json(answer))
    else:
        (write_csv if format == "csv" else write_table)(answer.variables, answer.texts())
        if answer.truncated:
            warn(f"only the first {len(answer)} rows are shown; use --limit to see more")


def _results_json(answer: SelectResult) -> dict[str, Any]:
    rows = (zip(answer.variables, row, strict=True) for row in answer)
    bindings = [{name: _term_json(term) for name, term in row if term is not None} for row in rows]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _term_json(term: Term) -> dict[str, Any]:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term_json(part) for name, part in parts.items()}}
    literal = {"type": "literal", "value": term.value}
    if term.language:
        return literal | {"xml:lang": term.language}
    return literal | ({} if term.datatype.value == _STRING else {"datatype": term.datatype.value})


_STRING = "http://www.w3.org/2001/XMLSchema#string"


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error while documents are worked on; silent if that is no terminal.

    Yields a function to call with the name of each document that is done.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(label, total=total)

        def done(name: str) -> None:
            bar.update(task, advance=1, description=f"{label} {name[:40]}")

        yield done


def act_row(act: Act) -> tuple[str, ...]:
    """Return an act as a row under :data:`ACT_COLUMNS`."""
    source, target = (f"{party.name} ({party.side})" for party in (act.source, act.target))
    kind = act.type.value + (f" ({act.kind.value})" if act.kind else "")
    return act.document, kind, source, target, act.cue.text, " ".join(act.sentence.split())


ACT_COLUMNS = ("document", "act", "source", "target", "cue", "sentence")
"""Columns of the readable table of acts."""
