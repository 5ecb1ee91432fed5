"""The commands that look after a store: serve it, back it up, restore and compact it.

Also the options and arguments that other commands share with them.
"""

from __future__ import annotations

import re
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import console
from kg.errors import QueryError

StoreOption = Annotated[Path, typer.Option("--store", envvar="KG_STORE", help="Directory of the store.")]
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, metavar="SECONDS", help="Wait for another writer to end.")
]
DEFAULT_STORE = Path("store")

app = typer.Typer(no_args_is_help=True, help="Back a store up, restore or compact it.")


def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7878,
    writable: Annotated[bool, typer.Option("--writable", help="Let clients with the token write.")] = False,
    token: Annotated[
        str | None, typer.Option(envvar="KG_TOKEN", help="The token; a random one if left out.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a query is stopped.")] = 30,
) -> None:
    """Serve the graph over HTTP: SPARQL endpoint, linked data and a query page; read-only by default."""
    from dataclasses import replace

    from kg.endpoint.server import serve as run
    from kg.endpoint.service import Settings

    secret = (token or secrets.token_urlsafe(24)) if writable else None
    settings = Settings(store, secret)
    settings = replace(settings, limits=replace(settings.limits, seconds=timeout))
    console.warn(
        f"ClaimTrack is at http://{host}:{port}, SPARQL at http://{host}:{port}/sparql (Ctrl+C stops it)"
    )
    if writable and not token:
        console.warn(f"Token for updates: {secret}")
    run(settings, host, port)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="File to write: N-Quads, compressed if it ends in .gz.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write everything that the store has published to a file."""
    from kg.store.store import open_store

    with open_store(store) as graph:
        graph.backup(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup: N-Quads, compressed if it ends in .gz.")],
    store: StoreOption = DEFAULT_STORE,
    wait: WaitOption = 0,
) -> None:
    """Let the store hold what a backup holds, and nothing else."""
    from kg.store.store import open_store

    with open_store(store, writable=True, wait=wait) as graph:
        graph.restore(file)


@app.command()
def compact(store: StoreOption = DEFAULT_STORE, wait: WaitOption = 0) -> None:
    """Rebuild the store from its own quads: smaller and faster after many changes."""
    from kg.store.store import open_store

    with open_store(store, writable=True, wait=wait) as graph:
        graph.compact()


def query_text(text: str | None, parameters: list[str]) -> str:
    """Return the query that an argument means; only a saved question takes parameters."""
    from kg.store.questions import question

    if text is None:
        raise QueryError("no query. Give the name of a saved question (kg query --list), a file, or SPARQL")
    if re.fullmatch(r"[a-z][a-z-]*", text) and not Path(text).is_file():
        return question(text).with_values(dict(map(_parameter, parameters)))
    if parameters:
        raise QueryError("--param is for saved questions only. Write the value into the query")
    if text == "-":
        return sys.stdin.read()
    return Path(text).read_text(encoding="utf-8-sig") if _is_file(text) else text


def _is_file(text: str) -> bool:
    """Whether an argument names a file: a query has spaces and braces, and may be too long for a name."""
    return "{" not in text and len(text) < 1000 and (Path(text).is_file() or " " not in text)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise QueryError(f"--param {text}: no value. Write NAME=VALUE")
    return name, value
