"""Short documents with acts made by hand, for tests of linking and of disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.identifiers import act_iri, actor_iri, document_iri, record_id
from kg.links.across import NO_DECISIONS, Options, link_acts
from kg.links.across_proposals import Links, Proposal, Relation
from kg.links.normal import PlacedAct
from kg.links.scoring import place_acts, place_document
from kg.model import UNNAMED, Act, ActType, Document, Extraction, Metadata, Party, Quote, RebuttalKind, Topic


@dataclass(frozen=True)
class Said:
    """An act to make: a whole sentence, who speaks, against whom.  ``content`` is part of the sentence."""

    sentence: str
    source: str
    target: str
    type: ActType = ActType.ACCUSATION
    content: str = ""
    topic: Topic | None = None
    changes: dict[str, Any] = field(default_factory=dict)


def rebuttal(sentence: str, source: str, target: str, content: str = "", **changes: Any) -> Said:
    """A rebuttal by ``source`` of what ``target`` said."""
    return Said(
        sentence, source, target, ActType.REBUTTAL, content, changes={"kind": RebuttalKind.DENIAL, **changes}
    )


def a_statement(name: str, date: str, *said: Said, language: str = "en", **metadata: str) -> Extraction:
    """A document that consists of the sentences of its acts."""
    text = " ".join(dict.fromkeys(one.sentence for one in said))
    document = Document(name, text, Metadata(date=date, language=language, **metadata))
    return Extraction(document, tuple(_act(document, one) for one in said))


def a_party(name: str, document: Document, words: str = "") -> Party:
    """A party whose side is its name, a state's code or lower-case words; "" is nobody in particular."""
    mention = None
    if words:
        start = document.text.index(words)
        mention = Quote(start, start + len(words), words)
    side = name if name.isupper() and len(name) == 2 else name.lower()
    if not name:
        return Party(mention, UNNAMED, UNNAMED, actor_iri(UNNAMED, UNNAMED, document))
    return Party(mention, name, side, actor_iri(side, name, document))


def _act(document: Document, said: Said) -> Act:
    start = document.text.index(said.sentence)
    words = said.content or said.sentence.rstrip(".")
    place = document.text.index(words, start)
    quote = Quote(place, place + len(words), words)
    source, target = a_party(said.source, document), a_party(said.target, document)
    iri = act_iri(document, said.sentence, 1, source.iri, target.iri)
    return Act(
        **{
            "id": record_id(iri, said.type),
            "act": iri,
            "document": document.name,
            "type": said.type,
            "start": start,
            "end": start + len(said.sentence),
            "sentence": said.sentence,
            "cue": quote,
            "content": quote if said.content else None,
            "source": source,
            "target": target,
            "topics": (said.topic,) if said.topic else (),
            **said.changes,
        }
    )


def placed(*extractions: Extraction) -> list[PlacedAct]:
    """All acts as linking takes them."""
    return [one for extraction in extractions for one in place_acts(extraction)]


def link(*extractions: Extraction, options: Options = NO_DECISIONS) -> Links:
    """Link some documents."""
    texts = {document_iri(e.document): e.document.text for e in extractions}
    documents = [place_document(extraction.document) for extraction in extractions]
    return link_acts(placed(*extractions), texts.__getitem__, options, documents)


def sentences(links: Links, relation: Relation, extractions: Sequence[Extraction]) -> set[tuple[str, str]]:
    """The links of a relation between acts, as pairs of sentences; sorted if the relation is symmetric."""
    by_id = {act.id: act.sentence for extraction in extractions for act in extraction.acts}

    def pair(proposal: Proposal) -> tuple[str, str]:
        found = (by_id[proposal.subject], by_id[proposal.object])
        return found if relation is not Relation.SAME_ALLEGATION else (min(found), max(found))

    return {pair(proposal) for proposal in links.of(relation)}
