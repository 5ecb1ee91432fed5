"""The commands about decisions of people: about records and links, kept, listed, exported and replayed."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import console
from kg.errors import ReviewError
from kg.store_commands import DEFAULT_STORE, StoreOption, WaitOption

if TYPE_CHECKING:
    from kg.disputes.threads import JudgedLink
    from kg.model import Act
    from kg.rdf.reviews import Decision
    from kg.store.store import Store

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]

reviews = typer.Typer(no_args_is_help=True, help="Record, list, export and replay decisions of people.")


@reviews.command("add")
def add_decision(
    record: Annotated[str, typer.Argument(help="Id of the record, as kg extract prints it.")],
    decision: Annotated[str, typer.Argument(help="accepted, corrected, rejected, disputed or commented.")],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    change: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=JSON", help="""What is right, as --change 'topics=["fraud"]'."""),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    wait: WaitOption = 0,
) -> None:
    """Add a decision about a record."""
    from kg.identifiers import reading_iri
    from kg.reviews.decisions import decide
    from kg.reviews.keeping import add_review, time_for
    from kg.store.store import open_store

    decided = _decision(decision)
    changes = dict(map(_change, change or ()))
    with open_store(store, writable=True, wait=wait) as graph:
        act = _stored_act(graph, record)
        when = time_for(graph, reading_iri(record))
        add_review(graph, decide(act, decided, by, note=note, changes=changes or None, when=when))


@reviews.command("list")
def list_decisions(store: StoreOption = DEFAULT_STORE, json: JsonOption = False) -> None:
    """List the reviewed records and where the machine now reads something else."""
    from kg.reviews.keeping import reviewed_acts
    from kg.store.records import read_acts
    from kg.store.store import open_store

    with open_store(store) as graph:
        found = [item for item in reviewed_acts(graph, read_acts(graph)) if item.history]
    rows = [
        {
            "record": item.history[-1].target.rpartition("/")[2],
            "decision": item.review.decision.value if item.review else "",
            "reviewer": item.review.reviewer if item.review else "",
            "conflict": item.conflict.value,
            "disagreement": item.disagreement,
            "note": item.history[-1].note,
        }
        for item in found
    ]
    if json:
        console.write_json(rows)
    else:
        columns = ("record", "decision", "reviewer", "conflict", "note")
        console.write_table(columns, [[str(row[name]) for name in columns] for row in rows])


@reviews.command("links")
def list_links(
    relation: Annotated[
        str | None,
        typer.Option(help="Only same_allegation, answers, retracts, same_statement or same_actor."),
    ] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that nobody decided about.")] = False,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """List proposed links with score and reasons, and what people decided about them."""
    from kg.disputes.linking import read_links
    from kg.links.across_proposals import Relation
    from kg.store.store import open_store

    if relation is not None and relation not in set(Relation):
        raise typer.BadParameter(f"{relation!r}: one of {', '.join(Relation)}")
    with open_store(store) as graph:
        found = [link for link in read_links(graph) if relation in {None, link.proposal.relation}]
    rows = [_link_row(link) for link in found if not waiting or link.accepted is None]
    if json:
        console.write_json(rows)
    else:
        columns = ("link", "relation", "subject", "object", "score", "decision", "reasons")
        console.write_table(columns, [[_cell(row[name]) for name in columns] for row in rows])


@reviews.command("link")
def decide_about_link(
    link: Annotated[str, typer.Argument(help="Id of the link, as kg review links prints it.")],
    decision: Annotated[str, typer.Argument(help="accepted, rejected, disputed, commented or undone.")],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    store: StoreOption = DEFAULT_STORE,
    wait: WaitOption = 0,
) -> None:
    """Add a decision about a link: an accepted one is asserted, undone it is a proposal again."""
    from kg.disputes.linking import read_links
    from kg.reviews.keeping import add_review, time_for
    from kg.reviews.links import decide_link, proposed_link
    from kg.store.store import open_store

    decided = _decision(decision)
    with open_store(store, writable=True, wait=wait) as graph:
        known = {_link_id(found): found.proposal for found in read_links(graph)}
        if link not in known:
            raise ReviewError(f"{link}: the store proposes no such link. kg review links lists them")
        when = time_for(graph, proposed_link(known[link]).iri)
        add_review(graph, decide_link(known[link], decided, by, note=note, when=when))


def _decision(name: str) -> Decision:
    from kg.rdf.reviews import Decision

    if name not in set(Decision):
        raise ReviewError(f"{name!r}: no such decision; one of {', '.join(Decision)}")
    return Decision(name)


def _link_id(link: JudgedLink) -> str:
    from kg.reviews.links import proposed_link

    return proposed_link(link.proposal).iri.rpartition("/")[2]


def _link_row(link: JudgedLink) -> dict[str, Any]:
    decisions = {True: "accepted", False: "rejected", None: ""}
    proposal = link.proposal
    return {
        "link": _link_id(link),
        "relation": proposal.relation.value,
        "subject": proposal.subject.rpartition("/")[2],
        "object": proposal.object.rpartition("/")[2],
        "score": proposal.score,
        "decision": decisions[link.accepted],
        "reasons": list(proposal.reasons),
    }


def _cell(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


@reviews.command("export")
def export_reviews(
    output: Annotated[Path | None, typer.Argument(help="File to write; standard output if left out.")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write all decisions as JSON lines."""
    from kg.reviews.files import write_reviews
    from kg.reviews.keeping import stored_reviews
    from kg.store.store import open_store

    with open_store(store) as graph:
        text = "".join(line + "\n" for line in write_reviews(stored_reviews(graph)))
    if output is None:
        console.write(text)
    else:
        output.write_text(text, encoding="utf-8")


@reviews.command("replay")
def replay_reviews(
    file: Annotated[Path, typer.Argument(help="Decisions as JSON lines.")],
    store: StoreOption = DEFAULT_STORE,
    wait: WaitOption = 0,
) -> None:
    """Add the decisions of a file; those that the store has are left as they are."""
    from kg.reviews.files import read_reviews
    from kg.reviews.keeping import add_reviews
    from kg.store.store import open_store

    decisions = list(read_reviews(file.read_text(encoding="utf-8").splitlines(), str(file)))
    with open_store(store, writable=True, wait=wait) as graph:
        replayed = add_reviews(graph, decisions)
    console.write(f"{replayed.added} added, {replayed.known} known\n")


def _stored_act(store: Store, record: str) -> Act:
    from kg.identifiers import reading_iri
    from kg.rdf.read import read_acts
    from kg.store.records import EngineSource

    source = EngineSource(store.engine)
    if not source.properties(reading_iri(record)):
        raise ReviewError(f"{record}: the store has no such record. kg query evidence lists them")
    return read_acts(source, [reading_iri(record)])[0]


def _change(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ReviewError(f"--change {text}: no value. Write FIELD=JSON")
    try:
        return name, jsonlib.loads(value)
    except ValueError as error:
        raise ReviewError(f"--change {text}: the value is no JSON: {error}") from error
