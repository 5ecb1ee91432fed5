"""Acts as a flat table, one row an act record: CSV for spreadsheets, Parquet for data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.model import Act, Extraction, Party

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("id", _TEXT),
        ("act", _TEXT),
        ("type", _TEXT),
        ("document", _TEXT),
        ("title", _TEXT),
        ("publisher", _TEXT),
        ("date", _TEXT),
        ("language", _TEXT),
        ("url", _TEXT),
        ("source_name", _TEXT),
        ("source_side", _TEXT),
        ("source_iri", _TEXT),
        ("source_mention", _TEXT),
        ("target_name", _TEXT),
        ("target_side", _TEXT),
        ("target_iri", _TEXT),
        ("target_mention", _TEXT),
        ("via", _TEXTS),
        ("certainty", _TEXT),
        ("topics", _TEXTS),
        ("kind", _TEXT),
        ("counter", pa.bool_()),
        ("rebuts", _TEXTS),
        ("confidence", pa.float64()),
        ("reasons", _TEXTS),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("sentence", _TEXT),
        ("cue", _TEXT),
        ("content", _TEXT),
    ]
)
"""Columns and types.  Offsets are half-open ranges of code points; empty strings mean: not known."""

BATCH = 10_000
"""Rows that are held at once while Parquet is written."""

Row = dict[str, Any]


def rows(extractions: Iterable[Extraction]) -> Iterator[Row]:
    """Yield one row an act record, with the columns of :data:`SCHEMA`."""
    for extraction in extractions:
        metadata = extraction.document.metadata
        about = {name: getattr(metadata, name) for name in ("title", "publisher", "date", "language", "url")}
        for act in extraction.acts:
            yield {**about, **_act(act), **_party("source", act.source), **_party("target", act.target)}


def _act(act: Act) -> Row:
    return {
        **{name: getattr(act, name) for name in ("id", "act", "document", "start", "end", "sentence")},
        "type": act.type.value,
        "via": [reporter.name for reporter in act.via],
        "certainty": act.modality.value,
        "topics": [topic.value for topic in act.topics],
        "kind": act.kind.value if act.kind else "",
        "counter": act.counter,
        "rebuts": list(act.rebuts),
        "confidence": act.confidence,
        "reasons": list(act.reasons),
        "cue": act.cue.text,
        "content": act.content.text if act.content else "",
    }


def _party(role: str, party: Party) -> Row:
    return {
        f"{role}_name": party.name,
        f"{role}_side": party.side,
        f"{role}_iri": party.iri,
        f"{role}_mention": party.mention.text if party.mention else "",
    }


def write_csv(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write the table as CSV in UTF-8; several values of one cell are separated by ``|``."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, SCHEMA.names, lineterminator="\n")
    writer.writeheader()
    for row in rows(extractions):
        writer.writerow({key: "|".join(v) if isinstance(v, list) else v for key, v in row.items()})
    text.detach()


def write_parquet(extractions: Iterable[Extraction], out: IO[bytes]) -> None:
    """Write the table as Parquet, :data:`BATCH` rows at a time."""
    with pq.ParquetWriter(out, SCHEMA) as writer:
        for batch in _batches(rows(extractions)):
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))


def _batches(source: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in source:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
