"""Every saved question has the expected answer on a small graph, the same from Oxigraph and rdflib.

``UPDATE_EXPECTED=1 pytest tests/test_competency.py`` rewrites the expected rows; review what changed.
"""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QueryError
from kg.identifiers import reading_iri
from kg.model import ActType
from kg.rdf.convert import to_dataset
from kg.rdf.namespaces import CT
from kg.rdf.reviews import Decision, ProposedLink, Review, link_quads, review_quads
from kg.rdf.vocabulary import vocabulary_quads
from kg.rdf.write import document_quads
from kg.resources import ontology_file
from kg.store.questions import Question, list_questions, parse, question
from tests.example import extractions

# rdflib 7.6 warns of its own use of an old name when a Dataset is queried
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")

EXPECTED = Path(__file__).parent.parent / "ontology" / "expected"

VALUES = {
    "accusations": {"accused_side": "US"},
    "answers": {},
    "evidence": {"accuser_side": "XM", "accused_side": "orvane"},
    "long-unanswered": {"days": "100"},
    "said-by": {"side": "XT"},
    "sources-of-a-publisher": {"publisher": "The Velmar Courier"},
    "timeline": {"since": "2023", "until": "2023-03"},
    "to-review": {"below": "0.75"},
    "topics-by-month": {"topic_key": "negligence"},
}
"""What is asked for in the second run of a question that takes parameters."""

Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    found = extractions()
    records = [act for extraction in found for act in extraction.acts]
    accusation = next(act for act in records if act.document == "courier")
    rebuttal = next(act for act in records if act.document == "reply" and act.type is ActType.REBUTTAL)
    link = ProposedLink(rebuttal.act, CT.rebuts, accusation.act, 0.66, ("same river",))
    reading = reading_iri(accusation.id)
    noon, one = (datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in (12, 13))
    reviews = [
        Review(reading, Decision.DISPUTED, "Ada", noon),
        Review(reading, Decision.ACCEPTED, "Ben", one, note="clear"),
    ]
    return [
        *(quad for extraction in found for quad in document_quads(extraction)),
        *link_quads(link),
        *(quad for review in reviews for quad in review_quads(review)),
        *vocabulary_quads(),
    ]


@pytest.fixture(scope="module")
def store(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


@pytest.fixture(scope="module")
def dataset(quads: list[ox.Quad]) -> rdflib.Dataset:
    return to_dataset(quads)


def on_oxigraph(store: ox.Store, query: str) -> Rows:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = tuple(variable.value for variable in solutions.variables)
    return [names, *(tuple("" if value is None else value.value for value in row) for row in solutions)]


def on_rdflib(dataset: rdflib.Dataset, query: str) -> Rows:
    result = dataset.query(query)
    names = tuple(str(variable) for variable in result.vars or ())
    return [names, *(tuple("" if value is None else str(value) for value in row) for row in result)]


def as_csv(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def runs() -> list[tuple[str, str]]:
    """Every question as it is, and once more with values for its parameters."""
    plain = [(found.name, found.text) for found in list_questions()]
    with_values = [
        (f"{name}-with-values", question(name).with_values(values))
        for name, values in VALUES.items()
        if values
    ]
    return plain + with_values


@pytest.mark.parametrize(("name", "query"), [pytest.param(*run, id=run[0]) for run in runs()])
def test_answers(name: str, query: str, store: ox.Store, dataset: rdflib.Dataset) -> None:
    rows = on_oxigraph(store, query)
    assert on_rdflib(dataset, query) == rows
    assert len(rows) > 1, "a question that nothing answers tests nothing"
    file = EXPECTED / f"{name}.csv"
    if "UPDATE_EXPECTED" in os.environ:
        file.write_text(as_csv(rows), encoding="utf-8")
    assert as_csv(rows) == file.read_text(encoding="utf-8")


def test_every_expectation_belongs_to_a_question() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == sorted(name for name, _ in runs())
    assert len(runs()) >= 30


@pytest.mark.parametrize("found", list_questions(), ids=lambda found: found.name)
def test_questions_run_as_files(found: Question) -> None:
    """The file is plain SPARQL: what a user takes away runs anywhere."""
    source = ontology_file("queries").joinpath(found.name + ".rq").read_text(encoding="utf-8")
    ox.Store().query(source)
    assert "GRAPH" not in re.sub(r"#.*", "", source), "the union of all graphs is queried"


def test_a_value_cannot_change_the_query(store: ox.Store) -> None:
    query = question("said-by").with_values({"side": 'CN" } UNION { ?s ?p ?o } #\\'})
    assert len(on_oxigraph(store, query)) == 1


def test_parameters_are_described() -> None:
    (parameter,) = question("long-unanswered").parameters
    assert (parameter.name, parameter.default) == ("days", "30")
    assert sorted(parameter.label) == ["en", "fr"]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("said-by", {"sides": "CN"}, "no parameter 'sides'. Its parameters: side"),
        ("long-unanswered", {"days": "soon"}, "'soon' cannot be days, which takes integer"),
        ("to-review", {"below": "nan"}, "cannot be below"),
        ("answers", {"accusation": "<not an iri>"}, "cannot be accusation, which takes iri"),
    ],
)
def test_wrong_values_are_refused(name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        question(name).with_values(values)


def test_an_unknown_question_names_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"no such saved question.*most-accused"):
        question("most-acused")


HEADER = "# title@en: T\n# title@fr: T\n# description@en: D\n# description@fr: D\n"
PARAMETER = "# parameter: x text\n# x@en: X\n# x@fr: X\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("SELECT * {}", "title must be given in en and fr"),
        (HEADER.replace("title@fr", "titre@fr") + "SELECT * {}", "title must be given"),
        (HEADER + "# author@en: me\nSELECT * {}", "unknown in the header: author"),
        (HEADER + "#nonsense\nSELECT * {}", "no header line"),
        (HEADER + PARAMETER + "SELECT * {}", "needs one clause"),
        (HEADER + PARAMETER.replace("text", "colour") + "SELECT * { VALUES ?x { UNDEF } }", "no type"),
    ],
)
def test_a_malformed_file_is_refused(source: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse("example", source)
