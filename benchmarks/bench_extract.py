"""Extract acts from much text in one process: it must cost little more than parsing it.

    python benchmarks/bench_extract.py [MEGABYTES]

The documents of data/statements and data/gold are repeated, each copy under a name of its own, until there
are so many megabytes of them.  The same documents then go through the bare spaCy pipelines, as their makers
ship them, and through the extractor, by turns in rounds so that a busy machine slows both.  Printed are
the throughput of each, their ratio, and the memory after each round, which must not grow with the documents.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import count, cycle, islice
from pathlib import Path

from spacy.language import Language

from kg.documents.reading import read
from kg.model import Document
from kg.nlp import MODELS
from kg.pipeline import extract_all

DATA = Path(__file__).resolve().parents[1] / "data"
FOLDERS = [DATA / "statements", DATA / "gold" / "fr", DATA / "gold" / "en"]
ROUNDS = 8
MEGABYTES = 2.0


def documents(size: int) -> Iterator[Document]:
    """Yield copies of the documents until their texts have ``size`` bytes."""
    originals = [item for item in read(FOLDERS) if isinstance(item, Document)]
    total = 0
    for number, original in zip(count(), cycle(originals)):
        if total >= size and number % len(originals) == 0:
            return
        total += len(original.text.encode("utf-8"))
        yield replace(original, name=f"{original.name}-{number}")


def bare(models: dict[str, Language], batch: Sequence[Document]) -> int:
    """Parse the documents with what spaCy alone does; return the number of tokens."""
    tokens = 0
    for language, model in models.items():
        texts = (document.text for document in batch if document.metadata.language == language)
        tokens += sum(map(len, model.pipe(texts)))
    return tokens


def extracted(batch: Sequence[Document]) -> int:
    """Extract the acts of the documents; return their number."""
    return sum(len(extraction.acts) for extraction in extract_all(batch))


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Return seconds of processor time and what the work returned."""
    gc.collect()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def resident() -> float:
    """Return the resident memory of this process in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def main(megabytes: float) -> None:
    """Print throughputs, ratio and memory."""
    models = {language: import_module(package).load() for language, package in MODELS.items()}
    stream = list(documents(int(megabytes * 1e6)))
    size = sum(len(document.text.encode("utf-8")) for document in stream) / 1e6
    print(f"{len(stream)} documents, {size:.2f} MB")
    bare(models, stream[:29])
    extracted(stream[:29])
    step = -(-len(stream) // ROUNDS)
    parsing = extracting = 0.0
    for number in range(0, len(stream), step):
        batch = list(islice(stream, number, number + step))
        parsed, tokens = timed(lambda batch=batch: bare(models, batch))  # type: ignore[misc]
        spent, acts = timed(lambda batch=batch: extracted(batch))  # type: ignore[misc]
        parsing, extracting = parsing + parsed, extracting + spent
        print(
            f"{number + len(batch):>5} documents: spaCy {tokens / parsed:7,.0f} tokens/s, "
            f"extraction {tokens / spent:7,.0f} tokens/s, ratio {parsed / spent:.2f}, "
            f"{acts} acts, {resident():,.0f} MB"
        )
    print(
        f"spaCy {parsing:.1f} s ({size * 1000 / parsing:.0f} kB/s), extraction {extracting:.1f} s "
        f"({size * 1000 / extracting:.0f} kB/s), ratio {parsing / extracting:.3f}"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES)
