"""Writes a store, or what is chosen of it, in every format there is: RDF and those of other tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from pyoxigraph import Quad

from kg.errors import InputError
from kg.interchange.exports import EXPORTS, Export
from kg.model import Act, Extraction
from kg.rdf import formats
from kg.rdf.formats import FORMATS, Format
from kg.rdf.reviews import latest_reviews
from kg.rdf.write import named_actor_quads, part_quads, without_links
from kg.reviews.effective import by_document
from kg.reviews.keeping import stored_reviews
from kg.store.records import EngineSource
from kg.store.store import Store
from kg.transfer.selection import EVERYTHING, Selection, chosen_documents, extractions

OFFERED: dict[str, Format | Export] = {**FORMATS, **EXPORTS}
"""All that can be exported, by name: label, file extension, media type."""


def export(store: Store, format: str, out: IO[bytes], selection: Selection = EVERYTHING) -> None:
    """Write what is chosen.

    RDF brings what makes an act readable by itself: its document with the text, its actors, and the
    accusations of the same document that it answers.  What is whole says so: only then is the document's
    entry in the catalogue written too.  RDF has what the machine read, and the decisions of people beside
    it; the formats of other tools have what holds after those decisions.

    Args:
        store: where to read.
        format: a key of :data:`OFFERED`.
        out: a binary file.
        selection: what is wanted; everything but the vocabulary if left out.

    Raises:
        InputError: there is no such format.
        GraphError: the graph holds a record in part.
    """
    if format in EXPORTS:
        _write_acts(store, EXPORTS[format], out, selection)
    elif format not in FORMATS:
        raise InputError(f"{format!r}: no such format. There are: {', '.join(OFFERED)}")
    elif selection == EVERYTHING:
        store.export(format, out)
    elif selection.whole_documents:
        store.export(format, out, documents=[d.iri for d in chosen_documents(store, selection)])
    else:
        formats.write(_parts(store, selection), FORMATS[format], out)


def _write_acts(store: Store, export: Export, out: IO[bytes], selection: Selection) -> None:
    found = extractions(store, selection, by_document(stored_reviews(store)))
    wanted = (replace(extraction, acts=tuple(acts)) for extraction, acts in found)
    export.write(wanted, latest_reviews(EngineSource(store.engine)), out)


def _parts(store: Store, selection: Selection) -> Iterator[Quad]:
    """Yield the documents in part, then their actors, each once."""
    actors: dict[Quad, None] = {}
    for extraction, wanted in extractions(store, selection):
        acts = _with_answered(extraction, wanted)
        yield from part_quads(without_links(extraction), without_links(replace(extraction, acts=acts)).acts)
        for act in acts:
            actors.update(dict.fromkeys(named_actor_quads(act)))
    yield from actors


def _with_answered(extraction: Extraction, wanted: list[Act]) -> tuple[Act, ...]:
    """Return the wanted acts and those of the same document that they answer, in the text's order."""
    ids = {act.id for act in wanted}
    ids |= {record for act in wanted for record in act.rebuts}
    return tuple(act for act in extraction.acts if act.id in ids)
