"""The store behind the endpoint: a reader that follows what is published, and short-lived writers."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from kg.store.requests import Limits
from kg.store.store import Store, open_store

Result = TypeVar("Result")

WRITER_WAIT = 10.0
"""Seconds that an update waits for another writer."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the endpoint serves.

    Attributes:
        path: directory of the store.
        token: secret that lets a client write; None means that nobody can.
        limits: what one query may take.
    """

    path: Path
    token: str | None = field(default=None, repr=False)
    limits: Limits = Limits(seconds=30.0, rows=100_000)


class Service:
    """The store as requests need it.

    Raises:
        StoreError: there is nothing to read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._reader = open_store(settings.path)
        self._remembered: dict[str, tuple[int, object]] = {}

    def reader(self) -> Store:
        """Return the store as it is published now."""
        self._reader.refresh()
        return self._reader

    def generation(self) -> int:
        """Return the number of what is published now."""
        return self.reader().publish()

    def remember(self, key: str, compute: Callable[[], Result]) -> Result:
        """Return what ``compute`` returns, computed once for each published generation."""
        generation = self.generation()
        if self._remembered.get(key, (0, None))[0] != generation:
            self._remembered[key] = generation, compute()
        return cast(Result, self._remembered[key][1])

    def write(self, change: Callable[[Store], Result]) -> Result:
        """Run a change as a writer of its own, so that other programs can write between requests.

        Raises:
            StoreLocked: another writer did not end in time.
        """
        with open_store(self.settings.path, writable=True, wait=WRITER_WAIT) as writer:
            return change(writer)

    def may_write(self, authorization: str) -> bool:
        """Return whether an Authorization header carries the token."""
        token = self.settings.token
        scheme, _, given = authorization.partition(" ")
        same = hmac.compare_digest(given.strip().encode(), (token or "").encode())
        return token is not None and scheme.lower() == "bearer" and same

    def close(self) -> None:
        """Release the store."""
        self._reader.close()
