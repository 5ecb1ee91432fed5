"""How much our store costs over the bare engine, as ratios within one run.

Both sides of a ratio are measured in turn, several times, and their fastest times compared: what the
machine does besides only makes times longer.  Exit code 1 if a bound is missed.

    python benchmarks/bench_store.py [DOCUMENTS]
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.identifiers import act_iri, actor_iri, document_graph, record_id
from kg.model import Act, ActType, Document, Extraction, Metadata, Party, Quote, Topic
from kg.rdf.formats import FORMATS
from kg.rdf.namespaces import PREFIXES
from kg.rdf.write import document_quads
from kg.store import open_store
from kg.store.questions import Question, list_questions
from kg.store.store import Store
from kg.transfer.exporting import OFFERED
from kg.transfer.exporting import export as export_to
from kg.transfer.selection import EVERYTHING, Selection

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from endpoint_server import endpoint  # noqa: E402  the tests know how to start one

Prepared = list[tuple[str, list[ox.Quad]]]
PARTIES = [(f"Party {number}", f"P{number}") for number in range(60)]
ROUNDS = 5
MILLION = 1_000_000
MEMORY_BOUND_MB = 300


@dataclass(frozen=True)
class Result:
    """A ratio and the bound that it must keep."""

    name: str
    ratio: float
    bound: float
    at_least: bool

    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        verdict = "ok" if self.holds() else "MISSED"
        return f"{self.name:<48} {self.ratio:7.2f}  ({sign} {self.bound:g})  {verdict}"


def extraction(number: int) -> Extraction:
    """A document of a dozen acts."""
    sentences = [f"Statement {number} says in sentence {n} that they lied about it." for n in range(12)]
    date = f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    metadata = Metadata(title=f"Statement {number}", date=date, language="en", publisher="Press office")
    document = Document(f"statement-{number}", "\n".join(sentences), metadata)
    acts, start = [], 0
    for n, sentence in enumerate(sentences):
        acts.append(_act(document, number + n, start, sentence, acts[-1] if n % 3 == 2 else None))
        start += len(sentence) + 1
    return Extraction(document, tuple(acts))


def _act(document: Document, seed: int, start: int, sentence: str, answered: Act | None) -> Act:
    source, target = (_party(document, seed * factor + 1) for factor in (7, 13))
    iri = act_iri(document, sentence, 1, source.iri, target.iri)
    kind = ActType.REBUTTAL if answered else ActType.ACCUSATION
    cue = Quote(start + sentence.index("lied"), start + sentence.index("lied") + 4, "lied")
    return Act(
        record_id(iri, kind), iri, document.name, kind, start, start + len(sentence), sentence, cue, cue,
        source, target, topics=(list(Topic)[seed % 15],), rebuts=(answered.id,) if answered else (),
    )  # fmt: skip


def _party(document: Document, seed: int) -> Party:
    name, side = PARTIES[seed % len(PARTIES)]
    return Party(None, name, side, actor_iri(side, name, document))


def fastest(*sides: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The fastest time of each side in seconds; the sides take turns."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, measured in zip(sides, times, strict=True):
            started = time.perf_counter()
            side()
            measured.append(time.perf_counter() - started)
    return [min(measured) for measured in times]


def bulk(prepared: Prepared, folder: Path) -> Result:
    """Bulk ingest of prepared documents against the engine's bulk load of the same quads."""
    fresh = iter(range(1000))

    def raw() -> None:
        store = ox.Store(folder / f"raw{next(fresh)}")
        store.bulk_extend(quad for _, quads in prepared for quad in quads)
        store.flush()

    def ours() -> None:
        with open_store(folder / f"ours{next(fresh)}", writable=True) as store:
            store.ingest_many(prepared)

    raw_time, our_time = fastest(raw, ours, rounds=3)
    return Result("bulk ingest, opened and published (speed)", raw_time / our_time, 0.7, True)


def replace(store: Store, raw: ox.Store, prepared: Prepared) -> Result:
    """Replacing one document against one bare update of its graph."""
    graph, quads = prepared[0]
    triples = "".join(f"{quad.triple} .\n" for quad in quads if str(quad.graph_name) == f"<{graph}>")
    digest = "https://w3id.org/claimtrack/ns#digest"
    versions = [_with_digest(quads, digest, value) for value in ("a", "b")]
    turn = iter(range(1000))

    def bare() -> None:
        raw.update(f"DROP SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}")
        raw.flush()

    raw_time, our_time = fastest(bare, lambda: store.ingest_quads(graph, versions[next(turn) % 2]), rounds=15)
    return Result("replacing a document (time)", our_time / raw_time, 1.3, False)


def _with_digest(quads: Sequence[ox.Quad], digest: str, value: str) -> list[ox.Quad]:
    return [
        ox.Quad(quad.subject, quad.predicate, ox.Literal(value), quad.graph_name)
        if quad.predicate.value == digest
        else quad
        for quad in quads
    ]


def questions(store: Store, raw: ox.Store, url: str) -> list[Result]:
    """The saved questions through the API and through HTTP against the bare engine."""
    totals = [0.0, 0.0, 0.0]
    with httpx.Client(timeout=120) as client:
        for question in list_questions():
            times = _question_times(question, store, raw, url, client)
            totals = [total + spent for total, spent in zip(totals, times, strict=True)]
            print(f"  {question.name:<40}" + "".join(f"{spent * 1000:9.1f} ms" for spent in times))
    bare, api, http = totals
    return [
        Result("saved questions through the API (time)", api / bare, 1.15, False),
        Result("saved questions through HTTP (time)", http / bare, 1.5, False),
    ]


def _question_times(
    question: Question, store: Store, raw: ox.Store, url: str, client: httpx.Client
) -> list[float]:
    def bare() -> object:
        answer = raw.query(question.text, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return [tuple(solution) for solution in answer]

    def http() -> None:
        reply = client.post(url + "sparql", data={"query": question.text})
        assert reply.status_code == 200, reply.text

    return fastest(bare, lambda: store.query(question.text), http, rounds=3)


def export(store: Store, raw: ox.Store) -> Result:
    """Turtle of everything against the engine's own dump of everything."""
    raw_time, our_time = fastest(
        lambda: raw.dump(io.BytesIO(), ox.RdfFormat.TRIG, prefixes=PREFIXES),
        lambda: store.export("turtle", io.BytesIO()),
    )
    return Result("Turtle export (speed)", raw_time / our_time, 0.7, True)


def streamed(folder: Path) -> list[Result]:
    """Memory for exporting a million quads, beyond that of the open store, in a process for each format.

    Each format once with everything and, if it is RDF, once with all acts chosen one by one.
    """
    path = folder / "million"
    numbered = iter(range(MILLION))
    with open_store(path, writable=True) as store:
        while store.stats().quads < MILLION:
            store.ingest_many(_prepared(extraction(next(numbered))) for _ in range(500))
    results = []
    for format, choice in [*((name, "all") for name in OFFERED), *((name, "chosen") for name in FORMATS)]:
        command = [sys.executable, __file__, "--export", str(path), format, choice]
        grown = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        name = f"a million quads as {format}, {choice} (MB)"
        results.append(Result(name, grown, MEMORY_BOUND_MB, False))
        print(f"  {results[-1]}", flush=True)
    return results


def _export_memory(path: Path, format: str, choice: str) -> None:
    """Print by how many MB this process grows while it exports."""
    selection = EVERYTHING if choice == "all" else Selection(types=frozenset(ActType))
    with open_store(path) as store, open(os.devnull, "wb") as out:
        store.query("ASK {}")
        before = _peak_mb()
        export_to(store, format, out, selection)
        print(_peak_mb() - before)


def _peak_mb() -> float:
    """The most memory this program has held (not ru_maxrss, which begins with its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def _prepared(found: Extraction) -> tuple[str, list[ox.Quad]]:
    return document_graph(found.document), document_quads(found)


def main() -> int:
    """Measure everything and return the exit code."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    prepared = [_prepared(extraction(n)) for n in range(number)]
    print(f"{number} documents, {sum(len(quads) for _, quads in prepared):,} quads")
    with tempfile.TemporaryDirectory(prefix="claimtrack-bench-") as name:
        folder = Path(name)
        results = [bulk(prepared, folder)]
        with open_store(folder / "store", writable=True) as store:
            store.ingest_many(prepared)
            raw = ox.Store(folder / "raw")
            raw.bulk_extend(store.quads())
            raw.optimize()
            store.compact()
            store.publish()
            results.append(export(store, raw))
            with endpoint(folder / "store", seconds=120) as url:
                results += questions(store, raw, url)
            results.append(replace(store, raw, prepared))
            del raw
        results += streamed(folder)
    print(*results, sep="\n")
    return 0 if all(result.holds() for result in results) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--export"]:
        _export_memory(Path(sys.argv[2]), *sys.argv[3:5])
    else:
        sys.exit(main())
