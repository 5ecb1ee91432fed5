"""What somebody takes back is found, linked to what it takes back, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.acts.further import FurtherActs
from kg.disputes.linking import link_store, read_threads
from kg.disputes.threads import Role, State
from kg.lexicon.entries import Family, load_lexicon
from kg.model import Act, ActType, Document, Extraction, Metadata
from kg.pipeline import extract
from kg.store.store import open_store
from kg.validation import validate_store
from tests.test_lexicon_fr import families_found


def read(text: str, language: str, speaker: str = "", date: str = "", name: str = "text") -> Extraction:
    genre = "statement" if speaker else "news report"
    about = Metadata(speaker=speaker, publisher=speaker, language=language, genre=genre, date=date)
    return extract(Document(name, text, about))


def retractions(text: str, language: str, speaker: str = "") -> list[Act]:
    return [act for act in read(text, language, speaker).acts if act.type is ActType.RETRACTION]


TAKEN_BACK = [
    ("en", "", "Japan withdrew its accusation that China had stolen blueprints.", "JP"),
    ("en", "", "The Velmar Courier has retracted its report that Peru bribed two judges.", "velmar courier"),
    ("en", "", "Oxfam apologised to Chad for the allegation of theft.", "oxfam"),
    ("en", "", "Chad acknowledged that its claim against Niger was wrong.", "TD"),
    ("en", "", "The accusation against Niger was withdrawn by Chad on Monday.", "TD"),
    ("en", "", "Chad took the allegation back.", "TD"),
    ("en", "", "Chad apologised for having accused Niger of arson.", "TD"),
    ("en", "", "The government of Chad eventually agreed to withdraw the accusation.", "TD"),
    ("en", "Japan", "We withdraw the allegation.", "JP"),
    ("fr", "", "Le Tchad a retiré son accusation contre le Niger.", "TD"),
    ("fr", "", "Le Tchad est revenu sur ses propos.", "TD"),
    ("fr", "", "La plaignante, Anna Berg, s'est rétractée lundi.", "anna berg"),
    ("fr", "", "Le Tchad reconnaît que son accusation était infondée.", "TD"),
    ("fr", "", "Le Tchad reconnaît avoir accusé le Niger à tort.", "TD"),
    ("fr", "", "Le Tchad a présenté ses excuses au Niger pour cette accusation.", "TD"),
    ("fr", "", "Le Tchad a dû retirer ses accusations contre le Niger.", "TD"),
    ("fr", "Tchad", "Nous avons eu tort d'accuser le Niger.", "TD"),
]
NOT_TAKEN_BACK = [
    ("en", "", "Chad withdrew its troops from the border."),
    ("en", "", "Chad has not withdrawn its accusation against Niger."),
    ("en", "", "Chad refused to withdraw its accusation against Niger."),
    ("en", "", "Niger called on Chad to withdraw its accusation."),
    ("en", "", "Niger demanded that Chad withdraw its accusation."),
    ("en", "", "France admits that Berlin's charges were unfounded."),
    ("en", "Spain", "Withdraw your accusation at once."),
    ("en", "", "The network agreed to issue a statement about these lies."),
    ("fr", "", "Le Tchad a retiré ses troupes."),
    ("fr", "", "Le Tchad n'a pas retiré ses accusations."),
    ("fr", "", "Le Niger demande au Tchad de retirer ses accusations."),
    ("fr", "", "Le Niger attend que le Tchad retire ses accusations."),
    ("fr", "Brésil", "Nous attendons du sénateur qu'il retire ses accusations."),
    ("fr", "", "Le Tchad refuse de retirer ses accusations."),
    ("fr", "", "La France reconnaît que les accusations de Berlin étaient infondées."),
]


@pytest.mark.parametrize(("language", "speaker", "text", "source"), TAKEN_BACK)
def test_what_is_taken_back(language: str, speaker: str, text: str, source: str) -> None:
    found = retractions(text, language, speaker)
    assert [act.source.side for act in found] == [source]
    assert text[found[0].cue.start : found[0].cue.end] == found[0].cue.text


@pytest.mark.parametrize(("language", "speaker", "text"), NOT_TAKEN_BACK)
def test_what_is_not_taken_back(language: str, speaker: str, text: str) -> None:
    assert retractions(text, language, speaker) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_lexicon_is_broad_and_found_in_its_examples(language: str) -> None:
    entries = tuple(e for e in load_lexicon(language) if e.family is Family.RETRACTING)
    assert len(entries) >= 60
    counts = families_found(entries, language)
    assert counts[Family.RETRACTING, True] >= 0.95 * len(entries)


def test_a_retraction_takes_back_what_its_document_tells() -> None:
    acts = read("China bribed two port officials. We withdraw the allegation.", "en", "Japan").acts
    accusation = next(act for act in acts if act.type is ActType.ACCUSATION)
    (retraction,) = [act for act in acts if act.type is ActType.RETRACTION]
    assert retraction.rebuts == (accusation.id,)
    assert retraction.target.side == "CN"
    assert retraction.act != accusation.act


def test_a_retraction_is_an_act_of_its_own_where_its_sentence_tells_the_accusation() -> None:
    acts = read("Oxfam apologised to Chad for the allegation of theft.", "en").acts
    by_type = {act.type: act for act in acts}
    taken, retraction = by_type[ActType.ACCUSATION], by_type[ActType.RETRACTION]
    assert (taken.source.side, taken.target.side) == (retraction.source.side, retraction.target.side)
    assert taken.act != retraction.act
    assert retraction.rebuts == (taken.id,)


def test_accusations_and_rebuttals_are_the_same_without_retractions(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(language, text) for language, _, text, *_ in [*TAKEN_BACK, *NOT_TAKEN_BACK]]
    both = {ActType.ACCUSATION, ActType.REBUTTAL}
    found = [[act for act in read(text, language).acts if act.type in both] for language, text in texts]
    monkeypatch.setattr(FurtherActs, "find", lambda self, sentence, before: [])
    assert [list(read(text, language).acts) for language, text in texts] == found


@pytest.fixture
def dispute() -> list[Extraction]:
    return [
        read("China stole blueprints of a turbine from Osaka.", "en", "Japan", "2024-03-01", "made"),
        read("Beijing denied that it had stolen any blueprints.", "en", "", "2024-03-03", "denied"),
        read("Le Japon retire son accusation sur les plans de la turbine.", "fr", "", "2024-06-01", "taken"),
    ]


def test_an_allegation_is_withdrawn_when_its_maker_takes_it_back(
    dispute: list[Extraction], tmp_path: Path
) -> None:
    with open_store(tmp_path / "store", writable=True) as store:
        for extraction in dispute[:2]:
            store.ingest(extraction)
        link_store(store)
        (thread,) = [t for t in read_threads(store) if t.accused.side == "CN"]
        assert thread.state is State.CONTESTED
        store.ingest(dispute[2])
        link_store(store)
        thread = next(t for t in read_threads(store) if t.accused.side == "CN")
        assert thread.state is State.WITHDRAWN
        (step,) = thread.of(Role.RETRACTS)
        assert step.act.document == "taken"
        assert [report.findings for _, report in validate_store(store) if not report.conforms] == []
