"""Where predicted acts come from: a file of records, or the extractor."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kg.errors import EvaluationError
from kg.evaluation.acts import COMPARED, ComparedAct, from_act, from_records
from kg.model import Act

ByDocument = dict[str, list[ComparedAct]]


def predicted_acts(acts: Iterable[Act]) -> ByDocument:
    """Return the accusations and rebuttals among acts, by the name of their document."""
    return _by_document(from_act(act) for act in acts if act.type in COMPARED)


def read_predictions(path: Path) -> ByDocument:
    """Return the accusations and rebuttals of a file of JSON lines, by the name of their document.

    Raises:
        EvaluationError: a line is not JSON or not an act; the message names the file.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
    except ValueError as error:
        raise EvaluationError(f"{path}: not JSON lines: {error}. Write them with kg extract") from error
    return _by_document(from_records(records, str(path)))


def _by_document(acts: Iterable[ComparedAct]) -> ByDocument:
    found: defaultdict[str, list[ComparedAct]] = defaultdict(list)
    for act in acts:
        found[act.document].append(act)
    return dict(found)
