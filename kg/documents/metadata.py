"""Reads metadata that a person stated: sidecar files, front matter, columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from kg.documents.dates import normalise_date
from kg.errors import DocumentError
from kg.model import Metadata

FIELDS = tuple(field.name for field in fields(Metadata) if field.name != "inferred")
"""The names under which metadata may be given; any other name is ignored."""

_ALIASES = {"license": "licence", "lang": "language", "author": "speaker", "source": "publisher"}


def sidecar_path(path: Path) -> Path:
    """Return where the metadata of ``path`` stands: ``NAME.meta.json`` beside ``NAME.txt``."""
    return path.with_name(f"{path.stem}.meta.json")


def read_sidecar(path: Path) -> dict[str, str]:
    """Return the fields of the sidecar of ``path``; empty if there is none.

    Raises:
        DocumentError: the sidecar is not a JSON object.
    """
    sidecar = sidecar_path(path)
    if not sidecar.is_file():
        return {}
    try:
        content = json.loads(sidecar.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise DocumentError(str(sidecar), f"malformed JSON ({error})", "Correct the metadata file") from error
    if not isinstance(content, dict):
        raise DocumentError(str(sidecar), "not a JSON object", 'Write {"title": …, "publisher": …}')
    return select_fields(content)


def select_fields(content: Mapping[str, object]) -> dict[str, str]:
    """Return the known metadata fields of ``content`` as text, without empty ones.

    Another name for a field ("source") counts only where the field's own ("publisher") is not given.
    """
    by_alias_first = sorted(content.items(), key=lambda item: str(item[0]).strip().lower() not in _ALIASES)
    known = {_field_name(key): _as_text(value) for key, value in by_alias_first}
    return {name: text for name, text in known.items() if name in FIELDS and text}


def _field_name(key: object) -> str:
    name = str(key).strip().lower()
    return _ALIASES.get(name, name)


def _as_text(value: object) -> str:
    if value is None or isinstance(value, (dict, bool)):
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_as_text, value)))
    return str(value).strip()


def build_metadata(*levels: Mapping[str, str]) -> Metadata:
    """Merge levels of stated fields, the earlier ones first, and normalise date and language."""
    merged: dict[str, Any] = {}
    for level in reversed(levels):
        merged.update(level)
    merged["date"] = normalise_date(merged.get("date", ""))
    merged["language"] = normalise_language(merged.get("language", ""))
    return Metadata(**merged)


def normalise_language(text: str) -> str:
    """Return the primary language code of a tag such as ``fr-BE``, or of a name such as ``French``."""
    words = text.strip().lower().replace("_", "-")
    return _LANGUAGE_NAMES.get(words, words.partition("-")[0])


_LANGUAGE_NAMES = {"french": "fr", "français": "fr", "fra": "fr", "fre": "fr"}
_LANGUAGE_NAMES |= {"english": "en", "anglais": "en", "eng": "en"}
