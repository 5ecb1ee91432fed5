"""Threads of disputes, from acts and links, and links as a store keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.disputes.assembly import find_threads, judged
from kg.disputes.linking import link_store, read_links, read_threads
from kg.disputes.threads import JudgedLink, Role, State, Thread, find_thread
from kg.errors import ReviewError, StoreError
from kg.links.across_proposals import Relation
from kg.links.scoring import link_extractions, read_gold
from kg.model import ActType, Document, Extraction, Metadata, RebuttalKind, Topic
from kg.rdf.namespaces import CT, LINKS, PROV
from kg.rdf.reviews import Decision
from kg.reviews.decisions import decide
from kg.reviews.keeping import add_review, stored_reviews
from kg.reviews.links import decide_link, link_decisions, proposal_of, proposed_link
from kg.store.records import list_documents
from kg.store.store import Store, open_store
from kg.validation import validate_store
from tests.linking import Said, a_party, a_statement, link, placed, rebuttal

GOLD = Path(__file__).parent.parent / "data" / "gold" / "disputes"

BURNED = Said("Soldiers burned the school of Maltevo.", "XA", "XB", topic=Topic.AGGRESSION)
BURNED_FR = Said("Des soldats ont incendié l'école de Maltevo.", "XA", "XB", topic=Topic.AGGRESSION)
DENIED = rebuttal("No soldier of ours burned any school.", "XB", "XA", topics=(Topic.AGGRESSION,))
SPREAD = Said("It is XA that spreads lies from Aruna.", "XB", "XA", topic=Topic.DISINFORMATION)


def dispute() -> list[Extraction]:
    """An accusation in two languages, its answer, and what others make of it."""
    report = Said("XC says that troops set fire to Maltevo's school.", "XC", "XB", topic=Topic.AGGRESSION)
    documents = [
        a_statement("accuser_en", "2024-03-01", BURNED),
        a_statement("accuser_fr", "2024-03-01", BURNED_FR, language="fr"),
        a_statement("accused", "2024-03-04", DENIED, SPREAD),
        a_statement("again", "2024-03-09", BURNED),
    ]
    courier = a_statement("news", "2024-03-07", report)
    via = {"via": (a_party("Courier", courier.document),)}
    said = Said(report.sentence, "XC", "XB", topic=Topic.AGGRESSION, changes=via)
    return [*documents, a_statement("news", "2024-03-07", said)]


def threads(documents: list[Extraction]) -> list[Thread]:
    return find_threads(placed(*documents), judged(link(*documents).proposals))


def test_a_thread_tells_who_did_what_in_order_of_time() -> None:
    thread, counter = threads(dispute())
    roles = [Role.ACCUSES, Role.TRANSLATES, Role.ANSWERS, Role.COUNTERS, Role.JOINS, Role.REPEATS]
    assert [step.role for step in thread.steps] == roles
    names = [step.act.document for step in thread.steps]
    assert set(names[:2]) == {"accuser_en", "accuser_fr"}
    assert names[2:] == ["accused", "accused", "news", "again"]
    assert thread.accused.side == "XB"
    assert thread.topic is Topic.AGGRESSION
    assert [party.side for party in thread.accusers] == ["XA", "XC"]
    assert [party.side for party in thread.repeaters] == ["XC", "XA"]
    assert [party.name for party in thread.reporters] == ["Courier"]
    assert [party.side for party in thread.answerers] == ["XB"]
    assert thread.rebuttals_by_kind == {RebuttalKind.DENIAL: 1}
    assert thread.response_days == 3
    assert thread.state is State.CONTESTED
    assert counter.accused.side == "XA"
    assert counter.state is State.UNANSWERED
    assert counter.response_days is None


def test_every_member_leads_to_its_thread() -> None:
    documents = dispute()
    found = threads(documents)
    for extraction in documents:
        for act in extraction.acts:
            thread = find_thread(found, act.id)
            assert (thread is None) == (act.type is ActType.REBUTTAL)
    assert find_thread(found, "act-0-accusation") is None


def test_a_link_that_a_person_rejected_is_no_part_of_a_thread() -> None:
    documents = dispute()
    links = link(*documents).proposals
    rejected = [JudgedLink(p, accepted=p.relation is not Relation.ANSWERS) for p in links]
    thread = find_threads(placed(*documents), rejected)[0]
    assert thread.state is State.UNANSWERED
    assert thread.waiting == 0
    assert threads(documents)[0].waiting == 4


def test_an_answer_inside_the_document_needs_no_link() -> None:
    accusation = a_statement("news", "2024-03-01", BURNED).acts[0]
    answer = rebuttal("XB says that this is not so.", "XB", "XA", rebuts=(accusation.id,))
    (thread,) = find_threads(placed(a_statement("news", "2024-03-01", BURNED, answer)), [])
    (step,) = thread.rebuttals
    assert step.link is None
    assert thread.state is State.CONTESTED


def retraction(sentence: str, speaker: str, of: Extraction) -> Said:
    taken = tuple(act.id for act in of.acts)
    return Said(sentence, speaker, speaker, ActType.RETRACTION, changes={"rebuts": taken})


def test_an_allegation_is_withdrawn_when_all_who_made_it_take_it_back() -> None:
    made = a_statement("made", "2024-03-01", BURNED)
    joined = a_statement("joined", "2024-03-02", Said("Troops burned the Maltevo school.", "XC", "XB"))
    first = a_statement("first", "2024-03-05", retraction("We withdraw it.", "XA", made))
    second = a_statement("second", "2024-03-06", retraction("We take that back too.", "XC", joined))
    assert threads([made, joined, first])[0].state is State.UNANSWERED
    thread = threads([made, joined, first, second])[0]
    assert thread.state is State.WITHDRAWN
    assert [step.act.document for step in thread.of(Role.RETRACTS)] == ["first", "second"]


def test_who_makes_an_allegation_again_after_taking_it_back_has_not_withdrawn_it() -> None:
    made = a_statement("made", "2024-03-01", BURNED)
    back = a_statement("back", "2024-03-05", retraction("We withdraw it.", "XA", made))
    again = a_statement("again", "2024-03-09", BURNED)
    assert threads([made, back])[0].state is State.WITHDRAWN
    assert threads([made, back, again])[0].state is State.UNANSWERED


def test_a_paper_that_takes_its_report_back_withdraws_what_it_reported() -> None:
    said = Said("The Courier has learned that soldiers burned the school.", "", "XB")
    made = a_statement("made", "2024-03-01", said, publisher="Courier")
    back = a_statement("back", "2024-03-05", retraction("We withdraw it.", "", made), publisher="Courier")
    assert threads([made, back])[0].state is State.WITHDRAWN


def test_who_takes_its_denial_back_concedes() -> None:
    made = a_statement("made", "2024-03-01", BURNED)
    denied = a_statement("denied", "2024-03-04", DENIED)
    back = a_statement("back", "2024-04-04", retraction("We no longer say so.", "XB", denied))
    assert threads([made, denied])[0].state is State.CONTESTED
    assert threads([made, denied, back])[0].state is State.CONCEDED


def test_what_the_accused_said_before_is_no_counter_accusation() -> None:
    before = a_statement("before", "2024-02-01", SPREAD)
    documents = [before, *dispute()]
    thread = next(t for t in threads(documents) if t.accused.side == "XB")
    assert thread.of(Role.COUNTERS) == ()


def test_a_document_without_a_date_comes_last() -> None:
    documents = [a_statement("undated", "", BURNED), a_statement("dated", "2024-03-01", BURNED)]
    (thread,) = threads(documents)
    assert [step.act.document for step in thread.steps] == ["dated", "undated"]
    assert thread.response_days is None


# In a store ---------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", writable=True) as opened:
        for extraction in dispute():
            opened.ingest(extraction)
        yield opened


def test_links_are_written_and_read_back(store: Store) -> None:
    summary = link_store(store)
    proposals = link(*dispute()).proposals
    assert {found.proposal for found in read_links(store)} == set(proposals)
    assert summary.added == len(proposals)
    assert sum(summary.counts.values()) == len(proposals)
    assert [report.findings for _, report in validate_store(store) if not report.conforms] == []
    assert threads(dispute()) == read_threads(store)


def test_versions_of_a_statement_in_which_no_act_was_found_are_linked(store: Store) -> None:
    words = {
        "en": "The ministry opened two bridges over the Lirne on 4 March. The minister thanked 300 workers.",
        "fr": "Le ministère a ouvert deux ponts sur la Lirne le 4 mars. Le ministre a remercié 300 ouvriers.",
    }
    for language, text in words.items():
        about = Metadata(date="2024-03-05", language=language, publisher="Ministry of Roads of Tarsilia")
        store.ingest(Extraction(Document(f"bridges_{language}", text, about), ()))
    link_store(store)
    found = [p.proposal for p in read_links(store) if p.proposal.relation is Relation.SAME_STATEMENT]
    names = {document.iri: document.name for document in list_documents(store)}
    assert {"bridges_en", "bridges_fr"} in [{names[p.subject], names[p.object]} for p in found]


def test_linking_again_changes_nothing_and_a_new_document_adds_to_it(store: Store) -> None:
    link_store(store)
    before = set(store.quads(LINKS.value))
    again = link_store(store)
    assert (again.added, again.removed) == (0, 0)
    assert set(store.quads(LINKS.value)) == before
    store.ingest(
        a_statement("later", "2024-03-20", Said("Its troops burned the school at Maltevo.", "XD", "XB"))
    )
    assert link_store(store).added >= 1
    assert any(step.act.document == "later" for step in read_threads(store)[0].accusations)


def test_a_proposal_asserts_nothing_until_a_person_accepts_it(store: Store) -> None:
    link_store(store)
    answer = next(p for p in read_links(store) if p.proposal.relation is Relation.ANSWERS)
    triple = proposed_link(answer.proposal)
    asserted = f"ASK {{ <{triple.subject}> {CT.rebuts} <{triple.object}> }}"
    assert store.query(asserted) is False
    add_review(store, decide_link(answer.proposal, Decision.ACCEPTED, "Ada"))
    assert store.query(asserted) is True
    link_store(store)
    assert store.query(asserted) is True
    add_review(store, decide_link(answer.proposal, Decision.REJECTED, "Ben"))
    assert store.query(asserted) is False


def test_a_rejected_link_is_not_proposed_again_and_can_be_taken_up_again(store: Store) -> None:
    link_store(store)
    same = next(p for p in read_links(store) if p.proposal.relation is Relation.SAME_ALLEGATION)
    add_review(store, decide_link(same.proposal, Decision.REJECTED, "Ada"))
    link_store(store)
    kept = {found.proposal.subject + found.proposal.object for found in read_links(store)}
    assert same.proposal.subject + same.proposal.object not in kept
    add_review(store, decide_link(same.proposal, Decision.ACCEPTED, "Ben"))
    link_store(store)
    taken_up = {found.proposal: found.accepted for found in read_links(store)}
    assert [accepted for proposal, accepted in taken_up.items() if proposal.score == 1.0 and accepted] == [
        True
    ]
    assert len(stored_reviews(store)) == 2


def test_a_rejected_act_is_linked_no_more(store: Store) -> None:
    link_store(store)
    act = next(a.act for a in placed(*dispute()) if a.act.document == "news")
    add_review(store, decide(act, Decision.REJECTED, "Ada"))
    link_store(store)
    assert all(act.id not in (found.proposal.subject, found.proposal.object) for found in read_links(store))


def test_the_corrected_party_decides_what_an_act_is_linked_with(store: Store) -> None:
    act = next(a.act for a in placed(*dispute()) if a.act.document == "news")
    changes = {"target": {"name": "XD", "side": "XD"}}
    add_review(store, decide(act, Decision.CORRECTED, "Ada", changes=changes))
    link_store(store)
    thread = find_thread(read_threads(store), act.id)
    assert thread is not None
    assert thread.accused.side == "XD"
    assert len(thread.steps) == 1


def test_links_need_a_writer(store: Store, tmp_path: Path) -> None:
    store.publish()
    with open_store(tmp_path / "store") as reader, pytest.raises(StoreError):
        link_store(reader)


def test_a_link_is_rejected_or_accepted_but_not_corrected() -> None:
    proposal = link(*dispute()).proposals[0]
    with pytest.raises(ReviewError, match="accept the right one"):
        decide_link(proposal, Decision.CORRECTED, "Ada")
    with pytest.raises(ReviewError, match="who decides"):
        decide_link(proposal, Decision.ACCEPTED, "")
    assert link_decisions([decide_link(proposal, Decision.DISPUTED, "Ada")]) == {}


def test_every_proposal_of_the_gold_set_survives_the_way_to_rdf_and_back() -> None:
    for proposal in link_extractions(read_gold(GOLD, "dev").extractions).proposals:
        assert proposal_of(proposed_link(proposal)) == proposal


def test_other_links_are_left_to_others() -> None:
    foreign = proposed_link(link(*dispute()).proposals[0])
    wrong = type(foreign)("https://example.org/a", PROV.alternateOf, "https://example.org/b", 0.5)
    assert proposal_of(wrong) is None
    assert proposal_of(type(foreign)("a", CT.respondsTo, "b", 0.5)) is None
