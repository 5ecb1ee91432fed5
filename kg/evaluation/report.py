"""Comparisons → one report, and the report as JSON values or as rows of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kg.evaluation.calibration import SURE, SURE_RIGHT, Band, Calibration, calibrate
from kg.evaluation.comparison import Comparison
from kg.evaluation.confusions import Confusion, Error, count_confusions, list_errors
from kg.evaluation.constructions import Construction, score_constructions
from kg.evaluation.scores import Ratio, Scores, TypeScores, score, score_by

Json = dict[str, Any]
Row = tuple[str, ...]


class TableName(StrEnum):
    """The tables of a report."""

    SCORES = "scores"
    CALIBRATION = "calibration"
    CONSTRUCTIONS = "constructions"
    CONFUSIONS = "confusions"
    ERRORS = "errors"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an evaluation finds.

    Attributes:
        scores: of all documents together.
        languages, documents: by language and by name of the document.
        constructions: by what fired.
        confusions: topics and kinds read as others.
        errors: every error in text order.
    """

    scores: Scores
    languages: dict[str, Scores]
    documents: dict[str, Scores]
    calibration: Calibration
    constructions: tuple[Construction, ...]
    confusions: tuple[Confusion, ...]
    errors: tuple[Error, ...]


def report(comparisons: Iterable[Comparison]) -> Report:
    """Return the report on some documents."""
    compared = list(comparisons)
    return Report(
        score(compared),
        score_by(compared, lambda comparison: comparison.document.language or "unknown"),
        score_by(compared, lambda comparison: comparison.document.name),
        calibrate(compared),
        tuple(score_constructions(compared)),
        tuple(count_confusions(compared)),
        tuple(list_errors(compared)),
    )


def report_json(found: Report) -> Json:
    """Return a report as JSON values; shares are rounded to three places."""
    return {
        "scores": _scores_json(found.scores),
        "languages": {name: _scores_json(scores) for name, scores in found.languages.items()},
        "documents": {name: _scores_json(scores) for name, scores in found.documents.items()},
        "calibration": _calibration_json(found.calibration),
        "constructions": [_construction_json(construction) for construction in found.constructions],
        "confusions": [
            {"type": c.type.value, "gold": c.wanted, "predicted": c.got, "times": c.times}
            for c in found.confusions
        ],
        "errors": [_error_json(error) for error in found.errors],
    }


def _scores_json(scores: Scores) -> Json:
    types = {type_.value: _type_json(of_type) for type_, of_type in scores.types.items()}
    return types | {"links": _ratio_json(scores.links)}


def _type_json(scores: TypeScores) -> Json:
    fields = {f"{name}_ok": _rounded(share) for name, share in scores.fields.items()}
    return {"found": _ratio_json(scores.found), "right": _ratio_json(scores.right)} | fields


def _ratio_json(ratio: Ratio) -> Json:
    return {
        "p": _rounded(ratio.precision),
        "r": _rounded(ratio.recall),
        "f1": _rounded(ratio.f1),
        "tp": ratio.correct,
        "pred": ratio.predicted,
        "gold": ratio.gold,
    }


def _calibration_json(calibration: Calibration) -> Json:
    claim = {"confidence": SURE, "right": SURE_RIGHT, "holds": calibration.holds}
    return {
        "bands": [_band_json(band) for band in calibration.bands],
        "claim": claim | {"found": _band_json(calibration.sure)},
        "error": _rounded(calibration.error),
    }


def _band_json(band: Band) -> Json:
    return {
        "low": band.low,
        "high": band.high,
        "acts": band.acts,
        "found": band.found,
        "right": band.right,
        "mean": _rounded(band.mean),
        "share_right": _rounded(band.share_right),
    }


def _construction_json(construction: Construction) -> Json:
    return {
        "kind": construction.kind.value,
        "name": construction.name,
        "acts": construction.acts,
        "found": construction.found,
        "right": construction.right,
    }


def _error_json(error: Error) -> Json:
    act, predicted = error.act, error.predicted
    return {
        "document": act.document,
        "error": error.kind.value,
        "type": act.type.value,
        "gold": error.wanted,
        "predicted": error.got,
        "start": act.start,
        "end": act.end,
        "sentence": act.sentence,
        "cue": act.cue,
        "gold_id": error.gold.id if error.gold else "",
        "predicted_id": predicted.id if predicted else "",
        "confidence": predicted.confidence if predicted else None,
        "reasons": list(predicted.reasons) if predicted else [],
    }


def _rounded(share: float) -> float:
    return round(share, 3)


def table(found: Report, name: TableName) -> tuple[Row, Iterator[Row]]:
    """Return the columns of one table of a report and its rows."""
    columns, rows = _TABLES[name]
    return columns, rows(found)


def _score_rows(found: Report) -> Iterator[Row]:
    yield from _rows_of("all", "", found.scores)
    for name, scores in found.languages.items():
        yield from _rows_of("language", name, scores)
    for name, scores in found.documents.items():
        yield from _rows_of("document", name, scores)


def _rows_of(scope: str, name: str, scores: Scores) -> Iterator[Row]:
    for type_, of_type in scores.types.items():
        yield (scope, name, type_.value, "found", *_ratio_row(of_type.found))
        yield (scope, name, type_.value, "right", *_ratio_row(of_type.right))
        for field, share in of_type.fields.items():
            right = round(share * of_type.found.correct)
            yield (scope, name, type_.value, f"{field} of the found", *_ratio_row(
                Ratio(right, of_type.found.correct, of_type.found.correct)
            ))  # fmt: skip
    yield (scope, name, "rebuttal", "links", *_ratio_row(scores.links))


def _ratio_row(ratio: Ratio) -> Row:
    shares = (ratio.precision, ratio.recall, ratio.f1)
    return (*(f"{share:.3f}" for share in shares), str(ratio.correct), str(ratio.predicted), str(ratio.gold))


def _calibration_rows(found: Report) -> Iterator[Row]:
    for band in (*found.calibration.bands, found.calibration.sure):
        numbers = map(str, (band.acts, band.found, band.right))
        yield (f"{band.low:.1f}", f"{band.high:.1f}", *numbers, f"{band.mean:.3f}", f"{band.share_right:.3f}")


def _construction_rows(found: Report) -> Iterator[Row]:
    for c in found.constructions:
        shares = (f"{c.found / c.acts:.3f}", f"{c.right / c.acts:.3f}")
        yield (c.kind.value, c.name, str(c.acts), str(c.found), str(c.right), *shares)


def _confusion_rows(found: Report) -> Iterator[Row]:
    for c in found.confusions:
        yield c.type.value, c.wanted, c.got, str(c.times)


def _error_rows(found: Report) -> Iterator[Row]:
    for error in found.errors:
        act, predicted = error.act, error.predicted
        yield (
            act.document, error.kind.value, act.type.value, error.wanted, error.got, act.cue,
            f"{predicted.confidence:.2f}" if predicted else "",
            "; ".join(predicted.reasons) if predicted else "",
            str(act.start), str(act.end), " ".join(act.sentence.split()),
        )  # fmt: skip


_TABLES: dict[TableName, tuple[Row, Callable[[Report], Iterator[Row]]]] = {
    TableName.SCORES: (
        ("scope", "name", "type", "measure", "precision", "recall", "f1", "correct", "predicted", "gold"),
        _score_rows,
    ),
    TableName.CALIBRATION: (
        ("from", "to", "acts", "found", "right", "mean confidence", "share right"),
        _calibration_rows,
    ),
    TableName.CONSTRUCTIONS: (
        ("kind", "name", "acts", "found", "right", "share found", "share right"),
        _construction_rows,
    ),
    TableName.CONFUSIONS: (("type", "gold", "predicted", "times"), _confusion_rows),
    TableName.ERRORS: (
        (
            "document", "error", "type", "gold", "predicted", "cue", "confidence", "reasons", "start", "end",
            "sentence",
        ),
        _error_rows,
    ),
}  # fmt: skip
