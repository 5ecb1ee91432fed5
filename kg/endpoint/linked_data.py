"""Makes IRIs lead somewhere: every record, actor, concept, graph and the ontology, in RDF or as a page.

The IRIs are global (``https://w3id.org/claimtrack/id/…``); this server answers for each under the same
path (``/id/…``), so that a redirect from there to here is all that is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.endpoint.descriptions import void_quads
from kg.endpoint.graphs import graph_reply
from kg.endpoint.negotiation import GRAPH_TYPES, choose
from kg.endpoint.pages import description_page
from kg.endpoint.replies import base_of, service_of
from kg.identifiers import BASE
from kg.rdf.namespaces import VOCABULARY
from kg.store.store import Store

MAX_INCOMING = 200
"""Triples shown that point at a thing: an actor may be named in a hundred thousand acts."""

MAX_ON_PAGE = 5000
"""Triples shown on one page; RDF formats have them all."""


async def thing(request: Request) -> Response:
    """Describe the thing whose IRI ends in the request's path."""
    return await run_in_threadpool(_thing, request)


async def ontology(request: Request) -> Response:
    """Return the ontology with its concepts; its address may end in its version."""
    return await run_in_threadpool(_ontology, request)


async def void(request: Request) -> Response:
    """Describe the data set (VoID)."""
    return await run_in_threadpool(_void, request)


def _void(request: Request) -> Response:
    return graph_reply(request, void_quads(service_of(request), base_of(request)))


def _thing(request: Request) -> Response:
    iri = BASE + request.url.path.lstrip("/")
    store = service_of(request).reader()
    if iri.startswith(BASE + "graph/") and store.engine.has_graph(iri):
        return _reply(request, iri, (quad.triple for quad in store.quads(iri)))
    description = list(_description(store, iri))
    if not description:
        raise HTTPException(404, f"nothing is known of <{iri}>")
    return _reply(request, iri, description)


def _ontology(request: Request) -> Response:
    store = service_of(request).reader()
    iri = BASE + request.url.path.strip("/")
    if not any(store.engine.quads(VOCABULARY.value, object=iri)) and iri != BASE + "ns":
        raise HTTPException(404, f"<{iri}> is no version of the ontology that is here")
    return _reply(request, BASE + "ns", (quad.triple for quad in store.quads(VOCABULARY.value)))


def _reply(request: Request, iri: str, triples: Iterable[ox.Triple]) -> Response:
    if choose(request.headers.get("accept", ""), (*GRAPH_TYPES, "text/html")) == "text/html":
        return description_page(request, iri, islice(triples, MAX_ON_PAGE))
    return graph_reply(request, triples)


def _description(store: Store, iri: str) -> Iterator[ox.Triple]:
    """Yield what is said about a thing, and some of what points at it."""
    outgoing = store.engine.quads(subject=iri)
    incoming = islice(store.engine.quads(object=iri), MAX_INCOMING)
    return (quad.triple for quad in chain(outgoing, incoming))
