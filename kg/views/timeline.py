"""Acts in time: a lane an actor, a sign an act, an arc from each rebuttal to what it answers.

Dates may be partial (``2020``, ``2020-07``) or missing.  A partial date stands at the start of its period and
says so; acts without a date have a place of their own at the right, so that none is silently left out.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.model import Act
from kg.views.graph import key
from kg.views.style import NODE_STYLES, NodeKind, kind_of
from kg.views.text import as_html, one_line

LANES = 14
"""Actors with a lane of their own; acts of the others are in the table only."""

_LEFT, _RIGHT, _TOP, _LANE, _STEP, _PLOT = 190, 30, 34, 64, 15, 830
_UNDATED = 110


@dataclass(frozen=True, slots=True)
class Moment:
    """One act with its place: ``x`` and ``y`` in pixels of the figure."""

    act: Act
    date: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The figure's parts: lanes as (actor key, name), ticks as (x, date), moments, size in pixels."""

    lanes: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[float, datetime.date], ...]
    moments: tuple[Moment, ...]
    width: int
    height: int
    left_out: int
    has_undated: bool


def first_day(date: str) -> datetime.date | None:
    """Return the first day of a possibly partial ISO date; None if there is none."""
    padded = (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]
    try:
        return datetime.date.fromisoformat(padded)
    except ValueError:
        return None


def arrange(acts: Sequence[Act], dates: dict[str, str]) -> Timeline:
    """Place acts in lanes and time.

    Args:
        acts: the acts.
        dates: date of each document by :attr:`Act.document`.
    """
    counts: dict[str, int] = defaultdict(int)
    names = {}
    for act in acts:
        counts[key(act.source.iri)] += 1
        names[key(act.source.iri)] = act.source.name
    ordered = sorted(counts, key=lambda actor: (-counts[actor], names[actor]))[:LANES]
    lane = {actor: index for index, actor in enumerate(ordered)}
    shown = [act for act in acts if key(act.source.iri) in lane]
    days = [day for act in shown if (day := first_day(dates.get(act.document, "")))]
    start, span = (
        (min(days), max(1, (max(days) - min(days)).days)) if days else (datetime.date(2000, 1, 1), 1)
    )
    has_undated = len(days) < len(shown)
    moments = _moments(shown, dates, lane, start, span)
    width = _LEFT + _PLOT + _RIGHT + (_UNDATED if has_undated else 0)
    return Timeline(
        tuple((actor, names[actor]) for actor in ordered),
        _ticks(start, span) if days else (),
        moments,
        width,
        _TOP + _LANE * max(1, len(lane)) + 14,
        len(acts) - len(shown),
        has_undated,
    )


def _moments(
    acts: Sequence[Act], dates: dict[str, str], lane: dict[str, int], start: datetime.date, span: int
) -> tuple[Moment, ...]:
    piles: dict[tuple[int, int], int] = defaultdict(int)
    moments = []
    for act in acts:
        day = first_day(dates.get(act.document, ""))
        x = _LEFT + _PLOT * (day - start).days / span if day else _LEFT + _PLOT + _RIGHT + _UNDATED / 2
        row = lane[key(act.source.iri)]
        pile = (row, round(x / _STEP))
        place = piles[pile]
        piles[pile] += 1
        y = _TOP + row * _LANE + _LANE - 14 - (place % 3) * _STEP
        moments.append(Moment(act, dates.get(act.document, ""), round(x + (place // 3) * _STEP, 1), y))
    return tuple(moments)


def _ticks(start: datetime.date, span: int) -> tuple[tuple[float, datetime.date], ...]:
    days = sorted({round(span * step / 5) for step in range(6)})
    return tuple((_LEFT + _PLOT * day / span, start + datetime.timedelta(day)) for day in days)


def draw(
    timeline: Timeline,
    chosen: str | None,
    describe: Callable[[Act], str],
    day_text: Callable[[datetime.date], str],
    undated_text: str,
) -> str:
    """Return the timeline as an SVG whose signs are buttons that carry the act's id.

    Args:
        timeline: what :func:`arrange` made.
        chosen: id of the act to stand out.
        describe: words for an act (its button's name).
        day_text: words for a day on the axis.
        undated_text: words over the place of acts without a date.
    """
    parts = [
        f'<svg class="ct-timeline" viewBox="0 0 {timeline.width} {timeline.height}"'
        f' width="{timeline.width}" height="{timeline.height}" role="group">'
    ]
    parts += [_tick(x, day_text(day), timeline.height) for x, day in timeline.ticks]
    if timeline.has_undated:
        middle = _LEFT + _PLOT + _RIGHT + _UNDATED / 2
        parts.append(
            f'<text class="ct-axis" x="{middle}" y="18" text-anchor="middle">{as_html(undated_text)}</text>'
        )
    parts += [_lane(index, name, timeline.width) for index, (_, name) in enumerate(timeline.lanes)]
    parts += _arcs(timeline)
    parts += [_sign(moment, moment.act.id == chosen, describe(moment.act)) for moment in timeline.moments]
    return "".join([*parts, "</svg>"])


def _tick(x: float, words: str, height: int) -> str:
    return (
        f'<line class="ct-grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 8}" y2="{height}"/>'
        f'<text class="ct-axis" x="{x:.1f}" y="18" text-anchor="middle">{as_html(words)}</text>'
    )


def _lane(index: int, name: str, width: int) -> str:
    y = _TOP + index * _LANE + _LANE
    return (
        f'<line class="ct-lane" x1="0" x2="{width}" y1="{y}" y2="{y}"/>'
        f'<text class="ct-name" x="0" y="{y - 14}">{as_html(one_line(name, 26))}</text>'
    )


def _arcs(timeline: Timeline) -> list[str]:
    places = {moment.act.id: moment for moment in timeline.moments}
    arcs = []
    for moment in timeline.moments:
        for answered in (places[name] for name in moment.act.rebuts if name in places):
            bend = min(moment.y, answered.y) - 18
            middle = (moment.x + answered.x) / 2
            arcs.append(
                f'<path class="ct-arc" d="M{moment.x} {moment.y} '
                f'Q{middle:.1f} {bend} {answered.x} {answered.y}"/>'
            )
    return arcs


def _sign(moment: Moment, chosen: bool, words: str) -> str:
    kind = kind_of(moment.act.type)
    label = as_html(words)
    return (
        f'<g class="ct-sign" role="button" tabindex="0" data-id="{as_html(moment.act.id)}"'
        f' aria-pressed="{"true" if chosen else "false"}" aria-label="{label}"'
        f' transform="translate({moment.x} {moment.y})"><title>{label}</title>'
        f'<circle class="ct-halo" r="12"/>{_shape(kind)}</g>'
    )


def _shape(kind: NodeKind) -> str:
    colour = NODE_STYLES[kind].colour
    points = {
        NodeKind.ACCUSATION: "0,-8 8,0 0,8 -8,0",
        NodeKind.REBUTTAL: "0,-8 8,6 -8,6",
    }.get(kind, "-8,0 -4,-7 4,-7 8,0 4,7 -4,7")
    return f'<polygon fill="{colour}" points="{points}"/>'
