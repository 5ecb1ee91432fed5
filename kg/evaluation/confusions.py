"""What is mistaken for what: a listing of every error, and counts of topics and kinds read as others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluation.acts import ComparedAct
from kg.evaluation.comparison import Comparison
from kg.evaluation.matching import Pair
from kg.model import ActType


class ErrorKind(StrEnum):
    """What is wrong with an act."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG_SOURCE = "wrong source"
    WRONG_TARGET = "wrong target"
    WRONG_MODALITY = "wrong modality"
    WRONG_TOPIC = "wrong topic"
    WRONG_KIND = "wrong kind"


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is wrong.

    Attributes:
        kind: what.
        gold: the act as it is; None if it is spurious.
        predicted: the act as it was read; None if it was missed.
        wanted, got: the gold and the predicted value of what is wrong; of a missed or spurious act, its
            source and target.
    """

    kind: ErrorKind
    gold: ComparedAct | None
    predicted: ComparedAct | None
    wanted: str
    got: str

    @property
    def act(self) -> ComparedAct:
        """The act as it is, failing that as it was read."""
        act = self.gold or self.predicted
        assert act is not None  # one of the two is always there
        return act


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one topic or kind was read as another, among acts that were found."""

    type: ActType
    wanted: str
    got: str
    times: int


def list_errors(comparisons: Iterable[Comparison]) -> Iterator[Error]:
    """Yield every error, document by document, in text order."""
    for comparison in comparisons:
        errors = [Error(ErrorKind.MISSED, act, None, _parties(act), "") for act in comparison.missed]
        errors += [Error(ErrorKind.SPURIOUS, None, act, "", _parties(act)) for act in comparison.spurious]
        errors += [error for pair in comparison.pairs for error in _misread(pair)]
        yield from sorted(errors, key=lambda error: (error.act.start, error.act.end))


def count_confusions(comparisons: Iterable[Comparison]) -> list[Confusion]:
    """Return which topics of accusations and kinds of rebuttals were read as which, the commonest first."""
    counts: Counter[tuple[ActType, str, str]] = Counter()
    for comparison in comparisons:
        for pair in comparison.pairs:
            wanted, got = _classes(pair.gold), _classes(pair.predicted)
            counts[pair.gold.type, wanted, got] += wanted != got and bool(wanted)
    found = [Confusion(*key, times) for key, times in counts.items() if times]
    return sorted(found, key=lambda c: (c.type, -c.times, c.wanted, c.got))


def _misread(pair: Pair) -> Iterator[Error]:
    gold, predicted = pair.gold, pair.predicted
    wrong = (
        (ErrorKind.WRONG_SOURCE, str(gold.source), str(predicted.source), pair.source_agrees),
        (ErrorKind.WRONG_TARGET, str(gold.target), str(predicted.target), pair.target_agrees),
        (ErrorKind.WRONG_MODALITY, gold.modality, predicted.modality, gold.modality == predicted.modality),
    )
    for kind, wanted, got, agrees in wrong:
        if not agrees:
            yield Error(kind, gold, predicted, wanted, got)
    wanted, got = _classes(gold), _classes(predicted)
    if wanted and wanted != got:
        is_accusation = gold.type is ActType.ACCUSATION
        yield Error(
            ErrorKind.WRONG_TOPIC if is_accusation else ErrorKind.WRONG_KIND, gold, predicted, wanted, got
        )


def _classes(act: ComparedAct) -> str:
    """Return the topic of an accusation, the kind of a rebuttal, empty if not given."""
    return ", ".join(act.topics) if act.type is ActType.ACCUSATION else act.kind


def _parties(act: ComparedAct) -> str:
    return f"{act.source} > {act.target}"
