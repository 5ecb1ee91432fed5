"""What a reader should see first: who accuses whom, what is contested, what nobody answered, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.model import Act, ActType
from kg.views.corpus import Corpus, Entry
from kg.views.graph import Pair, edge_id
from kg.views.sides import is_named, side_key
from kg.views.style import Relation
from kg.views.text import as_html, one_line

ROWS, COLUMNS = 8, 6
"""Sides in the matrix: more columns do not fit beside each other."""


@dataclass(frozen=True, slots=True)
class Contested:
    """An allegation: accusations of one topic against one side, and what answers them."""

    side: str
    topic: str
    accusations: tuple[Act, ...]
    answers: tuple[Act, ...]

    @property
    def name(self) -> str:
        """Its name in links."""
        return f"{side_key(self.side)}.{self.topic}"


def disputes(corpus: Corpus) -> list[Contested]:
    """Group accusations by the side they target and what they are about.

    The most answered come first, among them the most often made.  An accusation without a topic counts
    under ``other``; accusations of nobody identifiable are left out.
    """
    groups: dict[tuple[str, str], list[Act]] = {}
    for act in corpus.acts:
        if act.type is ActType.ACCUSATION and is_named(act.target):
            topic = act.topics[0].value if act.topics else "other"
            groups.setdefault((act.target.side, topic), []).append(act)
    found = [_contested(corpus, acts, *group) for group, acts in groups.items()]
    return sorted(found, key=lambda d: (-len(d.answers), -len(d.accusations), d.side, d.topic))


def _contested(corpus: Corpus, acts: Sequence[Act], side: str, topic: str) -> Contested:
    answers = {answer.id: answer for act in acts for answer in corpus.answers.get(act.id, ())}
    return Contested(side, topic, tuple(acts), tuple(answers.values()))


def notable_unanswered(corpus: Corpus) -> list[Act]:
    """Return the unanswered accusations of somebody named, surest first, then newest."""
    named = [act for act in corpus.unanswered() if is_named(act.source) and is_named(act.target)]
    newest = sorted(named, key=lambda act: corpus.dates.get(act.document, ""), reverse=True)
    return sorted(newest, key=lambda act: -round(act.confidence, 1))


def latest(corpus: Corpus, count: int) -> list[Entry]:
    """Return the documents with the latest dates; those without one come last."""
    return sorted(corpus.documents.values(), key=lambda e: (e.metadata.date, e.name), reverse=True)[:count]


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


def dispute_rows(found: Sequence[Contested], words: Callable[[Contested], tuple[str, str, str]]) -> str:
    """Return disputes as a list of buttons with a bar of answers against accusations.

    ``words`` gives heading, counts and a quote; a button's ``data-id`` is the dispute's name.
    """
    return f'<div class="ct-rows">{"".join(_row(dispute, *words(dispute)) for dispute in found)}</div>'


def _row(dispute: Contested, heading: str, counts: str, quote: str) -> str:
    answers, accusations = len(dispute.answers), len(dispute.accusations)
    share = round(100 * answers / (answers + accusations))
    return (
        f'<button type="button" class="ct-row" data-id="{as_html(dispute.name)}">'
        f'<b>{as_html(heading)}</b><span class="ct-bar" style="--share:{share}%" aria-hidden="true"></span>'
        f'<span class="ct-quote"><small>{as_html(counts)}</small><br>'
        f"{as_html(one_line(quote, 150))}</span></button>"
    )
