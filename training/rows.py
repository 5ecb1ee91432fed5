"""What is learned from: choices among parties and acts, as numbers and names of features without any text.

The file of rows is gzipped JSON lines.  ``{"document": 3, "role": "source", "options": [["beside", ...],
...], "right": [0]}`` is a choice, with the places of the options that are right; ``{"document": 3, "act":
{"score of the cue": 0.8, ...}, "right": true}`` is an act.  Documents are running numbers.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.acts.ranking import Role

FOLDS = 5


class LabelledOption(NamedTuple):
    """The features of a party that may be meant, and whether gold says it is."""

    features: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The options for one role of one candidate act that gold knows."""

    document: int
    role: Role
    options: tuple[LabelledOption, ...]

    @property
    def can_be_right(self) -> bool:
        """Whether the right party is among the options."""
        return any(option.right for option in self.options)

    @property
    def tells(self) -> bool:
        """Whether something can be learned from it: some options are right and some wrong."""
        return self.can_be_right and not all(option.right for option in self.options)


@dataclass(frozen=True, slots=True)
class LabelledAct:
    """The features of ``kg.acts.confidence`` of an act, and whether gold has it with both its parties.

    It was found by a ranker that had seen nothing of its fold.
    """

    document: int
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """All that is learned from."""

    choices: tuple[Choice, ...]
    acts: tuple[LabelledAct, ...]


def fold(document: int) -> int:
    """Return which fold of cross-validation a document is of, with all its rows."""
    return document % FOLDS


def write_rows(path: Path, rows: Rows) -> None:
    """Write the file of rows; equal rows make equal bytes."""
    records = [*map(_choice_to_json, rows.choices), *map(_act_to_json, rows.acts)]
    lines = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))


def read_rows(path: Path) -> Rows:
    """Read a file of rows.

    Raises:
        OSError, KeyError, ValueError: it cannot be read or is no file of rows.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    return Rows(
        tuple(_choice_from_json(record) for record in records if "role" in record),
        tuple(
            LabelledAct(record["document"], record["act"], record["right"])
            for record in records
            if "act" in record
        ),
    )


def _choice_to_json(choice: Choice) -> dict[str, Any]:
    return {
        "document": choice.document,
        "role": choice.role,
        "options": [option.features for option in choice.options],
        "right": [place for place, option in enumerate(choice.options) if option.right],
    }


def _choice_from_json(record: Mapping[str, Any]) -> Choice:
    right = set(record["right"])
    options = (
        LabelledOption(tuple(features), place in right) for place, features in enumerate(record["options"])
    )
    return Choice(record["document"], Role(record["role"]), tuple(options))


def _act_to_json(act: LabelledAct) -> dict[str, Any]:
    return {"document": act.document, "act": act.features, "right": act.right}
