"""The whole way from a text to acts, construction by construction."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.model import Act, ActType, Document, Metadata, Modality
from kg.pipeline import extract


@dataclass(frozen=True)
class Case:
    """A text of one speaker and an act that must be found in it."""

    language: str
    speaker: str
    text: str
    type: ActType
    source: str
    target: str
    genre: str = "speech"


ACCUSATION, REBUTTAL = ActType.ACCUSATION, ActType.REBUTTAL
CASES = {
    "active": Case("en", "France", "The Turkish army bombed three villages.", ACCUSATION, "FR", "TR"),
    "passive": Case("en", "France", "The hospital was shelled by Russia.", ACCUSATION, "FR", "RU"),
    "reported": Case("en", "", "Japan accused China of espionage.", ACCUSATION, "JP", "CN", "news report"),
    "possessive": Case("en", "Peru", "Spain signed. Its lies fool nobody.", ACCUSATION, "PE", "ES"),
    "adjective": Case("fr", "Pérou", "Les mensonges russes ne trompent personne.", ACCUSATION, "PE", "RU"),
    "actif": Case("fr", "France", "Le régime syrien a bombardé ses villes.", ACCUSATION, "FR", "SY"),
    "passif": Case("fr", "France", "Les écoles ont été bombardées par la Russie.", ACCUSATION, "FR", "RU"),
    "rapporté": Case(
        "fr", "", "L'Inde accuse le Pakistan de sabotage.", ACCUSATION, "IN", "PK", "news report"
    ),
    "appel": Case("fr", "Chine", "Nous demandons à Tokyo de cesser ses calomnies.", ACCUSATION, "CN", "JP"),
    "denial": Case(
        "en", "", "Iran denied the allegations made by Israel.", REBUTTAL, "IR", "IL", "news report"
    ),
    "démenti": Case(
        "fr", "", "Le Mali a démenti les accusations de Paris.", REBUTTAL, "ML", "FR", "news report"
    ),
}


def acts_of(case: Case) -> tuple[Act, ...]:
    metadata = Metadata(speaker=case.speaker, language=case.language, genre=case.genre)
    return extract(Document("case", case.text, metadata)).acts


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_construction(case: Case) -> None:
    found = {(a.type, a.source.side, a.target.side) for a in acts_of(case)}
    assert (case.type, case.source, case.target) in found


NOT_ACTS = {
    "misfortune": ("en", "The storm left forty families without a roof.", "speech"),
    "narrated": ("en", "The rebels bombed the bridge in 1987.", "encyclopaedia"),
    "cooperation": ("fr", "Les deux pays ont développé une relation d'amitié.", "speech"),
    "norm": ("en", "Cyberspace belongs to all nations.", "speech"),
}


@pytest.mark.parametrize(("language", "text", "genre"), NOT_ACTS.values(), ids=NOT_ACTS)
def test_no_act(language: str, text: str, genre: str) -> None:
    metadata = Metadata(speaker="Brazil" if genre == "speech" else "", language=language, genre=genre)
    assert extract(Document("case", text, metadata)).acts == ()


def test_hearsay_conditional_is_hedged() -> None:
    text = "Selon l'AFP, la Russie aurait bombardé l'hôpital."
    (act,) = extract(Document("h", text, Metadata(language="fr", genre="news report"))).acts
    assert (act.modality, act.target.side) == (Modality.HEDGED, "RU")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "« “ \" '",
        "\u202e RTL \u200f 🇫🇷",
        "IRAN LIED. " * 300,
        "a" * 9000,
        "- x\n- y\n\n1) Q : R :",
        "\ud800",
    ],
)
def test_any_text_is_read(text: str) -> None:
    for act in extract(Document("odd", text, Metadata(language="en", genre="speech"))).acts:
        assert text[act.start : act.end] == act.sentence
        assert text[act.cue.start : act.cue.end] == act.cue.text
