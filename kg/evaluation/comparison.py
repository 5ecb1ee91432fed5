"""One document's gold acts and predicted acts, compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.acts import ComparedAct
from kg.evaluation.matching import Pair, match_acts

Link = tuple[str, str]
"""A rebuttal and an accusation that it answers, by the gold ids of those that were found."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document whose acts are known.

    Attributes:
        name: as predicted acts call it.
        language: ``"fr"``, ``"en"``, empty if not known.
        acts: all its acts, or all that people decided about.
    """

    name: str
    language: str
    acts: tuple[ComparedAct, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one document's acts.

    Attributes:
        pairs: gold acts that were found, each with the predicted act.
        missed: gold acts that were not.
        spurious: predicted acts that no gold act matches.
        gold_links, predicted_links: which rebuttal answers which accusation.
    """

    document: GoldDocument
    pairs: tuple[Pair, ...]
    missed: tuple[ComparedAct, ...]
    spurious: tuple[ComparedAct, ...]
    gold_links: frozenset[Link]
    predicted_links: frozenset[Link]

    @property
    def predicted(self) -> list[ComparedAct]:
        """All predicted acts."""
        return [*(pair.predicted for pair in self.pairs), *self.spurious]


def compare(
    documents: Iterable[GoldDocument], predicted: Mapping[str, Sequence[ComparedAct]]
) -> list[Comparison]:
    """Compare documents with what was predicted for each by its name; other documents are left out."""
    return [_compare(document, predicted.get(document.name, ())) for document in documents]


def _compare(document: GoldDocument, predicted: Sequence[ComparedAct]) -> Comparison:
    pairs = match_acts(document.acts, predicted)
    found = {id(pair.gold) for pair in pairs}
    matched = {id(pair.predicted) for pair in pairs}
    names = {pair.predicted.id: pair.gold.id for pair in pairs}
    return Comparison(
        document,
        tuple(pairs),
        tuple(act for act in document.acts if id(act) not in found),
        tuple(act for act in predicted if id(act) not in matched),
        _links(document.acts, {act.id: act.id for act in document.acts}),
        _links(predicted, names),
    )


def _links(acts: Iterable[ComparedAct], names: Mapping[str, str]) -> frozenset[Link]:
    """Return the links of rebuttals by gold ids; what matches no gold act keeps its id behind a "?"."""
    return frozenset(
        (names.get(act.id, f"?{act.id}"), names.get(answered, f"?{answered}"))
        for act in acts
        if act.type == "rebuttal"
        for answered in act.rebuts
    )
