"""The commands about disputes: link documents, list disputes, keep reviews, compare readings."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import console
from kg.errors import DocumentError, ReviewError
from kg.store_commands import DEFAULT_STORE, StoreOption, WaitOption

if TYPE_CHECKING:
    from kg.disputes.threads import Thread
    from kg.model import Act
    from kg.reviews.changes import Change, Changes
    from kg.store.store import Store

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]

reviews = typer.Typer(no_args_is_help=True, help="Record, list, export and replay decisions of people.")


def link(
    store: StoreOption = DEFAULT_STORE,
    window: Annotated[int, typer.Option(min=1, help="Days between tellings of one allegation.")] = 550,
    wait: WaitOption = 0,
    json: JsonOption = False,
) -> None:
    """Propose links between all documents: one allegation, answers, translations, actors that may be one."""
    from kg.disputes.linking import link_store
    from kg.store.store import open_store

    with open_store(store, writable=True, wait=wait) as graph:
        summary = link_store(graph, window=window)
    if json:
        console.write_json(asdict(summary))
        return
    counts = ", ".join(
        f"{number} {relation.replace('_', ' ')}" for relation, number in summary.counts.items()
    )
    console.write(f"{summary.acts} acts: {counts}; {summary.added} links are new, {summary.removed} gone\n")


def disputes(
    store: StoreOption = DEFAULT_STORE,
    state: Annotated[
        str | None, typer.Option(help="Only those that are unanswered, contested, conceded or withdrawn.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """List disputes: an allegation with all who made, reported, answered or withdrew it."""
    from kg.disputes.linking import read_threads
    from kg.disputes.threads import State
    from kg.store.store import open_store

    if state is not None and state not in set(State):
        raise typer.BadParameter(f"{state!r}: one of {', '.join(State)}")
    with open_store(store) as graph:
        threads = [thread for thread in read_threads(graph) if state in {None, thread.state}]
    if json:
        console.write_json([_thread_json(thread) for thread in threads])
    else:
        console.write_table(("from", "against", "state", "accusers", "answers", "what"), map(_row, threads))


def score_links(
    folder: Annotated[Path, typer.Argument(help="A gold set of disputes.")] = Path("data/gold/disputes"),
    split: Annotated[str, typer.Option(help="dev or held_out.")] = "dev",
    extracted: Annotated[
        bool, typer.Option("--extracted", help="Link what the extractor finds instead of the given acts.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Measure links between documents against a gold set: one allegation, answers, translations."""
    from kg import pipeline
    from kg.disputes.scoring import score_extracted
    from kg.links.scoring import read_gold, score_folder

    measures = {}
    if extracted:
        gold = read_gold(folder, split)
        found = score_extracted(gold, [pipeline.extract(e.document) for e in gold.extractions])
        measures["acts"], scores = found.acts, found.links
    else:
        scores = score_folder(folder, split)
    measures |= {name: getattr(scores, name) for name in ("grouping", "answers", "translations")}
    columns = ("measure", "found", "wanted", "right", "precision", "recall", "F1")
    rows = [
        (name, m.found, m.wanted, m.right, round(m.precision, 2), round(m.recall, 2), round(m.f1, 2))
        for name, m in measures.items()
    ]
    if json:
        console.write_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        console.write_table(columns, [list(map(str, row)) for row in rows])


def diff(
    old: Annotated[Path, typer.Argument(help="Records (kg extract) or a document: the earlier version.")],
    new: Annotated[Path, typer.Argument(help="The later version.")],
    json: JsonOption = False,
) -> None:
    """Show which acts appeared, vanished or changed between two versions; exit code 1 if any did."""
    from kg.reviews.changes import diff_acts

    changes = diff_acts(_acts_of(old), _acts_of(new))
    if json:
        console.write_json(_changes_json(changes))
    else:
        for line in _changes_lines(changes):
            console.write(line + "\n")
    raise typer.Exit(1 if changes else 0)


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
    from kg.rdf.reviews import Decision
    from kg.reviews.decisions import decide
    from kg.reviews.keeping import add_review
    from kg.store.store import open_store

    if decision not in set(Decision):
        raise ReviewError(f"{decision!r}: no such decision; one of {', '.join(Decision)}")
    changes = dict(map(_change, change or ()))
    with open_store(store, writable=True, wait=wait) as graph:
        act = _stored_act(graph, record)
        add_review(graph, decide(act, Decision(decision), by, note=note, changes=changes or None))


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


def _acts_of(path: Path) -> list[Act]:
    """Return the records of a file of JSON lines, or what is found in a document."""
    from kg.records import act_from_json

    if path.suffix in {".jsonl", ".ndjson"}:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [jsonlib.loads(line) for line in lines if line.strip()]
        if all("cue" in record for record in found):
            try:
                return [act_from_json(record) for record in found]
            except (KeyError, TypeError, ValueError) as error:
                raise DocumentError(
                    str(path), f"not a record: {error!r}", "Write it with kg extract"
                ) from error
    return list(_extracted(path))


def _extracted(path: Path) -> Iterator[Act]:
    from kg import pipeline
    from kg.documents import read
    from kg.documents.sources import find_actor_files
    from kg.gazetteer import load_gazetteer

    gazetteer = load_gazetteer(find_actor_files([path]))
    for item in read([path]):
        if isinstance(item, DocumentError):
            raise item
        yield from pipeline.extract(item, gazetteer).acts


def _row(thread: Thread) -> tuple[str, ...]:
    accusers = ", ".join(party.name for party in thread.accusers)
    answers = str(len(thread.rebuttals))
    return thread.steps[0].date, thread.accused.name, thread.state.value, accusers, answers, thread.words


def _thread_json(thread: Thread) -> dict[str, Any]:
    return {
        "id": thread.id,
        "accused": {"name": thread.accused.name, "side": thread.accused.side},
        "topic": thread.topic,
        "state": thread.state,
        "words": thread.words,
        "response_days": thread.response_days,
        "steps": [
            {
                "role": step.role,
                "record": step.act.id,
                "document": step.act.document,
                "date": step.date,
                "source": step.act.source.name,
                "sentence": step.act.sentence,
                "score": step.link.proposal.score if step.link else None,
                "accepted": step.link.accepted if step.link else None,
            }
            for step in thread.steps
        ],
    }


def _changes_json(changes: Changes) -> dict[str, Any]:
    from kg.records import act_to_json

    return {
        "appeared": [act_to_json(act) for act in changes.appeared],
        "vanished": [act_to_json(act) for act in changes.vanished],
        "changed": [
            {"old": change.old.id, "new": change.new.id, "fields": _fields(change)}
            for change in changes.changed
        ],
        "same": changes.same,
    }


def _fields(change: Change) -> dict[str, dict[str, Any]]:
    return {name: {"old": before, "new": after} for name, before, after in change.fields}


def _changes_lines(changes: Changes) -> Iterator[str]:
    for sign, acts in (("+", changes.appeared), ("-", changes.vanished)):
        for act in acts:
            yield f"{sign} {_act_line(act)}"
    for change in changes.changed:
        yield f"~ {_act_line(change.new)}"
        for name, before, after in change.fields:
            yield f"    {name}: {before} -> {after}"
    counts = (len(changes.appeared), len(changes.vanished), len(changes.changed), changes.same)
    yield "{} appeared, {} vanished, {} changed, {} the same".format(*counts)


def _act_line(act: Act) -> str:
    words = " ".join(act.sentence.split())
    return f"{act.type.value} {act.source.name} > {act.target.name}: {words}"
