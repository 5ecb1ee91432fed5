"""What a store and the processes that answer queries for it say to each other."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from kg.store.engine import UNION, Scope

READY = "ready"
"""First message of a process: it can take requests now."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may take.

    Attributes:
        seconds: wall-clock time from sending it to having the answer.
        rows: rows of a table or triples of a graph; more are cut off, or refused when serialising.
        answer_bytes: size of the answer.
        memory_bytes: memory on top of what an idle process takes; fixed when the process starts.
    """

    seconds: float = 10.0
    rows: int | None = 10_000
    answer_bytes: int = 64_000_000
    memory_bytes: int = 1_000_000_000


class Query(NamedTuple):
    """A query that was checked, and the graphs it looks into."""

    text: str
    scope: Scope = UNION


@dataclass(frozen=True, slots=True)
class Request:
    """A query on a copy of a store.

    ``copy`` is a snapshot directory, or an N-Quads file.  ``media_type`` asks for the answer as bytes
    in that format; None asks for values.
    """

    copy: Path
    query: Query
    limits: Limits
    media_type: str | None = None


def send(pipe: IO[bytes], message: object) -> None:
    """Write a message: a pickle (both ends are this program) after its length."""
    payload = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(struct.pack("<Q", len(payload)) + payload)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object:
    """Read a message; raise EOFError if the other end is gone."""
    header = pipe.read(8)
    if len(header) < 8:
        raise EOFError
    (size,) = struct.unpack("<Q", header)
    payload = pipe.read(size)
    if len(payload) < size:
        raise EOFError
    return pickle.loads(payload)
