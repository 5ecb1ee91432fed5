"""One writer at a time: a file lock that can say who holds it."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import StoreLocked


class WriterLock:
    """The right to write to a store directory, held by one process until released or dead.

    The operating system releases the lock of a killed process, so a lock is never stale.  Beside the
    lock a small JSON file names the holder, for the error message of the next one.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._holder = directory / "writer.json"
        self._lock = FileLock(directory / "writer.lock", thread_local=False)

    def acquire(self, wait: float) -> None:
        """Take the lock within ``wait`` seconds (0: at once).

        Raises:
            StoreLocked: another process (or another store object of this one) holds it.
        """
        try:
            self._lock.acquire(timeout=max(wait, 0.0))
        except Timeout:
            raise StoreLocked(f"{self._directory}: {self._holder_text()}. {_REMEDY}") from None
        started = datetime.now(UTC).isoformat(timespec="seconds")
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": started}
        self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _holder_text(self) -> str:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"process {holder['pid']} on {holder['host']} has been writing since {holder['since']}"
        except (OSError, ValueError, KeyError):
            # The holder has the lock but has not written its name yet, or is just leaving.
            return "another process is writing"


_REMEDY = "Wait for it to end, or pass a waiting time (--wait SECONDS)"
