"""Records and disputes as lists of buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg.model import Act
from kg.views.disputes import Dispute
from kg.views.index.rows import Judgement
from kg.views.style import NODE_STYLES, kind_of
from kg.views.text import as_html, one_line

Words = Callable[..., str]
"""Returns the words for a key of the texts."""


def queue_rows(
    acts: Sequence[Act],
    chosen: str,
    judged: Mapping[str, Judgement],
    describe: Callable[[Act], str],
    words: Words,
) -> str:
    """Return records to be checked as a list of buttons; a button's ``data-id`` is the record's.

    Args:
        acts: the records.
        chosen: id of the one that is open.
        judged: what people decided about them, by id.
        describe: words for one.
        words: the texts of the page.
    """
    rows = "".join(_queue_row(act, act.id == chosen, judged.get(act.id), describe, words) for act in acts)
    return f'<div class="ct-rows ct-queue">{rows}</div>'


def _queue_row(
    act: Act, is_chosen: bool, judgement: Judgement | None, describe: Callable[[Act], str], words: Words
) -> str:
    kind = kind_of(act.type)
    decided = words(f"decision_{judgement.decision}") if judgement and judgement.decision else ""
    side = decided or f"{act.confidence:.0%}"
    return (
        f'<button type="button" class="ct-row ct-card-{kind}" data-id="{as_html(act.id)}"'
        f' aria-pressed="{str(is_chosen).lower()}">'
        f'<span><span class="ct-sign-of" aria-hidden="true">{NODE_STYLES[kind].sign}</span>'
        f" {as_html(one_line(describe(act), 64))}</span><small>{as_html(side)}</small>"
        f'<span class="ct-quote">{as_html(one_line(act.sentence, 84))}</span></button>'
    )


def dispute_rows(found: Sequence[Dispute], words: Callable[[Dispute], tuple[str, str, str]]) -> str:
    """Return disputes as a list of buttons with a bar of answers against accusations.

    ``words`` gives heading, counts and a quote; a button's ``data-id`` is the dispute's id.
    """
    return (
        f'<div class="ct-rows">{"".join(_dispute_row(dispute, *words(dispute)) for dispute in found)}</div>'
    )


def _dispute_row(dispute: Dispute, heading: str, counts: str, quote: str) -> str:
    share = round(100 * dispute.answers / max(1, dispute.answers + dispute.accusations))
    return (
        f'<button type="button" class="ct-row" data-id="{as_html(dispute.id)}">'
        f'<b>{as_html(heading)}</b><span class="ct-bar" style="--share:{share}%" aria-hidden="true"></span>'
        f'<span class="ct-quote"><small>{as_html(counts)}</small><br>'
        f"{as_html(one_line(quote, 150))}</span></button>"
    )
