"""Puts into words why an act was found, for people who check the machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.model import Act, Party, Quote
from kg.records import act_to_json


def explain_act(act: Act, others: Iterable[Act] = ()) -> str:
    """Return a few lines on one act: its sentence with the spans marked, holders, reasons, parties.

    Args:
        act: the act.
        others: acts of the document, to tell in words what a rebuttal answers.
    """
    return "\n".join(_lines(act, {other.id: other for other in others}))


def _lines(act: Act, others: Mapping[str, Act]) -> Iterator[str]:
    kind = f", {act.kind.value}" if act.kind else ""
    yield f"{act.type.value}{kind}, {act.modality.value}, confidence {act.confidence:.2f}  [{act.id}]"
    yield f"  {mark_sentence(act)}"
    yield f"  place:   {act.document}, characters {act.start} to {act.end}"
    yield f"  said by: {' > '.join(act.holders) or 'the document'}"
    yield f"  source:  {_party(act.source)}"
    yield f"  target:  {_party(act.target)}"
    if act.via:
        yield f"  via:     {', '.join(f'{party.name} ({party.side})' for party in act.via)}"
    if act.topics:
        yield f"  topics:  {', '.join(act.topics)}"
    for answered in act.rebuts:
        yield f"  answers: {_answered(answered, others)}"
    for reason in act.reasons:
        yield f"  because: {reason}"


def _answered(record: str, others: Mapping[str, Act]) -> str:
    act = others.get(record)
    if act is None:
        return record
    return f'{act.source.name} against {act.target.name}, "{act.cue.text}" at {act.cue.start}  [{record}]'


def explanation_json(act: Act) -> dict[str, Any]:
    """Return an act's record as JSON values with its marked sentence and how each party was resolved."""
    resolutions = {"source": act.source.resolution, "target": act.target.resolution}
    return act_to_json(act) | {
        "marked": mark_sentence(act),
        "resolutions": resolutions | {"via": [party.resolution for party in act.via]},
    }


def _party(party: Party) -> str:
    words = f'"{party.mention.text}"' if party.mention else "not expressed"
    resolution = party.resolution.removeprefix("not expressed").lstrip(";, ")
    return f"{party.name} ({party.side}); {words}{', ' if resolution else ''}{resolution}"


def mark_sentence(act: Act) -> str:
    """Return the act's sentence on one line with its spans in brackets: ``[cue: denied]``.

    A span inside another is nested; one that crosses another, or lies outside the sentence, is left out.
    """
    spans = {
        "content": act.content,
        "cue": act.cue,
        "source": act.source.mention,
        "target": act.target.mention,
    }
    inside = [
        (quote, name)
        for name, quote in spans.items()
        if quote is not None and act.start <= quote.start < quote.end <= act.end
    ]
    kept: list[tuple[Quote, str]] = []
    for quote, name in inside:
        if not any(_cross(quote, other) for other, _ in kept):
            kept.append((quote, name))
    return " ".join(_bracket(act, kept).split())


def _cross(a: Quote, b: Quote) -> bool:
    return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end


def _bracket(act: Act, spans: list[tuple[Quote, str]]) -> str:
    """Insert opening and closing marks: at one place inner spans close first and outer ones open first."""
    marks = []
    for rank, (quote, name) in enumerate(spans):
        length = quote.end - quote.start
        marks.append((quote.start, 1, -length, rank, f"[{name}: "))
        marks.append((quote.end, 0, length, -rank, "]"))
    text, last = "", act.start
    for place, _, _, _, mark in sorted(marks):
        text += act.sentence[last - act.start : place - act.start] + mark
        last = place
    return text + act.sentence[last - act.start :]
