"""Comparisons → precision, recall and F1 of what is found and right, and how well the found is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.evaluation.acts import COMPARED, ComparedAct
from kg.evaluation.comparison import Comparison
from kg.evaluation.matching import Pair
from kg.model import ActType


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many of the predicted are correct, and how many of the gold that is."""

    correct: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is correct, 0 to 1; 0 if nothing is predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is correct, 0 to 1; 0 if there is no gold."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


FIELDS: dict[str, Callable[[Pair], bool]] = {
    "source": lambda pair: pair.source_agrees,
    "target": lambda pair: pair.target_agrees,
    "modality": lambda pair: pair.gold.modality == pair.predicted.modality,
    "via": lambda pair: pair.gold.via == pair.predicted.via,
    "topic": lambda pair: not pair.gold.topics or bool(set(pair.gold.topics) & set(pair.predicted.topics)),
    "kind": lambda pair: pair.gold.kind == pair.predicted.kind,
    "counter": lambda pair: pair.gold.counter == pair.predicted.counter,
}
"""What is read of an act that was found → whether it is as in the gold."""
FIELDS_OF = {
    ActType.ACCUSATION: ("source", "target", "modality", "via", "topic", "counter"),
    ActType.REBUTTAL: ("source", "target", "modality", "via", "kind"),
}
"""The fields that an act of a type has."""


@dataclass(frozen=True, slots=True)
class TypeScores:
    """Scores of the acts of one type.

    Attributes:
        found, right: see :mod:`kg.evaluation.matching`.
        fields: of the found, the share whose field is as in the gold, 0 to 1, by :data:`FIELDS_OF`.
    """

    found: Ratio
    right: Ratio
    fields: dict[str, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of some documents.

    Attributes:
        types: by type of act.
        links: which rebuttal answers which accusation.
    """

    types: dict[ActType, TypeScores]
    links: Ratio


def score(comparisons: Iterable[Comparison]) -> Scores:
    """Return the scores of some documents taken together."""
    compared = list(comparisons)
    links = Ratio(
        sum(len(c.gold_links & c.predicted_links) for c in compared),
        sum(len(c.predicted_links) for c in compared),
        sum(len(c.gold_links) for c in compared),
    )
    return Scores({type_: _score_type(type_, compared) for type_ in COMPARED}, links)


def score_by(comparisons: Iterable[Comparison], key: Callable[[Comparison], str]) -> dict[str, Scores]:
    """Return the scores of each group of documents, in the order of their keys."""
    groups: defaultdict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        groups[key(comparison)].append(comparison)
    return {name: score(groups[name]) for name in sorted(groups)}


def _score_type(type_: ActType, comparisons: Sequence[Comparison]) -> TypeScores:
    pairs = [pair for c in comparisons for pair in c.pairs if pair.gold.type is type_]
    gold = sum(_count(c.document.acts, type_) for c in comparisons)
    predicted = sum(_count(c.predicted, type_) for c in comparisons)
    right = sum(pair.is_right for pair in pairs)
    fields = {name: _share(sum(map(FIELDS[name], pairs)), len(pairs)) for name in FIELDS_OF[type_]}
    return TypeScores(Ratio(len(pairs), predicted, gold), Ratio(right, predicted, gold), fields)


def _count(acts: Iterable[ComparedAct], type_: ActType) -> int:
    return sum(act.type is type_ for act in acts)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
