"""Demands, warnings and positions are found, and change neither accusations nor rebuttals."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.acts.further import FurtherActs
from kg.lexicon.entries import Family, load_lexicon
from kg.model import Act, ActType, Document, Metadata
from kg.pipeline import extract
from kg.store.records import read_acts
from kg.store.store import open_store
from kg.validation import validate_store
from tests.test_lexicon_fr import families_found
from tests.test_retractions import read

FOUND = [
    ("en", "", "Japan demanded that China withdraw its ships.", ActType.DEMAND, "JP", "CN"),
    ("en", "", "Japan called on China to withdraw its ships.", ActType.DEMAND, "JP", "CN"),
    ("en", "", "Chad urged Niger to free the crew.", ActType.DEMAND, "TD", "NE"),
    ("en", "Japan", "China must withdraw its ships.", ActType.DEMAND, "JP", "CN"),
    ("fr", "", "Le Tchad exige du Niger un geste.", ActType.DEMAND, "TD", "NE"),
    ("fr", "", "Le Tchad exhorte le Niger à libérer l'équipage.", ActType.DEMAND, "TD", "NE"),
    ("fr", "Tchad", "Le Niger doit libérer l'équipage.", ActType.DEMAND, "TD", "NE"),
    ("en", "", "Chad warned Niger of a strike.", ActType.WARNING, "TD", "NE"),
    ("en", "Japan", "China will bear the consequences.", ActType.WARNING, "JP", "CN"),
    ("fr", "Tchad", "Le Niger subira les conséquences.", ActType.WARNING, "TD", "NE"),
    ("fr", "", "Le Tchad met en garde le Niger contre une grève.", ActType.WARNING, "TD", "NE"),
    ("en", "", "Chad supports the ban.", ActType.POSITION, "TD", "unnamed"),
    ("fr", "", "Le Tchad s'oppose au barrage.", ActType.POSITION, "TD", "unnamed"),
]
NOT_FOUND = [
    ("en", "", "Chad did not ask Niger to talk."),
    ("en", "", "Niger refused to call on Chad to talk."),
    ("en", "", "China must withdraw its ships."),
    ("en", "Japan", "China must have known of the storm."),
    ("en", "Japan", "If Chad urges Niger to talk, peace may come."),
    ("fr", "Tchad", "Le Niger a payé très cher sa sécheresse."),
    ("fr", "", "Le Niger a dû libérer l'équipage."),
    ("fr", "", "Le Tchad n'exige rien du Niger."),
]
ALL = [(language, speaker, text) for language, speaker, text, *_ in [*FOUND, *NOT_FOUND]]
DIRECTED = {ActType.DEMAND, ActType.WARNING, ActType.POSITION}


def directed(text: str, language: str, speaker: str = "") -> list[Act]:
    return [act for act in read(text, language, speaker).acts if act.type in DIRECTED]


@pytest.mark.parametrize(("language", "speaker", "text", "type_", "source", "target"), FOUND)
def test_what_is_found(
    language: str, speaker: str, text: str, type_: ActType, source: str, target: str
) -> None:
    (act,) = directed(text, language, speaker)
    assert (act.type, act.source.side, act.target.side) == (type_, source, target)
    assert text[act.cue.start : act.cue.end] == act.cue.text


@pytest.mark.parametrize(("language", "speaker", "text"), NOT_FOUND)
def test_what_is_not_said(language: str, speaker: str, text: str) -> None:
    assert directed(text, language, speaker) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("family", [Family.DEMANDING, Family.WARNING, Family.STANDING])
def test_words_are_found_in_their_examples(language: str, family: Family) -> None:
    entries = tuple(entry for entry in load_lexicon(language) if entry.family is family)
    assert len(entries) >= 20
    assert families_found(entries, language)[family, True] >= 0.9 * len(entries)


def test_accusations_and_rebuttals_are_the_same_without_further_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*ALL, ("fr", "Chine", "Nous demandons à Tokyo de cesser ses calomnies.")]
    both = {ActType.ACCUSATION, ActType.REBUTTAL}
    found = [[a for a in read(t, language, speaker).acts if a.type in both] for language, speaker, t in texts]
    assert any(found)
    monkeypatch.setattr(FurtherActs, "find", lambda self, sentence, before: [])
    assert [list(read(t, language, speaker).acts) for language, speaker, t in texts] == found


def test_all_that_is_found_is_written_read_back_and_valid(tmp_path: Path) -> None:
    text = " ".join(text for language, _, text in ALL if language == "en") + " China must stop its lies."
    about = Metadata(speaker="Japan", language="en", genre="statement", date="2024-03-01")
    extraction = extract(Document("all", text, about))
    assert {act.type for act in extraction.acts} >= DIRECTED
    with open_store(tmp_path / "store", writable=True) as store:
        store.ingest(extraction)
        assert {act.id: act.type for act in read_acts(store)} == {act.id: act.type for act in extraction.acts}
        assert [report.findings for _, report in validate_store(store) if not report.conforms] == []
