"""The ``kg`` command: parse, call, print, exit code.

Exit codes: 0 done, 1 findings (a file was skipped, a graph is not valid), 2 failed.  Modules that take
time to import are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.analysis_commands import analyse
from kg.dispute_commands import diff, disputes, link, score_links
from kg.errors import KGError
from kg.evaluation_commands import evaluate
from kg.reading_commands import (
    DONE,
    FAILED,
    FINDINGS,
    ActorsOption,
    Paths,
    Tally,
    attributions,
    count_documents,
    explain,
    extract,
    read_gazetteer,
)
from kg.review_commands import reviews as reviews_app
from kg.store_commands import DEFAULT_STORE, StoreOption, WaitOption, query_text
from kg.store_commands import app as store_app
from kg.store_commands import serve as serve_command
from kg.transfer_commands import export, import_

if TYPE_CHECKING:
    pass

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("serve")(serve_command)
app.add_typer(store_app, name="store")
for command in (extract, explain, attributions, link, disputes, diff, evaluate, analyse):
    app.command()(command)
app.command()(export)
app.command("score-links")(score_links)
app.command("import")(import_)
app.add_typer(reviews_app, name="review")


class ResultFormat(StrEnum):
    """How the answer to a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Language(StrEnum):
    """Languages of what users read."""

    EN = "en"
    FR = "fr"


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


@app.callback()
def root() -> None:
    """ClaimTrack: who accuses whom of what, and who answers how.

    Exit codes: 0 done, 1 findings (a skipped file, an invalid graph), 2 failed.
    """
    # What these say of a damaged file is said once, in our words, with the file's name.
    for library in ("htmldate", "pypdf", "trafilatura"):
        logging.getLogger(library).setLevel(logging.CRITICAL)


@app.command()
def ingest(
    paths: Paths,
    store: StoreOption = DEFAULT_STORE,
    actors: ActorsOption = None,
    wait: WaitOption = 0,
    links: Annotated[
        bool, typer.Option("--link", help="Propose links between all documents at the end.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Read statements and put what they say into a store."""
    from kg import pipeline
    from kg.disputes.linking import link_store
    from kg.store.store import open_store

    with (
        open_store(store, writable=True, wait=wait) as graph,
        console.progress("Ingesting", count_documents(paths)) as advance,
    ):
        summary = pipeline.ingest(paths, graph, gazetteer=read_gazetteer(paths, actors), progress=advance)
        if links:
            link_store(graph)
    for error in summary.skipped:
        console.warn(f"skipped {error}")
    outcomes = {outcome.value: number for outcome, number in summary.outcomes.items()}
    counts = {"read": summary.read, "extracted": summary.extracted, "acts": summary.acts, **outcomes}
    if json:
        skipped = [{"name": e.name, "reason": e.reason, "remedy": e.remedy} for e in summary.skipped]
        console.write_json(counts | {"skipped": skipped})
    else:
        console.write(", ".join(f"{number} {name}" for name, number in counts.items()))
        console.write(f", {len(summary.skipped)} skipped\n")
    raise typer.Exit(Tally(summary.read, len(summary.skipped)).exit_code)


@app.command()
def query(  # noqa: PLR0913  one parameter for each option that users may give
    text: Annotated[
        str | None, typer.Argument(help="Name of a saved question, a file, - for standard input, or SPARQL.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    listed: Annotated[bool, typer.Option("--list", help="List the saved questions instead.")] = False,
    param: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Value for a saved question.")
    ] = None,
    format: Annotated[ResultFormat, typer.Option(help="How to print the answer.")] = ResultFormat.TABLE,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which to give up.")] = 60,
    limit: Annotated[int | None, typer.Option(min=1, help="Most rows to print.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the list.")] = Language.EN,
) -> None:
    """Ask the graph a question; all named graphs are seen together."""
    from kg.store.questions import list_questions
    from kg.store.store import open_store

    if listed:
        console.write_questions(list_questions(), format.value, lang.value)
        return
    sparql = query_text(text, param or [])
    with open_store(store) as graph:
        console.write_answer(graph.query(sparql, timeout=timeout, row_limit=limit), format.value)


@app.command()
def validate(
    files: Annotated[list[Path] | None, typer.Argument(help="RDF files; the store if left out.")] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Check the graph against the shapes; exit code 1 if something is wrong."""
    from kg.store.store import open_store
    from kg.validation import graphs_to_validate, validate_file, validate_store

    if files:
        reports = [(str(path), validate_file(path)) for path in files]
    else:
        with (
            open_store(store) as graph,
            console.progress("Validating", len(graphs_to_validate(graph))) as advance,
        ):
            reports = []
            for name, report in validate_store(graph):
                reports.append((name, report))
                advance(name)
    findings = [{"graph": name} | asdict(finding) for name, report in reports for finding in report.findings]
    conforms = all(report.conforms for _, report in reports)
    if json:
        console.write_json({"conforms": conforms, "findings": findings})
    else:
        for finding in findings:
            console.write("{severity}: {focus} {path} {value}: {message} (in {graph})\n".format(**finding))
        console.write(f"{len(reports)} graphs, {'valid' if conforms else 'not valid'}\n")
    raise typer.Exit(DONE if conforms else FINDINGS)


@app.command()
def stats(store: StoreOption = DEFAULT_STORE, json: JsonOption = False) -> None:
    """Count what a store holds."""
    from kg.store.store import open_store

    with open_store(store) as graph:
        counts = asdict(graph.stats())
    if json:
        console.write_json(counts)
    else:
        console.write_table(("what", "number"), [(name, f"{number:,}") for name, number in counts.items()])


@app.command("app")
def open_app(
    store: StoreOption = DEFAULT_STORE,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Open the app in a browser on this machine."""
    from kg.app import launch

    console.write(f"ClaimTrack is at http://127.0.0.1:{port} (Ctrl+C stops it)\n")
    launch(store, port)


def main() -> None:
    """Run the command; an error raised on purpose becomes one line and exit code 2."""
    try:
        app()
    except (KGError, OSError) as error:
        console.warn(f"kg: {error}")
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
