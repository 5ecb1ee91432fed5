"""Which numbers of an analysis are shown, and the evidence of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.analysis.analysing import Analysis
from kg.analysis.evidence import Finder, Item, Shown, anything
from kg.analysis.measures import PairRow, Response, Standing, TopicProfile
from kg.model import Topic

TOPICS_SHOWN = 3
"""Topics of a profile that are shown."""


def most_accusing(analysis: Analysis) -> list[Standing]:
    """Return the nodes that accuse most often."""
    return _top(analysis, "accuses")


def most_accused(analysis: Analysis) -> list[Standing]:
    """Return the nodes that are accused most often."""
    return _top(analysis, "accused")


def _top(analysis: Analysis, name: str) -> list[Standing]:
    found = (standing for standing in analysis.standings if getattr(standing, name))
    ordered = sorted(found, key=lambda standing: (-getattr(standing, name), standing.node))
    return ordered[: analysis.options.top]


def shown_pairs(analysis: Analysis) -> Sequence[PairRow]:
    """Return who accuses whom most often."""
    return analysis.pairs[: analysis.options.top]


def matrix(analysis: Analysis) -> tuple[list[str], list[str], Mapping[tuple[str, str], PairRow]]:
    """Return the accusing and the accused nodes of the matrix, and its filled cells."""
    rows = [standing.node for standing in most_accusing(analysis)]
    columns = [standing.node for standing in most_accused(analysis)]
    cells = {
        (row.source, row.target): row
        for row in analysis.pairs
        if row.source in rows and row.target in columns
    }
    return rows, columns, cells


def most_unanswered(analysis: Analysis) -> list[PairRow]:
    """Return the pairs with the most accusations that nobody answers."""
    found = (row for row in analysis.pairs if row.unanswered)
    ordered = sorted(found, key=lambda row: (-row.unanswered, row.source, row.target))
    return ordered[: analysis.options.top]


def shown_responses(analysis: Analysis) -> list[Response]:
    """Return how the most accused nodes answer."""
    ordered = sorted(analysis.responses, key=lambda response: (-response.accused, response.node))
    return ordered[: analysis.options.top]


def shown_topics(analysis: Analysis) -> list[TopicProfile]:
    """Return the topics of the most accused nodes."""
    profiles = {profile.node: profile for profile in analysis.topics if profile.accused_of}
    return [profiles[standing.node] for standing in most_accused(analysis) if standing.node in profiles]


def gather(finder: Finder, analysis: Analysis) -> dict[str, Shown]:
    """Return every number that a report shows with its evidence, by :func:`key_of`."""
    return dict(_all(finder, analysis))


def key_of(what: str, *which: str) -> str:
    """Return the name of a number: letters, digits and hyphens, so that it can be an anchor."""
    return "--".join((what, *which)).replace("_", "-")


Found = Iterator[tuple[str, Shown]]


def _all(finder: Finder, analysis: Analysis) -> Found:
    rows = [*shown_pairs(analysis), *matrix(analysis)[2].values(), *most_unanswered(analysis)]
    for row in {(row.source, row.target): row for row in rows}.values():
        yield from _of_pair(finder, row)
    for standing in most_accusing(analysis):
        node = standing.node
        yield key_of("by", node), Shown("by", finder.accusations(standing.accuses, node), node)
    for standing in most_accused(analysis):
        yield from _of_accused(finder, standing)
    for response in shown_responses(analysis):
        if response.by_accused:
            found = finder.accusations(response.by_accused, "", response.node, by_accused)
            yield key_of("met", response.node), Shown("met", found, target=response.node)
    for profile in shown_topics(analysis):
        yield from _of_topics(finder, profile)
    yield from _of_lists(finder, analysis)


def _of_pair(finder: Finder, row: PairRow) -> Found:
    ends = row.source, row.target
    for what, count, keep in (
        ("pair", row.accusations, anything),
        ("answered", row.by_accused, by_accused),
        ("open", row.unanswered, unanswered),
    ):
        if count:
            yield key_of(what, *ends), Shown(what, finder.accusations(count, *ends, keep), *ends)


def _of_accused(finder: Finder, standing: Standing) -> Found:
    found = finder.accusations(standing.accused, "", standing.node)
    yield key_of("against", standing.node), Shown("against", found, target=standing.node)


def _of_topics(finder: Finder, profile: TopicProfile) -> Found:
    for topic, count in list(profile.accused_of.items())[:TOPICS_SHOWN]:

        def about(item: Item, topic: Topic = topic) -> bool:
            return topic in item.act.topics

        found = finder.accusations(count, "", profile.node, about)
        shown = Shown("topic", found, target=profile.node, topic=topic)
        yield key_of("topic", profile.node, topic), shown


def _of_lists(finder: Finder, analysis: Analysis) -> Found:
    top = analysis.options.top
    for broker in analysis.brokers[:top]:
        found = finder.carried(broker.carried, broker.node)
        if found.items:
            yield key_of("carried", broker.node), Shown("carried", found, broker.node)
    for number, echo in enumerate(analysis.echoes[:top]):
        found = finder.of(len(echo.tellings), (telling.act for telling in echo.tellings))
        yield key_of("echo", str(number)), Shown("echo", found, target=echo.target)
    for number, burst in enumerate(analysis.bursts[:top]):
        days = burst.first, burst.last
        found = finder.accusations(burst.accusations, "", burst.node, during=days)
        yield key_of("burst", str(number)), Shown("burst", found, "", burst.node, "", *days)


def by_accused(item: Item) -> bool:
    """Whether the accused's side answers an accusation."""
    return any(answer.source.side == item.act.target.side for answer, _ in item.answers)


def unanswered(item: Item) -> bool:
    """Whether nobody answers an accusation."""
    return not item.answers
