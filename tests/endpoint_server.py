"""The endpoint as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from servers import free_port

SERVE = """
import sys
from pathlib import Path
from kg.endpoint.server import serve
from kg.endpoint.service import Settings
from kg.store.requests import Limits
path, port, token, seconds = sys.argv[1:]
serve(Settings(Path(path), token or None, Limits(seconds=float(seconds), rows=50_000)), port=int(port))
"""

TOKEN = "correct-horse-battery-staple"


@contextmanager
def endpoint(path: Path, token: str = "", seconds: float = 20) -> Iterator[str]:
    """Serve a store; gives the address with a slash at its end."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(path), str(port), token, str(seconds)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    url = f"http://127.0.0.1:{port}/"
    with process:
        try:
            while process.poll() is None and not _answers(url):
                time.sleep(0.05)
            assert process.poll() is None, "the endpoint did not start"
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        httpx.get(url)
    except httpx.TransportError:
        return False
    return True
