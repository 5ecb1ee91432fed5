"""The command that analyses a store: report, tables and figures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.store_commands import DEFAULT_STORE, StoreOption

if TYPE_CHECKING:
    from kg.analysis import Analysis


class LevelName(StrEnum):
    """What a party is."""

    SIDES = "sides"
    ACTORS = "actors"


class Language(StrEnum):
    """Languages of the report."""

    EN = "en"
    FR = "fr"


def analyse(  # noqa: PLR0913  each is an option of the command
    output: Annotated[
        Path | None,
        typer.Argument(help="HTML file, ZIP file or folder to write; a summary is printed if left out."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    language: Annotated[Language, typer.Option("--lang", help="Language of the report.")] = Language.EN,
    level: Annotated[
        LevelName, typer.Option(help="What a party is: a side, or each actor.")
    ] = LevelName.SIDES,
    since: Annotated[str, typer.Option(help="Only documents of this date or later (ISO).")] = "",
    until: Annotated[str, typer.Option(help="Only documents of this date or earlier (ISO).")] = "",
    top: Annotated[int, typer.Option(min=1, help="Entries of each list.")] = 10,
    days: Annotated[int, typer.Option(min=0, help="Days within which an answer is in time.")] = 30,
    proposals: Annotated[
        bool, typer.Option("--proposals/--accepted-only", help="Count links that nobody has checked yet.")
    ] = True,
    app: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the app, for links to it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all tables as JSON.")] = False,
) -> None:
    """Analyse who accuses whom and who answers: a report with evidence, tables and figures."""
    from kg.analysis import Level, Options
    from kg.analysis import analyse as run
    from kg.store.store import open_store

    options = Options(Level(level.value), since, until, top, days, proposals)
    with open_store(store) as graph:
        analysis = run(graph, options)
    address = app and app.rstrip("/") + "/"
    if output is not None:
        _write(analysis, output, language.value, address)
    if json:
        from kg.analysis import tables

        console.write_json({name: table.records() for name, table in tables(analysis).items()})
    elif output is None:
        console.write_table(("accuser", "accused", "accusations", "answered", "unanswered"), _rows(analysis))


def _write(analysis: Analysis, output: Path, language: str, app: str | None) -> None:
    """Write the report alone, or everything: into a ZIP file, or into a folder (any other name)."""
    from kg.analysis import all_files, archive, render_report

    if output.suffix in {".html", ".htm"}:
        output.write_text(render_report(analysis, language, app), encoding="utf-8")
    elif output.suffix == ".zip":
        output.write_bytes(archive(analysis, language, app))
    else:
        for path, content in all_files(analysis, language, app).items():
            file = output / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _rows(analysis: Analysis) -> list[tuple[str, ...]]:
    return [
        (
            analysis.name(row.source, "en"),
            analysis.name(row.target, "en"),
            str(row.accusations),
            str(row.by_accused),
            str(row.unanswered),
        )
        for row in analysis.pairs[: analysis.options.top]
    ]
