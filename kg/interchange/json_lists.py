"""Writes a JSON object with one long list, an item at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any


def write_list(head: Mapping[str, Any], name: str, items: Iterable[Any], out: IO[bytes]) -> None:
    """Write an object: what is in ``head``, then ``items`` as a list called ``name``, one a line."""
    out.write(b"{\n")
    for key, value in head.items():
        out.write(f"{_text(key)}: {_text(value)},\n".encode())
    out.write(f"{_text(name)}: [".encode())
    for place, item in enumerate(items):
        out.write((",\n" if place else "\n").encode() + _text(item).encode())
    out.write(b"\n]\n}\n")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
