"""Users' own actors, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.gazetteer.gazetteer import load_gazetteer
from kg.gazetteer.inflections import english_noun_plural, english_plural, french_adjective, french_noun_plural
from kg.gazetteer.loading import parse_csv, parse_toml

TOML = """
[[actor]]
name = "Hanseatic Shipping"
name_fr = "Compagnie hanséatique"
kind = "company"
aliases = { any = ["HSC"], fr = ["la Hanséatique"] }
country = "DE"

[[actor]]
name = "Jane Roe"
kind = "person"
speaks_for = "CA"
"""


def keys(extra: Path, text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(m.entry.key, m.entry.side) for m in load_gazetteer([extra]).find(text.split(), language)]


def test_toml_file_adds_actors(tmp_path: Path) -> None:
    file = tmp_path / "actors.toml"
    file.write_text(TOML, encoding="utf-8")
    hanseatic = ("company-hanseatic-shipping", "hanseatic shipping")
    assert keys(file, "HSC sued Jane Roe in China") == [hanseatic, ("person-jane-roe", "CA"), ("CN", "CN")]
    assert keys(file, "la Hanséatique et la Compagnie hanséatique", "fr") == [hanseatic, hanseatic]
    assert keys(file, "Mr Roe") == [("person-jane-roe", "CA")]
    assert [m.entry.key for m in load_gazetteer().find(["HSC"], "en")] == []


def test_csv_file_adds_actors(tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    file.write_text(
        "name,aliases,side,kind,speaks_for,wikidata\n"
        'Hanseatic Shipping,"Hanseatic; HSC",hanseatic,company,,\n'
        "Jane Roe,,,person,CA,\n",
        encoding="utf-8-sig",
    )
    hanseatic = ("company-hanseatic-shipping", "hanseatic")
    assert keys(file, "Hanseatic or HSC against Jane Roe") == [
        hanseatic,
        hanseatic,
        ("person-jane-roe", "CA"),
    ]


def test_own_actor_goes_before_a_built_in_one(tmp_path: Path) -> None:
    file = tmp_path / "actors.toml"
    file.write_text('[[actor]]\nname = "Trump Organization"\nkind = "company"\naliases = ["Trump"]', "utf-8")
    (match,) = load_gazetteer([file]).find(["Trump"], "en")
    assert match.entry.side == "trump organization"
    assert [other.side for other in match.alternatives] == ["US"]


def test_own_actor_with_the_key_of_a_built_in_one_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / "actors.toml"
    file.write_text(
        '[[actor]]\nkey = "company-huawei"\nname = "Huawei"\nside = "CN"\nkind = "company"', "utf-8"
    )
    (match,) = load_gazetteer([file]).find(["Huawei"], "en")
    assert (match.entry.side, match.alternatives) == ("CN", ())


def test_gazetteer_is_loaded_once_until_a_file_changes(tmp_path: Path) -> None:
    assert load_gazetteer() is load_gazetteer()
    file = tmp_path / "actors.toml"
    file.write_text('[[actor]]\nname = "Alpha Zzz"', "utf-8")
    first = load_gazetteer([file])
    assert load_gazetteer([file]) is first
    file.write_text('[[actor]]\nname = "Beta Zzz"', "utf-8")
    os.utime(file, ns=(1, 1))
    assert [m.entry.name for m in load_gazetteer([file]).find(["Beta", "Zzz"], "fr")] == ["Beta Zzz"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[actor", "x.toml"),
        ("[[person]]\nname = 'A'", "only .*not 'person'"),
        ("[[actor]]\nname = 'A'\ncolour = 'red'", "x.toml, entry 'A': unknown key 'colour'"),
        ("[[actor]]\nname = 'A'\nkind = 'planet'", "entry 'A': kind cannot be 'planet'"),
        ("[[actor]]\nkind = 'company'", "entry '\\?': an entry needs a name"),
        ("[[actor]]\nname = 'A'\nwikidata = '30'", "entry 'A': wikidata cannot be '30'"),
        ("[[actor]]\nname = 'A'\ncountry = 'France'", "entry 'A': country"),
        ("[[actor]]\nname = 'A'\ngender = 'x'", "entry 'A': gender"),
        ("[[actor]]\nname = 'A'\nname_fr = 3", "entry 'A': name_fr must be text"),
        ("[[actor]]\nname = 'A'\naliases = 'B'", "entry 'A': aliases is a list"),
        ("[[actor]]\nname = 'A'\naliases = { de = ['B'] }", "entry 'A': aliases is a list"),
        ("[[actor]]\nname = 'A'\naliases = ['...']", "entry 'A': aliases holds '\\.\\.\\.'"),
        (
            "[[actor]]\nname = 'A'\nkind = 'bloc'\nside = 'the bloc'",
            "entry 'A': the side of a bloc is a code",
        ),
    ],
)
def test_malformed_toml_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        list(parse_toml(text, "x.toml"))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name,colour", "A,red"], "x.csv, entry 'A': unknown key 'colour'"),
        (["name,kind", "A"], "x.csv: a row has not as many cells"),
        (["name,kind", "A,org,extra"], "x.csv: a row has not as many cells"),
    ],
)
def test_malformed_csv_is_refused_by_name(lines: list[str], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        list(parse_csv(lines, "x.csv"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("actors.json", b"{}", "only"),
        ("actors.csv", b"name\n\xff\xfe", "UTF-8"),
        ("a.toml", b"[[actor]]\nname = 'A'\n[[actor]]\nname = 'A'", "a.toml, entry 'A': its key 'org-a'"),
        ("a.toml", b"[[actor]]\nname = 'A'\nspeaks_for = 'ZZ'", "entry 'A': no state or body has .*'ZZ'"),
    ],
)
def test_unusable_file_is_refused_by_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(LexiconError, match=message):
        load_gazetteer([file])


def test_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="none.toml"):
        load_gazetteer([tmp_path / "none.toml"])


@pytest.mark.parametrize(
    ("spelling", "forms"),
    [
        ("chinois", "chinois chinoise chinoises"),
        ("américain", "américain américaine américains américaines"),
        ("italien", "italien italienne italiens italiennes"),
        ("coréen", "coréen coréenne coréens coréennes"),
        ("russe", "russe russes"),
        ("letton", "letton lettonne lettons lettonnes"),
        ("occidental", "occidental occidentale occidentaux occidentales"),
        ("grec/grecque/grecs/grecques", "grec grecque grecs grecques"),
    ],
)
def test_french_adjective(spelling: str, forms: str) -> None:
    assert french_adjective(spelling) == tuple(forms.split())


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("Swede", "Swedes"),
        ("Englishman", "Englishmen"),
        ("Iraqi", "Iraqis"),
        ("German", "Germans"),
        ("Czech", "Czechs"),
        ("spy", "spies"),
        ("attorney", "attorneys"),
        ("French person", "French people"),
    ],
)
def test_english_plural(word: str, plural: str) -> None:
    assert english_plural(word) == plural


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("chef d'État", "chefs d'État"), ("haut responsable", "hauts responsables"), ("journal", "journaux")],
)
def test_french_noun_plural(noun: str, plural: str) -> None:
    assert french_noun_plural(noun) == plural


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("head of state", "heads of state"), ("foreign minister", "foreign ministers"), ("spy", "spies")],
)
def test_english_noun_plural(noun: str, plural: str) -> None:
    assert english_noun_plural(noun) == plural
