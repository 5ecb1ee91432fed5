"""The commands that take a graph out of a store and bring one in."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.model import ActType, Topic
from kg.store_commands import DEFAULT_STORE, StoreOption, WaitOption, query_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.store import Store
    from kg.transfer.importing import Imported
    from kg.transfer.selection import Selection

QUERY_SECONDS = 60.0
FINDINGS = 1


def _iso_date(text: str) -> str:
    if text and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise typer.BadParameter(f"{text!r}: write it as 2024, 2024-05 or 2024-05-31")
    return text


SinceOption = Annotated[
    str, typer.Option(metavar="DATE", callback=_iso_date, help="Only of documents of this date or later.")
]
UntilOption = Annotated[
    str, typer.Option(metavar="DATE", callback=_iso_date, help="Only of documents up to this date.")
]


def export(  # noqa: PLR0913  one parameter for each option that users may give
    format: Annotated[str, typer.Option(help="Format; --list shows all.")] = "trig",
    output: Annotated[Path | None, typer.Option(help="File to write; standard output if left out.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="Only of this document (name or IRI).")] = None,
    actor: Annotated[
        list[str] | None, typer.Option(help="Only acts by or against this actor (name, side or IRI).")
    ] = None,
    type: Annotated[list[ActType] | None, typer.Option(help="Only acts of this type.")] = None,
    topic: Annotated[list[Topic] | None, typer.Option(help="Only acts on this topic.")] = None,
    since: SinceOption = "",
    until: UntilOption = "",
    query: Annotated[
        str | None,
        typer.Option(help="Only acts named by the answer to this saved question, file or SELECT."),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Value for a saved question.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the formats instead.")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph, or what is chosen of it, as RDF, a network, a table, or for other tools.

    Options that may be given more than once mean any of their values; an act must meet all options.
    Turtle, N-Triples and RDF/XML have no named graphs: they hold the triples of all graphs together.
    """
    from kg.store.store import open_store
    from kg.transfer.exporting import OFFERED
    from kg.transfer.exporting import export as write
    from kg.transfer.selection import Selection, named_selection

    if listed:
        rows = [(name, offer.label, offer.extension, offer.media_type) for name, offer in OFFERED.items()]
        console.write_table(("format", "what it is", "extension", "media type"), rows)
        return
    chosen = Selection(types=frozenset(type or ()), topics=frozenset(topic or ()), since=since, until=until)
    with open_store(store) as graph:
        selection = named_selection(graph, chosen, document or (), actor or ())
        if query is not None:
            selection = _answered(graph, selection, query, param or [])
        with _output(output) as out:
            write(graph, format, out, selection)


def _answered(store: Store, selection: Selection, query: str, parameters: list[str]) -> Selection:
    from kg.transfer.selection import answered_selection

    return answered_selection(selection, store.query(query_text(query, parameters), timeout=QUERY_SECONDS))


@contextmanager
def _output(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
    else:
        with path.open("wb") as file:
            yield file


def import_(
    files: Annotated[list[Path], typer.Argument(help="RDF files, or - for standard input.")],
    format: Annotated[
        str | None,
        typer.Option(help="turtle, trig, nquads, ntriples, jsonld or rdfxml; else by the file's extension."),
    ] = None,
    graph: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="Keep the triples as they are in this graph, beside the records."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    wait: WaitOption = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")] = False,
) -> None:
    """Bring RDF files into a store: what an export holds, or with --graph any other data.

    Records are checked and written anew.  Exit code 1 if a file holds triples that belong to no record.
    """
    from kg.store.store import open_store

    found: list[dict[str, int | str]] = []
    with open_store(store, writable=True, wait=wait) as target:
        for path in files:
            found.append({"file": str(path), **_import_one(target, path, format, graph)})
    if json:
        console.write_json(found)
    else:
        for counts in found:
            name = counts.pop("file")
            console.write(f"{name}: " + ", ".join(f"{n} {what}" for what, n in counts.items()) + "\n")
    raise typer.Exit(FINDINGS if any(counts.get("left out") for counts in found) else 0)


def _import_one(store: Store, path: Path, format: str | None, graph: str | None) -> dict[str, int | str]:
    from kg.rdf.formats import format_named
    from kg.transfer.importing import import_graph, import_rdf

    named = format_named(format or path.suffix)
    with sys.stdin.buffer if str(path) == "-" else path.open("rb") as file:
        if graph is not None:
            return {"triples": import_graph(store, file, named, graph)}
        return _counts(import_rdf(store, file, named))


def _counts(imported: Imported) -> dict[str, int | str]:
    return {
        **{outcome.value: number for outcome, number in imported.documents.items()},
        "reviews": imported.reviews.added,
        "links": imported.links,
        "other": imported.other,
        "left out": imported.left_out,
    }
