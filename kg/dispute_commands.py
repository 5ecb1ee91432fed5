"""The commands about disputes: link documents, list disputes, score links, compare readings."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import console
from kg.errors import DocumentError
from kg.store_commands import DEFAULT_STORE, StoreOption, WaitOption

if TYPE_CHECKING:
    from kg.disputes.threads import Thread
    from kg.model import Act, Document
    from kg.reviews.changes import Change, Changes

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


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
    old: Annotated[
        Path, typer.Argument(help="The earlier version: records (kg extract), a document, a store.")
    ],
    new: Annotated[
        Path | None,
        typer.Argument(help="The later version; left out, what is found now in the texts of the store."),
    ] = None,
    actors: Annotated[
        list[Path] | None, typer.Option(help="Actor file or folder with one, for texts that are read again.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show which acts appeared, vanished or changed between two versions; exit code 1 if any did.

    Versions are of a text, or of the extractor: its records then and now, or a store and what is found now.
    """
    from kg.reviews.changes import diff_acts

    later = _reading(old, actors or [], again=True) if new is None else _reading(new, actors or [])
    earlier = _reading(old, actors or [])
    if _is_store(old) and new is not None:  # the store's other documents have no later version here
        earlier = {name: acts for name, acts in earlier.items() if name in later}
    changes = diff_acts(*([act for acts in side.values() for act in acts] for side in (earlier, later)))
    if json:
        console.write_json(_changes_json(changes))
    else:
        for line in _changes_lines(changes):
            console.write(line + "\n")
    raise typer.Exit(1 if changes else 0)


def _is_store(path: Path) -> bool:
    return (path / "CURRENT").is_file()


def _reading(path: Path, actors: list[Path], *, again: bool = False) -> dict[str, list[Act]]:
    """Return acts by document: recorded, stored, or found now in a document or in the texts of a store."""
    if _is_store(path):
        return _stored(path, actors, again=again)
    if again:
        raise typer.BadParameter(f"{path} is no store: say what it is compared with")
    if path.suffix in {".jsonl", ".ndjson"}:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [jsonlib.loads(line) for line in lines if line.strip()]
        if all("cue" in record for record in found):
            return _recorded(found, path)
    return _extracted(_documents([path]), [path, *actors])


def _recorded(found: list[dict[str, Any]], path: Path) -> dict[str, list[Act]]:
    from kg.records import act_from_json

    acts: dict[str, list[Act]] = {}
    try:
        for record in found:
            act = act_from_json(record)
            acts.setdefault(act.document, []).append(act)
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(str(path), f"not a record: {error!r}", "Write it with kg extract") from error
    return acts


def _stored(path: Path, actors: list[Path], *, again: bool) -> dict[str, list[Act]]:
    from kg.store.records import list_documents, read_acts, read_document
    from kg.store.store import open_store

    with open_store(path) as graph:
        known = list_documents(graph)
        if again:
            return _extracted((read_document(graph, document.iri) for document in known), actors)
        return {document.name: read_acts(graph, document=document.iri) for document in known}


def _documents(paths: list[Path]) -> Iterator[Document]:
    from kg.documents import read

    for item in read(paths):
        if isinstance(item, DocumentError):
            raise item
        yield item


def _extracted(documents: Iterable[Document], near: list[Path]) -> dict[str, list[Act]]:
    from kg import pipeline
    from kg.documents.sources import find_actor_files
    from kg.gazetteer import load_gazetteer

    gazetteer = load_gazetteer(find_actor_files(near))
    return {document.name: list(pipeline.extract(document, gazetteer).acts) for document in documents}


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
