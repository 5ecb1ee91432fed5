"""What ships in ``data/`` is readable, marked for what it is, and complete."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from kg.documents.genre import default_genre
from kg.documents.reading import read
from kg.gazetteer.loading import read_actors
from kg.model import Document, Genre

DATA = Path(__file__).parent.parent / "data"
DISPUTE = DATA / "example-dispute"
EMBASSY = DATA / "statements" / "cn_embassy_belgium_2020-07-25.txt"


def _documents(folder: Path) -> list[Document]:
    documents = []
    for result in read([folder]):
        assert isinstance(result, Document), result
        documents.append(result)
    return documents


def test_embassy_statement_is_the_published_text() -> None:
    digest = hashlib.sha256(EMBASSY.read_bytes()).hexdigest()
    assert digest == "8d6d3d761626dfae97569761527f1df35aeec6468e630f0b1bde227c30cf0502"


def test_embassy_statement_says_where_it_comes_from() -> None:
    (document,) = _documents(EMBASSY.parent)
    meta = document.metadata
    assert (meta.publisher, meta.date, meta.language) == ("Embassy of China in Belgium", "2020-07-25", "fr")
    assert "no licence is claimed" in meta.licence
    assert default_genre(meta, document.text) is Genre.OWN_SPEECH


def test_dispute_has_fifteen_statements_in_two_languages_over_three_months() -> None:
    documents = _documents(DISPUTE)
    dates = sorted(document.metadata.date for document in documents)
    assert len(documents) == 15
    assert {document.metadata.language for document in documents} == {"fr", "en"}
    assert (dates[0], dates[-1]) == ("2023-03-02", "2023-05-30")
    assert not any(document.metadata.inferred for document in documents if document.metadata.speaker)


def test_dispute_holds_one_statement_in_two_languages() -> None:
    pair = [d for d in _documents(DISPUTE) if d.name.startswith("2023-03-09_tarsilia-embassy")]
    assert [d.metadata.language for d in pair] == ["en", "fr"]
    paragraphs = {d.text.count("\n\n") for d in pair}
    assert len(paragraphs) == 1


@pytest.mark.parametrize("path", sorted(DISPUTE.glob("*.txt")), ids=lambda path: path.stem)
def test_every_statement_of_the_dispute_is_marked_as_fiction(path: Path) -> None:
    note = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))["note"]
    assert note.startswith("FICTION")
    listed = (DISPUTE / "README.md").read_text(encoding="utf-8")
    assert path.stem in listed or path.stem.rsplit("_", 1)[0] in listed


def test_actors_of_the_dispute_clash_with_no_state() -> None:
    actors = read_actors(DISPUTE / "actors.toml")
    codes = {actor.side for actor in actors if actor.side.isupper()}
    assert codes == {"XM", "XT", "XO", "XCR", "XLC"}
    assert all(code.startswith("X") for code in codes)
    assert len({actor.key for actor in actors}) == len(actors)


def test_every_named_party_of_the_dispute_is_in_its_actor_file() -> None:
    names = {alias.text for actor in read_actors(DISPUTE / "actors.toml") for alias in actor.aliases}
    text = "\n".join(document.text for document in _documents(DISPUTE))
    for name in ("Marvénie", "Tarsilia", "Velmar", "Corvasse", "Orvane", "Carrow", "Morsk", "Ranvier"):
        assert name in names
        assert name in text


LABELS = {"accusation", "rebuttal", "both", "none"}


def _training(language: str) -> list[dict[str, str]]:
    lines = (DATA / "training" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_training_sentences_are_labelled_and_balanced(language: str) -> None:
    rows = _training(language)
    assert all(set(row) == {"text", "speaker_genre", "label", "domain"} for row in rows)
    assert {row["label"] for row in rows} == LABELS
    assert {row["speaker_genre"] for row in rows} == set(Genre)
    assert len({row["domain"] for row in rows}) >= 12
    assert len(rows) >= 600
    assert 0.35 <= sum(row["label"] == "none" for row in rows) / len(rows) <= 0.5


def _word_masks(texts: list[str]) -> list[int]:
    """One bit a word of the whole list, so that comparing all pairs takes no time."""
    bits: dict[str, int] = {}
    return [
        sum(1 << bits.setdefault(word, len(bits)) for word in set(re.findall(r"\w+", text.lower())))
        for text in texts
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_training_sentences_share_most_of_their_words(language: str) -> None:
    masks = _word_masks([row["text"] for row in _training(language)])
    alike = [
        (i, j)
        for i, a in enumerate(masks)
        for j, b in enumerate(masks[:i])
        if 2 * (a & b).bit_count() > (a | b).bit_count()
    ]
    assert alike == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_training_and_gold_share_no_sentence(language: str) -> None:
    gold = "\n".join(path.read_text(encoding="utf-8") for path in (DATA / "gold" / language).glob("*.txt"))
    assert gold
    assert [row["text"] for row in _training(language) if row["text"] in gold] == []
