"""What the extractor is measured by: matching, scores, calibration, listings, and where gold comes from."""

from __future__ import annotations

import csv
import io
import json
import random
import runpy
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import EvaluationError
from kg.evaluation.acts import ComparedAct, Named, from_gold, from_records
from kg.evaluation.calibration import calibrate
from kg.evaluation.comparison import Comparison, GoldDocument, compare
from kg.evaluation.confusions import ErrorKind, count_confusions, list_errors
from kg.evaluation.constructions import ConstructionKind, score_constructions
from kg.evaluation.gold import read_gold
from kg.evaluation.matching import match_acts, same_party
from kg.evaluation.predictions import predicted_acts, read_predictions
from kg.evaluation.report import TableName, report, report_json, table
from kg.evaluation.scores import score
from kg.evaluation.text import report_text
from kg.model import Act, ActType, Extraction
from kg.rdf.reviews import Decision
from kg.records import act_to_json
from kg.reviews.decisions import decide
from kg.reviews.files import write_reviews
from kg.reviews.keeping import add_review
from kg.store.store import open_store
from tests.factory import a_document, a_party, an_act

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold"
APART = ROOT.parent / "shared" / "corpus"
"""Where a scorer written apart from this one, and its documents, may lie beside the repository."""

ACCUSATION, REBUTTAL = ActType.ACCUSATION, ActType.REBUTTAL
CASCADE = Named("cascade", "Cascade")


def an_accusation(id: str, start: int = 0, end: int = 40, **changes: Any) -> ComparedAct:
    """Belgium accuses China, unless ``changes`` says otherwise."""
    values = {"type": ACCUSATION, "source": Named("BE", "Belgium"), "target": Named("CN", "China")}
    return ComparedAct("d", id, start=start, end=end, **{**values, **changes})


def compared(gold: list[ComparedAct], predicted: list[ComparedAct]) -> list[Comparison]:
    return compare([GoldDocument("d", "en", tuple(gold))], {"d": predicted})


SAME = [
    (Named("CN", "China"), Named("CN", "the embassy"), True),
    (Named("CN", "China"), Named("US", "China"), False),
    (Named("huawei", "Huawei"), Named("huawei technologies", "Huawei"), True),
    (Named("macky sall", "Macky Sall"), Named("sall", "Sall"), True),
    (Named("etats generaux", ""), Named("États généraux", ""), True),
    (Named("fa", "Fa"), Named("la fa", "La Fa"), False),
    (Named("unnamed", "Cascade"), CASCADE, False),
    (Named(), Named("unnamed", "some"), True),
    (CASCADE, Named("CA", "Cascade"), False),
]


@pytest.mark.parametrize(("one", "other", "expected"), SAME)
def test_parties_are_the_same_by_side_or_by_name_without_a_code(
    one: Named, other: Named, expected: bool
) -> None:
    assert same_party(one, other) is expected
    assert same_party(other, one) is expected


def test_one_prediction_finds_one_gold_act_and_agreeing_parties_go_first() -> None:
    gold = [an_accusation("1", target=Named("US")), an_accusation("2")]
    (pair,) = match_acts(gold, [an_accusation("p")])
    assert (pair.gold.id, pair.is_right) == ("2", True)


@pytest.mark.parametrize(("start", "end", "found"), [(0, 20, 1), (21, 61, 0), (20, 60, 1), (40, 80, 0)])
def test_half_of_the_shorter_sentence_must_be_shared(start: int, end: int, found: int) -> None:
    assert len(match_acts([an_accusation("1")], [an_accusation("p", start, end)])) == found


def test_a_rebuttal_never_finds_an_accusation() -> None:
    assert match_acts([an_accusation("1")], [an_accusation("p", type=REBUTTAL)]) == []


def test_scores_count_found_right_and_fields_of_the_found() -> None:
    gold = [an_accusation("1"), an_accusation("2", 50, 90), an_accusation("3", 100, 140)]
    predicted = [
        an_accusation("p", topics=("fraud",)),
        an_accusation("q", 50, 90, source=CASCADE, modality="hedged"),
        an_accusation("r", 200, 240),
    ]
    of_type = score(compared(gold, predicted)).types[ACCUSATION]
    assert (of_type.found.correct, of_type.found.predicted, of_type.found.gold) == (2, 3, 3)
    assert of_type.right.correct == 1
    assert of_type.found.f1 == pytest.approx(2 / 3)
    assert (of_type.fields["source"], of_type.fields["target"], of_type.fields["modality"]) == (0.5, 1, 0.5)


def test_a_link_counts_if_both_ends_were_found() -> None:
    gold = [an_accusation("1"), an_accusation("2", 50, 90, type=REBUTTAL, rebuts=("1",))]
    answer = an_accusation("q", 50, 90, type=REBUTTAL, rebuts=("p", "r"))
    links = score(compared(gold, [an_accusation("p"), answer, an_accusation("r", 200, 240)])).links
    assert (links.correct, links.predicted, links.gold) == (1, 2, 1)


def test_calibration_tells_bands_and_whether_the_sure_are_right() -> None:
    gold = [an_accusation(str(i), 50 * i, 50 * i + 40) for i in range(10)]
    right = [replace(act, confidence=0.8) for act in gold[:9]]
    found = calibrate(compared(gold, [*right, an_accusation("s", 900, 940, confidence=0.31)]))
    assert [(band.low, band.acts, band.right) for band in found.bands] == [(0.3, 1, 0), (0.8, 9, 9)]
    assert found.holds
    assert found.error == pytest.approx((9 * 0.2 + 0.31) / 10)
    wrong = [replace(act, target=CASCADE) for act in right[:2]]
    assert not calibrate(compared(gold, [*wrong, *right[2:]])).holds
    assert not calibrate(compared(gold, [])).holds


def test_constructions_count_what_fired() -> None:
    reasons = ("en/accusing/accuse", "construction: active verb", "target from context")
    predicted = [
        an_accusation("p", reasons=reasons),
        an_accusation("q", 90, 99, reasons=("en/accusing/blame",)),
    ]
    found = score_constructions(compared([an_accusation("1")], predicted))
    assert [(c.kind, c.name, c.acts, c.found, c.right) for c in found] == [
        (ConstructionKind.FAMILY, "en/accusing", 2, 1, 1),
        (ConstructionKind.CONSTRUCTION, "active verb", 1, 1, 1),
        (ConstructionKind.RULE, "target from context", 1, 1, 1),
        (ConstructionKind.ENTRY, "en/accusing/accuse", 1, 1, 1),
        (ConstructionKind.ENTRY, "en/accusing/blame", 1, 0, 0),
    ]


def test_every_error_is_listed_with_what_it_should_be() -> None:
    gold = [
        an_accusation("1", topics=("fraud",)),
        an_accusation("2", 50, 90),
        an_accusation("3", 100, 140, type=REBUTTAL, kind="denial"),
    ]
    predicted = [
        an_accusation("p", source=CASCADE, topics=("other",)),
        an_accusation("q", 100, 140, type=REBUTTAL, kind="dismissal"),
        an_accusation("r", 200, 240),
    ]
    comparisons = compared(gold, predicted)
    assert [(error.kind, error.wanted, error.got) for error in list_errors(comparisons)] == [
        (ErrorKind.WRONG_SOURCE, "BE", "cascade"),
        (ErrorKind.WRONG_TOPIC, "fraud", "other"),
        (ErrorKind.MISSED, "BE > CN", ""),
        (ErrorKind.WRONG_KIND, "denial", "dismissal"),
        (ErrorKind.SPURIOUS, "", "BE > CN"),
    ]
    assert [(c.wanted, c.got, c.times) for c in count_confusions(comparisons)] == [
        ("fraud", "other", 1),
        ("denial", "dismissal", 1),
    ]


def _gold_lines(seed: int, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield records made of gold acts that lose, gain and change things at random, the same for a seed."""
    chance = random.Random(seed)
    for item in read_gold(folder):
        for act in item.gold.acts:
            if chance.random() < 0.2:
                continue
            moved = chance.choice((0, 0, 0, 7, 60))
            sides = [Named("RU", "Russia"), Named(), Named("sall", "Sall"), act.source, act.target]
            source, target = (chance.choice([p, p, p, *sides])._asdict() for p in (act.source, act.target))
            for copy in range(chance.choice((1, 1, 1, 2))):
                yield {
                    "document": act.document, "id": f"{act.id}-{copy}", "type": act.type.value,
                    "start": act.start + moved, "end": act.end + moved, "source": source, "target": target,
                    "modality": chance.choice(("asserted", act.modality)), "kind": act.kind,
                    "rebuts": [f"{answered}-0" for answered in act.rebuts if chance.random() < 0.8],
                }  # fmt: skip


@pytest.mark.skipif(not (APART / "score.py").is_file(), reason="no other scorer lies beside the repository")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("language", [None, "fr", "en"])
def test_figures_equal_those_of_a_scorer_written_apart(language: str | None, seed: int) -> None:
    lines = list(_gold_lines(seed, APART / "dev"))
    expected, _ = runpy.run_path(str(APART / "score.py"))["score"](APART / "dev", lines, language)
    predicted: dict[str, list[ComparedAct]] = {}
    for act in from_records(lines, "lines"):
        predicted.setdefault(act.document, []).append(act)
    documents = [item.gold for item in read_gold(APART / "dev")]
    chosen = [document for document in documents if language in {None, document.language}]
    found = report_json(report(compare(chosen, predicted)))["scores"]
    assert 0.1 < found["accusation"]["right"]["f1"] < 0.9
    assert found["links"] == expected["links"]
    for type_ in ("accusation", "rebuttal"):
        assert {name: found[type_][name] for name in expected[type_]} == expected[type_]


def test_gold_against_itself_is_all_right() -> None:
    documents = [item.gold for item in read_gold(GOLD)]
    assert len(documents) >= 28
    found = report(compare(documents, {document.name: document.acts for document in documents}))
    assert found.errors == ()
    for of_type in found.scores.types.values():
        assert of_type.right.f1 == 1
        assert set(of_type.fields.values()) == {1}
    assert found.scores.links.f1 == 1
    assert set(found.languages) == {"en", "fr"}


def test_an_occurrence_is_counted() -> None:
    record = {"id": 1, "type": "accusation", "sentence": "They lied.", "occurrence": 2, "cue": "lied"}
    act = from_gold(record, "d", "They lied. They lied.")
    assert (act.start, act.end, act.source) == (11, 21, Named())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", "KeyError"),
        ('{"acts": [{"id": "1", "type": "accusation", "sentence": "Not there."}]}', "substring not found"),
        ('{"acts": [{"id": "1", "type": "praise", "sentence": "Spain lied."}]}', "praise"),
        ("[", "Expecting value"),
    ],
)
def test_gold_that_cannot_be_read_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.txt").write_text("Spain lied.")
    (tmp_path / "a.gold.json").write_text(content)
    with pytest.raises(EvaluationError, match=rf"a\.gold\.json.*{message}"):
        list(read_gold(tmp_path))


def test_gold_without_its_text_or_without_gold(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no files NAME.gold.json"):
        list(read_gold(tmp_path))
    (tmp_path / "a.gold.json").write_text('{"acts": []}')
    with pytest.raises(EvaluationError, match="a.txt is not beside it"):
        list(read_gold(tmp_path))


@pytest.mark.parametrize(
    "line", ['{"type": "accusation"}', "no json", '{"type": "accusation", "document": 1}']
)
def test_predictions_that_cannot_be_read_are_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "acts.jsonl"
    path.write_text(line)
    with pytest.raises(EvaluationError, match=r"acts\.jsonl"):
        read_predictions(path)


# ---------------------------------------------------------------------- decisions of people as gold

TEXT = "Belgium says that China spies on it. China says that this is a lie. Spain lied to Peru."
DOCUMENT = a_document(TEXT, language="en")
SPAIN, PERU, CHINA = (
    a_party(DOCUMENT, *named) for named in (("Spain", "ES"), ("Peru", "PE"), ("China", "CN"))
)


def three_acts() -> list[Act]:
    return [
        an_act(DOCUMENT, "Belgium says that China spies on it.", "spies", target=CHINA),
        an_act(DOCUMENT, "China says that this is a lie.", "lie", type=REBUTTAL, source=CHINA),
        an_act(DOCUMENT, "Spain lied to Peru.", "lied", source=PERU, target=SPAIN),
    ]


@pytest.fixture
def reviewed_store(tmp_path: Path) -> Path:
    """A store with three acts: one accepted, one with another target, one rejected."""
    path = tmp_path / "store"
    acts = three_acts()
    when = datetime(2026, 1, 1, tzinfo=UTC)
    with open_store(path, writable=True) as graph:
        graph.ingest(Extraction(DOCUMENT, tuple(acts)))
        add_review(graph, decide(acts[0], Decision.ACCEPTED, "Ada", when=when))
        changes = {"target": {"name": "Belgium", "side": "BE"}}
        add_review(graph, decide(acts[1], Decision.CORRECTED, "Ada", changes=changes, when=when))
        add_review(graph, decide(acts[2], Decision.REJECTED, "Ada", when=when))
    return path


def evaluate(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def test_decisions_of_a_store_are_gold(reviewed_store: Path) -> None:
    found = json.loads(evaluate("--store", reviewed_store, "--format", "json"))
    accusation, rebuttal = found["scores"]["accusation"], found["scores"]["rebuttal"]
    assert (accusation["right"]["tp"], accusation["right"]["pred"], accusation["right"]["gold"]) == (1, 2, 1)
    assert (rebuttal["found"]["tp"], rebuttal["right"]["tp"]) == (1, 0)
    assert [error["error"] for error in found["errors"]] == ["wrong target", "spurious"]
    assert list(found["languages"]) == ["en"]


def test_decisions_of_a_file_are_gold_for_the_records_of_another(tmp_path: Path) -> None:
    acts = three_acts()
    decisions, records = tmp_path / "decisions.jsonl", tmp_path / "acts.jsonl"
    reviews = [decide(acts[0], Decision.ACCEPTED, "Ada"), decide(acts[2], Decision.DISPUTED, "Ada")]
    decisions.write_text("\n".join(write_reviews(reviews)))
    records.write_text("\n".join(json.dumps(act_to_json(act)) for act in acts[1:]))
    found = json.loads(evaluate(decisions, records, "--format", "json"))["scores"]["accusation"]["found"]
    assert (found["tp"], found["pred"], found["gold"]) == (0, 0, 1)


# ---------------------------------------------------------------------- reports and the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder with one document of two acts, one of which is plain to see."""
    path = tmp_path / "gold" / "en"
    path.mkdir(parents=True)
    (path / "a.txt").write_text("France accuses Germany of espionage. The sky over Kehl was grey that day.\n")
    (path / "a.meta.json").write_text('{"genre": "news report", "language": "en"}')
    acts = [
        {
            "id": "1", "type": "accusation", "sentence": "France accuses Germany of espionage.",
            "cue": "accuses", "source": {"name": "France", "side": "FR"},
            "target": {"name": "Germany", "side": "DE"}, "modality": "asserted",
        },
        {"id": "2", "type": "rebuttal", "sentence": "The sky over Kehl was grey that day.", "cue": "grey"},
    ]  # fmt: skip
    (path / "a.gold.json").write_text(json.dumps({"lang": "en", "acts": acts}))
    return tmp_path / "gold"


def test_command_extracts_and_scores(folder: Path) -> None:
    found = json.loads(evaluate(folder, "--format", "json"))
    assert found["scores"]["accusation"]["right"]["f1"] == 1
    assert found["scores"]["rebuttal"]["found"]["r"] == 0
    assert [(error["error"], error["gold_id"]) for error in found["errors"]] == [("missed", "2")]
    assert {c["name"] for c in found["constructions"]} >= {"en/accusing", "en/accusing/accuse"}


def test_command_scores_records_of_a_file_or_a_store(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(folder)])
    assert result.exit_code == 0
    records = tmp_path / "acts.jsonl"
    records.write_text(result.stdout)
    assert CliRunner().invoke(app, ["ingest", str(folder), "--store", str(tmp_path / "s")]).exit_code == 0
    expected = evaluate(folder, "--errors", 3)
    assert evaluate(folder, records, "--errors", 3) == expected
    assert evaluate(folder, "--store", tmp_path / "s", "--errors", 3) == expected
    assert "missed rebuttal: unnamed > unnamed  [a]" in expected


def test_csv_has_the_table_asked_for(folder: Path) -> None:
    for name in TableName:
        rows = list(csv.DictReader(io.StringIO(evaluate(folder, "--format", "csv", "--table", name.value))))
        assert all(None not in row and None not in row.values() for row in rows)
        if name is TableName.SCORES:
            (right,) = [
                r for r in rows if (r["scope"], r["type"], r["measure"]) == ("all", "accusation", "right")
            ]
            assert (right["f1"], right["correct"], right["gold"]) == ("1.000", "1", "1")
        if name is TableName.ERRORS:
            assert [(row["error"], row["cue"]) for row in rows] == [("missed", "grey")]


def test_language_without_documents_is_an_error(folder: Path) -> None:
    with pytest.raises(EvaluationError, match="nothing to compare"):
        evaluate(folder, "--language", "fr")


def test_records_are_needed_for_decisions(tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_text("")
    with pytest.raises(EvaluationError, match="no records"):
        evaluate(tmp_path / "decisions.jsonl")


def test_text_and_tables_show_the_same_numbers() -> None:
    gold = [an_accusation("1"), an_accusation("2", 50, 90)]
    found = report(compared(gold, [an_accusation("p", reasons=("en/accusing/accuse",), confidence=0.9)]))
    text = report_text(found, errors=1)
    assert "accusation  found  P 1.000  R 0.500  F1 0.667  (1 of 2 gold, 1 predicted)" in text
    assert "of 1 acts with confidence >= 0.8, 100.0% are right: the claim of 85% holds" in text
    columns, rows = table(found, TableName.SCORES)
    assert ("all", "", "accusation", "found", "1.000", "0.500", "0.667", "1", "1", "2") in set(rows)
    assert len(columns) == 10


def test_acts_of_other_types_are_left_out() -> None:
    demand = replace(three_acts()[0], type=ActType.DEMAND)
    assert predicted_acts([demand]) == {}
    assert from_records([{"type": "demand"}], "x") == []
