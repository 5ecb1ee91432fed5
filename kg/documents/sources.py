"""Finds the files to read and loads their bytes within the size limit."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import DocumentError

MAX_BYTES = 20_000_000
"""Largest input that is read, in bytes: a longer file is a collection, and parsing it as one text would
take gigabytes of memory."""

STDIN = "-"
"""The path that stands for standard input."""

_COMPANION_SUFFIXES = frozenset({".json", ".toml", ".yaml", ".yml", ".ttl", ".trig", ".nq", ".rq"})
_COMPANION_NAMES = frozenset({"readme", "license", "licence", "changelog", "notice", "actors"})
_ACTOR_FILES = ("actors.toml", "actors.csv")


@dataclass(frozen=True, slots=True)
class Source:
    """Where one input stands; ``path`` is ``-`` for standard input."""

    path: Path

    @property
    def is_stdin(self) -> bool:
        """Whether this is standard input."""
        return str(self.path) == STDIN

    @property
    def name(self) -> str:
        """Name of the document that a single-document file yields."""
        return "stdin" if self.is_stdin else self.path.stem

    @property
    def suffix(self) -> str:
        """Lower-case suffix that chooses the reader; standard input is plain text."""
        return ".txt" if self.is_stdin else self.path.suffix.lower()


def find_sources(paths: Sequence[Path]) -> Iterator[Source | DocumentError]:
    """Yield every file named by ``paths`` once: files as given, folders recursively in sorted order.

    In a folder, hidden files, data beside the documents (``.json``, ``.toml``, RDF), actor files and files
    about the folder (``README``, ``LICENSE``) are passed over; named explicitly, they are read.
    """
    seen: set[Path] = set()
    for path in _expand(paths):
        if isinstance(path, DocumentError):
            yield path
            continue
        real = path.resolve()
        if real not in seen:
            seen.add(real)
            yield Source(path)


def _expand(paths: Iterable[Path]) -> Iterator[Path | DocumentError]:
    for path in paths:
        if str(path) == STDIN or path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(_members(path))
        else:
            yield DocumentError(str(path), "no such file or folder", "Check the path")


def _members(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        dangling = path.is_symlink() and not path.exists()
        if (path.is_file() or dangling) and not hidden and not _is_companion(path):
            yield path


def find_actor_files(paths: Sequence[Path]) -> list[Path]:
    """Return the actor files (``actors.toml``, ``actors.csv``) in the folders and beside the files given."""
    found: set[Path] = set()
    for path in paths:
        for name in _ACTOR_FILES:
            found.update(path.rglob(name) if path.is_dir() else path.parent.glob(name))
    return sorted(found)


def _is_companion(path: Path) -> bool:
    """Whether a folder's file is data beside the documents rather than a document."""
    return path.suffix.lower() in _COMPANION_SUFFIXES or path.stem.lower() in _COMPANION_NAMES


def load(source: Source, stdin: BinaryIO | None = None) -> bytes:
    """Return the bytes of ``source``.

    Raises:
        DocumentError: unreadable, empty or larger than :data:`MAX_BYTES`.
    """
    try:
        data = _read_bytes(source, stdin)
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise DocumentError(str(source.path), reason, "Check its permissions") from error
    if len(data) > MAX_BYTES:
        reason = f"too large (over {MAX_BYTES // 1_000_000} MB)"
        raise DocumentError(str(source.path), reason, "Split it into one file a statement")
    if not data.strip():
        raise DocumentError(str(source.path), "empty", "Put text into it or leave it out")
    return data


def _read_bytes(source: Source, stdin: BinaryIO | None) -> bytes:
    """Read at most one byte more than the limit, so that a huge file never fills the memory."""
    if source.is_stdin:
        return (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)
    with source.path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
