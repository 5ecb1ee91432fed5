"""Real SPARQL servers for the tests, from the package registries."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from kg.store.remote import Server

VIRTUOSO = Path("/usr/bin/virtuoso-t")

VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {sql_port}
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    """A TCP port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph_server() -> Iterator[Server]:
    """Oxigraph's server on an empty store in memory."""
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    url = f"http://127.0.0.1:{port}"
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}"], Path.cwd(), url):
        yield Server(f"{url}/query", f"{url}/update", f"{url}/store")


@contextmanager
def virtuoso_server(directory: Path) -> Iterator[Server]:
    """Virtuoso on an empty database; its administrator has the password that it comes with."""
    port = free_port()
    (directory / "virtuoso.ini").write_text(VIRTUOSO_INI.format(port=port, sql_port=free_port()))
    url = f"http://127.0.0.1:{port}"
    with _running([str(VIRTUOSO), "+foreground", "+configfile", "virtuoso.ini"], directory, f"{url}/sparql"):
        yield Server(
            f"{url}/sparql-auth",
            f"{url}/sparql-auth",
            f"{url}/sparql-graph-crud-auth",
            httpx.DigestAuth("dba", "dba"),
        )


@contextmanager
def _running(command: list[str], directory: Path, url: str) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with process:
        try:
            _wait(process, url)
            yield
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    while process.poll() is None:
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{process.args} ended with {process.returncode}")
