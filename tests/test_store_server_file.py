"""A directory with server.toml is a store on a server, for the command line too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from servers import oxigraph_server
from store_cases import dispute, iri, lines
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import StoreError
from kg.store import open_store
from kg.store.remote import read_server


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_line_works_on_a_server(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    far.mkdir()
    with open_store(near, writable=True) as store:
        for extraction in dispute():
            store.ingest(extraction)
        expected = lines(store)
    graph = tmp_path / "graph.ttl"
    run("export", "--store", near, "--format", "turtle", "--output", graph)
    with oxigraph_server() as server:
        addresses = {"query": server.query, "update": server.update, "graph_store": server.graph_store}
        (far / "server.toml").write_text("".join(f'{key} = "{url}"\n' for key, url in addresses.items()))
        run("import", graph, "--store", far)
        for command in (("query", "accusations", "--format", "csv"), ("export", "--format", "nquads")):
            assert sorted(run(*command, "--store", far).splitlines()) == sorted(
                run(*command, "--store", near).splitlines()
            )
        assert json.loads(run("stats", "--store", far, "--json")) == json.loads(
            run("stats", "--store", near, "--json")
        )
        with open_store(far) as reader:
            assert lines(reader) == expected
            with pytest.raises(StoreError, match="writable=True"):
                reader.delete_document(iri(dispute()[0]))
    with pytest.raises(StoreError, match="cannot be reached"):
        run("stats", "--store", far)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("query = 1", "lacks query, update, graph_store"),
        ('query = "a"\nupdate = "a"\ngraph_store = "a"\nurl = "a"', "unknown keys: url"),
        ('query = "a"\nupdate = "a"\ngraph_store = "a"\nuser = "dba"', "no variable KG_PASSWORD"),
        ("query", "server.toml: "),
    ],
)
def test_a_wrong_file_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    monkeypatch.delenv("KG_PASSWORD", raising=False)
    path = tmp_path / "server.toml"
    path.write_text(text)
    with pytest.raises(StoreError, match=message):
        read_server(path)


@pytest.mark.parametrize(("login", "kind"), [("digest", "DigestAuth"), ("basic", "BasicAuth")])
def test_the_password_is_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, login: str, kind: str
) -> None:
    monkeypatch.setenv("SECRET", "dba")
    path = tmp_path / "server.toml"
    path.write_text(
        'query = "a"\nupdate = "b"\ngraph_store = "c"\n'
        f'user = "dba"\npassword_variable = "SECRET"\nlogin = "{login}"\n'
    )
    server = read_server(path)
    assert (server.query, server.update, server.graph_store) == ("a", "b", "c")
    assert type(server.auth).__name__ == kind
