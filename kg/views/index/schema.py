"""The table's form, in SQLite."""

from __future__ import annotations

import sqlite3
from pathlib import Path

VERSION = 1
"""Raised with every change of the form: an index of another form is made anew."""

_FORM = """
CREATE TABLE document (
  name TEXT PRIMARY KEY, key TEXT UNIQUE, iri TEXT, digest TEXT, date TEXT, day TEXT, metadata TEXT,
  folded TEXT
) WITHOUT ROWID;
CREATE INDEX document_day ON document (day, name);
CREATE TABLE actor (key TEXT PRIMARY KEY, name TEXT, side TEXT, folded TEXT) WITHOUT ROWID;
CREATE TABLE act (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE, document TEXT, day TEXT, type TEXT,
  start INT, sentence TEXT, cue_start INT, cue TEXT, content_start INT, content TEXT,
  source TEXT, source_side TEXT, target TEXT, target_side TEXT, via TEXT,
  main_topic TEXT, topics TEXT, hedged INT, kind TEXT, counter INT, confidence REAL
);
CREATE INDEX act_order ON act (day, document, start, id);
CREATE INDEX act_document ON act (document);
CREATE INDEX act_source ON act (source, target, type);
CREATE INDEX act_target ON act (target, type);
CREATE INDEX act_sides ON act (source_side, target_side, type);
CREATE INDEX act_accused ON act (target_side, type, main_topic);
CREATE INDEX act_kind ON act (type, day);
CREATE TABLE topic (topic TEXT, n INT, PRIMARY KEY (topic, n)) WITHOUT ROWID;
CREATE INDEX topic_act ON topic (n);
CREATE TABLE reporter (n INT, actor TEXT, PRIMARY KEY (n, actor)) WITHOUT ROWID;
CREATE TABLE answer (accusation TEXT, rebuttal TEXT, PRIMARY KEY (accusation, rebuttal)) WITHOUT ROWID;
CREATE INDEX answer_rebuttal ON answer (rebuttal);
CREATE VIRTUAL TABLE words USING fts5 (sentence, parties, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE pair (level TEXT, source TEXT, target TEXT, type TEXT, times INT,
  PRIMARY KEY (level, source, target, type)) WITHOUT ROWID;
CREATE INDEX pair_target ON pair (level, target);
CREATE TABLE node (level TEXT, node TEXT, weight INT, PRIMARY KEY (level, node)) WITHOUT ROWID;
CREATE INDEX node_weight ON node (level, weight DESC, node);
CREATE TABLE dispute (side TEXT, topic TEXT, accusations INT, answers INT, example TEXT,
  PRIMARY KEY (side, topic)) WITHOUT ROWID;
CREATE TABLE side (side TEXT PRIMARY KEY, en TEXT, fr TEXT) WITHOUT ROWID;
CREATE TABLE number (name TEXT PRIMARY KEY, value INT) WITHOUT ROWID;
"""

_SUMMARIES = """
DELETE FROM actor WHERE key NOT IN
  (SELECT source FROM act UNION SELECT target FROM act UNION SELECT actor FROM reporter);
DELETE FROM pair; DELETE FROM node; DELETE FROM dispute; DELETE FROM number;
INSERT INTO pair SELECT 'actors', source, target, type, COUNT(*) FROM act GROUP BY source, target, type;
INSERT INTO pair SELECT 'sides', source_side, target_side, type, COUNT(*) FROM act
  WHERE source_side <> 'unnamed' AND target_side <> 'unnamed' GROUP BY source_side, target_side, type;
INSERT INTO node SELECT level, node, SUM(times) FROM (
    SELECT level, source AS node, times FROM pair UNION ALL SELECT level, target, times FROM pair
  ) GROUP BY level, node;
INSERT INTO dispute
  SELECT act.target_side, act.main_topic, COUNT(DISTINCT act.id), COUNT(DISTINCT answer.rebuttal), MIN(act.id)
  FROM act LEFT JOIN answer ON answer.accusation = act.id
  WHERE act.type = 'accusation' AND act.target_side <> 'unnamed' GROUP BY act.target_side, act.main_topic;
INSERT INTO number SELECT 'documents', COUNT(*) FROM document;
INSERT INTO number SELECT 'acts', COUNT(*) FROM act;
INSERT INTO number SELECT 'actors', COUNT(*) FROM node WHERE level = 'actors';
INSERT INTO number SELECT 'accusations', COUNT(*) FROM act WHERE type = 'accusation';
INSERT INTO number SELECT 'rebuttals', COUNT(*) FROM act WHERE type = 'rebuttal';
INSERT INTO number SELECT 'unnamed', COUNT(*) FROM act
  WHERE source_side = 'unnamed' OR target_side = 'unnamed';
INSERT INTO number SELECT 'unanswered', COUNT(*) FROM act
  WHERE type = 'accusation' AND id NOT IN (SELECT accusation FROM answer);
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
    )
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return connection
    if version and path is not None:
        connection.close()
        path.unlink()
        return open_index(path)
    connection.executescript(f"BEGIN; {_FORM} PRAGMA user_version = {VERSION}; COMMIT;")
    return connection


def summarise(connection: sqlite3.Connection) -> None:
    """Count anew what pages show of the whole: pairs, nodes, disputes, numbers.  Inside a transaction."""
    for statement in _SUMMARIES.split(";"):
        if statement.strip():
            connection.execute(statement)
