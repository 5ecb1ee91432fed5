"""Several processes on one store: one writer, many readers, and writers that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from store_cases import CHINA, FREEDONIA, RURITANIA, accusing, dispute, iri, lines, many

from kg.errors import StoreError, StoreLocked
from kg.identifiers import document_graph
from kg.rdf.write import document_quads
from kg.store import Outcome, open_store
from kg.store.records import list_documents
from kg.store.snapshots import StoreDirectory

WRITER = """
import sys
from pathlib import Path
from store_cases import many
from kg.store import open_store
with open_store(Path(sys.argv[1]), writable=True) as store:
    for extraction in many(int(sys.argv[2])):
        store.ingest(extraction)
        print(extraction.document.name, flush=True)
        if sys.argv[3] == "publish":
            store.publish()
    sys.stdin.read()
"""
"""Says the name of each document once it is acknowledged, then keeps the store open until told."""

BULK_WRITER = """
import sys
from pathlib import Path
from store_cases import many
from kg.identifiers import document_graph
from kg.rdf.write import document_quads
from kg.store import open_store
def prepared():
    for number, extraction in enumerate(many(150)):
        if number == int(sys.argv[2]):
            print("half way", flush=True)
        yield document_graph(extraction.document), document_quads(extraction)
with open_store(Path(sys.argv[1]), writable=True) as store:
    store.ingest_many(prepared())
    print("acknowledged", flush=True)
    sys.stdin.read()
"""

READER = """
import sys
from pathlib import Path
from kg.store import open_store
from kg.store.records import list_documents, read_acts
with open_store(Path(sys.argv[1])) as store:
    seen = 0
    while seen < int(sys.argv[2]):
        store.refresh()
        documents = list_documents(store)
        assert len(documents) >= seen, "documents have gone"
        seen = len(documents)
        assert all(document.acts == document.accusations > 0 for document in documents)
        for document in documents:
            assert len(read_acts(store, document=document.iri)) == document.acts
print("saw", seen, flush=True)
"""


@contextmanager
def python(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that can import the tests' cases; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    """The next line that a process prints."""
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    with python(WRITER, tmp_path, 1, "keep") as writer:
        assert line(writer) == "doc0"
        with pytest.raises(
            StoreLocked, match=rf"process {writer.pid} on \S+ has been writing since \d{{4}}-.*--wait"
        ):
            open_store(tmp_path, writable=True)


def test_a_second_writer_in_one_process_is_refused_too(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True), pytest.raises(StoreLocked, match=f"process {os.getpid()}"):
        open_store(tmp_path, writable=True)


def test_a_second_writer_can_wait_for_the_first(tmp_path: Path) -> None:
    with python(WRITER, tmp_path, 1, "keep") as writer:
        assert line(writer) == "doc0"
        assert writer.stdin
        writer.stdin.close()  # It leaves while we wait.
        with open_store(tmp_path, writable=True, wait=60) as store:
            assert [document.name for document in list_documents(store)] == ["doc0"]


@pytest.mark.parametrize("killed_after", [1, 4])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, killed_after: int) -> None:
    with python(WRITER, tmp_path, 50, "keep") as writer:
        acknowledged = [line(writer) for _ in range(killed_after)]
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert writer.stdout
        acknowledged += writer.stdout.read().split()
    with open_store(tmp_path) as store:  # Also publishes what the killed writer could not.
        names = {document.name for document in list_documents(store)}
        found = lines(store)
    assert names >= set(acknowledged)
    whole = [extraction for extraction in many(50) if extraction.document.name in names]
    assert found == sorted({str(quad) for extraction in whole for quad in document_quads(extraction)})
    with open_store(tmp_path, writable=True) as store:
        assert store.ingest(dispute()[0]) is Outcome.ADDED


@pytest.mark.parametrize("when", ["half way", "acknowledged"])
def test_a_bulk_load_that_is_killed_is_whole_or_absent(tmp_path: Path, when: str) -> None:
    with open_store(tmp_path, writable=True) as store:
        store.ingest(dispute()[0])
        before = lines(store)
    with python(BULK_WRITER, tmp_path, 100 if when == "half way" else -1) as writer:
        assert line(writer) == when
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    with open_store(tmp_path, writable=True) as store:
        after = lines(store)
        assert not list(StoreDirectory(tmp_path).live.glob("bulk-*.sst"))
    everything = {
        str(quad) for extraction in (dispute()[0], *many(150)) for quad in document_quads(extraction)
    }
    assert after in (before, sorted(everything))
    assert when == "half way" or len(after) > len(before), "acknowledged and lost"


def test_readers_beside_a_writer_see_whole_documents_only(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True):
        pass
    with python(READER, tmp_path, 25) as one, python(READER, tmp_path, 25) as two:
        with python(WRITER, tmp_path, 25, "publish") as writer:
            assert [line(writer) for _ in range(25)] == [f"doc{n}" for n in range(25)]
            assert line(one) == line(two) == "saw 25"
        assert one.wait() == two.wait() == 0


def test_a_reader_keeps_its_generation_however_often_the_writer_publishes(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True) as writer:
        writer.ingest(dispute()[0])
        writer.publish()
        with open_store(tmp_path) as reader:
            before = lines(reader)
            for extraction in many(6):
                writer.ingest(extraction)
                writer.publish()
            assert lines(reader) == before
            kept = sorted(path.name for path in StoreDirectory(tmp_path).snapshots.iterdir() if path.is_dir())
            assert kept == ["g1", "g6", "g7"], "the two newest, and the one in use"
            assert reader.refresh() is True
            assert lines(reader) == lines(writer)
            assert reader.refresh() is False


def test_a_batch_is_seen_as_a_whole(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True) as writer:
        writer.publish()
        with open_store(tmp_path) as reader:
            with writer.batch():
                for extraction in many(3):
                    writer.ingest(extraction)
                    assert reader.refresh() is False
            assert reader.refresh() is True
            assert len(list_documents(reader)) == 3


def test_a_batch_that_fails_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True) as writer:
        with suppress(ZeroDivisionError), writer.batch():
            writer.ingest(dispute()[0])
            raise ZeroDivisionError
        with open_store(tmp_path) as reader:
            assert len(list_documents(reader)) == 1


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True) as writer:
        writer.ingest(dispute()[0])
    with open_store(tmp_path) as reader:
        for change in (
            lambda: reader.ingest(accusing("new", "Text.", (CHINA, RURITANIA))),
            lambda: reader.delete_document(iri(dispute()[0])),
            lambda: reader.update("CLEAR ALL"),
            lambda: reader.ingest_many([(document_graph(e.document), document_quads(e)) for e in many(1)]),
            lambda: reader.compact(),
        ):
            with pytest.raises(StoreError, match="writable=True"):
                change()


def test_there_must_be_a_store_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing is published here yet. Run `kg ingest` first"):
        open_store(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()


def test_an_empty_store_can_be_read(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True):
        pass
    with open_store(tmp_path) as reader:
        assert lines(reader) == []


def test_a_swap_that_was_killed_is_undone(tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True) as writer:
        writer.ingest(accusing("one", "Text.", (CHINA, FREEDONIA)))
        before = lines(writer)
    live = StoreDirectory(tmp_path).live
    live.rename(live.with_name("live.old"))  # As after the first of the two renames of a restore.
    live.with_name("live.new").mkdir()
    with open_store(tmp_path, writable=True) as writer:
        assert lines(writer) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("live")) == ["live"]
