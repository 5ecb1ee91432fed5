"""A process that answers queries for another one, and can be killed: ``python -m kg.store.worker``.

The engine has no time-out and ignores interrupts, so a query that must stop at a limit runs here.
Requests and replies go over standard input and output; the process ends when its input does.
"""

from __future__ import annotations

import ctypes
import faulthandler
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import QueryError, QueryTooLarge
from kg.store.answering import Answerer
from kg.store.requests import READY, Request, receive, send

_NEW_NETWORK_OF_OWN = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET
_GRACE_SECONDS = 2.0


def main() -> None:
    """Answer requests until the input ends.  The argument is the memory limit in bytes."""
    _leave_network()
    _limit_memory(int(sys.argv[1]))
    answerer = Answerer()
    send(sys.stdout.buffer, READY)
    for request in _requests(sys.stdin.buffer):
        # If the asking process dies meanwhile, nobody would stop a query without end.
        faulthandler.dump_traceback_later(request.limits.seconds + _GRACE_SECONDS, exit=True)
        reply: object
        try:
            reply = answerer.answer(request)
        except QueryError as error:
            reply = error
        except MemoryError:
            reply = QueryTooLarge("the query needs too much memory")
        faulthandler.cancel_dump_traceback_later()
        send(sys.stdout.buffer, reply)


def _requests(pipe: IO[bytes]) -> Iterator[Request]:
    while True:
        try:
            message = receive(pipe)
        except EOFError:
            return
        assert isinstance(message, Request)
        yield message


def _leave_network() -> None:
    """Give up the network where the system allows it: a second line behind refusing SERVICE.

    Before the engine starts its threads: a process with threads cannot leave.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_NEW_NETWORK_OF_OWN)


def _limit_memory(extra: int) -> None:
    """Limit the memory of this process to what it has now and ``extra`` bytes (where the system can)."""
    if sys.platform != "linux":
        return
    import resource

    status = Path("/proc/self/status").read_text(encoding="ascii")
    data = next(line for line in status.splitlines() if line.startswith("VmData:"))
    # Not the address space: the engine maps its files into that.
    limit = int(data.split()[1]) * 1024 + extra
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


if __name__ == "__main__":
    main()
