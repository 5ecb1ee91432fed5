"""Acts of many documents find each other, in other words and in the other language, and no others."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.links.across import Options, normal_forms
from kg.links.across_groups import CANDIDATES, WINDOW, _candidates, compare
from kg.links.across_proposals import Relation, pair
from kg.links.across_similarity import weigh
from kg.links.across_translations import CROWDED, find_translations
from kg.links.normal import PlacedDocument
from kg.links.scoring import Measure, read_gold, score_folder
from kg.model import ActType, Extraction, Topic
from tests.linking import Said, a_statement, link, placed, rebuttal, sentences

GOLD = Path(__file__).parent.parent / "data" / "gold" / "disputes"

SAME = [
    pytest.param(
        ("en", "The ministry jailed four reporters in Aruna."),
        ("fr", "Le ministère a emprisonné quatre journalistes à Aruna."),
        id="translation",
    ),
    pytest.param(
        ("fr", "Votre usine déverse du mercure dans le fleuve."),
        ("en", "The plant is dumping mercury into our river."),
        id="other verb, other noun",
    ),
    pytest.param(
        ("en", "Its agents bribed the inspectors of the port."),
        ("fr", "Elle a versé des pots-de-vin aux contrôleurs du port."),
        id="idiom",
    ),
    pytest.param(
        ("fr", "Des soldats ont incendié l'école de Maltevo."),
        ("en", "Troops set fire to a school at Maltevo."),
        id="phrase of several words",
    ),
    pytest.param(
        ("en", "It broke into the servers of the bank and copied 40,000 accounts."),
        ("fr", "Elle a piraté la banque et copié 40 000 comptes."),
        id="numbers",
    ),
]
OTHER = [
    pytest.param(
        "Soldiers burned the school of Maltevo on 3 May.",
        "Soldiers burned the school of Maltevo on 9 July.",
        id="other day",
    ),
    pytest.param("It flew a drone over Maltevo.", "It flew a drone over Sorrande.", id="other place"),
    pytest.param(
        "The company poisoned the lake.", "The company dismissed the union's secretary.", id="other wrong"
    ),
    pytest.param(
        "It bugged the bedroom of the ambassador.",
        "It bugged the toys that children play with.",
        id="other object",
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_an_allegation_is_found_in_other_words(one: tuple[str, str], other: tuple[str, str]) -> None:
    first = a_statement("first", "2024-05-20", Said(one[1], "XA", "XB"), language=one[0])
    second = a_statement("second", "2024-06-30", Said(other[1], "XC", "XB"), language=other[0])
    links = link(first, second)
    assert len(links.groups) == 1
    (proposal,) = links.of(Relation.SAME_ALLEGATION)
    assert 0.3 <= proposal.score <= 1
    assert any("both speak of" in reason for reason in proposal.reasons)


def test_many_claims_between_two_parties_are_told_apart_by_what_is_done_to_whom() -> None:
    made = [
        "Its border guards beat two shepherds of ours.",
        "Its border guards stole forty sheep of ours.",
        "Its customs officers took bribes from lorry drivers.",
        "Its radio jams our coastal station.",
        "It holds a fisherman of ours on invented charges.",
    ]
    told = [
        "Des gardes-frontières ont frappé deux bergers.",
        "Ils ont volé une quarantaine de moutons.",
        "Les douaniers touchent des pots-de-vin des routiers.",
        "La station côtière est brouillée par leur radio.",
        "Un pêcheur est détenu sous de fausses accusations.",
    ]
    first = a_statement("made", "2024-05-20", *(Said(words, "XA", "XB") for words in made))
    second = a_statement("told", "2024-06-11", *(Said(w, "XA", "XB") for w in told), language="fr")
    found = sentences(link(first, second), Relation.SAME_ALLEGATION, [first, second])
    assert found == {(min(pair_), max(pair_)) for pair_ in zip(made, told, strict=True)}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("It poisoned the well of Maltevo.", "It poisoned the bread of Maltevo.", "done to others"),
        ("Its agents beat the mayor.", "Its agents insulted the mayor.", "another kind of wrong"),
        ("It took 200,000 crowns from a bank.", "It took 80,000 crowns from a bank.", "other numbers"),
    ],
)
def test_what_speaks_against_one_allegation_is_a_reason(one: str, other: str, reason: str) -> None:
    documents = [
        a_statement(f"d{n}", f"2024-05-2{n}", Said(w, "XA", "XB")) for n, w in enumerate((one, one, other))
    ]
    forms = normal_forms(placed(*documents))
    first, again, third = map(weigh(forms).prepare, forms)
    score, reasons = compare(first, third)
    assert any(reason in found for found in reasons)
    same, for_it = compare(first, again)
    assert not any(reason in found for found in for_it)
    assert score < same


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_near_misses_stay_apart(one: str, other: str) -> None:
    first = a_statement("first", "2024-08-01", Said(one, "XA", "XB"))
    second = a_statement("second", "2024-08-09", Said(other, "XA", "XB"))
    assert link(first, second).groups == ()


def test_the_same_words_against_another_party_are_another_allegation() -> None:
    words = "Soldiers burned the school of Maltevo."
    first = a_statement("first", "2024-05-20", Said(words, "XA", "XB"))
    second = a_statement("second", "2024-05-21", Said(words, "XB", "XA"))
    assert link(first, second).groups == ()


def test_two_accusations_of_one_document_are_two_allegations_though_another_document_mixes_them() -> None:
    first = a_statement(
        "first",
        "2024-05-20",
        Said("Soldiers burned the school of Maltevo.", "XA", "XB"),
        Said("Soldiers mined the road of Maltevo.", "XA", "XB"),
    )
    second = a_statement("second", "2024-05-28", Said("Troops burned the Maltevo school.", "XC", "XB"))
    (group,) = link(first, second).groups
    assert len(group) == 2


def three() -> list[Extraction]:
    """An accusation, its answer and another accusation that the answer could be taken for."""
    return [
        a_statement(
            "accusers",
            "2024-03-01",
            Said("Its soldiers burned the school of Maltevo.", "XA", "XB", topic=Topic.AGGRESSION),
            Said("It never paid its share of the dam.", "XA", "XB", topic=Topic.TREATY_BREACH),
        ),
        a_statement(
            "answer", "2024-03-04", rebuttal("Not one of our men set foot in that school.", "XB", "XA")
        ),
    ]


def test_a_rebuttal_finds_what_it_answers_by_content() -> None:
    found = sentences(link(*three()), Relation.ANSWERS, three())
    assert found == {
        ("Not one of our men set foot in that school.", "Its soldiers burned the school of Maltevo.")
    }


def test_a_rebuttal_answers_every_earlier_telling_but_no_later_one_and_none_of_its_day() -> None:
    said = Said("Its soldiers burned the school of Maltevo.", "XA", "XB")
    documents = [a_statement(f"d{day}", f"2024-03-{day:02}", said) for day in (1, 2, 4, 5)]
    answer = a_statement(
        "answer", "2024-03-04", rebuttal("No soldier of ours burned any school.", "XB", "XA")
    )
    wanted = {act.id for extraction in documents[:2] for act in extraction.acts}
    assert {p.object for p in link(*documents, answer).of(Relation.ANSWERS)} == wanted


def test_nobody_answers_itself() -> None:
    first = a_statement("first", "2024-03-01", Said("Soldiers burned the school of Maltevo.", "XB", "XA"))
    answer = a_statement("answer", "2024-03-04", rebuttal("No soldier burned the school.", "XB", "XA"))
    assert link(first, answer).of(Relation.ANSWERS) == ()


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("We reject the statements made by Aruna yesterday.", "en", "2024-03-09"),
        ("Nous rejetons les propos tenus le 2 mars par Aruna.", "fr", "2024-03-02"),
        ("Aruna's claims of 2 March are baseless.", "en", "2024-03-02"),
    ],
)
def test_a_rebuttal_that_names_a_day_answers_the_statement_of_that_day(
    words: str, language: str, day: str
) -> None:
    documents = [
        a_statement("early", "2024-03-02", Said("It stole our patents.", "XA", "XB", topic=Topic.FRAUD)),
        a_statement("late", "2024-03-09", Said("It jammed our radio.", "XA", "XB", topic=Topic.FRAUD)),
    ]
    answer = a_statement(
        "answer", "2024-03-10", rebuttal(words, "XB", "XA", topics=(Topic.FRAUD,)), language=language
    )
    (proposal,) = link(*documents, answer).of(Relation.ANSWERS)
    dates = {act.id: e.document.metadata.date for e in documents for act in e.acts}
    assert dates[proposal.object] == day
    assert f"names the day of the statement ({day})" in proposal.reasons


def test_the_answer_to_an_accusation_told_in_its_own_document_reaches_those_who_made_it() -> None:
    made = a_statement("made", "2024-03-01", Said("It has poisoned the lake of Aruna.", "XA", "XB"))
    telling = Said(
        "XA says that we poisoned the Aruna lake.", "XA", "XB", content="we poisoned the Aruna lake"
    )
    told = a_statement("told", "2024-05-01", telling)
    answer = rebuttal("That is nonsense.", "XB", "XA", rebuts=(told.acts[0].id,))
    told = a_statement("told", "2024-05-01", telling, answer)
    links = link(made, told)
    wanted = ("That is nonsense.", "It has poisoned the lake of Aruna.")
    assert sentences(links, Relation.ANSWERS, [made, told]) == {wanted}


def test_a_retraction_finds_what_its_speaker_said() -> None:
    said = a_statement(
        "report",
        "2024-03-02",
        Said("The minister took 200,000 crowns from Orvane.", "Courier", "Minister"),
        Said("The minister insulted a nurse.", "Courier", "Minister"),
        publisher="Courier",
    )
    taken = a_statement(
        "correction",
        "2024-03-20",
        Said("We withdraw our report of 200,000 crowns.", "Courier", "Courier", ActType.RETRACTION),
        publisher="Courier",
    )
    other = ("We withdraw our report of 200,000 crowns.", "The minister took 200,000 crowns from Orvane.")
    assert sentences(link(said, taken), Relation.RETRACTS, [said, taken]) == {other}


def test_a_retraction_that_names_nothing_takes_back_what_its_document_tells() -> None:
    made = [
        a_statement("one", "2024-03-02", Said("Chad burned the school of Maltevo.", "Niger", "Chad")),
        a_statement("two", "2024-03-03", Said("Chad jams our radio.", "Niger", "Chad")),
    ]
    telling = Said("We had said that Chad burned Maltevo's school.", "Niger", "Chad")
    told = a_statement("taken", "2024-05-01", telling)
    words = "We take that back."
    back = Said(words, "Niger", "Chad", ActType.RETRACTION, changes={"rebuts": (told.acts[0].id,)})
    documents = [*made, a_statement("taken", "2024-05-01", telling, back)]
    links = link(*documents)
    assert sentences(links, Relation.RETRACTS, documents) == {(words, "Chad burned the school of Maltevo.")}
    (proposal,) = links.of(Relation.RETRACTS)
    assert "told in its own document" in " ".join(proposal.reasons)


def test_what_people_decided_holds_whatever_the_score() -> None:
    near = [
        a_statement("one", "2024-05-20", Said("Soldiers burned the school of Maltevo.", "XA", "XB")),
        a_statement("two", "2024-05-28", Said("Troops burned the Maltevo school.", "XC", "XB")),
        a_statement("three", "2024-06-02", Said("It hoards vaccines.", "XC", "XB")),
    ]
    one, two, three_ = (extraction.acts[0].id for extraction in near)
    decisions = {
        pair(Relation.SAME_ALLEGATION, one, two): False,
        pair(Relation.SAME_ALLEGATION, two, three_): True,
    }
    links = link(*near, options=Options(decisions))
    assert {frozenset(group) for group in links.groups} == {frozenset((two, three_))}
    assert links.of(Relation.SAME_ALLEGATION)[0].score == 1.0


def test_the_order_of_documents_changes_nothing() -> None:
    extractions = list(read_gold(GOLD, "dev").extractions)
    first = link(*extractions)
    random.Random(3).shuffle(extractions)
    assert link(*extractions) == first


def test_candidates_do_not_grow_with_the_number_of_pairs() -> None:
    documents = [
        a_statement(
            f"d{n}", f"2024-{n % 12 + 1:02}-{n % 27 + 1:02}", Said(f"It stole {n + 20} cars.", "XA", "XB")
        )
        for n in range(300)
    ]
    forms = normal_forms(placed(*documents))
    weighing = weigh(forms)
    pairs = list(_candidates([weighing.prepare(form) for form in forms], {}, WINDOW))
    assert len(pairs) <= CANDIDATES * len(documents)
    assert len(set(pairs)) == len(pairs)


def test_links_on_the_gold_acts_are_as_good_as_promised() -> None:
    """On ``dev`` alone: what is held out is scored when a round of work ends, never while it goes on."""
    scores = score_folder(GOLD, "dev")
    assert scores.grouping.f1 >= 0.8
    assert scores.answers.f1 >= 0.75
    assert scores.translations.f1 >= 0.9


def test_measures() -> None:
    measure = Measure(found=4, wanted=5, right=3)
    assert (measure.precision, measure.recall) == (0.75, 0.6)
    assert measure.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (Measure(0, 0, 0).precision, Measure(0, 0, 0).recall, Measure(0, 0, 0).f1) == (1.0, 1.0, 1.0)
    assert Measure(0, 3, 0).f1 == 0.0


def test_a_folder_that_is_no_gold_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold set"):
        read_gold(tmp_path, "dev")
    with pytest.raises(InputError, match="no such split"):
        read_gold(GOLD, "test")


def test_proposals_come_strongest_first_within_their_relation() -> None:
    proposals = link(*read_gold(GOLD, "dev").extractions).proposals
    for before, after in pairwise(proposals):
        assert before.relation is not after.relation or before.score >= after.score


def test_of_a_crowd_of_statements_only_those_that_share_rare_words_are_compared() -> None:
    words = {
        "en": "The ministry opened bridge {0} over the Lirne. It thanked {1} workers.",
        "fr": "Le ministère a ouvert le pont {0} sur la Lirne. Il a remercié {1} ouvriers.",
    }
    texts = {
        f"{language}-{n}": text.format(f"{n + 20:,}", 3_000 + 17 * n)
        for language, text in words.items()
        for n in range(CROWDED)
    }
    documents = [
        PlacedDocument(name, "2024-03-05", name[:2], "Ministry of Roads of Tarsilia") for name in texts
    ]
    read: list[str] = []

    def text(name: str) -> str:
        read.append(name)
        return texts[name]

    found, _ = find_translations([], text, {}, documents)
    assert {frozenset((p.subject, p.object)) for p in found} == {
        frozenset((f"en-{n}", f"fr-{n}")) for n in range(CROWDED)
    }
    assert len(read) == len(texts)
