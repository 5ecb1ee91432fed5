"""Published snapshots: what readers open while a writer works.

A store directory holds::

    live/          the writer's database
    snapshots/gN/  published generations (hard links to live's immutable files)
    CURRENT        the name of the newest complete generation
    PENDING        exists while live holds writes that are not published
    writer.lock    held by the one writer; writer.json names it

Opening ``live`` beside its writer is undefined in the engine; opening a snapshot is always safe.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import StoreError
from kg.store.engine import OxigraphEngine

try:
    import fcntl
except ImportError:  # Windows refuses to delete open files, which protects readers there.
    fcntl = None  # type: ignore[assignment]

KEPT = 2
"""How many generations stay: the newest, and the one that a reader may just be opening."""


@dataclass(frozen=True, slots=True)
class StoreDirectory:
    """The files of one store."""

    root: Path

    @property
    def live(self) -> Path:
        """The writer's database."""
        return self.root / "live"

    @property
    def snapshots(self) -> Path:
        """The published generations."""
        return self.root / "snapshots"

    @property
    def pending(self) -> Path:
        """Marker: live holds writes that are not published."""
        return self.root / "PENDING"

    def generation(self) -> int:
        """Return the number of the newest published generation; 0 if there is none."""
        try:
            return int((self.root / "CURRENT").read_text(encoding="ascii").strip().removeprefix("g"))
        except FileNotFoundError:
            return 0

    def snapshot(self, generation: int) -> Path:
        """Return the directory of a generation."""
        return self.snapshots / f"g{generation}"

    def publish(self, engine: OxigraphEngine) -> int:
        """Publish what ``engine`` (open on live) holds and return the new generation.

        Readers see the old generation until the pointer is swapped, which is atomic.
        """
        generation = self.generation() + 1
        unfinished = self.snapshots / f"g{generation}.unfinished"
        self.snapshots.mkdir(exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(self.snapshot(generation), ignore_errors=True)
        engine.raw.backup(unfinished)
        _use_file(self.snapshot(generation)).touch()  # Here, so that readers need no right to write.
        unfinished.rename(self.snapshot(generation))
        replace_text(self.root / "CURRENT", f"g{generation}\n")
        self.pending.unlink(missing_ok=True)
        self._forget_old(generation)
        return generation

    def _forget_old(self, newest: int) -> None:
        for directory in self.snapshots.glob("g*[0-9]"):
            if int(directory.name[1:]) <= newest - KEPT and _unused(directory):
                shutil.rmtree(directory, ignore_errors=True)
                _use_file(directory).unlink(missing_ok=True)


class OpenSnapshot:
    """The newest generation, open for reading and protected from deletion until closed."""

    def __init__(self, directory: StoreDirectory) -> None:
        self.generation, self._use = _hold_newest(directory)
        self.engine = OxigraphEngine.snapshot(directory.snapshot(self.generation))

    def close(self) -> None:
        """Let the writer delete the generation."""
        self._use.close()


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new text, never a part."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def _hold_newest(directory: StoreDirectory) -> tuple[int, IO[bytes]]:
    while True:
        generation = directory.generation()
        if generation == 0:
            raise StoreError(f"{directory.root}: nothing is published here yet. Run `kg ingest` first")
        try:
            use = _use_file(directory.snapshot(generation)).open("rb")
        except FileNotFoundError:
            continue  # The writer published twice between our two looks; the pointer has moved on.
        if fcntl:
            fcntl.flock(use, fcntl.LOCK_SH)
        if directory.snapshot(generation).is_dir():
            return generation, use
        use.close()


def _use_file(snapshot: Path) -> Path:
    return snapshot.with_name(snapshot.name + ".use")


def _unused(snapshot: Path) -> bool:
    if not fcntl or not _use_file(snapshot).exists():
        return True
    with _use_file(snapshot).open("ab") as use:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
