"""What other tools get: each format is read back by another library, or checked against its rules."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from rdflib.namespace import DCTERMS, PROV, RDF

from kg.identifiers import proposition_iri, reading_iri
from kg.interchange import claims, evidence, tables
from kg.interchange.exports import EXPORTS
from kg.interchange.nanopubs import write_nanopubs
from kg.interchange.networks import EDGE_COLUMNS, actor_network
from kg.model import ActType, Extraction
from kg.rdf.convert import to_dataset
from kg.rdf.read import QuadSource
from kg.rdf.reviews import Decision, Review, latest_reviews, read_reviews, review_quads
from kg.rdf.write import document_quads
from tests.example import extractions
from tests.records import extractions as made_extractions

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"
)

FOUND = extractions()
ACTS = [act for extraction in FOUND for act in extraction.acts]
SCHEMA_ORG = "https://schema.org/"


def exported(name: str, found: list[Extraction] = FOUND) -> bytes:
    out = io.BytesIO()
    EXPORTS[name].write(found, latest_reviews(QuadSource([])), out)
    return out.getvalue()


# Networks -------------------------------------------------------------------------------------------------


def edges(graph: nx.MultiDiGraph) -> Counter[tuple[str, str, str, float]]:
    return Counter((u, v, data["act_type"], float(data["weight"])) for u, v, data in graph.edges(data=True))


EXPECTED_EDGES = Counter((a.source.iri, a.target.iri, a.type.value, a.confidence) for a in ACTS)
READERS: dict[str, Callable[[bytes], nx.MultiDiGraph]] = {
    "graphml": lambda data: nx.read_graphml(io.BytesIO(data), force_multigraph=True),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data)),
    "cytoscape": lambda data: nx.cytoscape_graph(json.loads(data), name="label"),
}


@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_the_network_back(name: str) -> None:
    graph = READERS[name](exported(name))
    assert graph.is_directed()
    assert edges(graph) == EXPECTED_EDGES
    labels = {node: data["label"] for node, data in graph.nodes(data=True)}
    assert labels == {party.iri: party.name for act in ACTS for party in (act.source, act.target)}


def test_every_edge_of_the_network_leads_to_its_record() -> None:
    graph = actor_network(FOUND)
    assert {key for _, _, key in graph.edges(keys=True)} == {act.id for act in ACTS}
    counter = {key for _, _, key, data in graph.edges(keys=True, data=True) if data["counter"]}
    assert counter == {act.id for act in ACTS if act.counter}


def test_cytoscape_elements_have_the_ids_that_cytoscape_js_needs() -> None:
    elements = json.loads(exported("cytoscape"))["elements"]
    nodes = {node["data"]["id"] for node in elements["nodes"]}
    ids = [edge["data"]["id"] for edge in elements["edges"]]
    assert len(set(ids)) == len(ids) == len(ACTS)
    assert all({edge["data"]["source"], edge["data"]["target"]} <= nodes for edge in elements["edges"])


def test_the_edge_list_is_what_gephi_imports() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("edges").decode())))
    assert list(rows[0]) == list(EDGE_COLUMNS)
    assert [row["Id"] for row in rows] == [act.id for act in ACTS]
    assert [row["Sentence"] for row in rows] == [act.sentence for act in ACTS]
    graph = nx.MultiDiGraph()
    graph.add_edges_from((row["Source"], row["Target"]) for row in rows)
    assert graph.number_of_edges() == len(ACTS)


@pytest.mark.parametrize("name", EXPORTS)
def test_same_acts_same_bytes(name: str) -> None:
    assert exported(name) == exported(name)
    assert datetime.now(UTC).strftime("%Y-%m-%d").encode() not in exported(name)


UNREVIEWED = [name for name in EXPORTS if name != "nanopubs"]
"""Exports that hold acts which nobody has reviewed."""


@pytest.mark.parametrize("name", UNREVIEWED)
def test_an_empty_selection_is_still_a_file_of_its_kind(name: str) -> None:
    assert len(exported(name, [])) > 0


@settings(max_examples=20)
@given(made_extractions())
def test_any_text_can_be_exported_and_read_again(extraction: Extraction) -> None:
    for name, read in READERS.items():
        graph = read(exported(name, [extraction]))
        assert graph.number_of_edges() == len(extraction.acts)
    for name in UNREVIEWED:
        assert exported(name, [extraction])


# Tables ---------------------------------------------------------------------------------------------------


def test_parquet_holds_every_record_with_its_types() -> None:
    table = pq.read_table(io.BytesIO(exported("parquet")))
    assert table.schema.equals(tables.SCHEMA)
    assert table.to_pylist() == list(tables.rows(FOUND))
    assert table.column("id").to_pylist() == [act.id for act in ACTS]


def test_parquet_is_written_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 5)
    file = pq.ParquetFile(io.BytesIO(exported("parquet")))
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)][:2] == [5, 5]
    assert file.metadata.num_rows == len(ACTS)


def test_csv_has_the_columns_of_the_schema() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv").decode())))
    assert list(rows[0]) == tables.SCHEMA.names
    assert [(row["type"], row["sentence"]) for row in rows] == [(a.type.value, a.sentence) for a in ACTS]
    both = next(row for row, act in zip(rows, ACTS, strict=True) if len(act.topics) == 2)
    assert both["topics"].count("|") == 1


# schema.org -----------------------------------------------------------------------------------------------


def test_claims_are_schema_org_json_ld() -> None:
    graph = rdflib.Graph().parse(exported("claims"), format="json-ld")
    found = set(graph.subjects(RDF.type, rdflib.URIRef(SCHEMA_ORG + "Claim")))
    accusations = [act for act in ACTS if act.type is ActType.ACCUSATION]
    documents = {extraction.document.name: extraction.document for extraction in FOUND}
    assert found == {
        rdflib.URIRef(proposition_iri(documents[a.document], a.target.iri, (a.content or a.cue).text))
        for a in accusations
    }
    assert all(str(p).startswith((SCHEMA_ORG, str(RDF))) for p in graph.predicates())


def test_a_claim_is_a_proposition_of_the_graph() -> None:
    quads = {quad.subject.value for extraction in FOUND for quad in document_quads(extraction)}
    assert {claim["id"] for claim in claims.claims(FOUND)} <= quads


def test_a_fact_check_has_what_search_engines_require() -> None:
    """https://developers.google.com/search/docs/appearance/structured-data/factcheck, required properties."""
    claim = next(claim for claim in claims.claims(FOUND) if "datePublished" in claim)
    verdict = claims.Verdict("https://check.example/1", "The Checkers", "2024-02-01", "Missing context")
    review = claims.claim_review(claim, verdict)
    assert {"claimReviewed", "reviewRating", "url"} <= review.keys()
    assert review["reviewRating"]["alternateName"] == "Missing context"
    assert review["itemReviewed"]["appearance"]["id"].startswith("https://")
    graph = rdflib.Graph().parse(data=json.dumps(review), format="json-ld")
    reviewed = list(graph.objects(None, rdflib.URIRef(SCHEMA_ORG + "itemReviewed")))
    assert reviewed == [rdflib.URIRef(claim["id"])]


# Web Annotations ------------------------------------------------------------------------------------------


def test_annotations_have_what_the_model_requires() -> None:
    """https://www.w3.org/TR/annotation-model/: context, id, type, target; selectors that find the words."""
    page = json.loads(exported("annotations"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == len(ACTS)
    texts = {act.id: (act, extraction.document) for extraction in FOUND for act in extraction.acts}
    for item in page["items"]:
        assert item["type"] == "Annotation"
        act, document = texts[item["id"].rpartition("/")[2].removesuffix("-annotation")]
        quote, place = item["target"]["selector"]
        assert document.text[place["start"] : place["end"]] == quote["exact"] == act.sentence
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in document.text
        assert item["target"]["source"] == (document.metadata.url or item["target"]["source"])
        assert {"tagging", "describing"} == {body["purpose"] for body in item["body"]}


def inlined_annotations() -> bytes:
    out = io.BytesIO()
    evidence.write_annotations(FOUND, out, evidence.INLINE_CONTEXT)
    return out.getvalue()


def test_annotations_are_read_as_rdf_without_a_network() -> None:
    graph = rdflib.Graph().parse(data=inlined_annotations(), format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert len(set(graph.subjects(RDF.type, oa.Annotation))) == len(ACTS)
    assert len(list(graph.subject_objects(oa.exact))) == len(ACTS)
    assert set(graph.objects(None, oa.motivatedBy)) == {oa.classifying}
    assert not [p for p in graph.predicates() if "claimtrack" in str(p)]


def test_the_inlined_context_covers_every_key() -> None:
    page = json.loads(inlined_annotations())
    del page["@context"]
    assert keys(page) <= set(evidence.INLINE_CONTEXT)


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


# Nanopublications -----------------------------------------------------------------------------------------


def reviews() -> list[Review]:
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    first, second, third = (reading_iri(ACTS[i].id) for i in (1, 2, 3))
    return [
        Review(first, Decision.REJECTED, "Ada", noon),
        Review(first, Decision.ACCEPTED, "Ben", noon.replace(hour=13), note="on second thoughts"),
        Review(second, Decision.ACCEPTED, "Ada", noon),
        Review(third, Decision.REJECTED, "Ada", noon),
    ]


def test_reviews_survive_the_graph() -> None:
    source = QuadSource(quad for review in reviews() for quad in review_quads(review))
    assert sorted(read_reviews(source), key=repr) == sorted(reviews(), key=repr)


@pytest.fixture(scope="module")
def nanopubs() -> rdflib.Dataset:
    source = QuadSource(quad for review in reviews() for quad in review_quads(review))
    out = io.BytesIO()
    write_nanopubs(FOUND, latest_reviews(source), out)
    return to_dataset(ox.parse(out.getvalue(), ox.RdfFormat.TRIG))


NP = rdflib.Namespace("http://www.nanopub.org/nschema#")


def test_only_what_was_accepted_last_is_published(nanopubs: rdflib.Dataset) -> None:
    found = set(nanopubs.subjects(RDF.type, NP.Nanopublication))
    assert len(found) == 2
    assert {
        str(o) for o in nanopubs.objects(None, rdflib.URIRef("https://w3id.org/claimtrack/ns#reading"))
    } == {
        reading_iri(ACTS[1].id),
        reading_iri(ACTS[2].id),
    }


def test_nanopublications_keep_the_rules(nanopubs: rdflib.Dataset) -> None:
    """https://nanopub.net/guidelines/working_draft/#well-formed-nanopublications"""
    for node in set(nanopubs.subjects(RDF.type, NP.Nanopublication)):
        (head,) = (g for g in nanopubs.graphs() if (node, RDF.type, NP.Nanopublication) in g)
        parts = [head.value(node, p) for p in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)]
        assert len({head.identifier, node, *parts}) == 5
        assertion, provenance, about = (nanopubs.graph(part) for part in parts)
        assert len(head) == 4
        assert len(assertion) > 10
        assert (parts[0], None, None) in provenance
        assert (node, DCTERMS.created, None) in about
        assert (node, DCTERMS.creator, None) in about
        assert provenance.value(parts[0], PROV.wasDerivedFrom) is not None


def test_a_nanopublication_quotes_the_words_it_rests_on(nanopubs: rdflib.Dataset) -> None:
    exact = rdflib.URIRef("http://www.w3.org/ns/oa#exact")
    graphs = {str(g.identifier) for g in nanopubs.graphs() if (None, exact, None) in g}
    assert len(graphs) == 2
    assert all(re.fullmatch(r".*np-[0-9a-f]+-provenance", name) for name in graphs)
    quoted = {str(words) for words in nanopubs.objects(None, exact)}
    assert {ACTS[1].sentence, ACTS[2].sentence} <= quoted
