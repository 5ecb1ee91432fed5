"""Counts of a store: the questions to the engine against the records, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kg.analysis import Level, Options, analyse
from kg.analysis.counts import Answered, Counts
from kg.analysis.graphs import AGREEMENT, DEFENCE
from kg.analysis.reading import days_between, read_counts
from kg.disputes.linking import link_store, read_links
from kg.errors import InputError
from kg.identifiers import document_iri
from kg.links.across_proposals import Relation
from kg.model import ActType, Extraction, Topic
from kg.rdf.reviews import Decision
from kg.reviews.decisions import decide
from kg.reviews.keeping import add_review
from kg.reviews.links import decide_link
from kg.store.store import Store, open_store
from tests.linking import Said, a_party, a_statement, rebuttal
from tests.records import extractions

ACTORS = Options(Level.ACTORS)
QUICKLY = settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Each example fills a store; making a failing one smaller would take minutes."""
SCHOOL = Said("Soldiers burned the school of Maltevo.", "XA", "XB", topic=Topic.AGGRESSION)
ACCUSED = a_statement("accuser", "2024-03-01", SCHOOL)
DENIED = a_statement("accused", "2024-03-04", rebuttal("No soldier of ours burned any school.", "XB", "XA"))
AGAIN = a_statement(
    "joining",
    "2024-03-09",
    Said("Soldiers of XB burned the school of Maltevo.", "XC", "XB", topic=Topic.THREAT),
)


def a_store(*found: Extraction) -> Store:
    store = open_store(None, writable=True)
    for extraction in found:
        store.ingest(extraction)
    return store


def counted(found: Iterable[Extraction], counts: Counts) -> Counts:
    """Count records without any question to an engine."""
    by_hand = Counts(counts.nodes, counts.calendar, counts.days)
    for extraction in found:
        about = extraction.document.metadata
        day = counts.days[document_iri(extraction.document)]
        by_hand.add_document(extraction.acts, day, about.publisher, {})
    return by_hand


@given(st.tuples(extractions("one"), extractions("two"), extractions("three")))
@QUICKLY
def test_the_questions_count_what_the_records_say(found: tuple[Extraction, ...]) -> None:
    counts = read_counts(a_store(*found), ACTORS)
    by_hand = counted(found, counts)
    for name in ("totals", "unnamed", "ties", "topics", "periods", "answered", "defended", "reports"):
        assert getattr(counts, name) == getattr(by_hand, name), name


@given(st.tuples(extractions("one"), extractions("two")))
@QUICKLY
def test_any_store_can_be_analysed(found: tuple[Extraction, ...]) -> None:
    analysis = analyse(a_store(*found))
    assert sum(row.accusations for row in analysis.pairs) == sum(s.accuses for s in analysis.standings)
    assert all(row.by_accused <= row.answered <= row.accusations for row in analysis.pairs)
    for shown in analysis.evidence.values():
        assert 0 < len(shown.evidence.items) <= shown.evidence.count


def test_the_graph_is_signed_directed_and_dated() -> None:
    graph = analyse(a_store(ACCUSED, DENIED)).graph
    assert isinstance(graph, nx.MultiDiGraph)
    assert dict(graph["side-xa"]["side-xb"]) == {
        "accusation": {"weight": 1, "sign": -1, "first": "2024-03-01", "last": "2024-03-01"}
    }
    assert list(graph["side-xb"]["side-xa"]) == ["rebuttal"]


def test_an_answer_in_another_document_counts_with_its_delay() -> None:
    store = a_store(ACCUSED, DENIED)
    before = analyse(store)
    assert before.pairs[0].answered == 0
    link_store(store)
    after = analyse(store)
    (row,) = after.pairs
    assert (row.answered, row.by_accused, row.same_text, row.prompt, row.late) == (1, 1, 0, 1, 0)
    assert after.responses[0].median_days == 3
    assert analyse(store, Options(days=2)).pairs[0].late == 1
    (shown,) = after.evidence["answered--side-xa--side-xb"].evidence.items
    assert [answer.id for answer, _ in shown.answers] == [DENIED.acts[0].id]


def test_a_proposal_counts_until_it_is_rejected_and_for_good_once_accepted() -> None:
    store = a_store(ACCUSED, DENIED)
    link_store(store)
    assert analyse(store, Options(proposals=False)).pairs[0].answered == 0
    (link,) = [link for link in read_links(store) if link.proposal.relation is Relation.ANSWERS]
    then = datetime(2024, 4, 1, tzinfo=UTC)
    add_review(store, decide_link(link.proposal, Decision.ACCEPTED, "Ada", when=then))
    assert analyse(store, Options(proposals=False)).pairs[0].answered == 1
    later = then + timedelta(1)
    add_review(store, decide_link(link.proposal, Decision.REJECTED, "Ada", when=later))
    assert analyse(store).pairs[0].answered == 0


def test_answers_in_the_same_text_have_no_delay() -> None:
    text = a_statement("both", "2024-03-01", SCHOOL, rebuttal("That is a lie.", "XB", "XA"))
    accusation, answer = text.acts
    text = replace(text, acts=(accusation, replace(answer, rebuts=(accusation.id,))))
    analysis = analyse(a_store(text))
    assert analysis.counts.answered["side-xa", "side-xb"] == Answered(1, 1, 1)
    assert analysis.responses[0].median_days is None


def test_answering_for_another_side_is_a_defence_and_no_answer_of_the_accused() -> None:
    text = a_statement("both", "2024-03-01", SCHOOL, rebuttal("That is a lie.", "XC", "XA"))
    accusation, answer = text.acts
    text = replace(text, acts=(accusation, replace(answer, rebuts=(accusation.id,))))
    analysis = analyse(a_store(text))
    assert analysis.counts.answered["side-xa", "side-xb"] == Answered(1, 0, 0)
    assert analysis.graph["side-xc"]["side-xb"][DEFENCE]["sign"] == 1


def test_one_allegation_in_two_documents_is_an_echo() -> None:
    store = a_store(ACCUSED, AGAIN)
    link_store(store)
    analysis = analyse(store)
    (echo,) = analysis.echoes
    assert (echo.target, echo.voices, echo.days) == ("side-xb", ("side-xa", "side-xc"), 8)
    assert analysis.graph["side-xc"]["side-xa"][AGREEMENT]["weight"] == 1


def test_a_rejected_act_does_not_count_and_a_corrected_one_counts_as_corrected() -> None:
    store = a_store(ACCUSED, AGAIN)
    add_review(store, decide(ACCUSED.acts[0], Decision.REJECTED, "Ada"))
    corrected = {"topics": ["corruption"]}
    add_review(store, decide(AGAIN.acts[0], Decision.CORRECTED, "Ada", changes=corrected))
    counts = read_counts(store, Options())
    assert counts.totals[ActType.ACCUSATION] == 1
    assert dict(counts.topics) == {("side-xc", "side-xb", Topic.CORRUPTION): 1}
    assert [len(s.evidence.items) for k, s in analyse(store).evidence.items() if k.startswith("pair")] == [1]


def test_only_documents_of_the_period_count() -> None:
    store = a_store(ACCUSED, AGAIN, a_statement("undated", "", SCHOOL))

    def accusers(since: str = "", until: str = "") -> list[str]:
        return [row.source for row in analyse(store, Options(since=since, until=until)).pairs]

    assert accusers() == ["side-xa", "side-xc"]
    assert accusers(until="2024-03-05") == ["side-xa"]
    assert accusers(since="2024-03-09") == ["side-xc"]
    assert accusers(since="2024") == accusers(until="2024-03") == ["side-xa", "side-xc"]


def test_chains_of_reports_end_with_the_publisher() -> None:
    text = a_statement("report", "2024-03-01", SCHOOL, publisher="The Courier")
    via = (a_party("Gazette", text.document), a_party("Agency", text.document))
    text = replace(text, acts=(replace(text.acts[0], via=via),))
    analysis = analyse(a_store(text))
    names = [
        (analysis.name(one, "en"), analysis.name(other, "en"))
        for one, other in sorted(analysis.counts.reports)
    ]
    assert sorted(names) == [("Agency", "Gazette"), ("Gazette", "The Courier"), ("XA", "Agency")]
    assert [analysis.name(b.node, "en") for b in analysis.brokers[:2]] == ["Agency", "Gazette"]
    assert len(analysis.evidence["carried--side-agency"].evidence.items) == 1


def test_reading_in_groups_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [a_statement(f"d{n}", f"2024-03-0{n + 1}", replace(SCHOOL, source=f"X{n}")) for n in range(7)]
    with open_store(tmp_path / "store", writable=True) as store:
        for text in texts:
            store.ingest(text)
    with open_store(tmp_path / "store") as store:
        whole = read_counts(store, Options())
        monkeypatch.setattr("kg.analysis.reading.AT_ONCE", 2)
        parts = read_counts(store, Options())
    assert (whole.ties, whole.totals, whole.topics) == (parts.ties, parts.totals, parts.topics)
    assert whole.totals[ActType.ACCUSATION] == 7


def test_days_between_dates_need_two_whole_dates_in_order() -> None:
    assert days_between("2024-02-28", "2024-03-01") == 2
    assert days_between("2024-03-01", "2024-03-01") == 0
    assert days_between("2024-03-01", "2024-02-28") is None
    assert days_between("2024-03", "2024-04-01") is None


def test_wrong_options_are_refused() -> None:
    with pytest.raises(InputError, match="not a date"):
        Options(since="March")
    with pytest.raises(InputError, match="at least one"):
        Options(top=0)
