"""The command line, with real files, a real store and the real extractor."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.errors import KGError, QueryError, StoreError
from kg.identifiers import document_iri
from kg.model import Act, ActType, Extraction
from kg.rdf.namespaces import CT, LINKS, VOCABULARY
from kg.rdf.reviews import ProposedLink, accepted_link, link_quads
from kg.records import FIELDS, act_from_json
from kg.store.store import open_store
from tests.factory import a_document, an_act

KG = [sys.executable, "-m", "kg.cli"]
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)  # type: ignore[union-attr]


def run(*arguments: object, code: int = 0, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "statements" / "reply.txt"
    path.parent.mkdir()
    path.write_text("France accuses Germany of espionage. Germany denies the accusation.\n")
    path.with_name("reply.meta.json").write_text('{"genre": "news report", "language": "en"}')
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one document of one act, made without the extractor."""
    path = tmp_path_factory.mktemp("cli") / "store"
    document = a_document(title="=Reply", date="2020-07-25", publisher="The Courier")
    act = an_act(document, "Ruritania has bombed its own cities.", "bombed")
    with open_store(path, writable=True) as graph:
        graph.ingest(Extraction(document, (act,)))
    return path


def test_help_loads_nothing_heavy() -> None:
    program = """
import sys
import time
from typer.testing import CliRunner
from kg.cli import app
for arguments in [[], *([command] for command in sys.argv[1:])]:
    result = CliRunner().invoke(app, [*arguments, "--help"])
    assert result.exit_code == 0 and "Usage" in result.output, (arguments, result.output)
heavy = {"spacy", "streamlit", "rdflib", "pyoxigraph", "networkx", "numpy", "pyshacl", "trafilatura"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, *COMMANDS], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_every_command_says_what_it_does() -> None:
    assert len(COMMANDS) >= 8
    for command in app.registered_commands:
        assert command.callback
        assert command.callback.__doc__


def test_extract_prints_records(statement: Path) -> None:
    records = [json.loads(line) for line in run("extract", statement).stdout.splitlines()]
    assert {record["type"] for record in records} == {"accusation", "rebuttal"}
    text = statement.read_text(encoding="utf-8")
    for record in records:
        assert list(record) == FIELDS
        act = act_from_json(record)
        assert (act.document, act.sentence) == ("reply", text[act.start : act.end])
        assert text[act.cue.start : act.cue.end] == act.cue.text


def test_extract_as_a_table(statement: Path) -> None:
    table = run("extract", statement, "--format", "table").stdout
    assert "accusation" in table
    assert "France (FR)" in table


def test_extract_from_standard_input_in_a_real_process() -> None:
    text = "Le ministère accuse la Belgique d'espionnage. « C'est un mensonge », répond-elle.\n"
    done = subprocess.run([*KG, "extract", "-"], input=text.encode(), capture_output=True, check=True)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert {record["document"] for record in records} == {"stdin"}
    assert all(text[record["start"] : record["end"]] == record["sentence"] for record in records)
    assert done.stderr == b""


def test_skipped_files_are_named_and_the_exit_code_tells(statement: Path) -> None:
    (statement.parent / "empty.txt").touch()
    result = run("extract", statement.parent, code=1)
    assert result.stdout.count("\n") >= 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("skipped ")
    assert "empty.txt: empty. Put text into it" in result.stderr
    assert run("extract", statement.parent / "empty.txt", code=2).stdout == ""


def test_actor_file_beside_the_documents_is_used(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Marvenia accuses Tarsilia of espionage.\n")
    states = (("Marvenia", "XM"), ("Tarsilia", "XT"))
    entries = (f'[[actor]]\nkind = "state"\nname = "{name}"\nside = "{side}"\n' for name, side in states)
    (tmp_path / "actors.toml").write_text("\n".join(entries))
    (record,) = map(json.loads, run("extract", tmp_path / "note.txt").stdout.splitlines())
    assert (record["source"]["side"], record["target"]["side"]) == ("XM", "XT")


def test_ingest_counts(statement: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    (statement.parent / "binary.txt").write_bytes(bytes(range(256)))

    def ingest() -> dict[str, object]:
        return json.loads(run("ingest", statement.parent, "--store", store, "--json", code=1).stdout)  # type: ignore[no-any-return]

    first = ingest()
    assert (first["read"], first["extracted"], first["added"]) == (1, 1, 1)
    assert [(skipped["reason"]) for skipped in first["skipped"]] == ["binary data, not text"]  # type: ignore[attr-defined]
    assert ingest()["unchanged"] == 1
    statement.write_text("France accuses Germany of fraud.\n")
    assert ingest()["replaced"] == 1
    plain = run("ingest", statement, "--store", store).stdout
    assert plain.startswith("1 read, 1 extracted, ")
    assert plain.endswith("1 unchanged, 0 skipped\n")


def test_stats(store: Path) -> None:
    counts = json.loads(run("stats", "--store", store, "--json").stdout)
    assert (counts["documents"], counts["accusations"], counts["rebuttals"]) == (1, 1, 0)
    assert "documents" in run("stats", "--store", store).stdout


TITLES = """PREFIX dc: <http://purl.org/dc/terms/> PREFIX ct: <https://w3id.org/claimtrack/ns#>
SELECT ?title ?none { ?d a ct:Document ; dc:title ?title }"""


def test_query_as_csv_and_table(store: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("query", TITLES, "--store", store, "--format", "csv").stdout)))
    assert rows == [["title", "none"], ["=Reply", ""]]
    assert "=Reply" in run("query", TITLES, "--store", store).stdout


def test_query_as_json_is_what_the_engine_writes(store: Path) -> None:
    query = "SELECT ?s ?p ?o ?none { ?s ?p ?o } ORDER BY ?s ?p ?o"
    found = json.loads(run("query", query, "--store", store, "--format", "json").stdout)
    with open_store(store) as graph:
        copy = ox.Store()
        copy.extend(graph.quads())
        solutions = copy.query(query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        expected = json.loads(solutions.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    assert found["head"] == expected["head"]
    assert found["results"] == expected["results"]
    assert len(found["results"]["bindings"]) > 20


def test_query_from_a_file_and_from_standard_input(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "titles.rq"
    path.write_text(TITLES)
    from_file = run("query", path, "--store", store, "--format", "csv").stdout
    assert from_file == run("query", "-", "--store", store, "--format", "csv", stdin=TITLES).stdout
    assert "=Reply" in from_file


def test_saved_questions(store: Path) -> None:
    listed = {row["name"]: row for row in json.loads(run("query", "--list", "--format", "json").stdout)}
    assert len(listed) >= 21
    for row in listed.values():
        for texts in (row["title"], row["description"], *(p["label"] for p in row["parameters"])):
            assert sorted(texts) == ["en", "fr"]
    assert listed["accusations"]["title"]["en"] == "Who accuses whom of what?"
    assert "accused_side" in [parameter["name"] for parameter in listed["accusations"]["parameters"]]
    assert "most-accused" in run("query", "--list").stdout
    rows = csv.DictReader(io.StringIO(run("query", "--list", "--lang", "fr", "--format", "csv").stdout))
    assert "Qui accuse qui de quoi ?" in [row["question"] for row in rows]
    assert "Ruritania" in run("query", "most-accused", "--store", store).stdout
    accusations = ("query", "accusations", "--store", store, "--format", "csv", "--param")
    assert "bombed" in run(*accusations, "accused_side=RU").stdout
    assert "bombed" not in run(*accusations, "accused_side=FR").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no query"),
        (["no-such-question"], "no such saved question"),
        (["accusations", "--param", "accused_side"], "NAME=VALUE"),
        (["accusations", "--param", "colour=red"], "no parameter 'colour'"),
        (["ASK {}", "--param", "colour=red"], "saved questions only"),
    ],
)
def test_questions_that_cannot_be_asked(store: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run("query", *arguments, "--store", store)


def test_ask_and_construct(store: Path) -> None:
    assert run("query", "ASK { ?s ?p ?o }", "--store", store).stdout == "true\n"
    answer = run("query", "ASK { ?s ?s ?s }", "--store", store, "--format", "json").stdout
    assert json.loads(answer) == {"head": {}, "boolean": False}
    triples = run("query", "CONSTRUCT { ?s a ?t } { ?s a ?t }", "--store", store).stdout
    assert len(list(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))) == triples.count("\n") > 3


def test_limit_says_that_rows_are_missing(store: Path) -> None:
    result = run("query", "SELECT ?s { ?s ?p ?o }", "--store", store, "--format", "csv", "--limit", 2)
    assert result.stdout.count("\n") == 3
    assert "--limit" in result.stderr


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"])
def test_export(store: Path, tmp_path: Path, format: str) -> None:
    path = tmp_path / "graph"
    run("export", "--store", store, "--format", format, "--output", path)
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    exported = {quad.triple for quad in ox.parse(path=path, format=formats[format])}
    with open_store(store) as graph:
        assert exported == {quad.triple for quad in graph.quads() if quad.graph_name != VOCABULARY}
    assert run("export", "--store", store, "--format", format).stdout_bytes == path.read_bytes()


def test_export_of_what_is_chosen(store: Path, tmp_path: Path) -> None:
    listed = run("export", "--list").stdout
    assert all(name in listed for name in ("turtle", "graphml", "parquet", "nanopubs", "annotations"))

    def rows(*options: str) -> int:
        table = run("export", "--store", store, "--format", "csv", *options).stdout
        return len(list(csv.DictReader(io.StringIO(table))))

    assert rows() == 1
    chosen = {
        "--actor": ("RU", "XX"),
        "--type": ("accusation", "rebuttal"),
        "--since": ("2020-07", "2020-08"),
        "--until": ("2020", "2019"),
        "--query": ("accusations", "counter-accusations"),
        "--document": ("statement", "nowhere"),
    }
    for option, (fits, fits_not) in chosen.items():
        assert rows(option, fits) == 1, option
        if option in ("--actor", "--document"):
            with pytest.raises(StoreError, match=fits_not):
                rows(option, fits_not)
        else:
            assert rows(option, fits_not) == 0, option
    assert rows("--query", "accusations", "--param", "accused_side=FR") == 0
    run("export", "--store", store, "--since", "July 2020", code=2)


def test_import_brings_an_export_back(store: Path, tmp_path: Path) -> None:
    path, copy = tmp_path / "graph.ttl", tmp_path / "copy"
    run("export", "--store", store, "--format", "turtle", "--output", path)
    assert "1 added" in run("import", path, "--store", copy).stdout
    assert run("export", "--store", copy, "--format", "nquads").stdout == (
        run("export", "--store", store, "--format", "nquads").stdout
    )
    with path.open("a") as file:
        file.write("\n<a:s> <a:p> <a:o> .\n")
    (again,) = json.loads(run("import", path, "--store", copy, "--json", code=1).stdout)
    assert (again["unchanged"], again["left out"]) == (1, 1)
    stdin = run(
        "import", "-", "--format", "turtle", "--graph", "a:g", "--store", copy, stdin="<a:s> <a:p> 1 ."
    )
    assert stdin.stdout == "-: 1 triples\n"
    assert "1" in run("query", "SELECT ?o { GRAPH <a:g> { ?s ?p ?o } }", "--store", copy).stdout


def test_validate_a_store(store: Path) -> None:
    assert run("validate", "--store", store).stdout.endswith("valid\n")
    assert json.loads(run("validate", "--store", store, "--json").stdout) == {
        "conforms": True,
        "findings": [],
    }


def test_export_of_one_document(tmp_path: Path) -> None:
    first = a_document(name="first")
    second = a_document("Orvane has lied.", name="second")
    with open_store(tmp_path / "store", writable=True) as graph:
        for document in (first, second):
            graph.ingest(Extraction(document, ()))
    export = ("export", "--store", tmp_path / "store", "--format", "ntriples", "--document")
    assert "Orvane" in run(*export, "second").stdout
    assert "Orvane" not in run(*export, "first").stdout
    both = run(*export, "first", "--document", document_iri(second)).stdout
    assert "Orvane" in both
    assert "Ruritania" in both
    with pytest.raises(StoreError, match="third"):
        run(*export, "third")


def test_links_are_checked_with_the_documents_they_join(tmp_path: Path) -> None:
    first, second = a_document(name="first"), a_document(name="second")
    accusation = an_act(first, "Ruritania has bombed its own cities.", "bombed")
    answer = an_act(second, "“That is a lie”, the minister answered.", "lie", type=ActType.REBUTTAL)

    def link(subject: Act, object_: Act) -> ProposedLink:
        return ProposedLink(subject.act, CT.rebuts, object_.act, 0.5)

    def findings(proposed: ProposedLink, code: int) -> list[dict[str, str]]:
        with open_store(tmp_path / "store", writable=True) as graph:
            graph.replace_graph(LINKS.value, [*link_quads(proposed), accepted_link(proposed)])
        report = json.loads(run("validate", "--store", tmp_path / "store", "--json", code=code).stdout)
        return report["findings"]  # type: ignore[no-any-return]

    with open_store(tmp_path / "store", writable=True) as graph:
        graph.ingest(Extraction(first, (accusation,)))
        graph.ingest(Extraction(second, (answer,)))
    assert findings(link(answer, accusation), 0) == []
    wrong = findings(link(accusation, answer), 1)
    assert {finding["graph"] for finding in wrong} == {LINKS.value}
    assert "Only a rebuttal rebuts." in {finding["message"] for finding in wrong}


def test_validate_finds_what_is_wrong(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    run("export", "--store", store, "--format", "nquads", "--output", path)
    assert run("validate", path).stdout.endswith("valid\n")
    accuser = "<https://w3id.org/claimtrack/ns#speaker>"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    broken = [line for line in lines if accuser not in line]
    assert len(broken) < len(lines)
    path.write_text("".join(broken), encoding="utf-8")
    report = json.loads(run("validate", path, "--json", code=1).stdout)
    assert not report["conforms"]
    assert report["findings"][0]["graph"] == str(path)
    assert "not valid" in run("validate", path, code=1).stdout


def test_explain(statement: Path) -> None:
    explained = run("explain", statement).stdout
    assert "[cue: accuses]" in explained
    assert "because: " in explained


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["stats", "--store", "nowhere"], "nothing is published"),
        (["query", "SELECT {", "--store", "{store}"], "not valid SPARQL"),
        (["query", "no-such-question", "--store", "{store}"], "no-such-question"),
        (["query", "no-such-file.rq", "--store", "{store}"], "No such file"),
        (["validate", "{store}/CURRENT"], "no RDF format"),
    ],
)
def test_errors_on_purpose_are_one_line_and_exit_code_2(
    store: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    filled = [argument.replace("{store}", str(store)) for argument in arguments]
    done = subprocess.run(
        [*KG, *filled],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env={"PYTHONPATH": str(Path.cwd())},
    )
    assert done.returncode == 2
    assert done.stderr.startswith("kg: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_malformed_rdf_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<a> <b> ")
    with pytest.raises(KGError, match="malformed Turtle"):
        run("validate", path)


def test_a_second_writer_is_told_who_writes(store: Path, statement: Path) -> None:
    with open_store(store, writable=True), pytest.raises(KGError, match="writing"):
        run("ingest", statement, "--store", store)


def test_app_prints_its_address_and_answers_there(store: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*KG, "app", "--store", str(store), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            assert f"http://127.0.0.1:{port} " in process.stdout.readline()
            assert status_when_up(f"http://127.0.0.1:{port}/", process) == 200
        finally:
            process.terminate()


def status_when_up(url: str, process: subprocess.Popen[str]) -> int:
    """Ask again until something answers or the process has ended."""
    while process.poll() is None:
        try:
            return httpx.get(url).status_code
        except httpx.ConnectError:
            time.sleep(0.2)
    return 0
