"""Nouns of offices and bodies: looked up by any form, strict when loaded."""

from __future__ import annotations

import pytest

from kg.errors import LexiconError
from kg.gazetteer.categories import Categories, CategoryKind, load_categories, parse_categories
from kg.gazetteer.gazetteer import load_gazetteer

# form, language, lemma, kind, represents, number, gender
CASES = [
    ("porte-parole", "fr", "porte-parole", "spokesperson", True, "singular", ""),
    ("gouvernement", "fr", "gouvernement", "government", True, "singular", "m"),
    ("autorités", "fr", "autorités", "government", True, "plural", "f"),
    ("ministère", "fr", "ministère", "government", True, "singular", "m"),
    ("ministres", "fr", "ministre", "official", True, "plural", ""),
    ("présidente", "fr", "président", "official", True, "singular", "f"),
    ("chancelière", "fr", "chancelier", "official", True, "singular", "f"),
    ("homologue", "fr", "homologue", "official", True, "singular", ""),
    ("chefs d’État", "fr", "chef d'État", "official", True, "plural", ""),
    ("hauts responsables", "fr", "haut responsable", "official", True, "plural", "m"),
    ("régime", "fr", "régime", "regime", True, "singular", "m"),
    ("partie", "fr", "partie", "side", True, "singular", "f"),
    ("camps", "fr", "camp", "side", True, "plural", "m"),
    ("parquet", "fr", "parquet", "judiciary", True, "singular", "m"),
    ("Procureure générale", "fr", "procureur général", "judiciary", True, "singular", "f"),
    ("juges d'instruction", "fr", "juge d'instruction", "judiciary", True, "plural", ""),
    ("ambassadrices", "fr", "ambassadeur", "embassy", True, "plural", "f"),
    ("forces armées", "fr", "forces armées", "military", True, "plural", "f"),
    ("états-majors", "fr", "état-major", "military", True, "plural", "m"),
    ("journaux", "fr", "journal", "media", False, "plural", "m"),
    ("citoyennes", "fr", "citoyen", "people", False, "plural", "f"),
    ("hackers", "fr", "hacker", "group", False, "plural", "m"),
    ("pays", "fr", "pays", "country", True, "singular", "m"),
    ("rapport", "fr", "rapport", "document", False, "singular", "m"),
    ("spokesperson", "en", "spokesperson", "spokesperson", True, "singular", ""),
    ("spokeswoman", "en", "spokesman", "spokesperson", True, "singular", "f"),
    ("administration", "en", "administration", "government", True, "singular", ""),
    ("ministries", "en", "ministry", "government", True, "plural", ""),
    ("side", "en", "side", "side", True, "singular", ""),
    ("prosecutors", "en", "prosecutor", "judiciary", True, "plural", ""),
    ("attorneys general", "en", "attorney general", "judiciary", True, "plural", ""),
    ("lawmakers", "en", "lawmaker", "legislature", True, "plural", ""),
    ("counterpart", "en", "counterpart", "official", True, "singular", ""),
    ("heads of state", "en", "head of state", "official", True, "plural", ""),
    ("police", "en", "police", "police", True, "plural", ""),
    ("spies", "en", "spy", "intelligence", True, "plural", ""),
    ("juntas", "en", "junta", "regime", True, "plural", ""),
    ("newspapers", "en", "newspaper", "media", False, "plural", ""),
    ("company", "en", "company", "company", False, "singular", ""),
    ("hackers", "en", "hacker", "group", False, "plural", ""),
    ("people", "en", "people", "people", False, "plural", ""),
]


def test_cases_are_many() -> None:
    assert len(CASES) >= 40
    assert {case[3] for case in CASES} >= {kind.value for kind in CategoryKind} - {
        "ngo", "party", "person", "territory",
    }  # fmt: skip


@pytest.mark.parametrize(("form", "language", "lemma", "kind", "represents", "number", "gender"), CASES)
def test_noun_is_known(
    form: str, language: str, lemma: str, kind: str, represents: bool, number: str, gender: str
) -> None:
    found = load_gazetteer().category(form, language)
    assert found is not None
    expected = (lemma, kind, represents, number, gender)
    assert (found.lemma, found.kind, found.represents, found.number, found.gender) == expected


@pytest.mark.parametrize(
    ("form", "language"), [("maison", "fr"), ("table", "en"), ("ministère", "en"), ("", "fr")]
)
def test_other_noun_is_unknown(form: str, language: str) -> None:
    assert load_gazetteer().category(form, language) is None


def test_lexicon_is_large() -> None:
    nouns = load_categories().nouns
    for language in ("fr", "en"):
        assert sum(noun.language == language for noun in nouns) >= 700
        assert {noun.kind for noun in nouns if noun.language == language} == set(CategoryKind)


def test_lemma_goes_before_another_nouns_plural() -> None:
    text = '[[group]]\nlanguage = "fr"\nkind = "judiciary"\nentries = ["cour", "cours"]'
    found = Categories(parse_categories(text, "x.toml"), "x.toml").find("cours", "fr")
    assert found is not None
    assert found.lemma == "cours"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[group]", "x.toml"),
        ("[[nouns]]", "'nouns'"),
        ('[[group]]\nlanguage = "fr"\nkind = "media"\ncolour = "red"\nentries = ["revue"]', "'colour'"),
        ('[[group]]\nlanguage = "fr"\nkind = "nobility"\nentries = ["duc"]', "'duc'.*nobility"),
        ('[[group]]\nlanguage = "de"\nkind = "media"\nentries = ["Blatt"]', "'Blatt'.*language"),
        ('[[group]]\nlanguage = "fr"\nkind = "media"\nnumber = "dual"\nentries = ["revue"]', "number"),
        ('[[group]]\nlanguage = "fr"\nkind = "media"\nentries = ["revue", "Revue"]', "'Revue'.*twice"),
    ],
)
def test_malformed_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=rf"(?s)x\.toml.*{message}|{message}"):
        Categories(parse_categories(text, "x.toml"), "x.toml")
