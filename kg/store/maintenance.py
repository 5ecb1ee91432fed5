"""Backups as N-Quads, and rebuilding a store from them.

N-Quads (gzip-compressed if the name ends in ``.gz``) are the form to keep: any RDF tool reads them, and a
store rebuilt from them has none of what an engine piles up (logs, strings that nothing uses).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.engine import Engine


def write_backup(engine: Engine, path: Path) -> None:
    """Write all quads; the file appears under its name only when it is complete.

    Raises:
        StoreError: the file cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with _opened(unfinished, path.suffix == ".gz", "wb") as out:
            ox.serialize(engine.quads(), out, ox.RdfFormat.N_QUADS)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{path}: the backup cannot be written: {error}") from error


@contextmanager
def backup_quads(path: Path) -> Iterator[Iterator[ox.Quad]]:
    """Give the quads of a backup.

    Raises:
        StoreError: the file cannot be read or is not N-Quads; the message names the line.
    """
    try:
        with _opened(path, path.suffix == ".gz", "rb") as source:
            yield iter(ox.parse(source, ox.RdfFormat.N_QUADS))
    except (OSError, EOFError, SyntaxError) as error:
        raise StoreError(f"{path}: not a complete backup: {error}. The store was not changed") from error


def _opened(path: Path, compressed: bool, mode: str) -> IO[bytes]:
    return gzip.open(path, mode) if compressed else path.open(mode)  # type: ignore[return-value]
