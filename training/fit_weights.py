"""Fit the weights that tell who is meant and how sure that is, from annotated documents or recorded rows.

    python training/fit_weights.py GOLD_DIR... [--rows FILE] [--out FILE] [--report]
    python training/fit_weights.py --from-rows FILE [--out FILE] [--report]

``--rows`` writes what was recorded of the documents; ``--report`` prints how well a fit does on documents
that it has not seen, and writes no weights unless ``--out`` is given.  See training/README.md.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fitting import Table, fit_confidence, fit_rankers, fit_tables
from kg.acts.confidence import probability
from kg.acts.ranking import Role
from kg.errors import KGError
from recording import record
from rows import FOLDS, Choice, LabelledAct, fold, read_rows, write_rows

WEIGHTS = Path(__file__).resolve().parents[1] / "kg" / "acts" / "weights.toml"
BANDS = ((0.8, 1.0), (0.6, 0.8), (0.4, 0.6), (0.2, 0.4), (0.0, 0.2))
_HEAD = "# Log-odds of each feature of a party that may be meant.  Fitted by training/fit_weights.py.\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, and write or report what the arguments ask for; the process's own when None."""
    chosen = _chosen(arguments)
    try:
        rows = read_rows(chosen.from_rows) if chosen.from_rows else record(chosen.folders)
    except KGError as error:
        raise SystemExit(str(error)) from error
    if chosen.rows:
        write_rows(chosen.rows, rows)
    if chosen.out or not chosen.report:
        (chosen.out or WEIGHTS).write_text(weights_text(fit_tables(rows)), encoding="utf-8")
    if chosen.report:
        print("\n".join([*report_parties(rows.choices), "", *report_confidence(rows.acts)]))


def _chosen(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="GOLD_DIR", help="annotated documents")
    parser.add_argument("--from-rows", type=Path, metavar="FILE", help="learn from these instead")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="write what was recorded, without text")
    parser.add_argument("--out", type=Path, metavar="FILE", help=f"where the weights go: {WEIGHTS.name}")
    parser.add_argument("--report", action="store_true", help="print figures of cross-validation")
    chosen = parser.parse_args(arguments)
    if bool(chosen.folders) == bool(chosen.from_rows):
        parser.error("give folders of gold or --from-rows")
    return chosen


def weights_text(tables: Mapping[str, Table]) -> str:
    """Return the text of ``weights.toml``."""
    blocks = (
        f"\n[{role}]\n" + "".join(f"{_quoted(name)} = {table[name]:.2f}\n" for name in table)
        for role, table in tables.items()
    )
    return _HEAD + "".join(blocks)


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def report_parties(choices: Sequence[Choice]) -> Iterator[str]:
    """Yield lines: how often the likeliest option is right in documents that the fit has not seen."""
    yield f"{'role':10} {'choices':>8} {'right':>6} {'possible':>9}"
    rankers = [fit_rankers(c for c in choices if fold(c.document) != k) for k in range(FOLDS)]
    for role in Role:
        own = [choice for choice in choices if choice.role is role]
        if not own:
            continue
        right = sum(_is_right(choice, rankers[fold(choice.document)][role]) for choice in own)
        possible = sum(choice.can_be_right for choice in own)
        yield f"{role:10} {len(own):8} {right / len(own):6.3f} {possible / len(own):9.3f}"


def _is_right(choice: Choice, table: Table) -> bool:
    return max(choice.options, key=lambda o: sum(table.get(f, 0.0) for f in o.features)).right


def report_confidence(acts: Sequence[LabelledAct]) -> Iterator[str]:
    """Yield lines: the share of right acts by confidence, in documents that the fit has not seen."""
    tables = [fit_confidence([a for a in acts if fold(a.document) != k]) for k in range(FOLDS)]
    told = [(probability(act.features, tables[fold(act.document)]), act.right) for act in acts]
    yield f"{'confidence':10} {'acts':>8} {'mean':>6} {'right':>9}"
    for low, high in BANDS:
        band = [(sure, right) for sure, right in told if low <= sure < high]
        if band:
            mean, share = (sum(column) / len(band) for column in zip(*band, strict=True))
            yield f"{low:.1f}-{high:.1f}    {len(band):8} {mean:6.2f} {share:9.2f}"


if __name__ == "__main__":
    main()
