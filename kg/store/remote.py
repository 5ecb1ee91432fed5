"""A store on a SPARQL 1.1 server (Oxigraph, Virtuoso, Fuseki, GraphDB …), for who outgrows one machine.

Queries and updates go by HTTP form, whole graphs by the graph store protocol.  The server keeps writers
apart; each document is one update request.  How much of that is one transaction is the server's promise:
Oxigraph keeps it for the request, Virtuoso for each operation in it.
"""

from __future__ import annotations

import io
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

import httpx
import pyoxigraph as ox

from kg.errors import QueryError, QueryTimeout, QueryTooLarge, StoreError
from kg.identifiers import GRAPH
from kg.store.answering import too_many
from kg.store.engine import UNION, Scope, collected, node
from kg.store.replacing import graph_blocks
from kg.store.requests import Limits, Query
from kg.store.results import Answer, SelectResult, plain
from kg.store.sparql_tokens import Form, query_form
from kg.store.store import Store

CHUNK = 20_000
"""Quads sent in one update when many documents are loaded."""

_TABLE = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_OURS = f'FILTER STRSTARTS(STR(?g), "{GRAPH}")'
"""A server may hold other graphs, its own or other people's; they are not touched."""
_PATIENCE = httpx.Timeout(10.0, read=600.0)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a SPARQL server takes what, and who asks.

    Attributes:
        query: URL of the query service.
        update: URL of the update service.
        graph_store: URL of the graph store protocol.
        auth: how to log in; None if the server asks for nothing.
        union_parameter: parameter that makes the default graph the union of all graphs, for servers
            where it is not (``union-default-graph`` for Oxigraph); the others ignore it.
    """

    query: str
    update: str
    graph_store: str
    auth: httpx.Auth | None = None
    union_parameter: str = "union-default-graph"


def open_remote(server: Server, *, writable: bool = True) -> Store:
    """Open a store on a server; what is written is visible to others at once.

    Raises:
        StoreError: the server does not answer.
    """
    store = Store(RemoteSession(RemoteEngine(server), writable))
    if writable:
        store.keep_vocabulary()
    return store


def read_server(path: Path) -> Server:
    """Return the server that a TOML file describes.

    Its keys are ``query``, ``update`` and ``graph_store`` (URLs) and, if the server asks for a log-in,
    ``user``, ``password_variable`` (the environment variable that holds the password) and ``login``
    (``basic`` or ``digest``).

    Raises:
        StoreError: the file is malformed, or the variable is not set.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: {error}") from error
    lacking = [key for key in _URLS if not isinstance(given.get(key), str)]
    if lacking or (unknown := sorted(given.keys() - {*_URLS, *_LOGIN})):
        wrong = f"lacks {', '.join(lacking)}" if lacking else f"has unknown keys: {', '.join(unknown)}"
        raise StoreError(f"{path}: {wrong}. It may have {', '.join((*_URLS, *_LOGIN))}")
    auth = _login(path, given) if "user" in given else None
    return Server(given["query"], given["update"], given["graph_store"], auth)


def _login(path: Path, given: dict[str, str]) -> httpx.Auth:
    variable = given.get("password_variable", "KG_PASSWORD")
    password = os.environ.get(variable)
    if password is None:
        raise StoreError(f"{path}: the environment has no variable {variable} with the password")
    login = httpx.DigestAuth if given.get("login") == "digest" else httpx.BasicAuth
    return login(given["user"], password)


_URLS = ("query", "update", "graph_store")
_LOGIN = ("user", "password_variable", "login")


class RemoteEngine:
    """An :class:`~kg.store.engine.Engine` at the other end of HTTP."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client = httpx.Client(auth=server.auth, timeout=_PATIENCE)

    def query(self, text: str, scope: Scope = UNION, row_limit: int | None = None) -> Answer:
        """See :class:`~kg.store.engine.Engine`."""
        form = query_form(text) or Form.SELECT
        if form.answers_graph:
            reply = self.ask(text, scope, _TRIPLES)
            return [quad.triple for quad in ox.parse(reply.content, ox.RdfFormat.N_TRIPLES)][:row_limit]
        reply = self.ask(text, scope, _TABLE)
        answer = collected(ox.parse_query_results(reply.content, ox.QueryResultsFormat.JSON), row_limit)
        if form is Form.ASK and isinstance(answer, SelectResult):
            return bool(answer.rows)  # Virtuoso answers a table with one row, or none.
        return answer

    def ask(self, text: str, scope: Scope, accept: str, seconds: float | None = None) -> httpx.Response:
        """Send a query and return the server's reply in one of the accepted formats."""
        form = {"query": _based(text, scope.base), **_dataset(scope, self._server.union_parameter)}
        timeout = _PATIENCE if seconds is None else httpx.Timeout(seconds)
        return self._send("POST", self._server.query, data=form, headers={"accept": accept}, timeout=timeout)

    def update(self, text: str, base: str | None = None) -> None:
        """See :class:`~kg.store.engine.Engine`."""
        self._send("POST", self._server.update, data={"update": _based(text, base)})

    def quads(
        self,
        graph: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
    ) -> Iterator[ox.Quad]:
        """See :class:`~kg.store.engine.Engine`."""
        if subject is predicate is object is None:
            return chain.from_iterable(map(self._graph, [graph] if graph else self.graphs()))
        return self._matching(graph, subject, predicate, object)

    def _matching(self, *wanted: str | None) -> Iterator[ox.Quad]:
        variables = ("?g", "?s", "?p", "?o")
        terms = [str(node(iri)) if iri else name for iri, name in zip(wanted, variables, strict=True)]
        pattern = "GRAPH {} {{ {} {} {} }}".format(*terms)
        answer = self.query(f"SELECT * {{ {pattern} }}")
        assert isinstance(answer, SelectResult)
        given = {name: node(iri) for iri, name in zip(wanted, variables, strict=True) if iri}
        for row in answer:
            found = given | {f"?{name}": term for name, term in zip(answer.variables, row, strict=True)}
            yield ox.Quad(found["?s"], found["?p"], found["?o"], found["?g"])  # type: ignore[arg-type]

    def _graph(self, graph: str) -> Iterator[ox.Quad]:
        name = node(graph)
        with self._client.stream(
            "GET", self._server.graph_store, params={"graph": graph}, headers={"accept": _TRIPLES}
        ) as reply:
            if reply.status_code == httpx.codes.NOT_FOUND:
                return
            _check(reply)
            for quad in ox.parse(io.BufferedReader(_Body(reply)), ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)

    def dump_graph(
        self, graph: str, out: IO[bytes], format: ox.RdfFormat, prefixes: dict[str, str] | None
    ) -> None:
        """See :class:`~kg.store.engine.Engine`."""
        ox.serialize((quad.triple for quad in self._graph(graph)), out, format, prefixes=prefixes)

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add many quads, several updates of whole documents each."""
        chunk: list[ox.Quad] = []
        for quad in quads:
            starts = chunk and quad.graph_name != chunk[-1].graph_name and _of_document(quad)
            if starts and len(chunk) >= CHUNK:
                self.update(f"INSERT DATA {{ {graph_blocks(chunk)} }}")
                chunk.clear()
            chunk.append(quad)
        if chunk:
            self.update(f"INSERT DATA {{ {graph_blocks(chunk)} }}")

    def graphs(self) -> list[str]:
        """Return ClaimTrack's graphs on the server, sorted."""
        answer = self.query(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} }}")
        assert isinstance(answer, SelectResult)
        return sorted(plain(graph) for (graph,) in answer)

    def has_graph(self, graph: str) -> bool:
        """See :class:`~kg.store.engine.Engine`."""
        return self.query(f"ASK {{ GRAPH {node(graph)} {{ ?s ?p ?o }} }}") is True

    def size(self) -> int:
        """See :class:`~kg.store.engine.Engine`."""
        answer = self.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} }}")
        assert isinstance(answer, SelectResult)
        return int(plain(answer.rows[0][0]))

    def flush(self) -> None:
        """Nothing to do: the server answers an update when it is done."""

    def optimize(self) -> None:
        """Nothing to do: servers look after themselves."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _send(self, method: str, url: str, **arguments: object) -> httpx.Response:
        try:
            reply = self._client.request(method, url, **arguments)  # type: ignore[arg-type]
        except httpx.TimeoutException as error:
            raise QueryTimeout(f"{url} did not answer in time") from error
        except httpx.HTTPError as error:
            raise StoreError(f"{url} cannot be reached: {error}") from error
        _check(reply)
        return reply


class RemoteSession:
    """See :class:`~kg.store.sessions.Session`: the server does most of its work."""

    def __init__(self, engine: RemoteEngine, writable: bool = True) -> None:
        self.engine = engine
        self._writable = writable

    def begin_write(self) -> None:
        """See :class:`~kg.store.sessions.Session`."""
        if not self._writable:
            raise StoreError("the store is open for reading. Open it with writable=True to change it")

    def publish(self) -> int:
        """Nothing to do: writes are visible at once."""
        return 0

    def refresh(self) -> bool:
        """See :class:`~kg.store.sessions.Session`."""
        return False

    def run(self, query: Query, limits: Limits, media_type: str | None = None) -> Answer | bytes:
        """Wait for an answer no longer than the limit; how long the server works is up to the server."""
        if media_type is None:
            return self.engine.query(query.text, query.scope, limits.rows)
        reply = self.engine.ask(query.text, query.scope, media_type, limits.seconds)
        if not reply.headers["content-type"].startswith(media_type):
            raise QueryError(f"{media_type} is no format for what this query answers")
        if len(reply.content) > limits.answer_bytes:
            raise QueryTooLarge(too_many(f"{limits.answer_bytes} bytes"))
        return reply.content

    def rebuild(self, quads: Callable[[], Iterable[ox.Quad]]) -> None:
        """See :class:`~kg.store.sessions.Session`; the new quads are held in memory meanwhile."""
        self.begin_write()
        everything = list(quads())
        for graph in self.engine.graphs():
            self.engine.update(f"DROP SILENT GRAPH {node(graph)}")
        self.engine.load(everything)

    def close(self) -> None:
        """Close the connections."""
        self.engine.close()


class _Body(io.RawIOBase):
    """The body of a streamed reply as a file to read from."""

    def __init__(self, reply: httpx.Response) -> None:
        super().__init__()
        self._chunks = reply.iter_bytes()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        if not self._rest:
            self._rest = next(self._chunks, b"")
        taken = min(len(target), len(self._rest))
        target[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken


def _based(text: str, base: str | None) -> str:
    return text if base is None else f"BASE {node(base)} {text}"


def _dataset(scope: Scope, union_parameter: str) -> dict[str, list[str] | str]:
    if scope.default is None and scope.named is None:
        return {} if scope.own_dataset else {union_parameter: ""}
    return {"default-graph-uri": list(scope.default or ()), "named-graph-uri": list(scope.named or ())}


def _of_document(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(GRAPH + "doc-")


def _check(reply: httpx.Response) -> None:
    if reply.is_success:
        return
    reply.read()
    said = " ".join(reply.text.split())[:500]
    if reply.status_code == httpx.codes.BAD_REQUEST:
        raise QueryError(f"the query is not valid SPARQL: {said}")
    raise StoreError(f"{reply.url} answered {reply.status_code}: {said}")
