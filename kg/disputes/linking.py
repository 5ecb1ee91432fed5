"""Links and threads of a store: proposed, written and read back.

Linking reads the acts that hold (with the decisions of people applied), proposes links between all of them
and writes what differs from the last time in one transaction.  What a person accepted is asserted, what a
person rejected is not proposed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.disputes.assembly import find_threads
from kg.disputes.reading import placed_acts, placed_documents
from kg.disputes.threads import JudgedLink, Thread
from kg.identifiers import record_id
from kg.links.across import Options, link_acts
from kg.links.across_groups import WINDOW
from kg.links.across_proposals import Decisions, Links, Proposal, Relation, pair
from kg.model import ActType
from kg.rdf.literals import from_lines
from kg.rdf.namespaces import CT, LINKS, RDF
from kg.rdf.read import Properties, QuadSource
from kg.rdf.reviews import ProposedLink, link_quads
from kg.reviews.keeping import assertion, stored_reviews
from kg.reviews.links import link_decisions, proposal_of, proposed_link
from kg.store.records import EngineSource, read_document
from kg.store.replacing import graph_blocks
from kg.store.store import Store


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What linking a store did.

    Attributes:
        acts: acts that were linked.
        counts: proposals, by relation.
        groups: allegations that several accusations make.
        added, removed: links that the store did not have before, and that it has no more.
    """

    acts: int
    counts: dict[Relation, int]
    groups: int
    added: int
    removed: int


def link_store(store: Store, *, window: int = WINDOW) -> LinkSummary:
    """Propose links between all documents of a store; write them in one transaction.

    Args:
        store: open for writing.
        window: days between two accusations that may be one allegation.

    Raises:
        StoreError: the store is open for reading only.
        ReviewError: a review cannot be applied.
    """
    reviews = stored_reviews(store)
    acts = placed_acts(store, reviews)
    decisions = link_decisions(reviews)
    options = Options(decisions, window)
    links = link_acts(acts, lambda iri: read_document(store, iri).text, options, placed_documents(store))
    added, removed = _write(store, links, decisions)
    counts = {relation: len(links.of(relation)) for relation in Relation}
    return LinkSummary(len(acts), counts, len(links.groups), added, removed)


def read_links(store: Store) -> list[JudgedLink]:
    """Return the links of a store with what people decided about them, strongest first."""
    links = QuadSource(store.quads(LINKS.value))
    records = EngineSource(store.engine)
    decisions = link_decisions(stored_reviews(store))
    found = []
    for iri in links.subjects(RDF.type, CT.Link):
        proposal = _read_link(links.properties(iri), records)
        if proposal:
            key = pair(proposal.relation, proposal.subject, proposal.object)
            found.append(JudgedLink(proposal, decisions.get(key)))
    return sorted(found, key=_strongest_first)


def read_threads(store: Store) -> list[Thread]:
    """Return the disputes of a store: a thread for every allegation, answered or not, earliest first.

    Raises:
        ReviewError: a review cannot be applied.
    """
    return find_threads(placed_acts(store), read_links(store))


def _write(store: Store, links: Links, decisions: Decisions) -> tuple[int, int]:
    """Bring the graph of links to what was found; return how many links were added and removed."""
    wanted: set[Quad] = set()
    for proposal in links.proposals:
        wanted.update(link_quads(proposed_link(proposal)))
        if decisions.get(pair(proposal.relation, proposal.subject, proposal.object)):
            wanted.add(assertion(proposal))
    stored = set(store.quads(LINKS.value))
    gone, new = sorted(stored - wanted, key=str), sorted(wanted - stored, key=str)
    steps = [f"DELETE DATA {{ {graph_blocks(gone)} }}"] if gone else []
    steps += [f"INSERT DATA {{ {graph_blocks(new)} }}"] if new else []
    if steps:
        store.update(" ;\n".join(steps))
    before, after = ({q.subject for q in quads if q.object == CT.Link} for quads in (stored, wanted))
    return len(after - before), len(before - after)


def _read_link(found: Properties, records: EngineSource) -> Proposal | None:
    link = ProposedLink(
        found[RDF.subject.value][0],
        NamedNode(found[RDF.predicate.value][0]),
        found[RDF.object.value][0],
        float(found[CT.confidence.value][0]),
        from_lines(found[CT.reasons.value][0]) if CT.reasons.value in found else (),
    )
    proposal = proposal_of(link)
    if proposal and proposal.relation is Relation.RETRACTS:
        types = records.properties(link.object).get(RDF.type.value, ())
        if CT.Accusation.value not in types:
            return replace(proposal, object=record_id(link.object, ActType.REBUTTAL))
    return proposal


_ORDER = {relation: place for place, relation in enumerate(Relation)}


def _strongest_first(link: JudgedLink) -> tuple[int, float, str, str]:
    proposal = link.proposal
    return _ORDER[proposal.relation], -proposal.score, proposal.subject, proposal.object
