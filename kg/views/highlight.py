"""A document's text with the words of its acts marked.

Acts overlap and nest (a rebuttal holds the accusation that it rejects), so the text is cut at every boundary
and each piece carries what covers it.  A numbered button after each sentence stands for each act: a mark
alone could neither be reached by keyboard nor tell two acts of one sentence apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Act
from kg.views.style import NODE_STYLES, kind_of
from kg.views.text import as_html

SHOWN = 200_000
"""Characters of a document that are shown: browsers become slow beyond."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of the text: ``part`` is sentence, cue, content, source or target."""

    start: int
    end: int
    act: str
    part: str


def marks_of(act: Act) -> list[Mark]:
    """Return the marks of one act: its sentence and the quotes inside."""
    quotes = {
        "content": act.content,
        "source": act.source.mention,
        "target": act.target.mention,
        "cue": act.cue,
    }
    marks = [Mark(act.start, act.end, act.id, "sentence")]
    return marks + [Mark(q.start, q.end, act.id, part) for part, q in quotes.items() if q and q.start < q.end]


def highlight(text: str, acts: Sequence[Act], chosen: str | None, describe: Callable[[Act], str]) -> str:
    """Return the text as markup with the acts marked and numbered in the order given.

    Args:
        text: the document's text, untrusted.
        acts: its acts.
        chosen: id of the act whose parts (source, target, cue, content) stand out.
        describe: words for an act, read out on its button.
    """
    length = min(len(text), SHOWN)
    kinds = {act.id: kind_of(act.type) for act in acts}
    marks = [mark for act in acts for mark in marks_of(act) if mark.start < length]
    buttons = _buttons(acts, chosen, describe)
    cuts = sorted({0, length, *(min(length, place) for m in marks for place in (m.start, m.end))})
    pieces = []
    for start, end in pairwise(cuts):
        covering = [mark for mark in marks if mark.start <= start and end <= mark.end]
        classes = " ".join(sorted(_classes(covering, kinds, chosen)))
        words = as_html(text[start:end])
        pieces.append(f'<span class="{classes}">{words}</span>' if classes else words)
        pieces.extend(buttons.pop(end, ()))
    return "".join(pieces)


def _classes(covering: Sequence[Mark], kinds: Mapping[str, str], chosen: str | None) -> set[str]:
    classes = set()
    for mark in covering:
        if mark.part == "sentence":
            classes |= {"ct-said", f"ct-said-{kinds[mark.act]}"}
        if mark.part == "cue":
            classes.add("ct-cue")
        if mark.act == chosen:
            classes.add(f"ct-chosen-{mark.part}")
    return classes


def _buttons(acts: Sequence[Act], chosen: str | None, describe: Callable[[Act], str]) -> dict[int, list[str]]:
    buttons: dict[int, list[str]] = {}
    for number, act in enumerate(acts, 1):
        kind = kind_of(act.type)
        buttons.setdefault(act.end, []).append(
            f'<button type="button" class="ct-number ct-number-{kind}" data-id="{as_html(act.id)}"'
            f' aria-pressed="{"true" if act.id == chosen else "false"}"'
            f' aria-label="{as_html(f"{number}. {describe(act)}")}">'
            f'<span aria-hidden="true">{NODE_STYLES[kind].sign}</span>{number}</button>'
        )
    return buttons
