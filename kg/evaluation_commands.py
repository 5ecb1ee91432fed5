"""The command that measures the extractor against what people say is there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import console
from kg.errors import EvaluationError

if TYPE_CHECKING:
    from kg.evaluation.comparison import Comparison
    from kg.evaluation.gold import ReviewedGold
    from kg.evaluation.predictions import ByDocument
    from kg.model import Act, Document


class ReportFormat(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class TableChoice(StrEnum):
    """Tables of a report, as :class:`kg.evaluation.report.TableName`, which takes longer to import."""

    SCORES = "scores"
    CALIBRATION = "calibration"
    CONSTRUCTIONS = "constructions"
    CONFUSIONS = "confusions"
    ERRORS = "errors"


def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(help="Folder with NAME.txt and NAME.gold.json, or decisions (kg review export)."),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Argument(help="Records (kg extract); extracted now if left out.")
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="Take the records of a store; without GOLD also the decisions in it, as gold."),
    ] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to print the report.")] = ReportFormat.TEXT,
    table: Annotated[TableChoice, typer.Option(help="Which table to print as CSV.")] = TableChoice.SCORES,
    errors: Annotated[int, typer.Option(min=0, help="Errors of each kind to list as text.")] = 0,
    language: Annotated[str | None, typer.Option(help="Only documents in this language.")] = None,
) -> None:
    """Score accusations, rebuttals and links against gold, or against the decisions of people."""
    from kg.evaluation.report import TableName, report, report_json
    from kg.evaluation.report import table as report_table
    from kg.evaluation.text import report_text

    found = report(_comparisons(gold, predictions, store, language))
    if not found.documents:
        raise EvaluationError("nothing to compare: no document has gold. See docs/evaluation.md")
    if format is ReportFormat.JSON:
        console.write_json(report_json(found))
    elif format is ReportFormat.CSV:
        console.write_csv(*report_table(found, TableName(table.value)))
    else:
        console.write(report_text(found, errors=errors))


def _comparisons(
    gold: Path | None, predictions: Path | None, store: Path | None, language: str | None
) -> list[Comparison]:
    from kg.evaluation.comparison import compare
    from kg.evaluation.gold import read_gold

    if predictions is not None and store is not None:
        raise EvaluationError("records of a file and of a store. Leave one of them out")
    if gold is None or gold.is_file():
        reviewed = _reviewed(gold, predictions, store)
        wanted = (document for document in reviewed.documents if language in {None, document.language})
        return compare(wanted, reviewed.predicted)
    annotated = [item for item in read_gold(gold) if language in {None, item.gold.language}]
    if predictions is None and store is None:
        predicted = _extract([item.document for item in annotated], gold)
    else:
        predicted = _read(predictions, store)
    return compare([item.gold for item in annotated], predicted)


def _extract(documents: list[Document], folder: Path) -> ByDocument:
    """Return what the extractor finds now, with the actor files of the folder."""
    from kg import pipeline
    from kg.documents.sources import find_actor_files
    from kg.evaluation.predictions import predicted_acts
    from kg.gazetteer import load_gazetteer

    gazetteer = load_gazetteer(find_actor_files([folder]))
    found: ByDocument = {}
    with console.progress("Extracting", len(documents)) as advance:
        for document in documents:
            found |= predicted_acts(pipeline.extract(document, gazetteer).acts)
            advance(document.name)
    return found


def _read(predictions: Path | None, store: Path | None) -> ByDocument:
    """Return the records of a file or, failing that, of a store."""
    from kg.evaluation.predictions import predicted_acts, read_predictions
    from kg.store.records import read_acts
    from kg.store.store import open_store

    if predictions is not None:
        return read_predictions(predictions)
    assert store is not None  # the caller gives one of the two
    with open_store(store) as graph:
        return predicted_acts(read_acts(graph))


def _reviewed(decisions: Path | None, predictions: Path | None, store: Path | None) -> ReviewedGold:
    """Return decisions as gold: those of a file over records of a file, or what a store holds of either."""
    from kg.evaluation.gold import gold_of_reviews
    from kg.reviews.effective import apply_reviews
    from kg.reviews.files import read_reviews
    from kg.reviews.keeping import stored_reviews
    from kg.store.records import list_documents, read_acts
    from kg.store.store import open_store

    given = None
    if decisions is not None:
        given = list(read_reviews(decisions.read_text(encoding="utf-8").splitlines(), str(decisions)))
    if predictions is not None:
        return gold_of_reviews(apply_reviews(_acts_of(predictions), given or ()), {})
    if store is None:
        raise EvaluationError(
            "no records to compare with. Give a folder of gold, a file of records or --store"
        )
    with open_store(store) as graph:
        languages = {document.name: document.metadata.language for document in list_documents(graph)}
        reviews = stored_reviews(graph) if given is None else given
        return gold_of_reviews(apply_reviews(read_acts(graph), reviews), languages)


def _acts_of(path: Path) -> list[Act]:
    import json

    from kg.records import act_from_json

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [act_from_json(json.loads(line)) for line in lines if line.strip()]
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationError(f"{path}: not records of kg extract: {error!r}") from error
