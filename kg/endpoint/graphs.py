"""The graph store protocol (SPARQL 1.1 Graph Store HTTP Protocol, W3C Recommendation)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.endpoint.negotiation import GRAPH_TYPES, choose
from kg.endpoint.protocol import absolute_iri, content_type, read_body
from kg.endpoint.replies import base_of, check_token, content, not_acceptable, service_of
from kg.rdf.namespaces import PREFIXES
from kg.store.engine import Scope, node
from kg.store.store import Store

_DEFAULT_GRAPH = Scope(own_dataset=True)
_ANYTHING = "{ ?s ?p ?o }"


async def graph_store(request: Request) -> Response:
    """Read, replace, extend or delete one graph: ``?graph=IRI``, ``?default``, or the request's own IRI."""
    name = _graph_name(request)
    if request.method in ("GET", "HEAD"):
        return await run_in_threadpool(_get, request, name)
    check_token(request)
    if request.method == "DELETE":
        return await run_in_threadpool(_delete, request, name)
    created_here = request.method == "POST" and name == base_of(request) + "data"
    if created_here:
        name = f"{base_of(request)}data/{uuid.uuid4().hex}"
    triples = _triples(request, await read_body(request), name)
    return await run_in_threadpool(_write, request, name, triples, created_here)


def graph_reply(request: Request, triples: Iterable[ox.Quad | ox.Triple]) -> Response:
    """Return triples in the format that the client likes best."""
    media_type = choose(request.headers.get("accept", ""), GRAPH_TYPES)
    if media_type is None:
        raise not_acceptable(", ".join(GRAPH_TYPES))
    only_triples = [item.triple if isinstance(item, ox.Quad) else item for item in triples]
    body = ox.serialize(only_triples, format=ox.RdfFormat.from_media_type(media_type), prefixes=PREFIXES)
    assert body is not None
    return content(body, media_type)


def _graph_name(request: Request) -> str | None:
    """Return the IRI of the graph that a request is about; None for the default graph."""
    names = request.query_params.getlist("graph")
    if len(names) == 1 and "default" not in request.query_params:
        return absolute_iri(names[0])
    if not names and "default" in request.query_params:
        return None
    if names:
        raise HTTPException(400, "name one graph")
    return base_of(request) + request.url.path.removeprefix(request.scope.get("root_path", "")).lstrip("/")


def _get(request: Request, name: str | None) -> Response:
    store = service_of(request).reader()
    if not _exists(store, name):
        raise HTTPException(404, f"there is no graph <{name}>")
    if name is None:
        answer = store.engine.query(f"CONSTRUCT WHERE {_ANYTHING}", _DEFAULT_GRAPH)
        assert isinstance(answer, list)
        return graph_reply(request, answer)
    return graph_reply(request, store.quads(name))


def _delete(request: Request, name: str | None) -> Response:
    if not _exists(service_of(request).reader(), name):
        raise HTTPException(404, f"there is no graph <{name}>")
    service_of(request).write(lambda store: store.update(_clear(name)))
    return Response(status_code=204)


def _write(request: Request, name: str | None, triples: list[ox.Triple], created_here: bool) -> Response:
    new = not _exists(service_of(request).reader(), name)
    block = "".join(f"{triple} .\n" for triple in triples)
    insert = f"INSERT DATA {{ {block if name is None else f'GRAPH {node(name)} {{ {block} }}'} }}"
    create = [] if name is None else [f"CREATE SILENT GRAPH {node(name)}"]
    steps = [_clear(name)] if request.method == "PUT" else []
    update = " ;\n".join([*steps, *create, insert])
    service_of(request).write(lambda store: store.update(update))
    location = {"location": name} if created_here and name else {}
    return Response(status_code=201 if new else 204, headers=location)


def _exists(store: Store, name: str | None) -> bool:
    return name is None or store.engine.has_graph(name)


def _clear(name: str | None) -> str:
    return "CLEAR DEFAULT" if name is None else f"DROP SILENT GRAPH {node(name)}"


def _triples(request: Request, body: bytes, name: str | None) -> list[ox.Triple]:
    """Return the triples of a body, or of every part of a form."""
    media_type, _ = content_type(request)
    if media_type != "multipart/form-data":
        return _parsed(body, media_type, name)
    head = f"content-type: {request.headers['content-type']}\r\n\r\n".encode("latin-1")
    form = BytesParser(policy=HTTP).parsebytes(head + body)
    found: list[ox.Triple] = []
    for part in form.iter_parts():
        assert isinstance(part, Message)
        payload = part.get_payload(decode=True)
        found += _parsed(payload if isinstance(payload, bytes) else b"", part.get_content_type(), name)
    return found


def _parsed(body: bytes, media_type: str, name: str | None) -> list[ox.Triple]:
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    if rdf_format is None:
        raise HTTPException(415, f"{media_type or 'no media type'}: send one of {', '.join(GRAPH_TYPES)}")
    try:
        quads = list(ox.parse(body, rdf_format, base_iri=name))
    except SyntaxError as error:
        raise HTTPException(400, f"the graph cannot be read: {error}") from error
    if any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads):
        raise HTTPException(400, "the body is one graph; it cannot name others")
    return [quad.triple for quad in quads]
