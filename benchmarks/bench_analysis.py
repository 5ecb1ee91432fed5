"""How long analysing a store of a million acts takes, and how much memory.

A store is built whose acts are written exactly as :func:`kg.rdf.write.document_quads` writes them: one
document of fifty acts is the template, of which each document is a copy with its own identifiers, parties,
date and topic.  Some acts are reported by others, some are answered (in their document or in another one),
some repeat an allegation of another document.  Then ``analyse`` runs in a process of its own.  Exit code 1 if
a bound is missed.

    python benchmarks/bench_analysis.py [--acts 1000000] [--store DIRECTORY]

With ``--store``, a store that is there is used as it is, and one that is not is built there and kept.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox

from kg.analysis import Level, Options, analyse, render_report
from kg.identifiers import ID, act_iri, actor_iri, document_key, record_id
from kg.model import Act, ActType, Document, Extraction, Metadata, Party, Quote, Topic
from kg.rdf.act_triples import actor_triples
from kg.rdf.namespaces import ACTORS, CT, PROV
from kg.rdf.reviews import ProposedLink, link_quads
from kg.rdf.write import document_quads
from kg.store import open_store

SECONDS, MEGABYTES = 60, 2000
PER_DOCUMENT = 50
ACTORS_COUNT, PAIRS_COUNT = 20_000, 400_000
FIRST_DAY, DAYS = date(2019, 1, 1), 2200
PUBLISHERS = 200
TEMPLATE = Document(
    "template",
    "\n".join(f"Sentence {n} says that they, of all people, lied about matter {n}." for n in range(50)),
    Metadata(title="A statement", publisher="Publisher 0", date="2000-01-01", language="en", url="urn:t"),
)


# The template -------------------------------------------------------------------------------------------


def template() -> Extraction:
    """A document of fifty acts: every third answers the one before it, every fifth is reported by another."""
    acts: list[Act] = []
    start = 0
    for n, sentence in enumerate(TEMPLATE.text.split("\n")):
        acts.append(_act(n, start, sentence, acts))
        start += len(sentence) + 1
    return Extraction(TEMPLATE, tuple(acts))


def _act(n: int, start: int, sentence: str, before: Sequence[Act]) -> Act:
    source, target = _party(f"Source {n}"), _party(f"Target {n}")
    kind = ActType.REBUTTAL if n % 3 == 2 else ActType.ACCUSATION
    iri = act_iri(TEMPLATE, sentence, 1, source.iri, target.iri)
    cue_at = sentence.index("lied")
    cue = Quote(start + cue_at, start + cue_at + 4, "lied")
    return Act(
        record_id(iri, kind), iri, TEMPLATE.name, kind, start, start + len(sentence), sentence, cue, cue,
        source, target, via=(_party(f"Reporter {n}"),) if n % 5 == 0 else (),
        topics=(list(Topic)[n % 15],), rebuts=(before[-1].id,) if kind is ActType.REBUTTAL else (),
        reasons=("rule one", "entry two"), holders=("the speaker",),
    )  # fmt: skip


def _party(name: str) -> Party:
    return Party(None, name, name, actor_iri(name, name, TEMPLATE))


class Copies:
    """Writes copies of the template as N-Quads."""

    def __init__(
        self, extraction: Extraction, actors: Sequence[str], pairs: Sequence[tuple[int, int]]
    ) -> None:
        quads = [quad for quad in document_quads(extraction) if quad.graph_name != ACTORS]
        key = document_key(TEMPLATE)
        text = "".join(f"{quad} .\n" for quad in quads)
        slots = {act.source.iri for act in extraction.acts} | {act.target.iri for act in extraction.acts}
        slots |= {party.iri for act in extraction.acts for party in act.via}
        pattern = "|".join(map(re.escape, sorted(slots, key=len, reverse=True)))
        hashes = "(?:act|prop)-[0-9a-f]{8}"
        self._pieces = re.split(f"({pattern}|{key}|{hashes}|2000-01-01|Publisher 0)", text)
        self._extraction, self._actors, self._pairs = extraction, actors, pairs
        self._key = key

    def write(self, number: int, rng: random.Random) -> str:
        """Return the quads of one copy."""
        day = FIRST_DAY + timedelta(days=int(DAYS * rng.random()))
        values = {
            self._key: f"{number:016x}",
            "2000-01-01": day.isoformat(),
            "Publisher 0": f"Publisher {number % PUBLISHERS}",
        }
        answered = (0, 0)
        for act in self._extraction.acts:
            pair = self._pairs[int(len(self._pairs) * rng.random() ** 2)]
            source, target = answered[::-1] if act.type is ActType.REBUTTAL else pair
            values[act.source.iri], values[act.target.iri] = self._actors[source], self._actors[target]
            for party in act.via:
                values[party.iri] = self._actors[int(300 * rng.random() ** 2)]
            answered = (source, target)
        pieces = self._pieces.copy()
        for place in range(1, len(pieces), 2):
            token = pieces[place]
            pieces[place] = values.get(token) or f"{token.partition('-')[0]}-{renamed(token[-8:], number)}"
        return "".join(pieces)


def renamed(digits: str, number: int) -> str:
    """Return eight hex digits of an identifier of the template as those of a copy."""
    return f"{(int(digits, 16) + number * 0x9E3779B1) % 2**32:08x}"


# The store ----------------------------------------------------------------------------------------------


def build(folder: Path, acts: int) -> None:
    """Build a store in ``folder``."""
    rng = random.Random(7)
    extraction = template()
    parties = [_named(number) for number in range(ACTORS_COUNT)]
    pairs = [(_skewed(rng), _skewed(rng)) for _ in range(PAIRS_COUNT)]
    copies = Copies(extraction, [party.iri for party in parties], pairs)
    count = acts // PER_DOCUMENT
    with tempfile.TemporaryDirectory(dir=folder.parent) as name, open_store(folder, writable=True) as store:
        part = Path(name) / "part.nq"
        for first in range(0, count, 2000):
            numbers = range(first, min(count, first + 2000))
            part.write_text("".join(copies.write(number, rng) for number in numbers), encoding="utf-8")
            store.engine.raw.bulk_load(path=part, format=ox.RdfFormat.N_QUADS)  # type: ignore[attr-defined]
        store.engine.load(ox.Quad(*triple, ACTORS) for party in parties for triple in actor_triples(party))
        store.engine.load(_links(extraction, count, rng))
        store.engine.optimize()


def _named(number: int) -> Party:
    name = f"Party {number}"
    return Party(None, name, f"p{number}", actor_iri(f"p{number}", name, TEMPLATE))


def _skewed(rng: random.Random) -> int:
    """Return an actor; few are in many pairs."""
    return int(ACTORS_COUNT * rng.random() ** 4)


def _links(extraction: Extraction, count: int, rng: random.Random) -> Iterator[ox.Quad]:
    """Yield answers and same allegations between documents, one of each for every other document."""
    accusations = [act.act for act in extraction.acts if act.type is ActType.ACCUSATION]
    rebuttals = [act.act for act in extraction.acts if act.type is ActType.REBUTTAL]

    def some(acts: Sequence[str]) -> str:
        iri, number = rng.choice(acts), rng.randrange(count)
        digits = iri.removeprefix(ID + "act-")
        return f"{ID}act-{renamed(digits[:8], number)}{digits[8:]}"

    for _ in range(count):
        yield from link_quads(ProposedLink(some(rebuttals), CT.rebuts, some(accusations), 0.7, ("parties",)))
        one, other = sorted((some(accusations), some(accusations)))
        yield from link_quads(ProposedLink(one, PROV.alternateOf, other, 0.8, ("content",)))


# Measuring ----------------------------------------------------------------------------------------------


def measure(path: Path) -> int:
    """Analyse a store and write its report; print what it took and return the exit code."""
    started, worked = time.perf_counter(), time.process_time()
    with open_store(path) as store:
        analysis = analyse(store, Options(Level.ACTORS))
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    page = render_report(analysis, "en")
    acts = sum(analysis.counts.totals.values())
    print(f"{acts:,} acts, {len(analysis.standings):,} parties, {len(analysis.pairs):,} accusing pairs")
    print(f"report of {len(page):,} characters after {time.perf_counter() - started:.1f} s")
    results = (
        (f"analysing {acts:,} acts (s)", seconds, SECONDS),
        ("most memory held (MB)", _peak_mb(), MEGABYTES),
    )
    for name, value, bound in results:
        print(f"{name:<40} {value:8.1f}  (<= {bound})  {'ok' if value <= bound else 'MISSED'}")
    print(f"{'processor time, both cores (s)':<40} {processor:8.1f}")
    return int(any(value > bound for _, value, bound in results))


def _peak_mb() -> float:
    """The most memory this program has held (not ru_maxrss, which begins with its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> int:
    """Build a store unless there is one, measure in a process of its own and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        return measure(chosen.store)
    with tempfile.TemporaryDirectory(prefix="claimtrack-bench-") as name:
        path = chosen.store or Path(name) / "store"
        if not path.exists():
            build(path, chosen.acts)
        command = [sys.executable, __file__, "--measure", "--store", str(path)]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
