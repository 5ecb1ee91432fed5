"""What waits for a person's check, the least certain first; and what has been checked, the latest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model import Act
from kg.views.choice import Choice
from kg.views.corpus import Corpus


class Pile(StrEnum):
    """What the queue holds."""

    WAITING = "waiting"
    """Nobody has decided about it."""
    DECIDED = "decided"
    """Somebody has."""
    UNSETTLED = "unsettled"
    """Two people disagree, or the machine now reads something else than what was decided about."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which records are wanted.

    Attributes:
        pile: waiting, decided or unsettled ones.
        choice: the filters that all lists have.
        below: only records with a confidence under this.
    """

    pile: Pile = Pile.WAITING
    choice: Choice = field(default_factory=Choice)
    below: float = 1.01

    def _condition(self) -> tuple[str, list[object]]:
        condition, values = self.choice.condition()
        where = _PILES[self.pile]
        return f"{where} AND act.confidence < ? AND {condition}", [self.below, *values]

    def count(self, corpus: Corpus) -> int:
        """Return how many there are."""
        if self == Queue():  # not to look at every record
            decided = (
                "SELECT COUNT(*) FROM judgement CROSS JOIN act ON act.id = judgement.id WHERE decision <> ''"
            )
            return corpus.numbers["acts"] - int(corpus.rows(decided)[0][0])
        condition, values = self._condition()
        ((count,),) = corpus.rows(f"SELECT COUNT(*) FROM record AS act {condition}", values)
        return int(count)

    def acts(self, corpus: Corpus, limit: int, offset: int = 0) -> list[Act]:
        """Return some of them."""
        condition, values = self._condition()
        order = "act.confidence, act.id" if self.pile is Pile.WAITING else "judgement.moment DESC, act.id"
        return corpus.records(f"{condition} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, offset])


_PILES = {
    Pile.WAITING: "WHERE held AND act.id NOT IN (SELECT id FROM judgement WHERE decision <> '')",
    Pile.DECIDED: "JOIN judgement ON judgement.id = act.id WHERE judgement.decision <> ''",
    Pile.UNSETTLED: "JOIN judgement ON judgement.id = act.id"
    " WHERE (judgement.disagreement OR judgement.conflict <> '')",
}
