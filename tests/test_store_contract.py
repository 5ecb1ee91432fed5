"""What every store does, whatever engine is below: same documents in, same quads out."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import VIRTUOSO, oxigraph_server, virtuoso_server
from store_cases import (
    CHINA,
    FREEDONIA,
    RURITANIA,
    accusing,
    dispute,
    iri,
    lines,
    many,
)

from kg.errors import GraphError, QueryError, QueryRefused, StoreError
from kg.identifiers import GRAPH, document_graph
from kg.model import ActType, Topic
from kg.rdf import formats
from kg.rdf.namespaces import VOCABULARY
from kg.rdf.write import document_quads
from kg.store import Outcome, Store, open_store
from kg.store.records import list_actors, list_documents, read_acts, read_document
from kg.store.remote import Server, open_remote
from kg.store.results import SelectResult

SYNTAX = {name: format_.syntax for name, format_ in formats.FORMATS.items()}
BACKENDS = ("memory", "disk", "oxigraph", "virtuoso")


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[Server]:
    """Oxigraph's own server, from the Python package ``oxigraph``."""
    with oxigraph_server() as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Virtuoso, from Debian's package ``virtuoso-opensource-7-bin``."""
    if not VIRTUOSO.exists():
        pytest.skip(f"{VIRTUOSO} is not there: apt-get install virtuoso-opensource-7-bin")
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=BACKENDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on each backend."""
    local = {
        "memory": lambda: open_store(None),
        "disk": lambda: open_store(tmp_path / "store", writable=True),
    }
    with local[request.param]() if request.param in local else emptied(request) as opened:
        yield opened


def emptied(request: pytest.FixtureRequest) -> Store:
    """A remote store without what the test before left."""
    store = open_remote(request.getfixturevalue(request.param))
    for graph in store.graphs():
        if graph != VOCABULARY.value:
            store.update(f"DROP SILENT GRAPH <{graph}>")
    return store


def expected(*extractions: object) -> list[str]:
    """The quads of documents as sorted N-Quads, from the writer and no store."""
    return sorted({str(quad) for extraction in extractions for quad in document_quads(extraction)})  # type: ignore[arg-type]


def test_documents_come_out_as_they_went_in(store: Store) -> None:
    for extraction in dispute():
        assert store.ingest(extraction) is Outcome.ADDED
    assert lines(store) == expected(*dispute())


def test_the_order_of_documents_does_not_matter(store: Store) -> None:
    for extraction in reversed(dispute()):
        store.ingest(extraction)
    assert lines(store) == expected(*dispute())


def test_the_same_document_again_changes_nothing(store: Store) -> None:
    one, *_ = dispute()
    store.ingest(one)
    assert store.ingest(one) is Outcome.UNCHANGED
    assert lines(store) == expected(one)


def test_a_changed_document_replaces_its_earlier_version(store: Store) -> None:
    one, two, three = dispute()
    changed = accusing("one", "Another text.", (CHINA, FREEDONIA))
    for extraction in (one, two, three):
        store.ingest(extraction)
    assert store.ingest(changed) is Outcome.REPLACED
    assert lines(store) == expected(changed, two, three)
    assert store.ingest(one) is Outcome.REPLACED
    assert lines(store) == expected(one, two, three)


def test_deleting_removes_a_document_and_nothing_else(store: Store) -> None:
    one, two, three = dispute()
    for extraction in (one, two, three):
        store.ingest(extraction)
    assert store.delete_document(iri(two)) is True
    assert lines(store) == expected(one, three)
    assert store.delete_document(iri(two)) is False
    store.delete_document(iri(one))
    assert lines(store) == expected(three)
    store.delete_document(iri(three))
    assert lines(store) == []


def test_an_actor_goes_with_the_last_document_that_names_it(store: Store) -> None:
    china = accusing("a", "Text.", (CHINA, RURITANIA))
    also_china = accusing("b", "Text.", (CHINA, FREEDONIA))
    store.ingest(china)
    store.ingest(also_china)
    assert {actor.name for actor in list_actors(store)} == {"China", "Ruritania", "Freedonia"}
    store.delete_document(iri(china))
    assert {actor.name for actor in list_actors(store)} == {"China", "Freedonia"}


def test_other_graphs_survive_a_document(store: Store) -> None:
    one, *_ = dispute()
    review = ox.Quad(*[ox.NamedNode(GRAPH + "review")] * 3, ox.NamedNode(GRAPH + "reviews"))
    store.ingest(one)
    store.add_quads([review])
    store.delete_document(iri(one))
    assert lines(store) == [str(review)]


def test_many_documents_at_once(store: Store) -> None:
    extractions = list(many(20))
    store.ingest(extractions[3])
    store.ingest(accusing("doc4", "Was different.", (CHINA, RURITANIA)))
    counts = store.ingest_many((document_graph(e.document), document_quads(e)) for e in extractions)
    assert counts == {Outcome.ADDED: 18, Outcome.REPLACED: 1, Outcome.UNCHANGED: 1}
    assert lines(store) == expected(*extractions)


def test_a_document_twice_in_one_batch_counts_once(store: Store) -> None:
    one, *_ = dispute()
    prepared = (document_graph(one.document), document_quads(one))
    assert store.ingest_many([prepared, prepared]) == {
        Outcome.ADDED: 1,
        Outcome.REPLACED: 0,
        Outcome.UNCHANGED: 1,
    }


def test_a_transaction_changes_all_or_nothing(store: Store) -> None:
    one, two, three = dispute()
    changed = accusing("one", "Another text.", (CHINA, FREEDONIA))
    store.ingest(one)
    store.ingest(two)
    with store.transaction() as changes:
        changes.ingest(changed)
        changes.ingest(three)
        changes.delete_document(iri(two))
        assert lines(store) == expected(one, two)
    assert lines(store) == expected(changed, three)
    with suppress(ZeroDivisionError), store.transaction() as changes:
        changes.delete_document(iri(three))
        raise ZeroDivisionError
    assert lines(store) == expected(changed, three)
    with store.transaction() as changes:  # Actors that only these two name go with them.
        changes.delete_document(iri(three))
        changes.delete_document(iri(changed))
    assert lines(store) == []


@given(st.text(st.characters(), min_size=1).filter(lambda text: text.split()))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    extraction = accusing("odd", text, (CHINA, RURITANIA), title=text)
    with open_store(None) as one_by_one, open_store(None) as bulk:
        one_by_one.ingest(extraction)
        bulk.ingest_many([(document_graph(extraction.document), document_quads(extraction))])
        assert lines(one_by_one) == lines(bulk) == expected(extraction)
        assert one_by_one.ingest(extraction) is Outcome.UNCHANGED


def test_queries_of_every_form_see_the_union_of_graphs(store: Store) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    answer = store.query(
        "PREFIX ct: <https://w3id.org/claimtrack/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?n ?x { ?a a ct:Rebuttal ; ct:speaker/rdfs:label ?n }"
    )
    assert isinstance(answer, SelectResult)
    assert answer.variables == ("n", "x")
    assert list(answer.texts()) == [("Ruritania", "")]
    assert store.query("ASK { ?s ?p ?o }") is True
    graph = store.query("CONSTRUCT { ?s a <a:b> } WHERE { ?s a <https://w3id.org/claimtrack/ns#Rebuttal> }")
    assert isinstance(graph, list)
    assert len(graph) == 1


def test_from_limits_a_query_to_its_graphs(store: Store) -> None:
    one, two, _ = dispute()
    store.ingest(one)
    store.ingest(two)
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) {} {{ ?d a <https://w3id.org/claimtrack/ns#Document> }}"
    graph = document_graph(one.document)
    both, single = store.query(count.format("")), store.query(count.format(f"FROM <{graph}>"))
    assert isinstance(both, SelectResult)
    assert isinstance(single, SelectResult)
    assert (list(both.texts()), list(single.texts())) == ([("2",)], [("1",)])
    with pytest.raises(QueryRefused, match="holds no graph"):
        store.query(count.format("FROM <http://example.org/>"))


def test_the_row_limit_says_that_it_cut(store: Store) -> None:
    store.ingest(dispute()[0])
    answer = store.query("SELECT * { ?s ?p ?o }", row_limit=5)
    assert isinstance(answer, SelectResult)
    assert (len(answer), answer.truncated) == (5, True)
    uncut = store.query("SELECT ?o { ?s a ?o } LIMIT 5", row_limit=5)
    assert isinstance(uncut, SelectResult)
    assert (len(uncut), uncut.truncated) == (5, False)


@pytest.mark.parametrize("text", ["SELECT", "SELECT * { ?s }", "ASK { ?s ?p ex:a }"])
def test_malformed_queries_are_told_apart_from_failures(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="not valid SPARQL"):
        store.query(text)


def test_an_update_that_fails_changes_nothing(store: Store, request: pytest.FixtureRequest) -> None:
    if "virtuoso" in request.node.name:
        pytest.skip("Virtuoso runs the operations of a request one by one, and creates a graph twice")
    before = lines(store)
    with pytest.raises((QueryError, StoreError)):
        store.update(
            "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } } ; CREATE GRAPH <a:h> ; CREATE GRAPH <a:h>"
        )
    assert lines(store) == before


def test_records_are_read_back(store: Store) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    one, two, three = dispute()
    assert read_document(store, iri(one)) == one.document
    assert read_acts(store, document=iri(three)) == list(three.acts)
    assert read_acts(store) == sorted(
        (*one.acts, *two.acts, *three.acts), key=lambda a: (a.document, a.start, a.end, a.cue.start, a.id)
    )
    with pytest.raises(GraphError, match="no such document"):
        read_document(store, iri(one) + "0")


def test_acts_are_selected_by_every_condition(store: Store) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    one, two, three = dispute()
    china = next(actor for actor in list_actors(store) if actor.name == "China")
    assert {act.id for act in read_acts(store, actor=china.iri)} == {
        act.id for act in two.acts if act.source.name == "China"
    }
    assert {act.document for act in read_acts(store, type=ActType.REBUTTAL)} == {"answer"}
    assert {act.document for act in read_acts(store, topic=Topic.AGGRESSION)} == {"one", "two"}
    assert {act.document for act in read_acts(store, since="2024-02")} == {"two", "answer"}
    assert {act.document for act in read_acts(store, since="2024-01-15")} == {"one", "two", "answer"}, (
        "may be in time"
    )
    assert {act.document for act in read_acts(store, until="2024-02")} == {"one", "two"}
    assert {act.document for act in read_acts(store, since="2024-02-10", until="2024-02-10")} == {"two"}
    assert {act.document for act in read_acts(store, until="2024", type=ActType.REBUTTAL)} == {"answer"}


def test_documents_and_actors_are_listed_with_counts(store: Store) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    found = list_documents(store)
    assert [(d.name, d.accusations, d.rebuttals, d.acts) for d in found] == [
        ("answer", 1, 1, 2),
        ("two", 2, 0, 2),
        ("one", 1, 0, 1),
    ]
    assert found[0].metadata == dispute()[2].document.metadata
    ruritania = next(actor for actor in list_actors(store) if actor.name == "Ruritania")
    assert (ruritania.side, ruritania.accuses, ruritania.accused, ruritania.rebuts) == ("RU", 1, 3, 1)
    stats = store.stats()
    assert (stats.documents, stats.acts, stats.accusations, stats.rebuttals) == (3, 5, 4, 1)
    assert stats.quads == sum(1 for _ in store.quads())


@pytest.mark.parametrize("name", ["all.nq", "all.nq.gz"])
def test_a_backup_restores_everything(store: Store, tmp_path: Path, name: str) -> None:
    one, two, three = dispute()
    store.ingest(one)
    store.ingest(two)
    before = sorted(map(str, store.quads()))
    store.backup(tmp_path / name)
    store.delete_document(iri(one))
    store.ingest(three)
    store.restore(tmp_path / name)
    assert sorted(map(str, store.quads())) == before
    assert store.ingest(three) is Outcome.ADDED, "a restored store can be written"


def test_a_broken_backup_changes_nothing(store: Store, tmp_path: Path) -> None:
    store.ingest(dispute()[0])
    before = lines(store)
    good, cut, bad = tmp_path / "a.nq.gz", tmp_path / "cut.nq.gz", tmp_path / "bad.nq"
    store.backup(good)
    cut.write_bytes(good.read_bytes()[:-40])
    bad.write_bytes(gzip.decompress(good.read_bytes()) + b"<a:b> <a:b> nonsense .\n")
    for path in (cut, bad, tmp_path / "absent.nq"):
        with pytest.raises(StoreError, match="was not changed"):
            store.restore(path)
        assert lines(store) == before


def test_compacting_changes_no_quad(store: Store) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    before = sorted(map(str, store.quads()))
    store.compact()
    assert sorted(map(str, store.quads())) == before
    assert store.ingest(dispute()[0]) is Outcome.UNCHANGED


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"])
def test_exports_hold_every_triple_and_no_vocabulary(store: Store, format: str) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    out = io.BytesIO()
    store.export(format, out)
    quads = list(ox.parse(out.getvalue(), SYNTAX[format]))
    if SYNTAX[format].supports_datasets:
        assert sorted(map(str, quads)) == lines(store)
    else:
        wanted = {str(quad.triple) for e in dispute() for quad in document_quads(e)}
        assert {str(quad.triple) for quad in quads} == wanted


@pytest.mark.parametrize("format", ["turtle", "nquads"])
def test_an_exported_document_brings_its_actors_and_its_entry(store: Store, format: str) -> None:
    one, two, _ = dispute()
    store.ingest(one)
    store.ingest(two)
    out = io.BytesIO()
    store.export(format, out, documents=[iri(one)])
    found = {str(quad.triple) for quad in ox.parse(out.getvalue(), SYNTAX[format])}
    entry = {str(q.triple) for q in document_quads(one) if "ns/void#Dataset" not in str(q.object)}
    assert found == entry
    with pytest.raises(StoreError, match="no such document"):
        store.export(format, out, documents=[iri(one) + "0"])
    with pytest.raises(StoreError, match="no RDF format"):
        store.export("docx", out)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own evaluator calls them
def test_the_rdflib_view_holds_the_same_and_answers_the_same(store: Store) -> None:
    for extraction in dispute():
        store.ingest(extraction)
    dataset = store.to_rdflib()
    assert sum(len(graph) for graph in dataset.graphs()) == store.stats().quads
    text = (
        "PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?name ?date { ?d dcterms:identifier ?name ; dcterms:issued ?date }"
    )
    ours, theirs = store.query(text), dataset.query(text)
    assert isinstance(ours, SelectResult)
    assert {tuple(map(str, row)) for row in theirs} == set(ours.texts())  # type: ignore[union-attr]
    assert dataset.value(rdflib.URIRef(iri(dispute()[1])), rdflib.DCTERMS.issued) == rdflib.Literal(
        "2024-02-10", datatype=rdflib.XSD.date
    )


def test_a_store_holds_the_vocabulary(store: Store) -> None:
    answer = store.query(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?l { <https://w3id.org/claimtrack/voc/topic/espionage> skos:prefLabel ?l }"
    )
    assert isinstance(answer, SelectResult)
    assert len(answer) == 2
    assert VOCABULARY.value in store.graphs()
