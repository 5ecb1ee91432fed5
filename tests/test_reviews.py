"""What people decided stands: through new readings, new texts, files and a store on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from kg.errors import ReviewError, StoreError
from kg.identifiers import document_iri, reading_iri
from kg.model import Act, ActType, Extraction, Modality, Quote, Topic
from kg.rdf.reviews import Decision, Review, latest_reviews
from kg.reviews.changes import diff_acts
from kg.reviews.decisions import corrected, decide, record_digest, reviewed_act
from kg.reviews.effective import Conflict, apply_reviews, effective_acts
from kg.reviews.files import read_reviews, write_reviews
from kg.reviews.keeping import add_review, add_reviews, reviewed_acts, stored_reviews
from kg.store.records import EngineSource, read_acts
from kg.store.store import Store, open_store
from kg.validation import validate_store
from tests.linking import Said, a_statement, rebuttal
from tests.records import extractions

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
BURNED = "Soldiers of XB burned the school of Maltevo."
DENIED = "XB has burned nothing."


def statement(*more: Said, name: str = "statement", before: str = "") -> Extraction:
    said = [Said(BURNED, "XA", "XB", topic=Topic.AGGRESSION), rebuttal(DENIED, "XB", "XA"), *more]
    extraction = a_statement(name, "2024-04-30", *said)
    if not before:
        return extraction
    document = replace(extraction.document, text=before + extraction.document.text)
    return Extraction(document, tuple(moved(act, len(before)) for act in extraction.acts))


def moved(act: Act, by: int) -> Act:
    cue = Quote(act.cue.start + by, act.cue.end + by, act.cue.text)
    return replace(act, start=act.start + by, end=act.end + by, cue=cue)


ACCUSATION, DENIAL = statement().acts


def a_review(decision: Decision = Decision.ACCEPTED, act: Act = ACCUSATION, **options: object) -> Review:
    return decide(act, decision, "Ada", **{"when": NOON, **options})  # type: ignore[arg-type]


def test_an_unreviewed_act_is_as_the_machine_reads_it() -> None:
    (found,) = apply_reviews([ACCUSATION], [])
    assert (found.act, found.review, found.conflict, found.history) == (ACCUSATION, None, Conflict.NONE, ())


def test_a_rejected_act_does_not_hold_but_is_shown() -> None:
    rejected = a_review(Decision.REJECTED)
    found, other = apply_reviews([ACCUSATION, DENIAL], [rejected])
    assert (found.act, found.found, found.review) == (None, ACCUSATION, rejected)
    assert other.act == DENIAL
    assert effective_acts([ACCUSATION, DENIAL], [rejected]) == [DENIAL]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"type": "warning"}, "type", ActType.WARNING),
        ({"topics": ["human_rights"]}, "topics", (Topic.HUMAN_RIGHTS,)),
        ({"modality": "hedged"}, "modality", Modality.HEDGED),
        ({"counter": True}, "counter", True),
        ({"rebuts": ["act-1-accusation"]}, "rebuts", ("act-1-accusation",)),
        (
            {"content": {"start": 15, "end": 21, "text": "burned"}},
            "content",
            Quote(15, 21, "burned"),
        ),
    ],
)
def test_what_a_person_changes_holds(changes: dict[str, object], field: str, value: object) -> None:
    (act,) = effective_acts([ACCUSATION], [a_review(Decision.CORRECTED, changes=changes)])
    assert getattr(act, field) == value
    assert act.id == ACCUSATION.id
    assert act.confidence == ACCUSATION.confidence


def test_a_corrected_party_is_another_actor() -> None:
    changes = {"target": {"name": "China", "side": "CN"}}
    (act,) = effective_acts([ACCUSATION], [a_review(Decision.CORRECTED, changes=changes)])
    assert (act.target.name, act.target.side) == ("China", "CN")
    assert act.target.iri != ACCUSATION.target.iri
    assert act.source == ACCUSATION.source


@pytest.mark.parametrize(
    ("decision", "options", "message"),
    [
        (Decision.CORRECTED, {}, "what is right instead"),
        (Decision.ACCEPTED, {"changes": {"counter": True}}, "what is right instead"),
        (Decision.CORRECTED, {"changes": {"confidence": 1}}, "'confidence' cannot be changed"),
        (Decision.CORRECTED, {"changes": {"topics": ["weather"]}}, "weather"),
        (Decision.CORRECTED, {"changes": {"type": "gossip"}}, "gossip"),
        (Decision.CORRECTED, {"changes": {"cue": "burned"}}, "not of this form"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    decision: Decision, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ReviewError, match=message):
        a_review(decision, **options)


def test_nobody_cannot_decide() -> None:
    with pytest.raises(ReviewError, match="who decides"):
        decide(ACCUSATION, Decision.ACCEPTED, "  ")


def test_the_last_decision_holds_and_comments_decide_nothing() -> None:
    later = [NOON + timedelta(minutes=n) for n in range(4)]
    history = [
        a_review(Decision.COMMENTED, when=later[3], note="look again"),
        a_review(Decision.ACCEPTED, when=later[2]),
        a_review(Decision.REJECTED, when=later[1]),
    ]
    (found,) = apply_reviews([ACCUSATION], history)
    assert found.act == ACCUSATION
    assert found.review == history[1]
    assert found.history == tuple(reversed(history))
    assert [review.note for review in found.comments] == ["look again"]
    assert not found.disagreement


def test_disagreement_of_two_people_shows() -> None:
    other = decide(ACCUSATION, Decision.REJECTED, "Ben", when=NOON)
    fixed = a_review(Decision.CORRECTED, changes={"counter": True})
    assert apply_reviews([ACCUSATION], [a_review(), other])[0].disagreement
    assert not apply_reviews([ACCUSATION], [a_review(), fixed])[0].disagreement


def test_a_new_extractor_does_not_overwrite_a_review_and_the_conflict_shows() -> None:
    newer = replace(ACCUSATION, topics=(Topic.TERRORISM,), confidence=0.99)
    (found,) = apply_reviews([newer], [a_review()])
    assert found.conflict is Conflict.CHANGED
    assert found.act == ACCUSATION
    assert found.found == newer


def other_target(side: str) -> Act:
    """The same accusation as another extractor reads it: against another party, so with another id."""
    (act, *_) = a_statement("statement", "2024-04-30", Said(BURNED, "XA", side, topic=Topic.AGGRESSION)).acts
    return act


def test_a_new_reading_of_the_same_words_takes_no_second_place_beside_what_was_accepted() -> None:
    newer = other_target("XC")
    assert newer.id != ACCUSATION.id
    (found,) = apply_reviews([newer], [a_review()])
    assert (found.act, found.found, found.conflict) == (ACCUSATION, newer, Conflict.CHANGED)


def test_a_machine_that_learns_what_a_person_corrected_is_in_no_conflict() -> None:
    fixed = a_review(Decision.CORRECTED, changes={"target": {"name": "XC", "side": "XC"}})
    newer = other_target("XC")
    (found,) = apply_reviews([newer], [fixed])
    assert found.act is not None
    assert (found.act.target.side, found.conflict) == ("XC", Conflict.NONE)


def test_a_new_reading_of_what_was_rejected_is_judged_anew() -> None:
    newer = other_target("XC")
    found, rejected = apply_reviews([newer], [a_review(Decision.REJECTED)])
    assert (found.act, found.review) == (newer, None)
    assert rejected.act is None


def test_surer_of_the_same_is_no_conflict() -> None:
    newer = replace(ACCUSATION, confidence=0.99, reasons=("another rule",))
    assert apply_reviews([newer], [a_review()])[0].conflict is Conflict.NONE
    assert record_digest(newer) == record_digest(ACCUSATION)


def test_an_act_that_the_machine_lost_holds_while_its_words_stand() -> None:
    text = "A new first sentence. " + statement().document.text
    (found,) = apply_reviews([], [a_review()], texts={"statement": text}.get)
    assert found.conflict is Conflict.VANISHED
    assert found.act == moved(ACCUSATION, len("A new first sentence. "))
    (gone,) = apply_reviews([], [a_review()], texts={"statement": "Another text."}.get)
    assert (gone.act, gone.conflict) == (None, Conflict.GONE)
    (gone,) = apply_reviews([], [a_review()], texts={}.get)
    assert (gone.act, gone.conflict) == (None, Conflict.GONE)


def test_a_correction_moves_with_its_sentence() -> None:
    before = "An earlier sentence. "
    words = {"start": 15, "end": 21, "text": "burned"}
    review = a_review(Decision.CORRECTED, changes={"content": words})
    later = statement(before=before)
    (act,) = effective_acts([later.acts[0]], [review])
    assert act.content is not None
    assert later.document.text[act.content.start : act.content.end] == "burned"


@given(extractions())
def test_accepting_everything_changes_nothing(extraction: Extraction) -> None:
    reviews = [decide(act, Decision.ACCEPTED, "Ada", when=NOON) for act in extraction.acts]
    for act, found in zip(extraction.acts, apply_reviews(extraction.acts, reviews), strict=True):
        assert found.conflict is Conflict.NONE
        assert found.act is not None
        assert record_digest(found.act) == record_digest(act)


@given(extractions())
def test_a_file_gives_back_the_reviews_written_to_it(extraction: Extraction) -> None:
    decisions = [Decision.ACCEPTED, Decision.REJECTED, Decision.DISPUTED, Decision.COMMENTED]
    reviews = [
        decide(act, decisions[n % 4], "Ada", when=NOON, note="why\nnot")
        for n, act in enumerate(extraction.acts)
    ]
    assert list(read_reviews(write_reviews(reviews))) == reviews


def test_a_correction_survives_the_file() -> None:
    review = a_review(Decision.CORRECTED, changes={"target": {"name": "Çin", "side": "CN"}})
    (again,) = read_reviews(write_reviews([review]))
    assert corrected(ACCUSATION, again) == corrected(ACCUSATION, review)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"decision": "maybe"}, "maybe"),
        ({"when": "2024-05-01T12:00:00"}, "no time zone"),
        ({"when": "noon"}, "noon"),
        ({"who": "Ada"}, "unknown field 'who'"),
        ({"target": None}, "KeyError|target"),
    ],
)
def test_a_line_that_is_no_decision_is_refused_with_its_number(
    change: dict[str, object], message: str
) -> None:
    good = next(write_reviews([a_review()]))
    line = {**json.loads(good), **change}
    if line["target"] is None:
        del line["target"]
    with pytest.raises(ReviewError, match=message) as refused:
        list(read_reviews([good, "", json.dumps(line)], "r.jsonl"))
    assert "r.jsonl, line 3" in str(refused.value)


def test_a_review_without_a_record_cannot_be_read_as_one() -> None:
    bare = Review(reading_iri(ACCUSATION.id), Decision.ACCEPTED, "Ada", NOON)
    with pytest.raises(ReviewError, match="keeps no record"):
        reviewed_act(bare)
    assert apply_reviews([ACCUSATION], [bare])[0].act == ACCUSATION


# In a store ---------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", writable=True) as opened:
        opened.ingest(statement())
        yield opened


def test_reviews_outlive_a_new_text_and_the_document_itself(store: Store, tmp_path: Path) -> None:
    review = a_review(Decision.CORRECTED, changes={"topics": ["human_rights"]}, note="it was a school")
    add_review(store, review)
    later = statement(Said("It also mined the road.", "XA", "XB"), before="Good evening. ")
    store.ingest(later)
    found = {r.found.id: r for r in reviewed_acts(store, read_acts(store)) if r.found}
    held = found[ACCUSATION.id].act
    assert held is not None
    assert held.topics == (Topic.HUMAN_RIGHTS,)
    assert later.document.text[held.start : held.end] == BURNED
    store.delete_document(document_iri(later.document))
    assert stored_reviews(store) == [review]
    (gone,) = reviewed_acts(store, read_acts(store))
    assert gone.conflict is Conflict.GONE


def test_reviews_are_only_ever_added(store: Store) -> None:
    first, second = a_review(), a_review(Decision.REJECTED, when=NOON + timedelta(hours=1))
    assert add_reviews(store, [first]).added == 1
    replayed = add_reviews(store, [first, second])
    assert (replayed.added, replayed.known) == (1, 1)
    assert stored_reviews(store) == [first, second]
    assert latest_reviews(EngineSource(store.engine)) == {first.target: second}
    assert [report.findings for _, report in validate_store(store) if not report.conforms] == []


def test_an_exported_file_is_replayed_into_another_store(store: Store, tmp_path: Path) -> None:
    add_reviews(
        store,
        [a_review(), a_review(Decision.COMMENTED, note="«hm»"), a_review(Decision.REJECTED, act=DENIAL)],
    )
    lines = list(write_reviews(stored_reviews(store)))
    with open_store(tmp_path / "other", writable=True) as other:
        other.ingest(statement())
        assert add_reviews(other, read_reviews(lines)).added == 3
        assert add_reviews(other, read_reviews(lines)).added == 0
        assert list(write_reviews(stored_reviews(other))) == lines
        held = [r.act for r in reviewed_acts(other, read_acts(other)) if r.act]
        assert [act.id for act in held] == [ACCUSATION.id]


def test_a_reader_cannot_review(store: Store, tmp_path: Path) -> None:
    store.publish()
    with open_store(tmp_path / "store") as reader, pytest.raises(StoreError):
        add_review(reader, a_review())


# Changes ------------------------------------------------------------------------------------------------


def test_the_same_acts_have_no_difference() -> None:
    changes = diff_acts(statement().acts, statement(before="Hello. ").acts)
    assert not changes
    assert changes.same == 2


def test_acts_appear_vanish_and_change() -> None:
    old = [ACCUSATION, DENIAL]
    new = statement(Said("It also mined the road.", "XA", "XB")).acts
    changed = replace(new[0], topics=(Topic.TERRORISM,), modality=Modality.HEDGED)
    changes = diff_acts(old, [changed, new[2]])
    assert [act.sentence for act in changes.appeared] == ["It also mined the road."]
    assert [act.sentence for act in changes.vanished] == [DENIED]
    (change,) = changes.changed
    assert [name for name, _, _ in change.fields] == ["modality", "topics"]


def test_the_same_sentence_of_another_document_is_another_act() -> None:
    one, other = statement(name="one").acts, statement(name="other").acts
    changes = diff_acts([*one, *other], [*other, *(replace(act, counter=True) for act in one[:1])])
    assert [act.document for act in changes.vanished] == ["one"]
    assert [(c.old.document, c.new.document) for c in changes.changed] == [("one", "one")]
    assert changes.same == len(other)


def test_another_name_of_the_file_makes_no_difference() -> None:
    changes = diff_acts(statement().acts, statement(name="statement-v2").acts)
    assert not changes


def test_a_reworded_sentence_is_a_change() -> None:
    new = a_statement("statement", "2024-05-02", Said(BURNED.replace("burned", "burnt down"), "XA", "XB"))
    changes = diff_acts([replace(ACCUSATION, topics=())], new.acts)
    (change,) = changes.changed
    assert "sentence" in [name for name, _, _ in change.fields]
    assert not changes.appeared


def test_another_target_of_the_same_sentence_is_a_change() -> None:
    new = a_statement("statement", "2024-04-30", Said(BURNED, "XA", "XC", topic=Topic.AGGRESSION))
    (change,) = diff_acts([ACCUSATION], new.acts).changed
    assert [(name, old, new) for name, old, new in change.fields] == [("target", "XB (XB)", "XC (XC)")]


def test_undoing_a_decision_lets_the_one_before_stand() -> None:
    accepted, rejected, undone = (
        replace(a_review(decision), when=NOON.replace(minute=minute))
        for minute, decision in enumerate((Decision.ACCEPTED, Decision.REJECTED, Decision.UNDONE))
    )
    (item,) = apply_reviews([ACCUSATION], [undone, rejected, accepted])
    assert (item.review, item.act) == (accepted, ACCUSATION)
    assert len(item.history) == 3
    (item,) = apply_reviews([ACCUSATION], [rejected, replace(undone, when=NOON.replace(minute=5))])
    assert item.review is None
