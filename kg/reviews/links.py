"""Proposed links as RDF, and decisions about them.

Acts are joined as acts (``ct:rebuts``, ``ct:retracts``, ``prov:alternateOf``), documents and actors as what
they are.  A decision keeps which two it is about, so that it holds when the link is not proposed any more.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from kg.errors import ReviewError
from kg.identifiers import ID, act_of_record, record_id
from kg.links.across_proposals import Decisions, Pair, Proposal, Relation, pair
from kg.model import ActType
from kg.rdf.namespaces import CT, PROV
from kg.rdf.reviews import Decision, ProposedLink, Review, standing
from kg.reviews.decisions import to_text

_PREDICATES = {
    Relation.SAME_ALLEGATION: PROV.alternateOf,
    Relation.ANSWERS: CT.rebuts,
    Relation.RETRACTS: CT.retracts,
    Relation.SAME_STATEMENT: PROV.alternateOf,
    Relation.SAME_ACTOR: PROV.alternateOf,
}
_TYPES = {
    Relation.SAME_ALLEGATION: (ActType.ACCUSATION, ActType.ACCUSATION),
    Relation.ANSWERS: (ActType.REBUTTAL, ActType.ACCUSATION),
    Relation.RETRACTS: (ActType.RETRACTION, ActType.ACCUSATION),
}
"""Types of the acts that a relation joins: an act that is two things is joined as one of them."""
_ALTERNATES = {
    "act": Relation.SAME_ALLEGATION,
    "doc": Relation.SAME_STATEMENT,
    "actor": Relation.SAME_ACTOR,
}
"""What ``prov:alternateOf`` says between two nodes whose IRIs begin so."""


def proposed_link(proposal: Proposal) -> ProposedLink:
    """Return a proposal as it is written in RDF."""
    subject, object_ = proposal.subject, proposal.object
    if proposal.relation in _TYPES:
        subject, object_ = act_of_record(subject), act_of_record(object_)
    return ProposedLink(subject, _PREDICATES[proposal.relation], object_, proposal.score, proposal.reasons)


def proposal_of(link: ProposedLink) -> Proposal | None:
    """Return the proposal that a link was written from; None if linking does not make such links."""
    key = _pair_of(link.subject, link.predicate, link.object)
    return key and Proposal(*key, link.confidence, link.reasons)


def decide_link(
    proposal: Proposal, decision: Decision, reviewer: str, *, note: str = "", when: datetime | None = None
) -> Review:
    """Return a decision about a link, be it proposed or made by the reviewer.

    Raises:
        ReviewError: nobody decides, or the decision is a correction: reject the link and accept another.
    """
    if not reviewer.strip():
        raise ReviewError("a review needs the name of who decides")
    if decision is Decision.CORRECTED:
        raise ReviewError("a link is not corrected: reject it, and accept the right one")
    record = {"relation": proposal.relation, "subject": proposal.subject, "object": proposal.object}
    return Review(
        proposed_link(proposal).iri,
        decision,
        reviewer.strip(),
        (when or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0),
        note,
        record=to_text(record),
    )


def reviewed_pair(review: Review) -> Pair | None:
    """Return the two that a decision about a link is about; None if it is about an act."""
    try:
        record = json.loads(review.record or "{}")
        return pair(Relation(record["relation"]), record["subject"], record["object"])
    except (KeyError, TypeError, ValueError):
        return None


def link_decisions(reviews: Iterable[Review]) -> Decisions:
    """Return what people decided about links, for linking to respect; the latest decision on each holds.

    A disputed link is left to the machine.
    """
    histories: defaultdict[Pair, list[Review]] = defaultdict(list)
    for review in sorted(reviews, key=lambda review: review.when):
        if key := reviewed_pair(review):
            histories[key].append(review)
    verdicts = {Decision.ACCEPTED: True, Decision.REJECTED: False}
    latest = {
        key: decided[-1].decision for key, history in histories.items() if (decided := standing(history))
    }
    return {key: verdicts[decision] for key, decision in latest.items() if decision in verdicts}


def _pair_of(subject: str, predicate: NamedNode, object_: str) -> Pair | None:
    kind = subject.removeprefix(ID).partition("-")[0]
    if predicate == PROV.alternateOf:
        relation = _ALTERNATES.get(kind)
    else:
        relation = {CT.rebuts: Relation.ANSWERS, CT.retracts: Relation.RETRACTS}.get(predicate)
    if relation is None:
        return None
    if relation in _TYPES:
        first, second = _TYPES[relation]
        subject, object_ = record_id(subject, first), record_id(object_, second)
    return pair(relation, subject, object_)
