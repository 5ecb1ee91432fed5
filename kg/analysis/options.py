"""What to analyse and in how much detail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import InputError
from kg.views.pairs import Level

__all__ = ["Level", "Options"]

_DATE = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of an analysis.

    Attributes:
        level: whether a node is a side (an embassy and its ministry are one) or each actor of it.
        since, until: ISO dates, possibly partial; only documents of this period.  A document without a date
            is in no period.
        top: entries of each list that is shown; at least 1.
        days: how late, in days, an answer may come to count as prompt; at least 0.
        proposals: whether links between documents count that no person has decided about.  Those that a
            person rejected never do.

    Raises:
        InputError: a date or a number is none of these.
    """

    level: Level = Level.SIDES
    since: str = ""
    until: str = ""
    top: int = 10
    days: int = 30
    proposals: bool = True

    def __post_init__(self) -> None:
        for value in (self.since, self.until):
            if not _DATE.fullmatch(value):
                raise InputError(f"{value!r}: not a date. Write YYYY, YYYY-MM or YYYY-MM-DD")
        if self.top < 1 or self.days < 0:
            raise InputError("an analysis lists at least one entry, and days are not negative")
