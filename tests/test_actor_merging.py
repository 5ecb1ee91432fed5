"""Two actors that may be one: proposed, accepted, undone, rejected; no record is changed by any of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.disputes.linking import link_store, read_links, read_threads
from kg.disputes.threads import Role, Thread
from kg.errors import ReviewError
from kg.links.across_proposals import Relation
from kg.store.records import read_acts
from kg.store.store import open_store
from tests.linking import Said, a_statement
from tests.test_disputes_cli import run

BY_ONE = a_statement(
    "report", "2024-03-01", Said("The ski club of Orvane swapped two samples.", "Seefeld Laboratory", "XB")
)
BY_OTHER = a_statement(
    "rapport",
    "2024-03-20",
    Said("Le club de ski d'Orvane a interverti deux échantillons.", "Laboratoire Seefeld", "XB"),
    language="fr",
)
LINKS = ("review", "links", "--relation", "same_actor")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store", writable=True) as graph:
        graph.ingest(BY_ONE)
        graph.ingest(BY_OTHER)
        link_store(graph)
    return tmp_path / "store"


def proposals(store: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(*LINKS, "--store", store, "--json").stdout)
    return found


def decide(store: Path, link: object, decision: str) -> None:
    run("review", "link", link, decision, "--by", "Ada", "--store", store)


def thread(store: Path) -> Thread:
    with open_store(store) as graph:
        (found,) = read_threads(graph)
    return found


def test_a_merge_is_proposed_with_score_and_reasons(store: Path) -> None:
    (row,) = proposals(store)
    assert row["decision"] == ""
    assert 0 < float(str(row["score"])) <= 1
    assert "words of" in str(row["reasons"])
    assert str(row["link"]) in run(*LINKS, "--store", store).stdout
    assert len(thread(store).accusers) == 2
    assert [step.role for step in thread(store).steps] == [Role.ACCUSES, Role.JOINS]


def test_an_accepted_merge_makes_one_accuser_and_undoing_it_two(store: Path) -> None:
    with open_store(store) as graph:
        before = read_acts(graph)
    (row,) = proposals(store)
    decide(store, row["link"], "accepted")
    assert [party.name for party in thread(store).accusers] == ["Seefeld Laboratory"]
    assert [step.role for step in thread(store).steps] == [Role.ACCUSES, Role.REPEATS]
    assert proposals(store)[0]["decision"] == "accepted"
    assert run(*LINKS, "--waiting", "--store", store, "--json").stdout.strip() == "[]"
    with open_store(store) as graph:
        assert read_acts(graph) == before
    decide(store, row["link"], "undone")
    assert [step.role for step in thread(store).steps] == [Role.ACCUSES, Role.JOINS]
    assert proposals(store)[0]["decision"] == ""
    with open_store(store) as graph:
        assert read_acts(graph) == before


def test_a_rejected_merge_is_not_proposed_again(store: Path) -> None:
    (row,) = proposals(store)
    decide(store, row["link"], "rejected")
    with open_store(store, writable=True) as graph:
        link_store(graph)
        assert [k for k in read_links(graph) if k.proposal.relation is Relation.SAME_ACTOR] == []
    assert len(thread(store).accusers) == 2


def test_merges_go_along_chains(store: Path, tmp_path: Path) -> None:
    third = a_statement(
        "note", "2024-03-25", Said("Orvane's ski club switched two samples.", "The Seefeld Laboratory", "XB")
    )
    with open_store(store, writable=True) as graph:
        graph.ingest(third)
        link_store(graph)
    rows = proposals(store)
    assert len(rows) >= 2
    for row in rows:
        decide(store, row["link"], "accepted")
    assert len(thread(store).accusers) == 1


@pytest.mark.parametrize(
    ("link", "decision", "message"),
    [
        ("link-0", "accepted", "no such link"),
        ("", "merged", "no such decision"),
        ("", "corrected", "not corrected"),
    ],
)
def test_what_cannot_be_decided_is_refused(store: Path, link: str, decision: str, message: str) -> None:
    known = link or str(proposals(store)[0]["link"])
    with pytest.raises(ReviewError, match=message):
        decide(store, known, decision)


def test_only_known_relations_are_listed(store: Path) -> None:
    run("review", "links", "--relation", "cousins", "--store", store, code=2)
