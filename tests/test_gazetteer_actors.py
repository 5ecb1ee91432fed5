"""The built-in actors: each is found by its names, with its side."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.gazetteer.entries import Form, Kind
from kg.gazetteer.gazetteer import Gazetteer, load_gazetteer

# words, language, side, kind, form
CASES = [
    # International bodies and their organs
    ("Union européenne", "fr", "EU", "international", "name"),
    ("UE", "fr", "EU", "international", "name"),
    ("EU", "en", "EU", "international", "name"),
    ("Commission européenne", "fr", "EU", "organ", "body"),
    ("European Parliament", "en", "EU", "organ", "body"),
    ("ONU", "fr", "UN", "international", "name"),
    ("Onu", "fr", "UN", "international", "name"),
    ("Nations Unies", "fr", "UN", "international", "name"),
    ("United Nations", "en", "UN", "international", "name"),
    ("U.N.", "en", "UN", "international", "name"),
    ("onusiennes", "fr", "UN", "international", "adjective"),
    ("Conseil de sécurité", "fr", "UN", "organ", "body"),
    ("UN Security Council", "en", "UN", "organ", "body"),
    ("Human Rights Council", "en", "UN", "organ", "body"),
    ("Casques bleus", "fr", "UN", "organ", "body"),
    ("Otan", "fr", "NATO", "international", "name"),
    ("NATO", "en", "NATO", "international", "name"),
    ("Union africaine", "fr", "AU", "international", "name"),
    ("African Union", "en", "AU", "international", "name"),
    ("OSCE", "fr", "OSCE", "international", "name"),
    ("CPI", "fr", "ICC", "international", "name"),
    ("International Criminal Court", "en", "ICC", "international", "name"),
    ("AIEA", "fr", "IAEA", "international", "name"),
    ("OMS", "fr", "WHO", "international", "name"),
    ("World Health Organization", "en", "WHO", "international", "name"),
    ("OIAC", "fr", "OPCW", "international", "name"),
    ("CEDEAO", "fr", "ECOWAS", "international", "name"),
    ("Cédéao", "fr", "ECOWAS", "international", "name"),
    ("AMA", "fr", "WADA", "international", "name"),
    ("CIO", "fr", "IOC", "international", "name"),
    ("FIFA", "en", "FIFA", "international", "name"),
    ("CEDH", "fr", "ECHR", "international", "name"),
    ("Occident", "fr", "WEST", "bloc", "name"),
    ("the West", "en", "WEST", "bloc", "name"),
    ("Western countries", "en", "WEST", "bloc", "name"),
    ("occidentaux", "fr", "WEST", "bloc", "adjective"),
    ("G7", "fr", "G7", "bloc", "name"),
    # Agencies
    ("CIA", "fr", "US", "agency", "body"),
    ("FBI", "en", "US", "agency", "body"),
    ("Pentagone", "fr", "US", "agency", "body"),
    ("département d' État", "fr", "US", "agency", "body"),
    ("Département d’Etat", "fr", "US", "agency", "body"),
    ("State Department", "en", "US", "agency", "body"),
    ("SEC", "en", "US", "agency", "body"),
    ("GRU", "fr", "RU", "agency", "body"),
    ("Douma", "fr", "RU", "agency", "body"),
    ("KGB", "en", "RU", "agency", "body"),
    ("APL", "fr", "CN", "agency", "body"),
    ("People's Liberation Army", "en", "CN", "agency", "body"),
    ("DGSE", "fr", "FR", "agency", "body"),
    ("MI6", "en", "GB", "agency", "body"),
    ("Bundestag", "fr", "DE", "agency", "body"),
    ("Mossad", "en", "IL", "agency", "body"),
    ("Tsahal", "fr", "IL", "agency", "body"),
    ("IDF", "en", "IL", "agency", "body"),
    ("Pasdaran", "fr", "IR", "agency", "body"),
    ("Revolutionary Guards", "en", "IR", "agency", "body"),
    ("ISI", "en", "PK", "agency", "body"),
    ("RAW", "en", "IN", "agency", "body"),
    ("FARDC", "fr", "CD", "agency", "body"),
    # Persons
    ("Poutine", "fr", "RU", "person", "person"),
    ("Vladimir Putin", "en", "RU", "person", "person"),
    ("Sergueï Lavrov", "fr", "RU", "person", "person"),
    ("Xi Jinping", "fr", "CN", "person", "person"),
    ("Xi", "en", "CN", "person", "person"),
    ("Trump", "fr", "US", "person", "person"),
    ("Antony Blinken", "en", "US", "person", "person"),
    ("Emmanuel Macron", "fr", "FR", "person", "person"),
    ("Zelensky", "fr", "UA", "person", "person"),
    ("Volodymyr Zelenskyy", "en", "UA", "person", "person"),
    ("Erdogan", "fr", "TR", "person", "person"),
    ("Erdoğan", "en", "TR", "person", "person"),
    ("Bachar al-Assad", "fr", "SY", "person", "person"),
    ("Assad", "en", "SY", "person", "person"),
    ("Saddam Hussein", "fr", "IQ", "person", "person"),
    ("Netanyahou", "fr", "IL", "person", "person"),
    ("Kim Jong - un", "en", "KP", "person", "person"),
    ("Maduro", "fr", "VE", "person", "person"),
    ("Kagame", "fr", "RW", "person", "person"),
    ("Zakharova", "en", "RU", "person", "person"),
    ("António Guterres", "fr", "UN", "person", "person"),
    ("Ursula von der Leyen", "fr", "EU", "person", "person"),
    ("Jean-Luc Mélenchon", "fr", "jean-luc mélenchon", "person", "person"),
    # Companies, organisations, media, parties, armed groups
    ("Huawei", "fr", "huawei", "company", "name"),
    ("Gazprom", "en", "gazprom", "company", "name"),
    ("TotalEnergies", "fr", "totalenergies", "company", "name"),
    ("Human Rights Watch", "fr", "human rights watch", "ngo", "name"),
    ("HRW", "en", "human rights watch", "ngo", "name"),
    ("Amnesty", "fr", "amnesty international", "ngo", "name"),
    ("Reporters sans frontières", "fr", "reporters without borders", "ngo", "name"),
    ("Reporters Without Borders", "en", "reporters without borders", "ngo", "name"),
    ("WikiLeaks", "en", "wikileaks", "ngo", "name"),
    ("Le Monde", "fr", "le monde", "media", "name"),
    ("le Monde", "fr", "le monde", "media", "name"),
    ("BBC", "en", "bbc", "media", "name"),
    ("The New York Times", "en", "new york times", "media", "name"),
    ("Chine nouvelle", "fr", "xinhua", "media", "name"),
    ("Sinn Féin", "en", "sinn féin", "party", "name"),
    ("Rassemblement national", "fr", "national rally", "party", "name"),
    ("Hamas", "fr", "hamas", "armed_group", "name"),
    ("Hezbollah", "en", "hezbollah", "armed_group", "name"),
    ("Daech", "fr", "isis", "armed_group", "name"),
    ("EI", "fr", "isis", "armed_group", "name"),
    ("Islamic State", "en", "isis", "armed_group", "name"),
    ("talibans", "fr", "taliban", "armed_group", "name"),
    ("groupe Wagner", "fr", "wagner group", "armed_group", "name"),
    ("M23", "fr", "m23", "armed_group", "name"),
    ("Ouïghours", "fr", "uyghurs", "people", "demonym"),
    ("kurdes", "fr", "kurds", "people", "adjective"),
    ("Kurds", "en", "kurds", "people", "demonym"),
    ("Catalogne", "fr", "catalonia", "region", "name"),
]

MINIMUM = {
    Kind.STATE: 198,
    Kind.TERRITORY: 52,
    Kind.INTERNATIONAL: 85,
    Kind.ORGAN: 55,
    Kind.BLOC: 10,
    Kind.AGENCY: 230,
    Kind.PERSON: 1150,
    Kind.COMPANY: 280,
    Kind.NGO: 110,
    Kind.MEDIA: 280,
    Kind.PARTY: 125,
    Kind.ARMED_GROUP: 85,
    Kind.PEOPLE: 20,
    Kind.REGION: 20,
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_cases_are_many() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize(("text", "language", "side", "kind", "form"), CASES)
def test_actor_is_found(
    gazetteer: Gazetteer, text: str, language: str, side: str, kind: str, form: str
) -> None:
    words = text.split()
    (match,) = gazetteer.find(["zzz", *words, "zzz"], language)
    found = (match.start, match.end, match.entry.side, match.entry.kind, match.form)
    assert found == (1, len(words) + 1, side, kind, form)


def test_actors_are_many(gazetteer: Gazetteer) -> None:
    counts = Counter(entry.kind for entry in gazetteer.entries.values())
    assert {kind: counts[kind] >= least for kind, least in MINIMUM.items()} == dict.fromkeys(MINIMUM, True)


def test_every_alias_leads_back_to_its_actor(gazetteer: Gazetteer) -> None:
    checked = 0
    for entry in gazetteer.entries.values():
        if entry.kind is Kind.LOOKALIKE:
            continue
        for alias in entry.aliases:
            for language in (alias.language,) if alias.language else ("fr", "en"):
                words = alias.text.split()
                (match,) = gazetteer.find(words, language)
                assert (match.start, match.end) == (0, len(words)), alias
                assert entry.key in {match.entry.key, *(other.key for other in match.alternatives)}, alias
                checked += 1
    assert checked >= 12_000


def test_lookalikes_are_dropped_whole(gazetteer: Gazetteer) -> None:
    checked = 0
    for entry in gazetteer.entries.values():
        if entry.kind is Kind.LOOKALIKE:
            for alias in entry.aliases:
                for language in (alias.language,) if alias.language else ("fr", "en"):
                    assert gazetteer.find(alias.text.split(), language) == [], alias
                    checked += 1
    assert checked >= 300


def test_sides_are_codes_or_lower_case_names(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        if entry.kind is not Kind.LOOKALIKE:
            assert entry.side.isupper() or entry.side == entry.side.lower(), entry
            assert (entry.kind is Kind.PERSON) == any(alias.form is Form.PERSON for alias in entry.aliases)


def test_state_media_speak_for_their_state(gazetteer: Gazetteer) -> None:
    speaks_for = {entry.side: entry.speaks_for for entry in gazetteer.entries.values()}
    assert (speaks_for["xinhua"], speaks_for["tass"], speaks_for["bbc"]) == ("CN", "RU", "")
