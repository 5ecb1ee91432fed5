"""The SPARQL endpoint: queries, updates, and the description of the service itself."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.endpoint.descriptions import service_quads
from kg.endpoint.graphs import graph_reply
from kg.endpoint.negotiation import GRAPH_TYPES, TABLE_TYPES, choose, choose_table
from kg.endpoint.protocol import Operation, read_operation
from kg.endpoint.replies import base_of, check_token, content, not_acceptable, service_of
from kg.endpoint.using import with_using
from kg.store.sparql_tokens import query_form


async def sparql(request: Request) -> Response:
    """Answer a query or an update; without either, describe the service (or show the page to a person)."""
    operation = await read_operation(request)
    if operation is None:
        return await run_in_threadpool(_describe, request)
    if operation.is_update:
        check_token(request)
        return await run_in_threadpool(_update, request, operation)
    return await run_in_threadpool(_query, request, operation)


def _query(request: Request, operation: Operation) -> Response:
    service, accept = service_of(request), request.headers.get("accept", "")
    form = query_form(operation.text)
    graph = form is not None and form.answers_graph
    media_type = choose(accept, GRAPH_TYPES) if graph else choose_table(accept)
    if media_type is None:
        raise not_acceptable(", ".join(GRAPH_TYPES if graph else TABLE_TYPES))
    scope = replace(operation.scope, base=base_of(request))
    body = service.reader().serialize(operation.text, media_type, limits=service.settings.limits, scope=scope)
    return content(body, media_type)


def _update(request: Request, operation: Operation) -> Response:
    text = with_using(operation.text, operation.scope)
    service_of(request).write(lambda store: store.update(text, base_of(request)))
    return Response(status_code=204)


def _describe(request: Request) -> Response:
    accept = request.headers.get("accept", "")
    if choose(accept, (*GRAPH_TYPES, "text/html")) == "text/html":
        return RedirectResponse(base_of(request), 303)
    return graph_reply(request, service_quads(service_of(request), base_of(request)))
