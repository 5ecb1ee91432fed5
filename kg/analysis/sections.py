"""The findings of a report, one function a section.  Wording tells what was said, never what is true."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis import gathering
from kg.analysis.analysing import Echo
from kg.analysis.measures import PairRow
from kg.analysis.page import Page
from kg.views.text import as_html

_BRIEF = 5


def brief(page: Page) -> str:
    """Sentences to quote, each number with its evidence."""
    rows = gathering.shown_pairs(page.analysis)[:_BRIEF]
    return page.list([*_most(page), *(pair_sentence(page, row) for row in rows), *_returned(page)])


def _most(page: Page) -> Iterator[str]:
    for standing in gathering.most_accused(page.analysis)[:1]:
        times = page.times(standing.accused, "against", standing.node)
        voices = as_html(page.words.counted("voices", standing.accused_by))
        yield page.say("most_accused_said", target=page.subject(standing.node), times=times, voices=voices)
    yield from (_open(page, row) for row in gathering.most_unanswered(page.analysis)[:1])


def _open(page: Page, row: PairRow) -> str:
    form = "most_open_said_one" if row.unanswered == 1 else "most_open_said_many"
    number = page.number(row.unanswered, "open", row.source, row.target)
    ends = {"source": page.subject(row.source), "target": page.subject(row.target)}
    return _capital(page.say(form, n=number, **ends))


def _returned(page: Page) -> Iterator[str]:
    share = page.analysis.reciprocity.acts
    if share is not None:
        yield page.say("reciprocity_said", acts=as_html(page.words.share(share)))


def pair_sentence(page: Page, row: PairRow) -> str:
    """Return what one party said of another how often, and what was answered."""
    words, ends = page.words, {"source": page.subject(row.source), "target": page.subject(row.target)}
    key = row.source, row.target
    said = page.say(
        "pair_said", times=page.times(row.accusations, "pair", *key), when=_when(page, row), **ends
    )
    if not row.by_accused:
        return f"{_capital(said)} {_capital(page.say('pair_silent', **ends))}"
    counts = (("part_same", row.same_text), ("part_prompt", row.prompt), ("part_late", row.late))
    parts = [words(name, n=count, days=page.analysis.options.days) for name, count in counts if count]
    form = "pair_answered_one" if row.by_accused == 1 else "pair_answered_many"
    number = page.number(row.by_accused, "answered", *key)
    linked = page.link(words.list(parts), "answered", *key)
    return f"{_capital(said)} {_capital(page.say(form, n=number, parts=linked, **ends))}"


def _when(page: Page, row: PairRow) -> str:
    words = page.words
    if not row.first:
        return as_html(words("when_unknown"))
    form = "when_day" if row.first == row.last else "when_span"
    return as_html(words(form, first=words.date(row.first), last=words.date(row.last)))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def matrix(page: Page) -> str:
    """Who accuses whom, as a table whose shades and numbers both say how often."""
    rows, columns, cells = gathering.matrix(page.analysis)
    if not cells:
        return page.note("empty")
    peak = max(row.accusations for row in cells.values())

    def cell(source: str, target: str) -> str:
        row = cells.get((source, target))
        if row is None:
            return "<td></td>"
        share = round(8 + 34 * row.accusations / peak)
        shade = f"background:color-mix(in srgb,#e8793a {share}%,#fff)"
        return f'<td style="{shade}">{page.number(row.accusations, "pair", source, target)}</td>'

    head = "".join(f'<th scope="col">{page.name(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{page.name(row)}</th>{"".join(cell(row, column) for column in columns)}</tr>'
        for row in rows
    )
    corner = f"<td>{as_html(page.words('matrix_corner'))}</td>"
    table = f'<table class="matrix"><thead><tr>{corner}{head}</tr></thead><tbody>{body}</tbody></table>'
    return page.note("matrix_note") + page.scrolling(table, page.words("matrix"))


def standings(page: Page) -> str:
    """Who accuses most and who is accused most."""
    shown = {
        s.node: s for s in (*gathering.most_accused(page.analysis), *gathering.most_accusing(page.analysis))
    }
    heads = [
        page.words(key) for key in ("party", "accuses", "accuses_whom", "is_accused", "accused_by", "rebuts")
    ]
    rows = [
        (
            page.name(s.node),
            page.number(s.accuses, "by", s.node),
            page.words.number(s.accuses_whom),
            page.number(s.accused, "against", s.node),
            page.words.number(s.accused_by),
            page.words.number(s.rebuts),
        )
        for s in shown.values()
    ]
    return (
        page.picture("standings") + page.table(page.words("standings"), heads, rows)
        if rows
        else page.note("empty")
    )


def answers(page: Page) -> str:
    """How often and how fast the accused answer."""
    words, days = page.words, page.analysis.options.days
    keys = ("party", "is_accused", "rate", "same_text", "prompt", "late", "unanswered", "median")
    rows = []
    for r in gathering.shown_responses(page.analysis):
        median = "–" if r.median_days is None else words.counted("days", _whole(r.median_days))
        rate = f"{page.number(r.by_accused, 'met', r.node)} ({as_html(words.share(r.rate))})"
        parts = (r.same_text, r.prompt, r.late)
        met = [page.number(count, "met", r.node) if count else "0" for count in parts]
        counts = (r.accused, r.accused - r.answered)
        accused, none = (page.number(count, "against", r.node) for count in counts)
        rows.append((page.name(r.node), accused, rate, *met, none, as_html(median)))
    if not rows:
        return page.note("empty")
    heads = [words(key, days=days) for key in keys]
    table = page.table(words("answers"), heads, rows)
    return page.note("answers_note") + page.picture("answers") + table


def _whole(days: float) -> int:
    return round(days)


def unanswered(page: Page) -> str:
    """The pairs with the most accusations that nobody answers."""
    items = [_open(page, row) for row in gathering.most_unanswered(page.analysis)]
    return page.note("unanswered_note") + page.list(items)


def balance(page: Page) -> str:
    """Whether accusations are returned, and how far two camps explain who speaks against whom."""
    words, triads, frustration = page.words, page.analysis.triads, page.analysis.frustration
    items = list(_returned(page))
    if triads.total:
        counts = {"n": words.number(triads.total), "balanced": words.number(triads.balanced)}
        items.append(page.say("triads_said", **counts))
    else:
        items.append(page.say("triads_none"))
    if frustration.relations:
        bound = "" if frustration.exact or not frustration.frustrated else as_html(words("frustration_bound"))
        counts = {
            "frustrated": words.number(frustration.frustrated),
            "relations": words.number(frustration.relations),
        }
        items.append(page.say("frustration_said", bound=bound, **counts))
    return page.list(items)


def camps(page: Page) -> str:
    """Who stands with whom."""
    words, found = page.words, page.analysis.camps.camps
    items = []
    for number, camp in enumerate(found[: page.analysis.options.top], 1):
        shown = [page.subject(node) for node in camp.nodes[: page.analysis.options.top]]
        names = words.list(shown) + (" …" if len(shown) < len(camp.nodes) else "")
        counts = (camp.against_inside, camp.against_outside, camp.for_inside)
        inside, outside, support = map(words.number, counts)
        line = page.say("camp_line", names=names, inside=inside, outside=outside, support=support)
        items.append(f"<b>{as_html(words('camp_n', n=number))}.</b> {_capital(line)}")
    return page.note("camps_note") + page.picture("network") + page.list(items)


def brokers(page: Page) -> str:
    """Who carries the accusations of others."""
    keys = ("party", "carried", "sources", "betweenness")
    rows = [
        (
            page.name(broker.node),
            page.number(broker.carried, "carried", broker.node),
            page.words.number(broker.sources),
            page.words.number(round(broker.betweenness, 4)),
        )
        for broker in page.analysis.brokers[: page.analysis.options.top]
    ]
    if not rows:
        return page.note("empty")
    sampled = page.note("sampled", n=page.analysis.sampled) if page.analysis.sampled else ""
    table = page.table(page.words("brokers"), [page.words(key) for key in keys], rows)
    return page.note("brokers_note") + sampled + table


def echoes(page: Page) -> str:
    """Allegations that several documents tell."""
    shown = page.analysis.echoes[: page.analysis.options.top]
    return page.note("echoes_note") + page.list([_echo(page, n, echo) for n, echo in enumerate(shown)])


def _echo(page: Page, number: int, echo: Echo) -> str:
    words = page.words
    unknown = words("span_unknown")
    span = unknown if echo.days is None else words.counted("span", max(1, echo.days))
    tellings = page.link(words.counted("tellings", len(echo.tellings)), "echo", str(number))
    voices = as_html(words.counted("voices", len(echo.voices)))
    line = page.say(
        "echo_line", target=page.subject(echo.target), tellings=tellings, voices=voices, span=as_html(span)
    )
    chain = [f"{as_html(words.date(t.day))} – {page.name(t.source)}" for t in echo.tellings[:12]]
    return f'{line}<br><span class="src">{" → ".join(chain)}</span>'


def topics(page: Page) -> str:
    """What parties are accused of."""
    items = []
    for profile in gathering.shown_topics(page.analysis):
        most = list(profile.accused_of.items())[: gathering.TOPICS_SHOWN]
        shown = [
            f"{as_html(page.words(f'topic_{topic}'))} ({page.number(count, 'topic', profile.node, topic)})"
            for topic, count in most
        ]
        items.append(f"<b>{page.name(profile.node)}</b> – {', '.join(shown)}")
    return page.note("topics_note") + page.list(items)


def bursts(page: Page) -> str:
    """Times in which a party is accused more often than usual."""
    words = page.words
    items = [
        page.say(
            "burst_line",
            target=page.subject(burst.node),
            times=page.times(burst.accusations, "burst", str(number)),
            first=as_html(words.date(burst.first)),
            last=as_html(words.date(burst.last)),
        )
        for number, burst in enumerate(page.analysis.bursts[: page.analysis.options.top])
    ]
    return page.note("bursts_note") + page.picture("bursts") + page.list(list(map(_capital, items)))
