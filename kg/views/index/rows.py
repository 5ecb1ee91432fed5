"""Records to rows and back.

An act comes back from its row with its words and parties; how its parties were resolved and why it was found
stay in the store.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from kg.identifiers import ID, act_of_record
from kg.model import Act, ActType, Metadata, Modality, Party, Quote, RebuttalKind, Topic
from kg.views.graph import key
from kg.views.text import fold
from kg.views.timeline import first_day

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document without its text.  ``key`` is the last part of its IRI."""

    key: str
    iri: str
    name: str
    metadata: Metadata

    @property
    def title(self) -> str:
        """Its title, else its name."""
        return self.metadata.title or self.name


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people decided about a record.

    Attributes:
        decision: ``accepted``, ``corrected``, ``rejected`` or ``disputed``; empty if there are only remarks.
        reviewer: who decided.
        moment: when, in UTC.
        note: why.
        conflict: how the machine now disagrees (:class:`kg.reviews.effective.Conflict`); empty if not.
        disagreement: whether two people decided differently.
        remarks: how many comments there are.
    """

    decision: str
    reviewer: str
    moment: str
    note: str
    conflict: str
    disagreement: bool
    remarks: int


DOCUMENT_COLUMNS = "name, key, iri, digest, date, day, metadata, folded, own, reviews"


def document_row(entry: Entry, digest: str, own: str, reviews: str) -> Row:
    """Return the row of a document under :data:`DOCUMENT_COLUMNS`.

    Args:
        entry: the document.
        digest: of its graph.
        own: its name in the store, which another document may have too.
        reviews: digest of what people decided about its acts.
    """
    date = entry.metadata.date
    day = first_day(date)
    metadata = json.dumps(asdict(entry.metadata), ensure_ascii=False)
    folded = fold(f"{entry.title} {entry.name} {entry.metadata.publisher}")
    first = day.isoformat() if day else ""
    return entry.name, entry.key, entry.iri, digest, date, first, metadata, folded, own, reviews


def entry_of(row: Sequence[str]) -> Entry:
    """Return a document from its row: name, key, IRI, metadata."""
    name, key_, iri, metadata = row
    values = json.loads(metadata)
    return Entry(key_, iri, name, Metadata(**values | {"inferred": tuple(values["inferred"])}))


class Entries(Mapping[str, Entry]):
    """Documents by a name, made from their rows when they are asked for: there may be very many."""

    def __init__(self, rows: dict[str, Sequence[str]]) -> None:
        self._rows = rows
        self._made: dict[str, Entry] = {}

    def __getitem__(self, name: str) -> Entry:
        """Return a document."""
        if name not in self._made:
            self._made[name] = entry_of(self._rows[name])
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a document."""
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)


ACT_COLUMNS = (
    "id, document, day, type, start, sentence, cue_start, cue, content_start, content, source, source_side,"
    " target, target_side, via, main_topic, topics, hedged, kind, counter, confidence, held, thread"
)


def act_row(act: Act, day: str, held: bool) -> Row:
    """Return the row of an act under :data:`ACT_COLUMNS`; ``held`` is whether nobody rejected it."""
    content = act.content or Quote(0, 0, "")
    return (
        act.id,
        act.document,
        day,
        act.type.value,
        act.start,
        act.sentence,
        act.cue.start,
        act.cue.text,
        content.start,
        content.text,
        key(act.source.iri),
        act.source.side,
        key(act.target.iri),
        act.target.side,
        " ".join(key(party.iri) for party in act.via),
        act.topics[0].value if act.topics else Topic.OTHER.value,
        " ".join(act.topics),
        int(act.modality is Modality.HEDGED),
        act.kind.value if act.kind else "",
        int(act.counter),
        act.confidence,
        int(held),
        act.id if held and act.type is ActType.ACCUSATION else "",
    )


def acts_of(
    rows: Iterable[sqlite3.Row], parties: Mapping[str, Party], answers: Mapping[str, tuple[str, ...]]
) -> list[Act]:
    """Return acts from their rows.

    Args:
        rows: rows with :data:`ACT_COLUMNS`.
        parties: every actor that they name, by key.
        answers: what each rebuttal answers, by record id.
    """
    return [_act(row, parties, answers.get(row["id"], ())) for row in rows]


def _act(row: sqlite3.Row, parties: Mapping[str, Party], rebuts: tuple[str, ...]) -> Act:
    sentence, content = row["sentence"], row["content"]
    return Act(
        id=row["id"],
        act=ID + act_of_record(row["id"]).removeprefix(ID),
        document=row["document"],
        type=ActType(row["type"]),
        start=row["start"],
        end=row["start"] + len(sentence),
        sentence=sentence,
        cue=Quote(row["cue_start"], row["cue_start"] + len(row["cue"]), row["cue"]),
        content=Quote(row["content_start"], row["content_start"] + len(content), content)
        if content
        else None,
        source=parties[row["source"]],
        target=parties[row["target"]],
        via=tuple(parties[name] for name in row["via"].split()),
        modality=Modality.HEDGED if row["hedged"] else Modality.ASSERTED,
        topics=tuple(Topic(topic) for topic in row["topics"].split()),
        kind=RebuttalKind(row["kind"]) if row["kind"] else None,
        rebuts=rebuts,
        counter=bool(row["counter"]),
        confidence=row["confidence"],
    )
