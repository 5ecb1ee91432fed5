"""Reviews in a store: added in one transaction each, never changed, never removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Quad

from kg.links.across_proposals import Pair, Proposal
from kg.model import Act
from kg.rdf.namespaces import LINKS
from kg.rdf.reviews import Review, accepted_link, read_reviews, review_iri, review_quads
from kg.reviews.decisions import time_after
from kg.reviews.effective import ReviewedAct, apply_reviews
from kg.reviews.links import link_decisions, proposed_link, reviewed_pair
from kg.store.records import EngineSource, list_documents, read_document
from kg.store.replacing import graph_blocks
from kg.store.store import Store


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of the decisions of a file: numbers of those that were new and that the store had."""

    added: int
    known: int


def stored_reviews(store: Store) -> list[Review]:
    """Return all decisions of a store, earliest first."""
    return read_reviews(EngineSource(store.engine))


def add_review(store: Store, review: Review) -> None:
    """Add a decision; if it accepts or rejects a link, assert the link or take the assertion back.

    Raises:
        StoreError: the store is open for reading only.
    """
    add_reviews(store, [review])


def add_reviews(store: Store, reviews: Iterable[Review]) -> Replayed:
    """Add decisions that the store does not have yet, all in one transaction.

    Adding the same decision twice changes nothing, so that a file can be replayed.

    Raises:
        StoreError: the store is open for reading only.
    """
    before = stored_reviews(store)
    had = {review_iri(review) for review in before}
    given = {review_iri(review): review for review in reviews}
    new = [review for iri, review in given.items() if iri not in had]
    if new:
        quads = dict.fromkeys(quad for review in new for quad in review_quads(review))
        steps = [f"INSERT DATA {{ {graph_blocks(quads)} }}"]
        steps += _assertions([*before, *new], {pair_ for review in new if (pair_ := reviewed_pair(review))})
        store.update(" ;\n".join(steps))
    return Replayed(len(new), len(given) - len(new))


def assertion(proposal: Proposal) -> Quad:
    """Return the triple that an accepted link asserts."""
    return accepted_link(proposed_link(proposal))


def time_for(store: Store, target: str) -> datetime:
    """Return the time of a new decision about ``target`` (an IRI), after all that the store has about it."""
    return time_after(review for review in stored_reviews(store) if review.target == target)


def reviewed_acts(store: Store, acts: Iterable[Act]) -> list[ReviewedAct]:
    """Return acts of a store with what people decided about them; see :func:`apply_reviews`.

    Raises:
        ReviewError: a review cannot be applied.
    """
    iris = {document.name: document.iri for document in list_documents(store)}

    def text(name: str) -> str | None:
        return read_document(store, iris[name]).text if name in iris else None

    return apply_reviews(acts, stored_reviews(store), texts=text)


def _assertions(reviews: Iterable[Review], changed: Iterable[Pair]) -> list[str]:
    """Return the steps that make the asserted links agree with the decisions."""
    decisions = link_decisions(reviews)
    steps = []
    for key in sorted(changed, key=str):
        quad = assertion(Proposal(*key, 1.0))
        block = f"GRAPH {LINKS} {{ {quad.triple} }}"
        accepted = decisions.get(key)
        steps.append(f"INSERT DATA {{ {block} }}" if accepted else f"DELETE DATA {{ {block} }}")
    return steps
