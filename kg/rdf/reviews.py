"""Decisions of people and links that wait for one, as quads.

Both are kept outside the document graphs, so that they outlive a new reading of the document: reviews in
a graph that is only ever added to, links in another.  A link is a *proposal*: the triple it proposes is
asserted only by :func:`accepted_link`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad

from kg.identifiers import ID, VOC, digest, link_iri, slug
from kg.rdf import literals
from kg.rdf.namespaces import CT, LINKS, OA, PROV, RDF, RDFS, REVIEWS, XSD
from kg.rdf.read import Source


class Decision(StrEnum):
    """Outcome of a person's check of a record."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    COMMENTED = "commented"
    """A remark; it decides nothing."""
    UNDONE = "undone"
    """Takes back the decision that stood until then; what stood before it stands again."""


@dataclass(frozen=True, slots=True)
class Review:
    """One decision.

    Attributes:
        target: IRI of the reading or link that was checked.
        decision: what was decided.
        reviewer: who decided, as they want to be named.
        when: time of the decision, with a time zone.
        note: why, in the reviewer's words.
        record: the record as the reviewer saw it, as JSON; it outlives the machine's.
        correction: the fields that the reviewer changed, as JSON.
    """

    target: str
    decision: Decision
    reviewer: str
    when: datetime
    note: str = ""
    record: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A triple between records of two documents that nobody has accepted yet.

    Attributes:
        subject, object: IRIs of the two records.
        predicate: ``ct:rebuts``, ``ct:retracts``, ``ct:respondsTo`` or ``prov:alternateOf`` (same claim).
        confidence: from 0 to 1.
        reasons: what speaks for it.
    """

    subject: str
    predicate: NamedNode
    object: str
    confidence: float
    reasons: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """The link's IRI: one for one triple, whatever the confidence."""
        return link_iri(self.subject, self.predicate.value, self.object)


def moment(review: Review) -> str:
    """Return the time of a decision in UTC, to the second, as ``xsd:dateTime`` writes it."""
    return review.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def reviewer_iri(reviewer: str) -> str:
    """Return the IRI of the person who decides."""
    return f"{ID}person-{slug(reviewer)[:40].strip('-')}-{digest(reviewer, length=8)}"


def review_iri(review: Review) -> str:
    """Return the IRI of a decision: the same decision twice is one."""
    fields = (review.target, review.decision, review.reviewer, moment(review), review.note, review.correction)
    return f"{ID}review-{digest(*fields)}"


def review_quads(review: Review) -> Iterator[Quad]:
    """Yield the quads of one decision."""
    when = moment(review)
    node = NamedNode(review_iri(review))
    person = NamedNode(reviewer_iri(review.reviewer))
    yield Quad(node, RDF.type, CT.Review, REVIEWS)
    yield Quad(node, OA.hasTarget, NamedNode(review.target), REVIEWS)
    yield Quad(node, CT.decision, NamedNode(f"{VOC}review/{review.decision}"), REVIEWS)
    yield Quad(node, PROV.wasAttributedTo, person, REVIEWS)
    yield Quad(node, PROV.generatedAtTime, Literal(when, datatype=XSD.dateTime), REVIEWS)
    yield Quad(person, RDF.type, PROV.Person, REVIEWS)
    yield Quad(person, RDFS.label, literals.text(review.reviewer), REVIEWS)
    if review.note:
        yield Quad(node, RDFS.comment, literals.text(review.note), REVIEWS)
    for predicate, value in ((CT.reviewedRecord, review.record), (CT.correction, review.correction)):
        if value:
            yield Quad(node, predicate, literals.text(value), REVIEWS)


def link_quads(link: ProposedLink) -> Iterator[Quad]:
    """Yield the quads of one proposed link.  They do not assert it."""
    node = NamedNode(link.iri)
    yield Quad(node, RDF.type, CT.Link, LINKS)
    yield Quad(node, RDF.subject, NamedNode(link.subject), LINKS)
    yield Quad(node, RDF.predicate, link.predicate, LINKS)
    yield Quad(node, RDF.object, NamedNode(link.object), LINKS)
    yield Quad(node, CT.confidence, literals.decimal(link.confidence), LINKS)
    if link.reasons:
        yield Quad(node, CT.reasons, literals.lines(link.reasons), LINKS)


def accepted_link(link: ProposedLink) -> Quad:
    """Return the triple that a link proposes, to be added when a person accepts it."""
    return Quad(NamedNode(link.subject), link.predicate, NamedNode(link.object), LINKS)


def read_reviews(source: Source) -> list[Review]:
    """Return all decisions, earliest first."""
    found = [_review(source, iri) for iri in source.subjects(RDF.type, CT.Review)]
    return sorted(found, key=lambda review: (review.when, review.target, review.reviewer))


def latest_reviews(source: Source) -> dict[str, Review]:
    """Return the decision that stands on each record, by the record's IRI; comments decide nothing."""
    histories: defaultdict[str, list[Review]] = defaultdict(list)
    for review in read_reviews(source):
        histories[review.target].append(review)
    found = {target: standing(history) for target, history in histories.items()}
    return {target: decided[-1] for target, decided in found.items() if decided}


def standing(history: Iterable[Review]) -> list[Review]:
    """Return the decisions about one record that nobody has undone, earliest first.

    Args:
        history: all that people said of it, earliest first.
    """
    decided: list[Review] = []
    for review in history:
        if review.decision is Decision.UNDONE:
            del decided[-1:]
        elif review.decision is not Decision.COMMENTED:
            decided.append(review)
    return decided


def _review(source: Source, iri: str) -> Review:
    found = source.properties(iri)
    person = source.properties(found[PROV.wasAttributedTo.value][0])
    return Review(
        target=found[OA.hasTarget.value][0],
        decision=Decision(found[CT.decision.value][0].rpartition("/")[2]),
        reviewer=person[RDFS.label.value][0],
        when=datetime.fromisoformat(found[PROV.generatedAtTime.value][0]),
        note=next(iter(found.get(RDFS.comment.value, ())), ""),
        record=next(iter(found.get(CT.reviewedRecord.value, ())), ""),
        correction=next(iter(found.get(CT.correction.value, ())), ""),
    )
