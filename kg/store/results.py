"""What a query answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""An RDF term as the engine gives it."""


@dataclass(frozen=True, slots=True)
class SelectResult:
    """The table that a SELECT query answers.

    Attributes:
        variables: column names without ``?``, in the order of the query.
        rows: one tuple a row, one cell a variable; None where a variable is unbound.
        truncated: whether rows beyond the row limit were left out.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        """Iterate over the rows."""
        return iter(self.rows)

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Yield each row as plain texts: IRIs and lexical forms without quotes, ``""`` if unbound."""
        for row in self.rows:
            yield tuple(plain(term) for term in row)


Answer: TypeAlias = SelectResult | bool | list[ox.Triple]
"""A SELECT, an ASK, or a CONSTRUCT or DESCRIBE answer."""


def plain(term: Term | None) -> str:
    """Return a term as a reader wants it in a table cell."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
