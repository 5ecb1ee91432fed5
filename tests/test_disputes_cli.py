"""The commands about disputes, with a real store and real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.disputes.scoring import score_extracted
from kg.errors import KGError, ReviewError
from kg.links.scoring import read_gold, score_folder
from kg.model import Extraction
from kg.records import act_to_json
from kg.store.store import open_store
from tests.linking import Said, a_statement, rebuttal

ACCUSED = a_statement("accuser", "2024-03-01", Said("Soldiers burned the school of Maltevo.", "XA", "XB"))
ANSWER = a_statement("accused", "2024-03-04", rebuttal("No soldier of ours burned any school.", "XB", "XA"))
RECORD = ACCUSED.acts[0].id
GOLD = Path(__file__).parent.parent / "data" / "gold" / "disputes"


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store", writable=True) as graph:
        graph.ingest(ACCUSED)
        graph.ingest(ANSWER)
    return tmp_path / "store"


def test_link_and_list_disputes(store: Path) -> None:
    summary = json.loads(run("link", "--store", store, "--json").stdout)
    assert (summary["acts"], summary["counts"]["answers"], summary["added"]) == (2, 1, 1)
    assert "0 links are new" in run("link", "--store", store).stdout
    (thread,) = json.loads(run("disputes", "--store", store, "--json").stdout)
    assert [step["role"] for step in thread["steps"]] == ["accuses", "answers"]
    assert thread["state"] == "contested"
    assert thread["response_days"] == 3
    assert "Maltevo" in run("disputes", "--store", store, "--state", "contested").stdout
    assert "Maltevo" not in run("disputes", "--store", store, "--state", "unanswered").stdout
    run("disputes", "--store", store, "--state", "settled", code=2)


def test_a_decision_is_added_listed_exported_and_replayed(store: Path, tmp_path: Path) -> None:
    change = 'topics=["terrorism"]'
    run("review", "add", RECORD, "corrected", "--by", "Ada", "--change", change, "--store", store)
    (row,) = json.loads(run("review", "list", "--store", store, "--json").stdout)
    assert (row["record"], row["decision"], row["reviewer"], row["conflict"]) == (
        RECORD,
        "corrected",
        "Ada",
        "none",
    )
    assert RECORD in run("review", "list", "--store", store).stdout
    file = tmp_path / "reviews.jsonl"
    run("review", "export", file, "--store", store)
    assert run("review", "export", "--store", store).stdout == file.read_text(encoding="utf-8")
    assert run("review", "replay", file, "--store", store).stdout == "0 added, 1 known\n"
    other = tmp_path / "other"
    assert run("review", "replay", file, "--store", other).stdout == "1 added, 0 known\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["act-0-accusation", "accepted"], "no such record"),
        ([RECORD, "praised"], "no such decision"),
        ([RECORD, "corrected", "--change", "topics"], "Write FIELD=JSON"),
        ([RECORD, "corrected", "--change", "topics=fraud"], "no JSON"),
        ([RECORD, "corrected", "--change", 'id="x"'], "cannot be changed"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_refused(store: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(ReviewError, match=message):
        run("review", "add", *arguments, "--by", "Ada", "--store", store)


def records(path: Path, *changes: dict[str, object]) -> Path:
    act = act_to_json(ACCUSED.acts[0])
    path.write_text("".join(json.dumps({**act, **change}) + "\n" for change in changes), encoding="utf-8")
    return path


def test_diff_of_two_readings(tmp_path: Path) -> None:
    old = records(tmp_path / "old.jsonl", {})
    new = records(tmp_path / "new.jsonl", {"topics": ["terrorism"]})
    assert run("diff", old, old).stdout == "0 appeared, 0 vanished, 0 changed, 1 the same\n"
    shown = run("diff", old, new, code=1).stdout
    assert "topics: [] -> ['terrorism']" in shown
    assert "1 changed" in shown
    found = json.loads(run("diff", old, records(tmp_path / "none.jsonl"), "--json", code=1).stdout)
    assert [act["id"] for act in found["vanished"]] == [RECORD]


def test_diff_of_two_versions_of_a_document(tmp_path: Path) -> None:
    for name, text in (("old", ""), ("new", " Germany accuses France of espionage.")):
        (tmp_path / f"{name}.txt").write_text(f"France accuses Germany of lying.{text}\n")
        (tmp_path / f"{name}.meta.json").write_text('{"genre": "news report", "language": "en"}')
    found = json.loads(run("diff", tmp_path / "old.txt", tmp_path / "new.txt", "--json", code=1).stdout)
    assert [act["sentence"] for act in found["appeared"]] == ["Germany accuses France of espionage."]
    assert found["vanished"] == []


def test_diff_refuses_what_is_no_record(tmp_path: Path) -> None:
    broken = records(tmp_path / "broken.jsonl", {"type": "gossip"})
    with pytest.raises(KGError, match="Write it with kg extract"):
        run("diff", broken, broken)


def test_ingest_can_link_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    for name, day, text in (
        ("a", "2024-03-01", "France accuses Germany of bombing the port of Maltevo."),
        ("b", "2024-03-09", "Germany denies that it bombed the port of Maltevo, as France claims."),
    ):
        (folder / f"{name}.txt").write_text(text + "\n")
        meta = {"genre": "news report", "language": "en", "date": day}
        (folder / f"{name}.meta.json").write_text(json.dumps(meta))
    run("ingest", folder, "--store", tmp_path / "store", "--link")
    assert (
        json.loads(run("disputes", "--store", tmp_path / "store", "--json").stdout)[0]["state"] == "contested"
    )


def test_links_are_scored_on_given_acts_and_on_extracted_ones() -> None:
    given = {row["measure"]: row for row in json.loads(run("score-links", GOLD, "--json").stdout)}
    assert set(given) == {"grouping", "answers", "translations"}
    assert given["grouping"]["F1"] >= 0.8
    assert "translations" in run("score-links", GOLD).stdout


def test_links_between_extracted_acts_are_measured_against_all_that_is_given() -> None:
    gold = read_gold(GOLD, "dev")
    same = score_extracted(gold, gold.extractions)
    assert same.acts.f1 == 1.0
    assert same.links == score_folder(GOLD, "dev")
    nothing = score_extracted(gold, [Extraction(e.document, ()) for e in gold.extractions])
    assert nothing.acts.right == nothing.links.grouping.found == 0
    assert nothing.links.grouping.wanted == same.links.grouping.wanted
    half = score_extracted(gold, [Extraction(e.document, e.acts[:1]) for e in gold.extractions])
    assert half.links.grouping.recall < same.links.grouping.recall
    assert 0 < half.acts.recall < 1


def test_a_link_of_an_act_that_nobody_gave_is_wrong() -> None:
    gold = read_gold(GOLD, "dev")
    invented = [
        a_statement("d07_chile_en", "2023-02-09", Said("Spain burned a chapel at Sligo.", "IE", "ES")),
        a_statement("d01_spanish_embassy_en", "2023-02-08", Said("Spain burned Sligo's chapel.", "XA", "ES")),
    ]
    found = score_extracted(gold, invented)
    assert (found.acts.right, found.links.grouping.found, found.links.grouping.right) == (0, 1, 0)
