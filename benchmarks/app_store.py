"""A store of any size to measure the app on: a few sides in most acts, many in few, as in the press."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox

from kg.app.data import INDEX
from kg.disputes.linking import read_links
from kg.identifiers import act_iri, actor_iri, document_graph, record_id
from kg.model import Act, ActType, Document, Extraction, Metadata, Party, Quote, RebuttalKind, Topic
from kg.rdf.namespaces import CT, PROV
from kg.rdf.reviews import ProposedLink, link_quads
from kg.rdf.write import document_quads
from kg.store import open_store
from kg.store.snapshots import StoreDirectory
from kg.views.index import counts, threads
from kg.views.index.build import fill
from kg.views.index.schema import note_generation, open_index, transaction

ACTS_IN_ONE = 20
"""Acts a document."""
SIDES, ACTORS = 900, 6_000
LINKED = 4
"""Of so many documents, one repeats what the one before said."""
_SEED = 11
_CUES = (
    ("lied", "lied about"),
    ("spied", "spied on"),
    ("bribed", "bribed officials of"),
    ("bombed", "bombed"),
)
_TOPICS = (Topic.DISINFORMATION, Topic.ESPIONAGE, Topic.CORRUPTION, Topic.AGGRESSION)


def extractions(acts: int) -> Iterator[Extraction]:
    """Yield documents until there are so many acts; the same every time."""
    chance = random.Random(_SEED)
    for number in range(acts // ACTS_IN_ONE):
        yield _extraction(number, chance)


def _extraction(number: int, chance: random.Random) -> Extraction:
    plans = [_plan(chance, n) for n in range(ACTS_IN_ONE)]
    sentences = [words for *_, words in plans]
    day = date(2014, 1, 1) + timedelta(chance.randrange(4_000))
    metadata = Metadata(f"Statement {number}", f"Press office {number % 50}", "", day.isoformat(), "en")
    document = Document(f"statement-{number}", "\n".join(sentences), metadata)
    acts: list[Act] = []
    start = 0
    for plan in plans:
        acts.append(_act(document, plan, start, acts[-1] if acts else None))
        start += len(plan[-1]) + 1
    return Extraction(document, tuple(acts))


Plan = tuple[int, int, int, bool, str]


def _plan(chance: random.Random, place: int) -> Plan:
    """Return source, target, what, whether it answers the act before, and the sentence."""
    source, target = (min(ACTORS - 1, int(chance.paretovariate(0.6)) - 1) for _ in range(2))
    what = chance.randrange(len(_CUES))
    answers = place % 3 == 2
    words = "denied that it " if answers else ""
    sentence = f"Actor {source} {words}{_CUES[what][1]} actor {target} in place {chance.randrange(100_000)}."
    return source, target, what, answers, sentence


def _act(document: Document, plan: Plan, start: int, before: Act | None) -> Act:
    source, target, what, answers, sentence = plan
    parties = _party(document, source), _party(document, target)
    kind = ActType.REBUTTAL if answers else ActType.ACCUSATION
    iri = act_iri(document, sentence, 1, parties[0].iri, parties[1].iri)
    place = start + sentence.index(_CUES[what][0])
    cue = Quote(place, place + len(_CUES[what][0]), _CUES[what][0])
    return Act(
        record_id(iri, kind), iri, document.name, kind, start, start + len(sentence), sentence, cue, None,
        *parties, topics=() if answers else (_TOPICS[what],), kind=RebuttalKind.DENIAL if answers else None,
        rebuts=(before.id,) if answers and before else (), confidence=0.3 + (source + target) % 60 / 100,
        reasons=("made for measuring",),
    )  # fmt: skip


def _party(document: Document, number: int) -> Party:
    name, side = f"Actor {number}", f"side {number % SIDES}"
    return Party(None, name, side, actor_iri(side, name, document))


def _links(found: Sequence[tuple[str, str]]) -> Iterator[ox.Quad]:
    """Yield proposals: first accusations of neighbouring documents make one allegation, and are answered."""
    for place in range(0, len(found) - 1, LINKED):
        (accusation, rebuttal), (again, _) = found[place], found[place + 1]
        yield from link_quads(ProposedLink(again, PROV.alternateOf, accusation, 0.6, ("alike",)))
        yield from link_quads(ProposedLink(rebuttal, CT.rebuts, again, 0.5, ("alike",)))


def build(path: Path, acts: int) -> None:
    """Fill a new store with so many acts and with links between their documents."""
    ends: list[tuple[str, str]] = []

    def prepared() -> Iterator[tuple[str, list[ox.Quad]]]:
        for extraction in extractions(acts):
            ends.append((extraction.acts[0].act, extraction.acts[2].act))
            yield document_graph(extraction.document), document_quads(extraction)

    with open_store(path, writable=True) as store, store.batch():
        store.ingest_many(prepared())
        for place in range(0, len(ends), 2_000):
            store.add_quads(_links(ends[place : place + 2_000]))


def index(path: Path, acts: int) -> None:
    """Make the app's index of a store that :func:`build` made, from the same records.

    Reading a million acts back from the store takes a quarter of an hour, which is not what is measured.
    """
    made = open_index(path / INDEX)
    fill(made, extractions(acts))
    with open_store(path) as store, transaction(made):
        threads.keep_links(made, read_links(store))
        threads.settle_all(made)
        counts.count(made, None)
        note_generation(made, StoreDirectory(path).generation())
    made.close()
