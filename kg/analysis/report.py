"""The report: one page that needs no server, no script and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from kg.analysis import sections
from kg.analysis.analysing import Analysis
from kg.analysis.evidence_part import evidence
from kg.analysis.figures import figures
from kg.analysis.options import Level
from kg.analysis.page import Page
from kg.analysis.words import Words
from kg.model import ActType
from kg.views.text import as_html

_SECTIONS: dict[str, Callable[[Page], str]] = {
    "brief": sections.brief,
    "matrix": sections.matrix,
    "standings": sections.standings,
    "answers": sections.answers,
    "unanswered_title": sections.unanswered,
    "balance": sections.balance,
    "camps": sections.camps,
    "brokers": sections.brokers,
    "echoes": sections.echoes,
    "topics": sections.topics,
    "bursts": sections.bursts,
}
_METHODS = ("standings", "reciprocity", "balance", "camps", "brokers", "bursts")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Nothing on the page may load or run anything, whatever the quoted texts hold."""


def render_report(analysis: Analysis, language: str, app: str | None = None) -> str:
    """Return the report as HTML.

    Every number leads to the acts that it counts, with their words, documents and dates.

    Args:
        analysis: the results, with their evidence.
        language: ``en`` or ``fr``.
        app: address of the app, ending in ``/``, that links lead to; ``""`` where the page stands beside the
            app's pages, None for no links.

    Raises:
        ValueError: there is no such language.
    """
    words = Words(language)
    page = Page(analysis, words, analysis.evidence, figures(analysis, language), app)
    title = as_html(words("title"))
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{title} – ClaimTrack</title>
<style>{files("kg.analysis").joinpath("report.css").read_text("utf-8")}</style>
</head>
<body>
<a class="skip" href="#brief">{as_html(words("skip"))}</a>
{_header(page)}
{_contents(words)}
<main>
{"".join(_section(page, name) for name in _SECTIONS)}
{evidence(page)}
</main>
{_footer(words)}
</body>
</html>
"""


def _header(page: Page) -> str:
    words, counts = page.words, page.analysis.counts
    documents = words.counted("documents", len(counts.days))
    lead = [words("subtitle", documents=documents), *_period(page)]
    scope = words(
        "scope",
        accusations=counts.totals[ActType.ACCUSATION],
        rebuttals=counts.totals[ActType.REBUTTAL],
        unnamed=counts.unnamed[ActType.ACCUSATION] + counts.unnamed[ActType.REBUTTAL],
    )
    options = page.analysis.options
    level = words("scope_sides" if options.level is Level.SIDES else "scope_actors")
    links = words("scope_proposals" if options.proposals else "scope_accepted")
    return (
        f'<header><h1>{as_html(words("title"))}</h1><p class="lead">{as_html(", ".join(lead))}</p>'
        f'<p class="claim">{as_html(words("disclaimer"))}</p>'
        f'<p class="note">{as_html(" ".join((scope, level, links)))}</p></header>'
    )


def _period(page: Page) -> Iterator[str]:
    days = sorted(day for day in page.analysis.counts.days.values() if day)
    if days:
        words = page.words
        yield words("period", first=words.date(days[0]), last=words.date(days[-1]))


def _contents(words: Words) -> str:
    names = (*_SECTIONS, "evidence", "method")
    items = "".join(f'<li><a href="#{name}">{as_html(words(name))}</a></li>' for name in names)
    heading = f'<h2 id="contents">{as_html(words("contents"))}</h2>'
    return f'<nav aria-labelledby="contents">{heading}<ol>{items}</ol></nav>'


def _section(page: Page, name: str) -> str:
    heading = as_html(page.words(name))
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>{_SECTIONS[name](page)}</section>'
    )


def _footer(words: Words) -> str:
    items = "".join(f"<li>{as_html(words(f'method_{name}'))}</li>" for name in _METHODS)
    heading = f'<h2 id="method">{as_html(words("method"))}</h2>'
    return f'<footer class="note">{heading}<p>{as_html(words("method_note"))}</p><ul>{items}</ul></footer>'
