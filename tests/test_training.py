"""The shipped weights come from the shipped rows, and rows tell nothing of the texts."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from fit_weights import WEIGHTS, main, report_confidence, report_parties
from fitting import LEAST_WEIGHT, PRIOR, fit_role
from kg.acts.ranking import Role
from kg.evaluation.gold import read_gold
from recording import record
from rows import Choice, LabelledOption, Rows, read_rows, write_rows

DATA = Path(__file__).parent.parent / "data"
ROWS = DATA / "training" / "parties.jsonl.gz"
OF_ROUNDING = 0.011
"""What another machine's arithmetic may change in a weight of two decimals."""


@pytest.fixture(scope="module")
def rows() -> Rows:
    return read_rows(ROWS)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    folder = tmp_path_factory.mktemp("gold")
    for path in (DATA / "gold" / "en").glob("copperbelt_opinion.*"):
        shutil.copy(path, folder)
    return folder, record([folder])


def _assert_equal(table: Mapping[str, float], shipped: Mapping[str, float]) -> None:
    for name in table.keys() | shipped.keys():
        if name in table and name in shipped:
            assert table[name] == pytest.approx(shipped[name], abs=OF_ROUNDING), name
        else:
            assert abs(table.get(name, shipped.get(name, 0.0))) <= LEAST_WEIGHT + OF_ROUNDING, name


def test_shipped_weights_are_fitted_again_from_the_shipped_rows(tmp_path: Path) -> None:
    main(["--from-rows", str(ROWS), "--out", str(tmp_path / "weights.toml")])
    fitted = tomllib.loads((tmp_path / "weights.toml").read_text(encoding="utf-8"))
    shipped = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert list(fitted) == list(shipped) == [*Role, "confidence"]
    for role, table in fitted.items():
        _assert_equal(table, shipped[role])


def test_rows_are_the_same_bytes_after_reading_and_writing(rows: Rows, tmp_path: Path) -> None:
    write_rows(tmp_path / "first.gz", rows)
    assert read_rows(tmp_path / "first.gz") == rows
    write_rows(tmp_path / "second.gz", read_rows(tmp_path / "first.gz"))
    assert (tmp_path / "first.gz").read_bytes() == (tmp_path / "second.gz").read_bytes()


def test_fit_is_better_on_unseen_documents_than_chance(rows: Rows) -> None:
    choices = [choice for choice in rows.choices if choice.document % 4 == 0]
    for line, role in zip(list(report_parties(choices))[1:], Role, strict=True):
        name, _, right, possible = line.split()
        own = [choice for choice in choices if choice.role is role]
        chance = sum(sum(o.right for o in c.options) / len(c.options) for c in own) / len(own)
        assert name == role
        assert chance < float(right) < float(possible)


def test_weights_move_from_the_prior_to_what_is_seen() -> None:
    right, wrong = LabelledOption(("beside",), True), LabelledOption(("place",), False)
    prior = PRIOR["target"]
    none = fit_role([], prior)
    few, many = (fit_role([Choice(0, Role.TARGET, (right, wrong))] * n, prior) for n in (4, 400))
    assert none == prior
    assert prior["place"] > few["place"] > many["place"]
    assert prior["beside"] < few["beside"] < many["beside"]


def test_more_confident_acts_are_more_often_right(rows: Rows) -> None:
    shares = [float(line.split()[-1]) for line in list(report_confidence(rows.acts))[1:] if _counts(line)]
    assert len(shares) >= 3
    assert shares == sorted(shares, reverse=True)


def _counts(line: str) -> bool:
    """Whether a band has enough acts for its share to mean something."""
    return int(line.split()[1]) >= 50


def test_recording_notes_both_kinds_of_options_and_acts(recorded: tuple[Path, Rows]) -> None:
    _, found = recorded
    assert {choice.role for choice in found.choices} >= {Role.SOURCE, Role.TARGET}
    assert any(choice.tells for choice in found.choices)
    assert found.acts


def test_recorded_rows_name_no_party_of_the_text(recorded: tuple[Path, Rows]) -> None:
    folder, found = recorded
    (annotated,) = read_gold(folder)
    names = {
        party.name.lower() for act in annotated.gold.acts for party in (act.source, act.target) if party.name
    }
    assert names
    features = {f.lower() for choice in found.choices for option in choice.options for f in option.features}
    assert not [(name, feature) for name in names for feature in features if name in feature]


def test_folders_and_rows_are_not_taken_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["data/gold", "--from-rows", str(ROWS)])
    assert "folders of gold or --from-rows" in capsys.readouterr().err
