"""What is chosen of a store goes out in every format, and RDF comes back in as it was."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import GraphError, InputError, QueryError, StoreError
from kg.identifiers import document_iri, reading_iri
from kg.model import Act, ActType, Document, Extraction, Topic
from kg.rdf.convert import to_dataset, to_graph
from kg.rdf.formats import FORMATS, Format
from kg.rdf.namespaces import CATALOGUE, CT, DCTERMS, LINKS, VOCABULARY
from kg.rdf.reviews import Decision, ProposedLink, Review, accepted_link, link_quads, review_quads
from kg.rdf.validate import validate
from kg.reviews.decisions import decide
from kg.reviews.keeping import add_review
from kg.store import Outcome, Store, open_store
from kg.store.records import read_acts
from kg.transfer.exporting import OFFERED, export
from kg.transfer.importing import import_graph, import_rdf
from kg.transfer.selection import EVERYTHING, Selection, answered_selection, named_selection
from tests.example import extractions

# rdflib 7.6 warns of its own use of old names when a Dataset is read or written
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"
)

NODE = shutil.which("node")
N3_SCRIPT = Path(__file__).parent / "n3_convert.mjs"
ALL = pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS)
FOUND = extractions()
ACTS = {act.id: act for extraction in FOUND for act in extraction.acts}
DOCUMENTS = {extraction.document.name: extraction.document for extraction in FOUND}
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def first(document: str, type_: ActType) -> Act:
    return next(act for act in ACTS.values() if act.document == document and act.type is type_)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Four documents, links of which one is accepted, and reviews."""
    accusation = first("courier", ActType.ACCUSATION)
    answer = first("reply", ActType.REBUTTAL)
    links = [
        ProposedLink(answer.act, CT.rebuts, accusation.act, 0.66, ("same river",)),
        ProposedLink(answer.act, CT.respondsTo, accusation.act, 0.4),
    ]
    with open_store(None, writable=True) as store:
        for extraction in FOUND:
            store.ingest(extraction)
        store.add_quads([*(quad for link in links for quad in link_quads(link)), accepted_link(links[0])])
        for reviewed in (accusation, answer):
            review = Review(reading_iri(reviewed.id), Decision.ACCEPTED, "Ada", NOON, "clear")
            store.add_quads(review_quads(review))
        yield store


def exported(store: Store, format: str, selection: Selection = EVERYTHING) -> bytes:
    out = io.BytesIO()
    export(store, format, out, selection)
    return out.getvalue()


def lines(store: Store) -> list[str]:
    return sorted(str(quad) for quad in store.quads() if quad.graph_name != VOCABULARY)


def triples(data: bytes, format: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, FORMATS[format].syntax)}


# There and back --------------------------------------------------------------------------------------------


def imported_lines(data: bytes, format_: Format) -> list[str]:
    with open_store(None, writable=True) as target:
        imported = import_rdf(target, data, format_)
        assert (imported.left_out, imported.other) == (0, 0)
        assert imported.documents[Outcome.ADDED] == len(FOUND)
        assert imported.reviews.added == 2
        return lines(target)


@ALL
def test_a_store_comes_back_from_its_export(store: Store, format_: Format) -> None:
    assert imported_lines(exported(store, format_.name), format_) == lines(store)


@ALL
def test_a_store_comes_back_through_rdflib(store: Store, format_: Format) -> None:
    quads = [quad for quad in store.quads() if quad.graph_name != VOCABULARY]
    name = {"jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}.get(format_.name, format_.name)
    source: rdflib.Graph = to_dataset(quads) if format_.keeps_graphs else to_graph(quads)
    assert imported_lines(source.serialize(format=name, encoding="utf-8"), format_) == lines(store)


@pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
@pytest.mark.parametrize("name", ["turtle", "trig", "nquads", "ntriples"])
def test_a_store_comes_back_through_n3(store: Store, name: str) -> None:
    assert NODE is not None
    media_type = FORMATS[name].media_type
    run = subprocess.run(
        [NODE, N3_SCRIPT, media_type, media_type],
        input=exported(store, name),
        capture_output=True,
        check=True,
    )
    assert imported_lines(run.stdout, FORMATS[name]) == lines(store)


def test_importing_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    data = exported(store, "turtle")
    with open_store(tmp_path, writable=True) as target:
        import_rdf(target, data, FORMATS["turtle"])
        before = lines(target)
        again = import_rdf(target, data, FORMATS["turtle"])
        assert again.documents[Outcome.UNCHANGED] == len(FOUND)
        assert (again.reviews.added, again.reviews.known) == (0, 2)
        assert lines(target) == before
    with open_store(tmp_path) as reader:
        assert lines(reader) == before


# What is chosen --------------------------------------------------------------------------------------------

SELECTIONS = {
    "document": Selection(documents=frozenset({document_iri(DOCUMENTS["reply"])})),
    "actor": Selection(actors=frozenset({"XM"})),
    "type": Selection(types=frozenset({ActType.REBUTTAL})),
    "topic": Selection(topics=frozenset({Topic.ESPIONAGE})),
    "since": Selection(since="2023-03"),
    "until": Selection(until="2022"),
    "acts": Selection(acts=frozenset({first("courier", ActType.ACCUSATION).act})),
    "all": Selection(actors=frozenset({"XT"}), types=frozenset({ActType.REBUTTAL}), since="2023"),
}
CONDITIONS = {
    "document": lambda act: act.document == "reply",
    "actor": lambda act: "XM" in (act.source.side, act.target.side),
    "type": lambda act: act.type is ActType.REBUTTAL,
    "topic": lambda act: Topic.ESPIONAGE in act.topics,
    "since": lambda act: DOCUMENTS[act.document].metadata.date >= "2023-03",
    "until": lambda act: DOCUMENTS[act.document].metadata.date[:4] <= "2022",
    "acts": lambda act: act.act == first("courier", ActType.ACCUSATION).act,
    "all": lambda act: (
        "XT" in (act.source.side, act.target.side)
        and act.type is ActType.REBUTTAL
        and DOCUMENTS[act.document].metadata.date >= "2023"
    ),
}
CHOSEN = pytest.mark.parametrize("name", SELECTIONS)


@CHOSEN
def test_a_table_holds_exactly_the_chosen_acts(store: Store, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv", SELECTIONS[name]).decode())))
    expected = {act.id for act in ACTS.values() if CONDITIONS[name](act)}
    assert {row["id"] for row in rows} == expected
    assert 0 < len(expected) < len(ACTS)


@CHOSEN
@pytest.mark.parametrize("format", FORMATS)
def test_rdf_of_a_choice_is_part_of_the_graph_and_valid(store: Store, name: str, format: str) -> None:
    found = triples(exported(store, format, SELECTIONS[name]), format)
    assert found < {quad.triple for quad in store.quads()}
    readings = {
        t.object.value for t in found if t.predicate == CT.reading and isinstance(t.object, ox.NamedNode)
    }
    chosen = [act for act in ACTS.values() if CONDITIONS[name](act)]
    answered = {record for act in chosen for record in act.rebuts if record in ACTS}
    assert readings == {reading_iri(record) for record in answered | {act.id for act in chosen}}
    if format == "turtle":
        report = validate(ox.Quad(t.subject, t.predicate, t.object) for t in found)
        assert report.findings == ()


@pytest.mark.parametrize("format", OFFERED)
def test_every_format_takes_a_choice(store: Store, format: str) -> None:
    assert exported(store, format, SELECTIONS["acts"])


def test_nanopublications_are_those_of_the_chosen_acts(store: Store) -> None:
    def count(selection: Selection) -> int:
        return exported(store, "nanopubs", selection).count(b"a np:Nanopublication")

    assert count(EVERYTHING) == 2
    assert count(SELECTIONS["acts"]) == 1
    assert count(SELECTIONS["topic"]) == 0


def test_a_table_shows_what_an_accepted_link_answers(store: Store) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(exported(store, "csv").decode()))}
    answer, accusation = first("reply", ActType.REBUTTAL), first("courier", ActType.ACCUSATION)
    assert rows[answer.id]["rebuts"].split("|") == [*answer.rebuts, accusation.id]


def test_other_tools_get_what_holds_after_the_decisions_of_people() -> None:
    wrong, right = first("courier", ActType.ACCUSATION), first("reply", ActType.ACCUSATION)
    with open_store(None, writable=True) as store:
        for extraction in FOUND:
            store.ingest(extraction)
        add_review(store, decide(wrong, Decision.REJECTED, "Ada"))
        add_review(store, decide(right, Decision.CORRECTED, "Ada", changes={"topics": ["fraud"]}))
        rows = list(csv.DictReader(io.StringIO(exported(store, "csv").decode())))
        assert {row["id"] for row in rows} == ACTS.keys() - {wrong.id}
        assert next(row["topics"] for row in rows if row["id"] == right.id) == "fraud"
        chosen = exported(store, "edges", Selection(topics=frozenset({Topic.FRAUD})))
        assert right.id.encode() in chosen
        assert exported(store, "nanopubs").count(b"a np:Nanopublication") == 1
        assert f"<{reading_iri(wrong.id)}>".encode() in exported(store, "nquads")


def test_a_choice_of_nothing_is_an_empty_file_and_no_error(store: Store) -> None:
    assert exported(store, "nquads", Selection(acts=frozenset())) == b""
    assert exported(store, "nquads", Selection(since="2999")) == b""


def test_documents_and_actors_are_called_by_their_names(store: Store) -> None:
    chosen = named_selection(store, EVERYTHING, ["reply"], ["marvenia"])
    assert chosen.documents == {document_iri(DOCUMENTS["reply"])}
    assert len(chosen.actors) == 1
    for documents, actors in ((["nowhere"], []), ([], ["nobody"])):
        with pytest.raises(StoreError, match="no such (document|actor) in the store"):
            named_selection(store, EVERYTHING, documents, actors)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT ?act ?who { ?act a ct:Rebuttal ; ct:speaker ?who }", {"type"}),
        ("SELECT ?r { ?r ct:actType <https://w3id.org/claimtrack/voc/act/rebuttal> }", {"type"}),
        ("SELECT ?d { ?d a ct:Document ; dcterms:identifier 'reply' }", {"document"}),
        ("SELECT ?x { ?x a ct:NoSuchThing }", set()),
    ],
)
def test_the_answer_to_a_query_chooses(store: Store, query: str, names: set[str]) -> None:
    prefixes = f"PREFIX ct: <{CT.base}> PREFIX dcterms: <{DCTERMS.base}> "
    selection = answered_selection(EVERYTHING, store.query(prefixes + query))
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv", selection).decode())))
    assert {row["id"] for row in rows} >= {
        a.id for a in ACTS.values() if any(CONDITIONS[n](a) for n in names)
    }
    assert bool(rows) == bool(names)


def test_only_a_table_chooses(store: Store) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        answered_selection(EVERYTHING, store.query("ASK {}"))


def test_an_unknown_format_names_the_known_ones(store: Store) -> None:
    with pytest.raises(InputError, match=r"'gefx'.*turtle.*gexf.*nanopubs"):
        exported(store, "gefx")


# What is brought in ----------------------------------------------------------------------------------------


def test_parts_of_a_document_come_together_again(store: Store) -> None:
    whole = Selection(documents=frozenset({document_iri(DOCUMENTS["reply"])}))
    with open_store(None, writable=True) as target, open_store(None, writable=True) as expected:
        for type_ in ActType:
            part = replace(whole, types=frozenset({type_}))
            import_rdf(target, exported(store, "turtle", part), FORMATS["turtle"])
        import_rdf(expected, exported(store, "trig", whole), FORMATS["trig"])
        assert lines(target) == lines(expected)


def test_a_whole_document_replaces_an_older_reading() -> None:
    (extraction,) = (e for e in FOUND if e.document.name == "reply")
    with open_store(None, writable=True) as old, open_store(None, writable=True) as new:
        old.ingest(extraction)
        new.ingest(replace(extraction, acts=(first("reply", ActType.ACCUSATION),)))
        imported = import_rdf(old, exported(new, "trig"), FORMATS["trig"])
        assert imported.documents[Outcome.REPLACED] == 1
        assert lines(old) == lines(new)
        assert len(read_acts(old)) == 1


def changed(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ct:certainty", "ct:uncertainty", "has no <.*certainty>"),
        ('schema:text "', 'schema:text "Not that. ', "text is not the one"),
        ('dcterms:identifier "reply"', 'dcterms:identifier "other"', "another IRI"),
        ("ct:speaker id:", "ct:speaker ", "malformed Turtle"),
    ],
)
def test_a_file_that_is_not_right_changes_nothing(store: Store, old: str, new: str, message: str) -> None:
    data = exported(store, "turtle")
    with open_store(None, writable=True) as target:
        before = lines(target)
        with pytest.raises(GraphError, match=message):
            import_rdf(target, changed(data, old, new), FORMATS["turtle"])
        assert lines(target) == before


def test_words_that_the_text_does_not_hold_are_refused() -> None:
    (extraction,) = (e for e in FOUND if e.document.name == "reply")
    act = extraction.acts[0]
    forged = replace(act, cue=act.cue._replace(text="murdered"))
    with open_store(None, writable=True) as source, open_store(None, writable=True) as target:
        source.ingest(replace(extraction, acts=(forged,)))
        with pytest.raises(GraphError, match="'murdered' is not what reply says"):
            import_rdf(target, exported(source, "nquads"), FORMATS["nquads"])


def test_a_part_of_another_version_is_refused() -> None:
    document = Document("note", "They lied. They stole.")
    with open_store(None, writable=True) as target:
        target.ingest(Extraction(document, ()))
        other = Extraction(replace(document, text="They lied."), ())
        with open_store(None, writable=True) as source:
            source.ingest(other)
            source.update(f"DROP GRAPH {CATALOGUE}")
            with pytest.raises(GraphError, match="another version of note"):
                import_rdf(target, exported(source, "trig"), FORMATS["trig"])


def test_other_graphs_are_kept_and_stray_triples_counted() -> None:
    data = b"GRAPH <a:g> { <a:s> <a:p> 'o' . } <a:s> <a:p> 'stray' . <a:s> <a:q> 'stray' ."
    with open_store(None, writable=True) as target:
        imported = import_rdf(target, data, FORMATS["trig"])
        assert (imported.other, imported.left_out) == (1, 2)
        assert [str(quad) for quad in target.quads("a:g")] == ['<a:s> <a:p> "o" <a:g>']


def test_other_data_goes_into_a_graph_of_its_own() -> None:
    with open_store(None, writable=True) as target:
        for text, number in ((b"<a:s> <a:p> 1 , 2 .", 2), (b"<a:s> <a:p> 3 .", 1)):
            assert import_graph(target, text, FORMATS["turtle"], "a:g") == number
            assert len(list(target.quads("a:g"))) == number
        with pytest.raises(InputError, match="its own records"):
            import_graph(target, b"", FORMATS["turtle"], LINKS.value)


def test_an_import_is_all_that_a_reader_sees_at_once(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path, writable=True) as target:
        target.publish()
        with open_store(tmp_path) as reader:
            import_rdf(target, exported(store, "jsonld"), FORMATS["jsonld"])
            assert reader.stats().documents == 0
            assert reader.refresh()
            assert reader.stats().documents == len(FOUND)


def test_every_offer_has_a_name_of_its_own() -> None:
    for field in ("label", "extension"):
        assert len({getattr(offer, field) for offer in OFFERED.values()}) == len(OFFERED)
