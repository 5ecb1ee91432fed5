"""What a reader should see first: who accuses whom, and what is contested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from kg.model import ActType
from kg.views.graph import Pair, edge_id
from kg.views.style import Relation
from kg.views.text import as_html, one_line

ROWS, COLUMNS = 8, 6
"""Sides in the matrix: more columns do not fit beside each other."""


def matrix_markup(pairs: Sequence[Pair], describe: Callable[[Pair], str]) -> str:
    """Return who accuses whom as a table of buttons: rows accuse, columns are accused.

    A button's ``data-id`` is the edge's name in the graph.  Shade and number both say how often.
    """
    names = {pair.source: pair.source_name for pair in pairs} | {p.target: p.target_name for p in pairs}
    accusing = [pair for pair in pairs if pair.type is ActType.ACCUSATION]
    rows = _most(accusing, "source", ROWS)
    columns = _most(accusing, "target", COLUMNS)
    cells = {(pair.source, pair.target): pair for pair in accusing}
    peak = max((pair.times for pair in accusing), default=1)
    head = "".join(f'<th scope="col">{as_html(one_line(names[column], 28))}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{as_html(one_line(names[row], 34))}</th>'
        + "".join(_cell(cells.get((row, column)), peak, describe) for column in columns)
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="ct-scroll"><table class="ct-matrix"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _most(pairs: Sequence[Pair], end: str, count: int) -> list[str]:
    counts: Counter[str] = Counter()
    for pair in pairs:
        counts[getattr(pair, end)] += pair.times
    return [actor for actor, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:count]]


def _cell(pair: Pair | None, peak: int, describe: Callable[[Pair], str]) -> str:
    if pair is None:
        return "<td></td>"
    share = 18 + round(52 * pair.times / peak)
    label = as_html(describe(pair))
    edge = as_html(edge_id(pair.source, Relation.ACCUSES, pair.target))
    return (
        f'<td><button type="button" class="ct-cell" data-id="{edge}"'
        f' style="background:color-mix(in srgb,#E8793A {share}%,#FFF)" title="{label}" aria-label="{label}">'
        f"{pair.times}</button></td>"
    )
