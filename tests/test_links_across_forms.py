"""What normal forms are made of: stems, concepts, numbers, times; translations and actors that may be one."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import LexiconError
from kg.links.across_actors import compare_names, find_same_actors, named_actors
from kg.links.across_proposals import Relation, pair
from kg.links.normal import normalise
from kg.links.normal_concepts import LANGUAGES, content_words, load_concepts, parse_concepts
from kg.links.normal_numbers import TOKEN, read_number
from kg.links.normal_stems import skeleton, stem
from kg.links.normal_terms import NAME, NUMBER, SIDE, read_terms
from kg.links.normal_times import Interval, agree, day_interval, find_times
from kg.model import Act, Topic
from tests.linking import Said, a_party, a_statement, link, placed, rebuttal

SAID = day_interval("2022-04-12")


def days(first: str, last: str = "") -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fr", "sectionner sectionné sectionnée sectionnaient sectionne sectionnant"),
        ("fr", "licencier licencié licenciés licenciera"),
        ("fr", "rejeter rejette rejettent rejeté"),
        ("fr", "bateau bateaux"),
        ("fr", "journal journaux"),
        ("en", "steal steals stealing"),
        ("en", "bribe bribes bribed bribing"),
        ("en", "story stories"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stem(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("transpondeur", "transponder"), ("falsification", "falsify"), ("piratage", "piracy")]
)
def test_cognates_share_a_skeleton_or_do_not_pretend_to(one: str, other: str) -> None:
    assert (skeleton(one) == skeleton(other)) == (one == "transpondeur")


def test_pays_is_no_plural() -> None:
    assert stem("pays", "fr") != stem("payer", "fr")


@pytest.mark.parametrize(
    ("text", "value", "size"),
    [
        ("three hundred sheep", 300, 2),
        ("quatre cents exilés", 400, 2),
        ("40 000 euros", 40_000, 1),
        ("40,000 euros", 40_000, 1),
        ("2,5 tonnes", 2.5, 1),
        ("deux millions de gens", 2_000_000, 2),
        ("vingt-six pays", 26, 1),
        ("quatre-vingt-dix voix", 90, 1),
        ("four hundred thousand votes", 400_000, 3),
        ("un bateau", None, 0),
    ],
)
def test_numbers(text: str, value: float | None, size: int) -> None:
    assert read_number(TOKEN.findall(text), 0) == (size, value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on the night of 3 February", [days("2022-02-03")]),
        ("le 1er avril", [days("2022-04-01")]),
        ("in March 2019", [days("2019-03-01", "2019-03-31")]),
        ("en décembre", [days("2021-12-01", "2021-12-31")]),
        ("at the 2018 games", [days("2018-01-01", "2018-12-31")]),
        ("since the rains of 2018", [days("2018-01-01", "2022-04-12")]),
        ("yesterday", [Interval(date(2022, 4, 11), date(2022, 4, 11), relative=True)]),
        ("dimanche", [Interval(date(2022, 4, 10), date(2022, 4, 10), relative=True)]),
        ("on 31 February", []),
        ("in many respects", []),
    ],
)
def test_times(text: str, expected: list[Interval]) -> None:
    found, rest = find_times(text, SAID)
    assert found == expected
    assert len(rest) == len(text)


def test_times_agree_within_a_night_but_months_only_within_themselves() -> None:
    assert agree([days("2022-04-01")], [days("2022-04-02")]) is True
    assert agree([days("2022-04-01", "2022-04-30")], [days("2022-03-01", "2022-03-31")]) is False
    assert agree([], [days("2022-04-01")]) is None


@pytest.mark.parametrize("text", ["", "2022-13", "soon", "2022-04-99"])
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert day_interval(text) is None


def test_every_word_of_the_concept_table_finds_its_concept() -> None:
    for language in LANGUAGES:
        table = load_concepts(language)
        assert len(table.words) > 1_500
        for words in ("steal", "voler"), ("well", "puits"), ("border", "frontière"):
            word = words[LANGUAGES.index(language)]
            assert table.words[stem(word, language)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[theft]\nsteal = ["steal", "voler", "x"]', "steal"),
        ('[theft]\nsteal = "steal"', "steal"),
        ("[theft", "wrongs.toml"),
    ],
)
def test_a_malformed_concept_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_concepts(text, "wrongs.toml")


def test_words_of_grammar_are_left_out() -> None:
    assert content_words("Elle a mis le feu à l'école", "fr") == ["mis", "feu", "école"]


def test_a_phrase_means_what_its_words_alone_do_not() -> None:
    phrase = {key for term in read_terms("They opened fire on a bus", "en") for key in term.keys}
    assert "shoot" in phrase
    assert "burn" not in phrase


def test_terms_are_of_kinds() -> None:
    terms = read_terms("Les soldats boliviens ont tué trois civils à Pisiga", "fr")
    kinds = {term.text: term.kind for term in terms}
    assert kinds["boliviens"] == SIDE
    assert kinds["trois"] == NUMBER
    assert kinds["Pisiga"] == NAME
    assert kinds["tué"] == "wrongs"
    assert kinds["civils"] == "people"


def test_a_normal_form_says_who_wronged_whom_how_with_what_and_when() -> None:
    said = Said(
        "In April XB shot three farmers with a rifle near Pisiga.",
        "XA",
        "XB",
        content="shot three farmers with a rifle near Pisiga",
        topic=Topic.HUMAN_RIGHTS,
    )
    (act,) = placed(a_statement("d", "2022-05-02", said))
    form = normalise(act)
    assert (form.accuser, form.accused) == ("XA", "XB")
    assert form.names("wrongs") == ("shoot",)
    assert form.names("people") == ("farmer",)
    assert form.names("things") == ("weapon",)
    assert form.names(NAME) == ("n:pisiga",)
    assert form.times == (days("2022-04-01", "2022-04-30"),)
    assert form.topics == {Topic.HUMAN_RIGHTS}


def test_the_accused_of_a_rebuttal_is_who_speaks() -> None:
    (act,) = placed(a_statement("d", "2022-05-02", rebuttal("We shot nobody.", "XB", "XA")))
    form = normalise(act)
    assert (form.accuser, form.accused) == ("XA", "XB")


def test_words_of_another_act_of_the_sentence_are_not_about_this_one() -> None:
    sentence = "XB stole the cables and poisoned the lake."
    cables = Said(sentence, "XA", "XB", content="stole the cables")
    lake = Said(sentence, "XC", "XB", content="poisoned the lake")
    acts = placed(a_statement("d", "2022-05-02", cables, lake))
    form = normalise(acts[0], [one.act for one in acts])
    assert form.names("things") == ("cable",)
    assert "poison" not in form.names("wrongs")


def embassy(language: str, *words: str, date: str = "2022-04-12", name: str = "") -> object:
    said = [Said(sentence, "XA", "XB") for sentence in words]
    return a_statement(name or f"embassy_{language}", date, *said, language=language)


ENGLISH = (
    "They jailed 14 reporters in Aruna.",
    "They burned the bridge of Maltevo.",
    "They owe us 3 million.",
)
FRENCH = (
    "Ils ont emprisonné 14 journalistes à Aruna.",
    "Ils ont brûlé le pont de Maltevo.",
    "Ils nous doivent 3 millions.",
)


def test_one_statement_in_two_languages_is_found_and_its_acts_are_aligned() -> None:
    english, french = embassy("en", *ENGLISH), embassy("fr", *FRENCH)
    links = link(english, french)
    assert len(links.of(Relation.SAME_STATEMENT)) == 1
    pairs = zip(english.acts, french.acts, strict=True)  # type: ignore[attr-defined]
    assert {frozenset(group) for group in links.groups} == {frozenset((a.id, b.id)) for a, b in pairs}


@pytest.mark.parametrize(
    "other",
    [
        embassy("fr", *FRENCH, date="2022-05-12"),
        embassy("en", *ENGLISH, name="copy"),
        embassy("fr", "Ils ont volé 9 camions.", "Ils ont inondé la mine.", "Ils mentent."),
    ],
    ids=["another month", "the same language", "another statement"],
)
def test_other_statements_are_no_translations(other: object) -> None:
    assert link(embassy("en", *ENGLISH), other).of(Relation.SAME_STATEMENT) == ()


def acts_of(*names: str) -> list[Act]:
    extraction = a_statement("d", "2022-05-02", *(Said(f"{name} lied.", "XA", "XB") for name in names))
    return [
        Act(**{**{f: getattr(act, f) for f in Act.__slots__}, "target": a_party(name, extraction.document)})
        for act, name in zip(extraction.acts, names, strict=True)
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Seefeld Laboratory", "Laboratoire de Seefeld", True),
        ("Moses Banda", "Banda", True),
        ("World Chess Union", "WCU", True),
        ("Doctor of Maja Kern", "Maja Kern", False),
        ("Anne Delcourt", "Luc Delcourt", False),
        ("Corvex Metals", "Lumea", False),
    ],
)
def test_actors_that_may_be_one_are_proposed(one: str, other: str, same: bool) -> None:
    proposals, _ = find_same_actors(acts_of(one, other), {})
    assert bool(proposals) == same


def test_states_are_known_by_their_code_and_never_proposed() -> None:
    assert named_actors(acts_of("XA", "XB")) == []


def test_a_person_keeps_two_actors_apart() -> None:
    acts = acts_of("Seefeld Laboratory", "Laboratoire de Seefeld")
    one, other = named_actors(acts)
    assert compare_names(one, other)[0] > 0.8
    rejected = {pair(Relation.SAME_ACTOR, one.iri, other.iri): False}
    assert find_same_actors(acts, rejected) == ([], {})
    _, sides = find_same_actors(acts, {})
    assert len(set(sides.values())) == 1
