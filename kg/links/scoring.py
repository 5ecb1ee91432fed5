"""Measures links against hand-made groups, links and translation pairs.

The gold folder (``data/gold/disputes``) holds short statements with their acts; its README describes the
files.  The given acts are linked, so that linking is measured apart from extraction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.documents.reading import read
from kg.errors import DocumentError, InputError
from kg.identifiers import act_iri, actor_iri, document_iri, record_id
from kg.links.across import link_acts
from kg.links.across_proposals import Links, Relation
from kg.links.normal import PlacedAct, PlacedDocument
from kg.model import Act, ActType, Document, Extraction, Modality, Party, Quote, RebuttalKind, Topic

SPLITS = ("dev", "held_out")
"""Parts of the gold set."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision and recall over pairs.

    Attributes:
        found: pairs that were proposed.
        wanted: pairs of the gold set.
        right: pairs that are both.
    """

    found: int
    wanted: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was proposed that is right; 1 if nothing was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was proposed; 1 if nothing was."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Scores:
    """How good the links of one split are.

    Attributes:
        grouping: over pairs of accusations in one group.
        answers: over pairs of a rebuttal and the allegation that it answers.
        translations: over pairs of documents.
    """

    grouping: Measure
    answers: Measure
    translations: Measure


@dataclass(frozen=True, slots=True)
class DisputeGold:
    """The gold set, or a part of it.

    Attributes:
        extractions: documents with their gold acts.
        names: ``DOCUMENT#ID``, as the files refer to an act, by record id.
        groups: id of the allegation, by ``DOCUMENT#ID`` of each accusation.
        answers: pairs of a rebuttal's ``DOCUMENT#ID`` and an allegation's id.
        translations: pairs of document names.
    """

    extractions: tuple[Extraction, ...]
    names: Mapping[str, str]
    groups: Mapping[str, str]
    answers: frozenset[tuple[str, str]]
    translations: frozenset[frozenset[str]]

    def placed(self) -> list[PlacedAct]:
        """Return the acts as linking takes them."""
        return [placed for extraction in self.extractions for placed in place_acts(extraction)]


def place_acts(extraction: Extraction) -> Iterator[PlacedAct]:
    """Yield the acts of a document with what linking needs of it."""
    document = extraction.document
    about = document.metadata
    iri = document_iri(document)
    for act in extraction.acts:
        yield PlacedAct(act, iri, about.date, about.language, about.publisher)


def place_document(document: Document) -> PlacedDocument:
    """Return what linking needs of a document."""
    about = document.metadata
    return PlacedDocument(document_iri(document), about.date, about.language, about.publisher)


def link_extractions(extractions: Iterable[Extraction]) -> Links:
    """Link documents that are held in memory."""
    found = list(extractions)
    texts = {document_iri(e.document): e.document.text for e in found}
    acts = [placed for extraction in found for placed in place_acts(extraction)]
    return link_acts(acts, texts.__getitem__, documents=[place_document(e.document) for e in found])


def score_folder(folder: Path, split: str) -> Scores:
    """Link the gold acts of one split and measure the links.

    Raises:
        InputError: the folder is no gold set of disputes, or there is no such split.
    """
    gold = read_gold(folder, split)
    return score_links(link_extractions(gold.extractions), gold)


def score_links(links: Links, gold: DisputeGold) -> Scores:
    """Measure links that were found between the gold acts."""
    groups = {frozenset(pair) for group in links.groups for pair in combinations(_named(group, gold), 2)}
    answers = {
        (gold.names[proposal.subject], gold.groups[gold.names[proposal.object]])
        for proposal in links.of(Relation.ANSWERS)
    }
    documents = {document_iri(e.document): e.document.name for e in gold.extractions}
    translations = {
        frozenset((documents[proposal.subject], documents[proposal.object]))
        for proposal in links.of(Relation.SAME_STATEMENT)
    }
    return Scores(
        _measure(groups, _pairs_of(gold.groups)),
        _measure(answers, gold.answers),
        _measure(translations, gold.translations),
    )


def read_gold(folder: Path, split: str) -> DisputeGold:
    """Return one split of the gold set.

    Raises:
        InputError: a file is missing or malformed, or there is no such split.
    """
    if split not in SPLITS:
        raise InputError(f"{split!r}: no such split. The splits are {', '.join(SPLITS)}")
    try:
        groups = [g for g in _json(folder / "groups.json") if g["split"] == split]
        links = [link for link in _json(folder / "links.json") if link["split"] == split]
        pairs = [p for p in _json(folder / "pairs.json") if p["split"] == split]
        wanted = {act.partition("#")[0].partition("_")[0] for group in groups for act in group["allegations"]}
        read_documents = [_extraction(path) for path in _statements(folder, wanted)]
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"{folder}: no gold set of disputes: {error!r}") from error
    return DisputeGold(
        tuple(extraction for extraction, _ in read_documents),
        {record: name for _, names in read_documents for record, name in names.items()},
        {act: group["id"] for group in groups for act in group["allegations"]},
        frozenset((link["rebuttal"], link["group"]) for link in links),
        frozenset(frozenset(p["documents"]) for p in pairs),
    )


def _named(group: Iterable[str], gold: DisputeGold) -> list[str]:
    return [gold.names[act] for act in group]


def _pairs_of(groups: Mapping[str, str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(groups, 2) if groups[pair[0]] == groups[pair[1]]}


def _measure(found: set[Any] | frozenset[Any], wanted: set[Any] | frozenset[Any]) -> Measure:
    return Measure(len(found), len(wanted), len(found & wanted))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _statements(folder: Path, disputes: set[str]) -> list[Path]:
    files = sorted((folder / "statements").glob("*.gold.json"))
    return [path for path in files if path.name.partition("_")[0] in disputes]


def _extraction(path: Path) -> tuple[Extraction, dict[str, str]]:
    """Return a gold document as the extractor would return it, and what its acts are called."""
    text_file = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
    (document,) = read([text_file])
    if isinstance(document, DocumentError):
        raise document
    acts: dict[str, Act] = {}
    names: dict[str, str] = {}
    for found in _json(path)["acts"]:
        act = _act(found, document)
        acts[found["id"]] = act
        names[act.id] = f"{document.name}#{found['id']}"
    return Extraction(document, tuple(acts.values())), names


def _act(found: Json, document: Document) -> Act:
    start = -1
    for _ in range(found.get("occurrence", 1)):
        start = document.text.index(found["sentence"], start + 1)
    source, target = _party(found["source"], document, start), _party(found["target"], document, start)
    iri = act_iri(
        document, found["sentence"], found.get("occurrence", 1), source.iri, target.iri + found["cue"]
    )
    type_ = ActType(found["type"])
    return Act(
        id=record_id(iri, type_),
        act=iri,
        document=document.name,
        type=type_,
        start=start,
        end=start + len(found["sentence"]),
        sentence=found["sentence"],
        cue=_quote(found["cue"], document, start) or Quote(start, start, ""),
        content=_quote(found["content"], document, start),
        source=source,
        target=target,
        modality=Modality(found["modality"]),
        topics=(Topic(found["topic"]),),
        kind=RebuttalKind(found["kind"]) if found.get("kind") else None,
        counter=bool(found.get("counter")),
    )


def _party(found: Json, document: Document, start: int) -> Party:
    iri = actor_iri(found["side"], found["name"], document)
    return Party(_quote(found["mention"], document, start), found["name"], found["side"], iri)


def _quote(words: str, document: Document, start: int) -> Quote | None:
    if not words:
        return None
    place = document.text.index(words, start)
    return Quote(place, place + len(words), words)
