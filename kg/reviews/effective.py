"""Acts and reviews → what holds: the person's word where there is one, the machine's elsewhere.

Nothing that a person decided is lost to a new reading.  Where the machine now reads another thing than what
was reviewed, the person's version stands and the conflict is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.errors import ReviewError
from kg.identifiers import reading_iri
from kg.model import Act, Quote
from kg.rdf.reviews import Decision, Review, standing
from kg.reviews.decisions import corrected, record_digest, reviewed_act


class Conflict(StrEnum):
    """How a review and what the machine now reads disagree."""

    NONE = "none"
    CHANGED = "changed"
    """The machine now reads another thing than what was reviewed."""
    VANISHED = "vanished"
    """The machine no longer reads it, though the words still stand in the document."""
    GONE = "gone"
    """The words no longer stand in the document."""


@dataclass(frozen=True, slots=True)
class ReviewedAct:
    """One record with what people decided about it.

    Attributes:
        act: what holds; None if it was rejected, or its words are gone.
        found: what the machine reads now; None if it reads nothing there.
        review: the decision that holds, the latest; None if there is none.
        history: all decisions and comments about it, earliest first.
        conflict: how the review and the machine disagree.
        disagreement: whether the latest decisions of two people differ.
    """

    act: Act | None
    found: Act | None
    review: Review | None = None
    history: tuple[Review, ...] = ()
    conflict: Conflict = Conflict.NONE
    disagreement: bool = False

    @property
    def comments(self) -> tuple[Review, ...]:
        """The comments among its history."""
        return tuple(review for review in self.history if review.decision is Decision.COMMENTED)


Reviews = Mapping[str, Sequence[Review]]
"""Decisions about acts by the name of the document in the store, earliest first."""
Texts = Callable[[str], str | None]
"""Returns the text of a document by its name, None if there is no such document."""


def apply_reviews(
    acts: Iterable[Act], reviews: Iterable[Review], *, texts: Texts | None = None
) -> list[ReviewedAct]:
    """Return every record with its review, those of the machine first and in their order.

    A new extractor that reads another party in the same words makes another record: what a person decided
    about the old one stands in its place.  Records that people reviewed and the machine no longer finds
    follow: they hold as they were reviewed, as long as their words stand in the document.

    Args:
        acts: what the machine reads now.
        reviews: decisions in any order; those about links are left out.
        texts: looks up documents, to see whether the words of a vanished record still stand there; None:
            vanished records are taken to stand.

    Raises:
        ReviewError: a review keeps no record where one is needed, or its correction does not fit.
    """
    histories = _histories(reviews)
    found = [_reviewed(act, histories.pop(reading_iri(act.id), ())) for act in acts]
    lost = []
    unjudged = _unjudged(found) if histories else {}
    for _, history in sorted(histories.items()):
        if _is_of_act(history) and not _read_anew(history, found, unjudged):
            lost.append(_vanished(history, texts))
    return found + lost


def effective_acts(
    acts: Iterable[Act], reviews: Iterable[Review], *, texts: Texts | None = None
) -> list[Act]:
    """Return the acts that hold, in the order of document and place.

    Raises:
        ReviewError: see :func:`apply_reviews`.
    """
    held = [reviewed.act for reviewed in apply_reviews(acts, reviews, texts=texts) if reviewed.act]
    return sorted(held, key=lambda act: (act.document, act.start, act.end, act.cue.start, act.id))


def by_document(reviews: Sequence[Review]) -> Reviews:
    """Return the decisions about acts by document; those about links are left out."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        try:
            found.setdefault(reviewed_act(review).document, []).append(review)
        except ReviewError:  # about a link, or about nothing that can be read
            continue
    return found


def _histories(reviews: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    found: defaultdict[str, list[Review]] = defaultdict(list)
    for review in sorted(reviews, key=lambda review: (review.when, review.reviewer, review.decision)):
        found[review.target].append(review)
    return {target: tuple(history) for target, history in found.items()}


def _latest(history: Sequence[Review]) -> Review | None:
    decided = standing(history)
    return decided[-1] if decided else None


def _is_of_act(history: Sequence[Review]) -> bool:
    return any('"sentence"' in review.record for review in history)


def _reviewed(act: Act, history: tuple[Review, ...]) -> ReviewedAct:
    review = _latest(history)
    if review is None:
        return ReviewedAct(act, act, history=history)
    return _held(reviewed_act(review) if review.record else act, act, review, history)


_Words = tuple[str, str, str, str, int]
"""Document, type, sentence, cue and the place of the cue in the sentence."""


def _words_of(act: Act) -> _Words:
    return act.document, act.type, act.sentence, act.cue.text, act.cue.start - act.start


def _unjudged(found: Sequence[ReviewedAct]) -> dict[_Words, int]:
    """Return the places of the records that nobody said anything of, by the words they rest on."""
    return {_words_of(item.found): n for n, item in enumerate(found) if item.found and not item.history}


def _read_anew(history: tuple[Review, ...], found: list[ReviewedAct], unjudged: dict[_Words, int]) -> bool:
    """Put a decision in the place of the unreviewed record that the machine now reads in the same words.

    What was rejected is no such record: the new reading is another claim, which nobody has judged.
    """
    review = _latest(history)
    if review is None or review.decision is Decision.REJECTED:
        return False
    seen = reviewed_act(review)
    place = unjudged.pop(_words_of(seen), None)
    if place is None:
        return False
    act = found[place].found
    assert act is not None
    found[place] = _held(seen, act, review, history)
    return True


def _held(seen: Act, act: Act, review: Review, history: tuple[Review, ...]) -> ReviewedAct:
    """Return a record with its review; a machine that now reads what the person says is in no conflict."""
    held = _decided(seen, review, act.start - seen.start)
    agreed = {record_digest(seen)} | ({record_digest(held)} if held else set())
    conflict = Conflict.NONE if record_digest(act) in agreed else Conflict.CHANGED
    return ReviewedAct(held, act, review, history, conflict, _disagree(history))


def _vanished(history: tuple[Review, ...], texts: Texts | None) -> ReviewedAct:
    review = _latest(history)
    if review is None:
        return ReviewedAct(None, None, history=history, conflict=Conflict.VANISHED)
    seen = reviewed_act(review)
    place = seen.start
    if texts is not None:
        text = texts(seen.document)
        place = _nearest(text or "", seen.sentence, seen.start)
        if place < 0:
            return ReviewedAct(None, None, review, history, Conflict.GONE, _disagree(history))
    held = _decided(seen, review, place - seen.start)
    return ReviewedAct(held, None, review, history, Conflict.VANISHED, _disagree(history))


def _decided(seen: Act, review: Review, moved_by: int) -> Act | None:
    if review.decision is Decision.REJECTED:
        return None
    return _moved(corrected(seen, review), moved_by)


def _disagree(history: Sequence[Review]) -> bool:
    last: Mapping[str, Decision] = {review.reviewer: review.decision for review in standing(history)}
    agreeing = {Decision.ACCEPTED: "right", Decision.CORRECTED: "right"}
    return len({agreeing.get(decision, decision.value) for decision in last.values()}) > 1


def _nearest(text: str, words: str, place: int) -> int:
    """Return where words stand in a text, nearest to a place; -1 if nowhere."""
    return min(_places(text, words), key=lambda found: abs(found - place), default=-1)


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _moved(act: Act, by: int) -> Act:
    """Return an act as it stands after its sentence has moved in the text."""
    if not by:
        return act

    def moved(quote: Quote | None) -> Quote | None:
        return quote and Quote(quote.start + by, quote.end + by, quote.text)

    return replace(
        act,
        start=act.start + by,
        end=act.end + by,
        cue=Quote(act.cue.start + by, act.cue.end + by, act.cue.text),
        content=moved(act.content),
        source=replace(act.source, mention=moved(act.source.mention)),
        target=replace(act.target, mention=moved(act.target.mention)),
        via=tuple(replace(party, mention=moved(party.mention)) for party in act.via),
    )
