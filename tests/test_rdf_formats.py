"""Six formats, three libraries: what is written is read as the same set of triples everywhere."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from kg.errors import GraphError
from kg.identifiers import document_iri
from kg.model import Document, Extraction, Metadata
from kg.rdf.canonical import nquads
from kg.rdf.convert import from_dataset, from_graph, to_dataset, to_graph
from kg.rdf.formats import FORMATS, Format, format_named, read, write
from kg.rdf.write import document_quads
from tests.example import embassy, extractions
from tests.records import extractions as made_extractions

NODE = shutil.which("node")
SCRIPT = Path(__file__).parent / "n3_convert.mjs"
N3_FORMATS = [FORMATS[name] for name in ("turtle", "trig", "nquads", "ntriples")]
ALL = pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS)

# rdflib 7.6 warns of its own use of old names when a Dataset is read or written
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"
)

AWKWARD = Document(
    "awkward",
    'He said: "no\\n"\r\nThen \'yes\' — «non» \U0001f600 e\u0301 & <b>]]></b> \\u0041 \t $"""',
    Metadata(title='"', language="en", date="2023", url="https://example.org/?a=1&b=<2>"),
)


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    found = [*extractions(), Extraction(AWKWARD, ())]
    return [quad for extraction in found for quad in document_quads(extraction)]


def written(quads: list[ox.Quad], format_: Format) -> bytes:
    out = io.BytesIO()
    write(quads, format_, out)
    return out.getvalue()


def expected(quads: list[ox.Quad], format_: Format) -> set[ox.Quad]:
    return set(quads) if format_.keeps_graphs else {ox.Quad(*quad.triple) for quad in quads}


@ALL
def test_oxigraph_reads_what_is_written(quads: list[ox.Quad], format_: Format) -> None:
    assert set(read(written(quads, format_), format_)) == expected(quads, format_)


@ALL
def test_rdflib_reads_what_is_written(quads: list[ox.Quad], format_: Format) -> None:
    data = written(quads, format_)
    if format_.keeps_graphs:
        dataset = rdflib.Dataset()
        dataset.parse(data, format=format_.media_type.replace("application/ld+json", "json-ld"))
        found = set(from_dataset(dataset))
    else:
        found = set(from_graph(rdflib.Graph().parse(data, format=format_.media_type)))
    assert found == expected(quads, format_)


@ALL
def test_oxigraph_reads_what_rdflib_writes(quads: list[ox.Quad], format_: Format) -> None:
    name = {"jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}.get(format_.name, format_.name)
    source: rdflib.Graph = to_dataset(quads) if format_.keeps_graphs else to_graph(quads)
    data = source.serialize(format=name, encoding="utf-8")
    assert set(read(data, format_)) == expected(quads, format_)


@pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
@pytest.mark.parametrize("format_", N3_FORMATS, ids=lambda format_: format_.name)
def test_n3_reads_and_writes_the_same(quads: list[ox.Quad], format_: Format) -> None:
    assert NODE is not None
    for source, target in ((format_, FORMATS["nquads"]), (FORMATS["nquads"], format_)):
        run = subprocess.run(
            [NODE, SCRIPT, source.media_type, target.media_type],
            input=written(quads, source),
            capture_output=True,
            check=True,
        )
        there_and_back = expected(list(expected(quads, source)), target)
        assert set(read(run.stdout, target)) == there_and_back


def test_node_is_there_where_it_must_be() -> None:
    """The test above must not be skipped in continuous integration."""
    assert NODE or "CI" not in os.environ


@settings(max_examples=15)
@given(made_extractions())
def test_any_text_survives_every_format_that_can_hold_it(extraction: Extraction) -> None:
    quads = document_quads(extraction)
    for format_ in FORMATS.values():
        if format_.name != "rdfxml":
            assert set(read(written(quads, format_), format_)) == expected(quads, format_)


def test_rdf_xml_replaces_what_xml_cannot_hold_one_for_one() -> None:
    document = Document("controls", "page\x0cbreak\r\nand \x00 \ufffe end")
    quads = document_quads(Extraction(document, ()))
    data = written(quads, FORMATS["rdfxml"])
    graph = rdflib.Graph().parse(data, format="xml")
    texts = [str(text) for text in graph.objects(rdflib.URIRef(document_iri(document)))]
    assert "page\ufffdbreak\r\nand \ufffd \ufffd end" in texts


@ALL
def test_same_quads_same_bytes_in_another_process(format_: Format) -> None:
    code = (
        "import sys\nfrom kg.rdf.formats import FORMATS, write\nfrom kg.rdf.write import document_quads\n"
        "from tests.example import embassy\n"
        f"write(document_quads(embassy()), FORMATS[{format_.name!r}], sys.stdout.buffer)"
    )
    root = Path(__file__).parent.parent
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root)
    assert again.stdout == written(document_quads(embassy()), format_)


@pytest.mark.parametrize(
    ("found", "name"), [("ttl", "turtle"), (".RDF", "rdfxml"), ("text/turtle", "turtle")]
)
def test_formats_go_by_name_extension_and_media_type(found: str, name: str) -> None:
    assert format_named(found) is FORMATS[name]


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(GraphError, match=r"'docx'.*turtle, trig, nquads"):
        format_named("docx")


def test_malformed_input_is_reported_with_its_line() -> None:
    with pytest.raises(GraphError, match=r"malformed Turtle.*2"):
        list(read(b"@prefix a: <http://a/> .\na:x b:y a:z .", FORMATS["turtle"]))


def test_conversion_to_rdflib_changes_no_literal() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    node, graph = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/g")
    values = [
        ox.Literal("2024-01-01T00:00:00Z", datatype=ox.NamedNode(xsd + "dateTime")),
        ox.Literal("1", datatype=ox.NamedNode(xsd + "decimal")),
        ox.Literal("01", datatype=ox.NamedNode(xsd + "integer")),
        ox.Literal("x", language="fr-be"),
        ox.BlankNode("b"),
    ]
    quads = {ox.Quad(node, node, value, graph) for value in values}
    assert set(from_dataset(to_dataset(quads))) == quads
    assert {quad.triple for quad in from_graph(to_graph(quads))} == {quad.triple for quad in quads}


def test_canonical_nquads_are_those_of_the_specification() -> None:
    """https://www.w3.org/TR/rdf-canon/#canonical-quads: only these characters are escaped, and so."""
    every = "".join(map(chr, range(0x80))) + "\x80\u2028é\U0001f600"
    node = ox.NamedNode("https://example.org/a")
    line = nquads([ox.Quad(node, node, ox.Literal(every), node)])
    special = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
    escaped = "".join(
        special.get(c, f"\\u{ord(c):04X}" if ord(c) < 0x20 or ord(c) == 0x7F else c) for c in every
    )
    assert line == f'{node} {node} "{escaped}" {node} .\n'


def test_canonical_nquads_agree_with_oxigraphs_rdfc(quads: list[ox.Quad]) -> None:
    """Oxigraph implements RDFC-1.0; without blank nodes it must change nothing."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert nquads(dataset) == nquads(reversed(quads))
    assert nquads([*quads, *quads]) == nquads(quads)


def test_documents_of_one_text_have_their_own_graphs() -> None:
    first = embassy()
    second = Extraction(replace(first.document, name="copy"), ())
    graphs = [{quad.graph_name for quad in document_quads(one)} for one in (first, second)]
    assert len(graphs[0] & graphs[1]) == 1, "only the catalogue is shared, as the copy names no actors"
