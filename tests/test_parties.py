"""Who accuses and who is accused, told from what a whole text says: own sentences from several domains."""

from __future__ import annotations

import pytest

from kg.acts.options import Option
from kg.acts.ranking import Ranker, Role, load_weights
from kg.model import Act, ActType, Document, Metadata, RebuttalKind
from kg.parties.referents import Method, Referent, Resolution
from kg.pipeline import extract


def acts(text: str, language: str = "en", **metadata: str) -> tuple[Act, ...]:
    return extract(Document("case", text, Metadata(language=language, **metadata))).acts


def sides(found: tuple[Act, ...], kind: ActType = ActType.ACCUSATION) -> set[tuple[str, str]]:
    return {(act.source.side, act.target.side) for act in found if act.type is kind}


def test_publisher_of_a_report_is_no_party() -> None:
    found = acts(
        "LIMA, 3 May 2021 - The union denounced the violence.", publisher="Harbour News", genre="news report"
    )
    assert all("harbour news" not in (act.source.side, act.target.side) for act in found)


def test_city_of_a_dateline_is_no_party() -> None:
    found = acts("HANOI - L'armée laotienne a massacré des civils, affirme Amnesty International.", "fr")
    assert ("amnesty international", "VN") not in sides(found)


def test_city_in_a_name_is_a_person() -> None:
    found = acts("Marlene Paris has accused the Harbour Church of fraud.", genre="news report")
    assert found
    assert all("FR" not in (act.source.side, act.target.side) for act in found)


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        (
            "The report by Amnesty, according to which Chad tortured prisoners, is out.",
            "en",
            "amnesty international",
        ),
        ("L'affirmation du Tchad selon laquelle le Soudan finance les rebelles circule.", "fr", "TD"),
    ],
)
def test_claim_according_to_which_is_its_owners(text: str, language: str, source: str) -> None:
    found = acts(text, language, genre="news report")
    assert {act.source.side for act in found if act.type is ActType.ACCUSATION} == {source}


def test_lone_demonym_is_the_person_spoken_of() -> None:
    text = "Oliver Hartwell a gagné le Tour de Savoie. Le Britannique nie s'être dopé."
    denials = [act for act in acts(text, "fr", genre="news report") if act.type is ActType.REBUTTAL]
    assert [act.source.name for act in denials] == ["Oliver Hartwell"]


def test_police_are_of_the_city_where_they_sit() -> None:
    found = acts("Police in Seoul accused the bank of fraud.", genre="news report")
    assert {act.source.side for act in found} == {"KR"}


def test_official_accused_by_the_own_state_is_a_person() -> None:
    text = "Malaysian prosecutors accused the premier Najib Razak of corruption. Singapore watches. "
    found = acts(text + "Thailand and Indonesia watch too.", genre="news report")
    assert ("MY", "najib razak") in sides(found)


def test_label_names_the_speaker() -> None:
    text = (
        "The Minister of State (Graham Lorne): I am grateful for the question.\n\n"
        "Zainab Adeyemi: The Minister lied to the House.\n\n"
        "The Minister of State (Graham Lorne): I reject that accusation.\n"
    )
    found = acts(text, genre="parliamentary debate", publisher="House of Commons")
    assert {act.source.name for act in found if act.type is ActType.ACCUSATION} == {"Zainab Adeyemi"}
    assert {act.source.name for act in found if act.type is ActType.REBUTTAL} == {"Graham Lorne"}


def test_quotation_goes_on_in_the_next_paragraph() -> None:
    text = (
        "« La mairie a menti », affirme Jeanne Morel.\n\n"
        "« Elle a truqué les comptes et caché les factures. »\n"
    )
    found = [act for act in acts(text, "fr", genre="news report") if act.type is ActType.ACCUSATION]
    assert len({act.start for act in found}) == 2
    assert {act.source.name for act in found} == {"Jeanne Morel"}


def test_wrong_that_somebody_says_not_to_have_done_is_a_denial() -> None:
    text = "Chad accuses Sudan of aggression. Sudan says that it has not attacked anybody."
    denials = [act for act in acts(text, genre="news report") if act.type is ActType.REBUTTAL]
    assert [(act.source.side, act.kind) for act in denials] == [("SD", RebuttalKind.DENIAL)]


def test_negated_wrong_of_nobody_accused_is_no_denial() -> None:
    found = acts("Sudan says that it has not attacked anybody.", genre="news report")
    assert not [act for act in found if act.type is ActType.REBUTTAL and act.kind is RebuttalKind.DENIAL]


def test_lie_said_of_an_accusation_dismisses_it() -> None:
    text = "Chad accuses Sudan. The Sudanese ministry said that the accusation was disinformation."
    assert ("SD", "TD") in sides(acts(text, genre="news report"), ActType.REBUTTAL)


def test_speech_goes_on_about_whom_it_accuses() -> None:
    text = (
        "Chad has bombed our villages. Chad has poisoned our wells. "
        "Chad sends its envoys to every capital with gifts."
    )
    last = [
        act for act in acts(text, publisher="Government of Sudan", genre="speech") if "envoys" in act.sentence
    ]
    assert [(act.source.side, act.target.side) for act in last] == [("SD", "TD")]


def test_report_tells_of_the_accused_without_accusing() -> None:
    text = (
        "Chad bombed villages, Sudan says. Chad poisoned wells, Sudan says. "
        "Chad sends its envoys to every capital with gifts."
    )
    assert not [act for act in acts(text, genre="news report") if "envoys" in act.sentence]


def test_confidence_is_a_probability() -> None:
    found = acts("Chad accuses Sudan of aggression. They are criticised.", genre="news report")
    assert found
    assert all(0 < act.confidence < 1 for act in found)


def option(name: str, *features: str) -> Option:
    return Option(Resolution(Referent(name, name, "org"), Method.NAMED, "named"), set(features), [])


def test_ranker_prefers_what_its_weights_say() -> None:
    ranker = Ranker({"target": {"near": 1.0, "far": -1.0}})
    options = [option("b", "far"), option("a", "near"), option("c", "unknown")]
    ranked = ranker.rank(Role.TARGET, None, options)
    assert [r.option.side for r in ranked] == ["a", "c", "b"]
    assert sum(r.probability for r in ranked) == pytest.approx(1.0)


def test_weights_are_there_for_every_role() -> None:
    assert {*Role, "confidence"} <= set(load_weights())
