"""A report as text for people to read in a terminal or keep in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.evaluation.calibration import SURE, SURE_RIGHT, Calibration
from kg.evaluation.confusions import Confusion, Error
from kg.evaluation.constructions import Construction, ConstructionKind
from kg.evaluation.report import Report
from kg.evaluation.scores import Ratio, Scores

SHOWN = 12
"""Most constructions of a kind and confusions that are shown; the other formats have all."""
_WIDTH = 110


def report_text(found: Report, *, errors: int = 0) -> str:
    """Return a report as lines of text.

    Args:
        found: the report.
        errors: how many errors of each kind to list.
    """
    lines = [
        *_overall(found),
        *_by_document(found.documents),
        *_calibration(found.calibration),
        *_constructions(found.constructions),
        *_confusions(found.confusions),
        *_errors(found.errors, errors),
    ]
    return "\n".join(lines) + "\n"


def _overall(found: Report) -> Iterator[str]:
    yield from _scores("all documents", found.scores)
    if len(found.languages) > 1:
        for name, scores in found.languages.items():
            yield from _scores(name, scores)


def _scores(title: str, scores: Scores) -> Iterator[str]:
    yield f"== {title}"
    for type_, of_type in scores.types.items():
        yield f"{type_:11} found  {_ratio(of_type.found)}"
        yield f"{type_:11} right  {_ratio(of_type.right)}"
        fields = ", ".join(f"{name} {share:.3f}" for name, share in of_type.fields.items())
        yield f"{type_:11} of the found: {fields}"
    yield f"{'links':18} {_ratio(scores.links)}"
    yield ""


def _ratio(ratio: Ratio) -> str:
    return (
        f"P {ratio.precision:.3f}  R {ratio.recall:.3f}  F1 {ratio.f1:.3f}  "
        f"({ratio.correct} of {ratio.gold} gold, {ratio.predicted} predicted)"
    )


def _by_document(documents: dict[str, Scores]) -> Iterator[str]:
    yield "== F1 by document: accusation found / right, rebuttal found / right, links (gold)"
    width = max((len(name) for name in documents), default=0)
    for name, scores in documents.items():
        cells = []
        for of_type in scores.types.values():
            cells.append(f"{_f1(of_type.found)} {_f1(of_type.right)} ({of_type.found.gold:3})")
        cells.append(f"{_f1(scores.links)} ({scores.links.gold:3})")
        yield f"{name:{width}}  {'   '.join(cells)}"
    yield ""


def _f1(ratio: Ratio) -> str:
    return f"{ratio.f1:.2f}" if ratio.gold or ratio.predicted else "   -"


def _calibration(calibration: Calibration) -> Iterator[str]:
    yield "== calibration: confidence, acts, found, right, share right"
    for band in calibration.bands:
        yield (
            f"{band.low:.1f} to {band.high:.1f}  {band.acts:5} {band.found:5} {band.right:5}  "
            f"{band.share_right:.3f}"
        )
    sure, verdict = calibration.sure, "holds" if calibration.holds else "does not hold"
    yield (
        f"of {sure.acts} acts with confidence >= {SURE}, {sure.share_right:.1%} are right: "
        f"the claim of {SURE_RIGHT:.0%} {verdict}; calibration error {calibration.error:.3f}"
    )
    yield ""


def _constructions(constructions: Sequence[Construction]) -> Iterator[str]:
    for kind in ConstructionKind:
        of_kind = [construction for construction in constructions if construction.kind is kind]
        if not of_kind:
            continue
        if kind is ConstructionKind.ENTRY:
            of_kind.sort(key=lambda c: c.right - c.acts)
        order = "those most often wrong first" if kind is ConstructionKind.ENTRY else "the commonest first"
        yield f"== by {kind}: acts, found, right ({len(of_kind)} in all, {order})"
        for c in of_kind[:SHOWN]:
            yield f"{c.acts:5} {c.found:5} {c.right:5}  {c.name}"
        yield ""


def _confusions(confusions: Iterable[Confusion]) -> Iterator[str]:
    yield "== topics and kinds read as others: times, gold > predicted"
    for confusion in sorted(confusions, key=lambda c: -c.times)[:SHOWN]:
        yield f"{confusion.times:5}  {confusion.wanted} > {confusion.got or 'none'}"
    yield ""


def _errors(errors: Sequence[Error], limit: int) -> Iterator[str]:
    counts = Counter(error.kind for error in errors)
    yield "== errors: " + ", ".join(f"{times} {kind}" for kind, times in counts.most_common())
    for kind in counts if limit else ():
        for error in [error for error in errors if error.kind is kind][:limit]:
            yield from _error(error)


def _error(error: Error) -> Iterator[str]:
    values = " read as ".join(value for value in (error.wanted, error.got) if value)
    yield f"{error.kind} {error.act.type}: {values}  [{error.act.document}]"
    words = " ".join(error.act.sentence.split())
    yield f"    {words[:_WIDTH]}{'…' if len(words) > _WIDTH else ''}"
    reasons = "; ".join(error.predicted.reasons) if error.predicted else ""
    yield f"    cue: {error.act.cue}" + (f"  because: {reasons}" if reasons else "")
