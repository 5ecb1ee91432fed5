"""Both languages of the interface say the same things, and every page's words exist."""

from __future__ import annotations

import re
import string
from pathlib import Path

from kg.app.texts import texts
from kg.model import ActType, RebuttalKind, Topic
from kg.views.choice import OFFERED
from kg.views.style import NodeKind, Relation

APP = Path(__file__).parents[1] / "kg" / "app"


def _fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_languages_have_the_same_keys_and_fields() -> None:
    english, french = texts("en"), texts("fr")
    assert english.keys() == french.keys()
    assert {key: _fields(words) for key, words in english.items()} == {
        key: _fields(words) for key, words in french.items()
    }


def test_words_of_closed_vocabularies_exist() -> None:
    wanted = {f"type_{value}" for value in ActType} | {f"kind_{value}" for value in RebuttalKind}
    wanted |= {f"topic_{value}" for value in Topic} | {f"node_{value}" for value in NodeKind}
    wanted |= {f"relation_{value}" for value in Relation} | {f"filter_{name}" for name in OFFERED}
    assert wanted <= texts("en").keys()


def test_every_fixed_key_in_the_code_exists_and_every_word_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
    fixed = set(re.findall(r'\bt\(\s*"(\w+)"', code))
    built = set(re.findall(r"\bt\(\s*f[\"'](\w+_)\{", code))
    assert fixed <= texts("en").keys()
    unused = {k for k in texts("en") if k not in code and not k.startswith(tuple(built))}
    assert not unused


def test_french_is_french() -> None:
    same = {key for key, words in texts("en").items() if words == texts("fr")[key] and len(words) > 14}
    assert not same
