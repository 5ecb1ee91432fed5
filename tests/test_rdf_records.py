"""Records to quads and back."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.errors import GraphError, VocabularyError
from kg.identifiers import document_graph, document_iri
from kg.model import ActType, Document, Extraction, Modality, Topic
from kg.rdf import literals
from kg.rdf.namespaces import ACTORS, CATALOGUE, CT, concept, member
from kg.rdf.read import QuadSource, StoreSource, read_acts, read_document, read_extraction, readings_of
from kg.rdf.write import document_quads, graph_digest, graph_quads
from tests.example import courier
from tests.records import extractions


@given(extractions())
def test_records_survive_the_graph(extraction: Extraction) -> None:
    assert read_extraction(document_quads(extraction)) == extraction


@given(extractions())
def test_a_store_gives_back_what_was_written(extraction: Extraction) -> None:
    """Oxigraph rewrites literals that are not canonical; nothing may change."""
    quads, store = document_quads(extraction), Store()
    store.extend(quads)
    assert sorted(map(str, store)) == sorted(map(str, quads))
    iri, source = document_iri(extraction.document), StoreSource(store)
    assert read_document(source, iri) == extraction.document
    assert read_acts(source, readings_of(source, iri)) == list(extraction.acts)


@given(extractions())
def test_same_records_same_quads(extraction: Extraction) -> None:
    quads = document_quads(extraction)
    assert quads == document_quads(extraction)
    assert len(quads) == len(set(quads))


@given(extractions("first"), extractions("second"))
def test_no_triple_is_in_two_graphs(first: Extraction, second: Extraction) -> None:
    """Oxigraph's union of all graphs counts a triple once for every graph that holds it."""
    graphs = defaultdict(set)
    for quad in (quad for one in (first, second) for quad in document_quads(one)):
        graphs[quad.triple].add(quad.graph_name)
    assert [triple for triple, found in graphs.items() if len(found) > 1] == []


@given(extractions())
def test_graphs_and_names(extraction: Extraction) -> None:
    quads = document_quads(extraction)
    allowed = {CATALOGUE, ACTORS, NamedNode(document_graph(extraction.document))}
    assert {quad.graph_name for quad in quads} <= allowed
    terms = {term for quad in quads for term in (quad.subject, quad.predicate, quad.object)}
    assert not any(isinstance(term, BlankNode) for term in terms)
    minted = [t.value for t in terms if isinstance(t, NamedNode) and "/claimtrack/" in t.value]
    assert all(iri.replace("#", "/").rpartition("/")[2].replace("-", "").isalnum() for iri in minted)


@given(extractions(), st.integers(0, 3))
def test_the_digest_tells_two_graphs_apart(extraction: Extraction, which: int) -> None:
    quads = graph_quads(extraction)
    assert graph_digest(reversed(quads)) == graph_digest(quads)
    rest = quads[:which] + quads[which + 1 :]
    assert graph_digest(rest) != graph_digest(quads)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.3, "0.3"), (0.30000000000000004, "0.3"), (1.0, "1"), (0.0, "0"), (0.00001, "0.00001"), (1e-9, "0")],
)
def test_decimals_are_canonical(value: float, written: str) -> None:
    assert literals.decimal(value).value == written


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2020", "gYear"),
        ("2020-07", "gYearMonth"),
        ("2020-07-25", "date"),
        ("2020-13", "string"),
        ("2020-02-30", "string"),
        ("25 July 2020", "string"),
        ("", "string"),
        ("20200725", "string"),
    ],
)
def test_dates_keep_their_precision(value: str, datatype: str) -> None:
    literal = literals.partial_date(value)
    assert literal.value == value
    assert literal.datatype.value.endswith("#" + datatype)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1).map(tuple))
def test_lines_keep_order_and_line_ends(values: tuple[str, ...]) -> None:
    assert literals.from_lines(literals.lines(values).value) == values


def test_half_a_surrogate_pair_does_not_stop_the_writer() -> None:
    quads = document_quads(Extraction(Document("odd", "half a \ud83d pair"), ()))
    assert Literal("half a \ufffd pair") in {quad.object for quad in quads}


def test_the_namespaces_are_closed() -> None:
    with pytest.raises(VocabularyError, match="ns#speeker"):
        _ = CT.speeker
    with pytest.raises(VocabularyError, match="not a concept for Modality"):
        member(Modality, concept(Topic.THREAT).value)
    assert member(ActType, concept(ActType.DEMAND).value) is ActType.DEMAND


def test_reading_reports_what_is_missing() -> None:
    with pytest.raises(GraphError, match="0 documents"):
        read_extraction([])
    with pytest.raises(GraphError, match="no such document"):
        read_document(StoreSource(Store()), "https://example.org/none")


@pytest.mark.parametrize(
    ("predicate", "message"),
    [(CT.cue, "has no <.*cue>"), (CT.reading, "the reading of 0 acts"), (CT.evidence, "has no <.*evidence>")],
)
def test_reading_names_the_record_that_is_incomplete(predicate: NamedNode, message: str) -> None:
    reading = f"https://w3id.org/claimtrack/id/{courier().acts[0].id}"
    quads = [quad for quad in document_quads(courier()) if quad.predicate != predicate]
    with pytest.raises(GraphError, match=rf"<https://w3id.org/claimtrack/id/act-.*>: {message}"):
        read_acts(QuadSource(quads), [reading])


def test_a_report_of_itself_does_not_run_for_ever() -> None:
    quads = [
        Quad(quad.subject, quad.predicate, quad.subject, quad.graph_name)
        if quad.predicate == CT.reports
        else quad
        for quad in document_quads(courier())
    ]
    with pytest.raises(GraphError, match="a report that reports itself"):
        read_extraction(quads)


@settings(max_examples=10)
@given(extractions())
def test_a_store_on_disk_keeps_the_records(
    tmp_path_factory: pytest.TempPathFactory, extraction: Extraction
) -> None:
    path: Path = tmp_path_factory.mktemp("store")
    store = Store(str(path))
    store.bulk_extend(document_quads(extraction))
    source = StoreSource(store)
    acts = read_acts(source, readings_of(source, document_iri(extraction.document)))
    assert tuple(acts) == extraction.acts
    assert isinstance(next(iter(store)), Quad)
