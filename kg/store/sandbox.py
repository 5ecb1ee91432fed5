"""Runs queries in processes that are killed at their limits, a few at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from queue import Empty, LifoQueue
from typing import IO

from kg.errors import QueryBusy, QueryError, QueryTimeout, QueryTooLarge
from kg.store.requests import Limits, Request, receive, send
from kg.store.results import Answer

PROCESSES = 3
"""How many queries run at once; more wait for their turn."""
SHORT_SECONDS = 2.0
"""Most time for a query while all other processes are busy, so that quick ones are always answered."""


class Sandbox:
    """A few processes that answer queries and are started anew when one had to be killed.

    May be used from several threads.  Close it to end the processes.
    """

    def __init__(self, processes: int = PROCESSES, memory_bytes: int = Limits().memory_bytes) -> None:
        self._memory = memory_bytes
        self._free: LifoQueue[_Process | None] = LifoQueue()
        self._size = processes
        self._long = threading.Semaphore(max(1, processes - 1))
        for _ in range(processes):
            self._free.put(None)  # Started when first needed.

    def run(self, request: Request) -> Answer | bytes:
        """Return the answer to a query within its limits.

        Raises:
            QueryError: the query is malformed.
            QueryTimeout: it took too long and was stopped.
            QueryTooLarge: it took too much memory, or its answer is too large.
            QueryBusy: no process became free in time, or only one that quick queries are kept for.
        """
        limits = replace(request.limits, memory_bytes=self._memory)
        try:
            process = self._free.get(timeout=limits.seconds)
        except Empty:
            raise self._busy() from None
        may_be_long = self._long.acquire(blocking=False)
        if not may_be_long:
            limits = replace(limits, seconds=min(limits.seconds, SHORT_SECONDS))
        try:
            if process is None or not process.alive():
                process = _Process(self._memory)
            return process.ask(replace(request, limits=limits))
        except QueryTimeout:
            if limits.seconds < request.limits.seconds:
                raise self._busy() from None
            raise
        finally:
            self._free.put(process if process and process.alive() else None)
            if may_be_long:
                self._long.release()

    def _busy(self) -> QueryBusy:
        others = max(1, self._size - 1)
        return QueryBusy(f"{others} other queries have been running for long. Try again in a moment")

    def close(self) -> None:
        """End the processes; queries that still run fail."""
        for _ in range(self._size):
            try:
                process = self._free.get_nowait()
            except Empty:
                return
            if process:
                process.kill()


class _Process:
    """One worker process and the pipes to it."""

    def __init__(self, memory_bytes: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.store.worker", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        try:
            # The time of a query begins when there is a process to run it.
            receive(self._pipe(self._process.stdout))
        except EOFError:
            self.kill()
            raise QueryError("the process that runs queries could not be started") from None

    def ask(self, request: Request) -> Answer | bytes:
        """Send a request and wait for the reply, or kill the process when its time is over."""
        late = threading.Event()
        timer = threading.Timer(request.limits.seconds, self._stop, [late])
        timer.start()
        try:
            send(self._pipe(self._process.stdin), request)
            reply = receive(self._pipe(self._process.stdout))
        except (EOFError, OSError):
            self.kill()
            raise _reason(late, request.limits) from None
        finally:
            timer.cancel()
            if late.is_set():
                self.kill()  # Also when the reply came at the last moment: the process is going.
        if isinstance(reply, QueryError):
            raise reply
        return reply  # type: ignore[return-value]

    def alive(self) -> bool:
        """Return whether the process still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process at once and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                self._pipe(pipe).close()
            except BrokenPipeError:
                continue  # A request that was not read is still buffered.

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def _reason(late: threading.Event, limits: Limits) -> QueryError:
    if late.is_set():
        return QueryTimeout(
            f"the query was stopped after {limits.seconds:g} seconds. Narrow it, or add LIMIT"
        )
    megabytes = limits.memory_bytes // 1_000_000
    return QueryTooLarge(f"the query was stopped: it needs more than {megabytes} MB of memory")
