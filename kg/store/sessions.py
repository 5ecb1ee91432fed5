"""What a store object holds besides its engine: the writer's lock, a reader's snapshot, or nothing."""

from __future__ import annotations

import shutil
import tempfile
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.engine import Engine, OxigraphEngine
from kg.store.locking import WriterLock
from kg.store.requests import Limits, Query, Request
from kg.store.results import Answer
from kg.store.sandbox import Sandbox
from kg.store.snapshots import OpenSnapshot, StoreDirectory


class Session(Protocol):
    """How a store object is tied to its place."""

    @property
    def engine(self) -> Engine:
        """The engine to use now."""
        ...

    def begin_write(self) -> None:
        """Raise :class:`StoreError` unless writing is allowed; note that a write begins."""
        ...

    def publish(self) -> int:
        """Let readers see what was written; return the generation."""
        ...

    def refresh(self) -> bool:
        """Move to the newest published generation; return whether there was a newer one."""
        ...

    def run(self, query: Query, limits: Limits, media_type: str | None = None) -> Answer | bytes:
        """Answer a checked query within limits, as bytes if a media type is given."""
        ...

    def rebuild(self, quads: Callable[[], Iterable[ox.Quad]]) -> None:
        """Hold these quads and nothing else; whole or, if the quads end in an error, not at all.

        A function, since an iterator over the old database would keep it open.
        """
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


class LocalSession(ABC):
    """What the sessions of this machine share: processes that run costly queries on a copy."""

    @cached_property
    def sandbox(self) -> Sandbox:
        """The processes; started when first used."""
        return Sandbox()

    def run(self, query: Query, limits: Limits, media_type: str | None = None) -> Answer | bytes:
        """See :class:`Session`."""
        return self.sandbox.run(Request(self.copy(), query, limits, media_type))

    @abstractmethod
    def copy(self) -> Path:
        """Return a copy of what the engine holds now, for another process to read."""

    def close(self) -> None:
        """End the processes."""
        if "sandbox" in self.__dict__:
            self.sandbox.close()


class MemorySession(LocalSession):
    """An engine that nobody else can see."""

    def __init__(self) -> None:
        self.engine = OxigraphEngine.in_memory()
        self._writes = 0
        self._copies: tempfile.TemporaryDirectory[str] | None = None

    def begin_write(self) -> None:
        """See :class:`Session`."""
        self._writes += 1

    def publish(self) -> int:
        """See :class:`Session`."""
        return self._writes

    def refresh(self) -> bool:
        """See :class:`Session`."""
        return False

    def copy(self) -> Path:
        """See :class:`LocalSession`."""
        if self._copies is None:
            self._copies = tempfile.TemporaryDirectory(prefix="claimtrack-")
        copy = Path(self._copies.name) / f"{self._writes}.nq"
        if not copy.exists():
            ox.serialize(self.engine.quads(), copy, ox.RdfFormat.N_QUADS)
        return copy

    def rebuild(self, quads: Callable[[], Iterable[ox.Quad]]) -> None:
        """See :class:`Session`."""
        rebuilt = OxigraphEngine.in_memory()
        rebuilt.load(quads())
        self.begin_write()
        self.engine = rebuilt

    def close(self) -> None:
        """See :class:`Session`."""
        super().close()
        if self._copies:
            self._copies.cleanup()


class WriterSession(LocalSession):
    """The one writer of a directory.

    Raises:
        StoreLocked: another writer holds the directory.
    """

    def __init__(self, directory: StoreDirectory, wait: float) -> None:
        directory.root.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._publishing = threading.Lock()
        self._lock = WriterLock(directory.root)
        self._lock.acquire(wait)
        try:
            finish_swap(directory)
            self.engine = OxigraphEngine.on_disk(directory.live)
        except BaseException:
            self._lock.release()
            raise
        if directory.generation() == 0:
            directory.pending.touch()  # So that even an empty store gets a generation to read.

    def begin_write(self) -> None:
        """See :class:`Session`."""
        self.directory.pending.touch()

    def publish(self) -> int:
        """See :class:`Session`."""
        with self._publishing:
            if not self.directory.pending.exists():
                return self.directory.generation()
            self.engine.flush()
            return self.directory.publish(self.engine)

    def refresh(self) -> bool:
        """See :class:`Session`."""
        return False

    def copy(self) -> Path:
        """See :class:`LocalSession`."""
        return self.directory.snapshot(self.publish())

    def rebuild(self, quads: Callable[[], Iterable[ox.Quad]]) -> None:
        """See :class:`Session`."""
        new = _new(self.directory)
        shutil.rmtree(new, ignore_errors=True)
        rebuilt = OxigraphEngine.on_disk(new)
        rebuilt.load(quads())
        rebuilt.optimize()
        rebuilt.flush()
        rebuilt.shut()
        self.begin_write()
        self.engine.shut()
        swap_live(self.directory, new)
        self.engine = OxigraphEngine.on_disk(self.directory.live)

    def close(self) -> None:
        """Publish and release the lock, even when publishing fails."""
        super().close()
        try:
            self.publish()
        finally:
            self.engine.shut()
            self._lock.release()


class ReaderSession(LocalSession):
    """A reader of the newest published generation."""

    def __init__(self, directory: StoreDirectory) -> None:
        self.directory = directory
        self._refreshing = threading.Lock()
        recover(directory)
        self._snapshot = OpenSnapshot(directory)

    @property
    def engine(self) -> OxigraphEngine:
        """See :class:`Session`."""
        return self._snapshot.engine

    def begin_write(self) -> None:
        """See :class:`Session`."""
        raise StoreError(
            f"{self.directory.root} is open for reading. Open it with writable=True to change it"
        )

    def publish(self) -> int:
        """See :class:`Session`."""
        return self._snapshot.generation

    def refresh(self) -> bool:
        """See :class:`Session`."""
        with self._refreshing:
            if self.directory.generation() == self._snapshot.generation:
                return False
            newer = OpenSnapshot(self.directory)
            self._snapshot.close()
            self._snapshot = newer
            return True

    def copy(self) -> Path:
        """See :class:`LocalSession`."""
        return self.directory.snapshot(self._snapshot.generation)

    def rebuild(self, quads: Callable[[], Iterable[ox.Quad]]) -> None:
        """See :class:`Session`."""
        self.begin_write()

    def close(self) -> None:
        """See :class:`Session`."""
        super().close()
        self._snapshot.close()


def recover(directory: StoreDirectory) -> None:
    """Publish what a killed writer acknowledged but could not publish; nothing while a writer works."""
    if not directory.pending.exists():
        return
    try:
        WriterSession(directory, wait=0).close()
    except (StoreError, PermissionError):
        # A writer is at work and will publish itself, or this user may only read: the last
        # published generation is whole either way.
        return


def swap_live(directory: StoreDirectory, rebuilt: Path) -> None:
    """Put a rebuilt database in the place of live (which must be closed)."""
    directory.live.rename(_old(directory))
    rebuilt.rename(directory.live)
    shutil.rmtree(_old(directory))


def finish_swap(directory: StoreDirectory) -> None:
    """Undo or finish a swap during which the process was killed."""
    if _old(directory).exists() and not directory.live.exists():
        _old(directory).rename(directory.live)
    for leftover in (_old(directory), _new(directory)):
        shutil.rmtree(leftover, ignore_errors=True)


def _old(directory: StoreDirectory) -> Path:
    return directory.root / "live.old"


def _new(directory: StoreDirectory) -> Path:
    return directory.root / "live.new"
