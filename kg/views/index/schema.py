"""The table's form, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = 3
"""Raised with every change of the form: an index of another form is made anew."""

_FORM = """
CREATE TABLE state (name TEXT PRIMARY KEY, value INT) WITHOUT ROWID;
CREATE TABLE document (
  name TEXT PRIMARY KEY, key TEXT UNIQUE, iri TEXT, digest TEXT, date TEXT, day TEXT, metadata TEXT,
  folded TEXT, own TEXT, reviews TEXT
) WITHOUT ROWID;
CREATE INDEX document_day ON document (day, name);
CREATE INDEX document_iri ON document (iri);
CREATE TABLE actor (key TEXT PRIMARY KEY, name TEXT, side TEXT, folded TEXT) WITHOUT ROWID;
CREATE TABLE record (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE, document TEXT, day TEXT, type TEXT,
  start INT, sentence TEXT, cue_start INT, cue TEXT, content_start INT, content TEXT,
  source TEXT, source_side TEXT, target TEXT, target_side TEXT, via TEXT,
  main_topic TEXT, topics TEXT, hedged INT, kind TEXT, counter INT, confidence REAL, held INT, thread TEXT,
  state TEXT
);
CREATE INDEX record_document ON record (document);
CREATE INDEX record_thread ON record (thread);
CREATE INDEX record_order ON record (day, document, start, id) WHERE held;
CREATE INDEX record_source ON record (source, target, type) WHERE held;
CREATE INDEX record_target ON record (target, type) WHERE held;
CREATE INDEX record_sides ON record (source_side, target_side, type) WHERE held;
CREATE INDEX record_accused ON record (target_side, type, main_topic) WHERE held;
CREATE INDEX record_kind ON record (type, day) WHERE held;
CREATE INDEX record_state ON record (state, ROUND(confidence, 1) DESC, day DESC, id) WHERE held;
CREATE INDEX record_doubt ON record (confidence, id);
CREATE VIEW act AS SELECT * FROM record WHERE held;
CREATE TABLE topic (topic TEXT, n INT, PRIMARY KEY (topic, n)) WITHOUT ROWID;
CREATE INDEX topic_act ON topic (n);
CREATE TABLE reporter (n INT, actor TEXT, PRIMARY KEY (n, actor)) WITHOUT ROWID;
CREATE INDEX reporter_actor ON reporter (actor);
CREATE TABLE answer (accusation TEXT, rebuttal TEXT, linked INT,
  PRIMARY KEY (accusation, rebuttal)) WITHOUT ROWID;
CREATE INDEX answer_rebuttal ON answer (rebuttal);
CREATE VIRTUAL TABLE words USING fts5 (sentence, parties, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE judgement (id TEXT PRIMARY KEY, decision TEXT, reviewer TEXT, moment TEXT, note TEXT,
  conflict TEXT, disagreement INT, remarks INT) WITHOUT ROWID;
CREATE INDEX judgement_moment ON judgement (moment DESC, id);
CREATE TABLE link (relation TEXT, subject TEXT, object TEXT, score REAL, reasons TEXT, accepted INT,
  PRIMARY KEY (relation, subject, object)) WITHOUT ROWID;
CREATE INDEX link_object ON link (relation, object);
CREATE TABLE thread (id TEXT PRIMARY KEY, side TEXT, accused TEXT, topic TEXT, state TEXT, accusations INT,
  answers INT, accusers INT, members INT, since TEXT, until TEXT, waiting INT) WITHOUT ROWID;
CREATE INDEX thread_contested ON thread (answers DESC, accusations DESC, id);
CREATE INDEX thread_state ON thread (state, members);
CREATE INDEX thread_since ON thread (since DESC, id);
CREATE INDEX thread_side ON thread (side, topic);
CREATE TABLE pair (level TEXT, source TEXT, target TEXT, type TEXT, times INT,
  PRIMARY KEY (level, source, target, type)) WITHOUT ROWID;
CREATE INDEX pair_target ON pair (level, target);
CREATE TABLE node (level TEXT, node TEXT, weight INT, PRIMARY KEY (level, node)) WITHOUT ROWID;
CREATE INDEX node_weight ON node (level, weight DESC, node);
CREATE TABLE side (side TEXT PRIMARY KEY, en TEXT, fr TEXT) WITHOUT ROWID;
CREATE TABLE number (name TEXT PRIMARY KEY, value INT) WITHOUT ROWID;
"""


def open_index(path: Path | None) -> sqlite3.Connection:
    """Open the index at ``path``, made anew if it is missing or of another form; None for one in memory.

    The connection may be used from several threads: SQLite lets them wait for each other.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
        " PRAGMA busy_timeout = 60000;"
    )
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return connection
    if version and path is not None:
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return open_index(path)
    connection.executescript(f"BEGIN; {_FORM} PRAGMA user_version = {VERSION}; COMMIT;")
    return connection


@contextmanager
def transaction(index: sqlite3.Connection) -> Iterator[None]:
    """Change the index as a whole or not at all; readers see it before or after."""
    index.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        index.execute("ROLLBACK")
        raise
    index.execute("COMMIT")


def generation_of(index: sqlite3.Connection) -> int:
    """Return the published generation of the store that the index shows; 0 if not known."""
    row = index.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()
    return int(row[0]) if row else 0


def note_generation(index: sqlite3.Connection, generation: int) -> None:
    """Keep which generation of the store the index shows."""
    index.execute("INSERT OR REPLACE INTO state VALUES ('generation', ?)", (generation,))


def places(values: object) -> str:
    """Return as many question marks as there are values, for SQL."""
    return ", ".join("?" * len(values))  # type: ignore[arg-type]
