"""States and territories: every one is there, and is found by all it is called."""

from __future__ import annotations

import pytest

from kg.gazetteer.entries import Form, Kind
from kg.gazetteer.gazetteer import Gazetteer, load_gazetteer
from kg.gazetteer.states import alpha3, state_names

# Words as a tokeniser gives them; language; code; form.
CASES = [
    ("États-Unis", "fr", "US", Form.NAME),
    ("Etats-Unis", "fr", "US", Form.NAME),
    ("Etats - Unis", "fr", "US", Form.NAME),
    ("ÉTATS-UNIS", "fr", "US", Form.NAME),
    ("Etats-Unis d' Amérique", "fr", "US", Form.NAME),
    ("USA", "fr", "US", Form.NAME),
    ("U.S.", "en", "US", Form.NAME),
    ("U.S.A.", "en", "US", Form.NAME),
    ("US", "en", "US", Form.NAME),
    ("United States of America", "en", "US", Form.NAME),
    ("Maison-Blanche", "fr", "US", Form.SEAT),
    ("Maison - Blanche", "fr", "US", Form.SEAT),
    ("Maison Blanche", "fr", "US", Form.SEAT),
    ("White House", "en", "US", Form.SEAT),
    ("états-unienne", "fr", "US", Form.ADJECTIVE),
    ("américains", "fr", "US", Form.ADJECTIVE),
    ("Américaines", "fr", "US", Form.DEMONYM),
    ("Americans", "en", "US", Form.DEMONYM),
    ("République populaire de Chine", "fr", "CN", Form.NAME),
    ("People 's Republic of China", "en", "CN", Form.NAME),
    ("People’s Republic of China", "en", "CN", Form.NAME),
    ("PRC", "en", "CN", Form.NAME),
    ("chinoises", "fr", "CN", Form.ADJECTIVE),
    ("Pékin", "fr", "CN", Form.CAPITAL),
    ("Zhongnanhai", "en", "CN", Form.SEAT),
    ("Fédération de Russie", "fr", "RU", Form.NAME),
    ("Russian Federation", "en", "RU", Form.NAME),
    ("URSS", "fr", "RU", Form.NAME),
    ("USSR", "en", "RU", Form.NAME),
    ("soviétiques", "fr", "RU", Form.ADJECTIVE),
    ("Kremlin", "fr", "RU", Form.SEAT),
    ("Moscow", "en", "RU", Form.CAPITAL),
    ("Quai d’ Orsay", "fr", "FR", Form.SEAT),
    ("Quai d'Orsay", "en", "FR", Form.SEAT),
    ("Elysée", "fr", "FR", Form.SEAT),
    ("Matignon", "fr", "FR", Form.SEAT),
    ("Great Britain", "en", "GB", Form.NAME),
    ("U.K.", "en", "GB", Form.NAME),
    ("Royaume-Uni", "fr", "GB", Form.NAME),
    ("Downing Street", "fr", "GB", Form.SEAT),
    ("Whitehall", "en", "GB", Form.SEAT),
    ("Britons", "en", "GB", Form.DEMONYM),
    ("Englishmen", "en", "GB", Form.DEMONYM),
    ("RPDC", "fr", "KP", Form.NAME),
    ("DPRK", "en", "KP", Form.NAME),
    ("nord-coréenne", "fr", "KP", Form.ADJECTIVE),
    ("North Koreans", "en", "KP", Form.DEMONYM),
    ("Blue House", "en", "KR", Form.SEAT),
    ("Birmanie", "fr", "MM", Form.NAME),
    ("Burma", "en", "MM", Form.NAME),
    ("Bélarus", "fr", "BY", Form.NAME),
    ("Biélorussie", "fr", "BY", Form.NAME),
    ("RDC", "fr", "CD", Form.NAME),
    ("Zaire", "en", "CD", Form.NAME),
    ("UAE", "en", "AE", Form.NAME),
    ("Southern Rhodesia", "en", "ZW", Form.NAME),
    ("Yugoslavia", "en", "RS", Form.NAME),
    ("Turkey", "en", "TR", Form.NAME),
    ("Türkiye", "en", "TR", Form.NAME),
    ("turques", "fr", "TR", Form.ADJECTIVE),
    ("grecque", "fr", "GR", Form.ADJECTIVE),
    ("israéliennes", "fr", "IL", Form.ADJECTIVE),
    ("État hébreu", "fr", "IL", Form.NAME),
    ("burkinabè", "fr", "BF", Form.ADJECTIVE),
    ("ouzbèkes", "fr", "UZ", Form.ADJECTIVE),
    ("bulgares", "fr", "BG", Form.ADJECTIVE),
    ("letonne", "fr", "", None),
    ("lettonne", "fr", "LV", Form.ADJECTIVE),
    ("afghane", "fr", "AF", Form.ADJECTIVE),
    ("espagnoles", "fr", "ES", Form.ADJECTIVE),
    ("qataries", "fr", "QA", Form.ADJECTIVE),
    ("Côte d' Ivoire", "fr", "CI", Form.NAME),
    ("Côte d’Ivoire", "en", "CI", Form.NAME),
    ("Ivory Coast", "en", "CI", Form.NAME),
    ("N' Djamena", "fr", "TD", Form.CAPITAL),
    ("La Haye", "fr", "NL", Form.CAPITAL),
    ("Kyiv", "en", "UA", Form.CAPITAL),
    ("Kiev", "fr", "UA", Form.CAPITAL),
    ("Téhéran", "fr", "IR", Form.CAPITAL),
    ("TEHERAN", "fr", "IR", Form.CAPITAL),
    ("Rashtrapati Bhavan", "en", "IN", Form.SEAT),
    ("Palazzo Chigi", "fr", "IT", Form.SEAT),
    ("Kosovar", "en", "XK", Form.ADJECTIVE),
    ("Taïwan", "fr", "TW", Form.NAME),
    ("Palestinians", "en", "PS", Form.DEMONYM),
    ("Filipinos", "en", "PH", Form.DEMONYM),
    ("Trinidad and Tobago", "en", "TT", Form.NAME),
    ("Guinée - Bissau", "fr", "GW", Form.NAME),
    ("Guinée", "fr", "GN", Form.NAME),
    ("South Sudan", "en", "SS", Form.NAME),
    ("Papouasie-Nouvelle-Guinée", "fr", "PG", Form.NAME),
    # Look-alikes
    ("us", "en", "", None),
    ("turkey", "en", "", None),
    ("polish", "en", "", None),
    ("china", "en", "", None),
    ("mali", "fr", "", None),
    ("RUSSIEN", "fr", "", None),
    ("Chinois", "en", "", None),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_cases_are_many() -> None:
    assert len(CASES) >= 90


@pytest.mark.parametrize(("text", "language", "code", "form"), CASES)
def test_name_is_found(gazetteer: Gazetteer, text: str, language: str, code: str, form: Form | None) -> None:
    words = text.split()
    found = [(m.start, m.end, m.entry.key, m.form) for m in gazetteer.find(["zzz", *words, "zzz"], language)]
    assert found == ([(1, len(words) + 1, code, form)] if code else [])


def test_every_state_of_iso_3166_is_there(gazetteer: Gazetteer) -> None:
    states = {e.key for e in gazetteer.entries.values() if e.kind in {Kind.STATE, Kind.TERRITORY}}
    assert len(states) == 250
    assert {"XK", "PS", "TW", "EH", "AQ"} <= states


def test_every_state_is_complete(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        if entry.kind in {Kind.STATE, Kind.TERRITORY}:
            assert entry.side == entry.key == entry.country
            assert len(entry.iso3) == 3
            assert entry.wikidata
            assert entry.gender
            assert set(entry.names) == {"fr", "en"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_state_is_found_by_its_usual_name(gazetteer: Gazetteer, language: str) -> None:
    for entry in gazetteer.entries.values():
        if entry.kind in {Kind.STATE, Kind.TERRITORY}:
            found = gazetteer.find(entry.names[language].split(), language)
            assert [m.entry.key for m in found] == [entry.key], entry.names[language]


def test_every_sovereign_state_has_an_adjective_in_both_languages(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        if entry.kind is Kind.STATE:
            languages = {alias.language for alias in entry.aliases if alias.form is Form.ADJECTIVE}
            assert languages == {"fr", "en"}, entry.key


def test_wikidata_ids_are_unique(gazetteer: Gazetteer) -> None:
    ids = [entry.wikidata for entry in gazetteer.entries.values() if entry.wikidata]
    assert len(ids) == len(set(ids)) >= 245


@pytest.mark.parametrize(
    ("code", "three"), [("FR", "FRA"), ("RU", "RUS"), ("CD", "COD"), ("DE", "DEU"), ("XK", "XKX"), ("YY", "")]
)
def test_alpha3(code: str, three: str) -> None:
    assert alpha3(code) == three


def test_unknown_code_has_no_names() -> None:
    assert state_names("QQ") == {}
