"""Acts in time: a lane a side, a sign for its acts of one kind in one document, arcs from answers.

Dates may be partial (``2020``, ``2020-07``) or missing.  A partial date stands at the start of its period and
says so; acts without a date have a place of their own at the right, so that none is silently left out.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Act
from kg.views.style import NODE_STYLES, NodeKind, kind_of
from kg.views.text import as_html, one_line

LANES = 14
"""Sides with a lane of their own; acts of the others are in the table only."""

_LEFT, _RIGHT, _TOP, _LANE, _STEP, _PLOT = 200, 90, 34, 76, 22, 660
_LEVELS = 3
"""Signs above each other in a lane."""
_UNDATED = 110


@dataclass(frozen=True, slots=True)
class Moment:
    """Acts of one kind, side and document with their place: ``x`` and ``y`` in pixels of the figure."""

    acts: tuple[Act, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The figure's parts: lanes by name, ticks as (x, date), moments, size in pixels."""

    lanes: tuple[str, ...]
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


def arrange(acts: Sequence[Act], dates: Mapping[str, str], names: Mapping[str, str]) -> Timeline:
    """Place acts in lanes and time.

    Args:
        acts: the acts.
        dates: date of each document by :attr:`Act.document`.
        names: what each side is called.
    """
    counts = Counter(act.source.side for act in acts)
    ordered = sorted(counts, key=lambda side: (-counts[side], side))[:LANES]
    lane = {side: index for index, side in enumerate(ordered)}
    shown = [act for act in acts if act.source.side in lane]
    days = [day for act in shown if (day := first_day(dates.get(act.document, "")))]
    start, span = (min(days), (max(days) - min(days)).days) if days else (datetime.date.min, 0)
    has_undated = len(days) < len(shown)
    moments = _moments(shown, dates, lane, start, span)
    width = _LEFT + _PLOT + _RIGHT + (_UNDATED if has_undated else 0)
    return Timeline(
        tuple(names[side] for side in ordered),
        _ticks(start, span) if days else (),
        moments,
        width,
        _TOP + _LANE * max(1, len(lane)) + 14,
        len(acts) - len(shown),
        has_undated,
    )


def _moments(
    acts: Sequence[Act], dates: Mapping[str, str], lane: dict[str, int], start: datetime.date, span: int
) -> tuple[Moment, ...]:
    groups: dict[tuple[int, str, NodeKind], list[Act]] = defaultdict(list)
    for act in acts:
        groups[lane[act.source.side], act.document, kind_of(act.type)].append(act)
    ends: dict[tuple[int, int], float] = defaultdict(float)
    places = {name: _x(dates.get(name, ""), start, span) for _, name, _ in groups}
    moments = []
    for (row, document, _), together in sorted(groups.items(), key=lambda item: places[item[0][1]]):
        x = places[document]
        level = min(range(_LEVELS), key=lambda level: (max(0.0, ends[row, level] - x), level))
        x = max(x, ends[row, level])
        ends[row, level] = x + _STEP + (10 if len(together) > 1 else 0)
        moments.append(Moment(tuple(together), round(x, 1), _TOP + (row + 1) * _LANE - 15 - level * _STEP))
    return tuple(moments)


def _x(date: str, start: datetime.date, span: int) -> float:
    day = first_day(date)
    if day is None:
        return _LEFT + _PLOT + _RIGHT + _UNDATED / 2
    return _LEFT + _PLOT * (day - start).days / max(1, span)


def _ticks(start: datetime.date, span: int) -> tuple[tuple[float, datetime.date], ...]:
    days = sorted({round(span * step / 5) for step in range(6)}) if span else [0]
    return tuple((_LEFT + _PLOT * day / max(1, span), start + datetime.timedelta(day)) for day in days)


def draw(
    timeline: Timeline,
    chosen: str | None,
    describe: Callable[[Sequence[Act]], str],
    day_text: Callable[[datetime.date], str],
    undated_text: str,
) -> str:
    """Return the timeline as an SVG whose signs are buttons that carry their first act's id.

    Args:
        timeline: what :func:`arrange` made.
        chosen: id of the act to stand out.
        describe: words for the acts of one sign (its button's name).
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
    parts += [_lane(index, name, timeline.width) for index, name in enumerate(timeline.lanes)]
    parts += _arcs(timeline)
    parts += [_sign(moment, chosen, describe(moment.acts)) for moment in timeline.moments]
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
    places = {act.id: moment for moment in timeline.moments for act in moment.acts}
    pairs = {
        (moment.x, moment.y, places[name].x, places[name].y): None
        for moment in timeline.moments
        for act in moment.acts
        for name in act.rebuts
        if name in places
    }
    return [_arc(*pair) for pair in pairs]


def _arc(x: float, y: float, to_x: float, to_y: float) -> str:
    """Draw an arc; one between signs above each other bends to the side, where it can be seen."""
    is_steep = abs(x - to_x) < 40
    middle = (x + to_x) / 2 + (36 if is_steep else 0)
    height = (y + to_y) / 2 if is_steep else min(y, to_y) - 26
    return f'<path class="ct-arc" d="M{x} {y} Q{middle:.1f} {height:.1f} {to_x} {to_y}"/>'


def _sign(moment: Moment, chosen: str | None, words: str) -> str:
    first = moment.acts[0]
    pressed = "true" if chosen in {act.id for act in moment.acts} else "false"
    label, count = as_html(words), len(moment.acts)
    number = f'<text class="ct-count" x="11" y="-5">{count}</text>' if count > 1 else ""
    return (
        f'<g class="ct-sign" role="button" tabindex="0" data-id="{as_html(first.id)}"'
        f' aria-pressed="{pressed}" aria-label="{label}"'
        f' transform="translate({moment.x} {moment.y})"><title>{label}</title>'
        f'<circle class="ct-halo" r="12"/>{_shape(kind_of(first.type))}{number}</g>'
    )


def _shape(kind: NodeKind) -> str:
    colour = NODE_STYLES[kind].colour
    points = {
        NodeKind.ACCUSATION: "0,-8 8,0 0,8 -8,0",
        NodeKind.REBUTTAL: "0,-8 8,6 -8,6",
    }.get(kind, "-8,0 -4,-7 4,-7 8,0 4,7 -4,7")
    return f'<polygon fill="{colour}" points="{points}"/>'
