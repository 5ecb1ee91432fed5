"""Makes IRIs lead somewhere: every record, actor, concept, graph and the ontology, in RDF or as a page.

The IRIs are global (``https://w3id.org/claimtrack/id/…``); this server answers for each under the same
path (``/id/…``), so that a redirect from there to here is all that is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.endpoint.descriptions import void_quads
from kg.endpoint.graphs import graph_reply
from kg.endpoint.negotiation import GRAPH_TYPES, choose
from kg.endpoint.ontology_page import ontology_page
from kg.endpoint.pages import description_page
from kg.endpoint.replies import base_of, service_of
from kg.identifiers import BASE
from kg.rdf.ontology import read_ontology
from kg.resources import ontology_file
from kg.store.store import Store

MAX_INCOMING = 200
"""Triples shown that point at a thing: an actor may be named in a hundred thousand acts."""

MAX_ON_PAGE = 5000
"""Triples shown on one page; RDF formats have them all."""


async def thing(request: Request) -> Response:
    """Describe the thing whose IRI ends in the request's path."""
    return await run_in_threadpool(_thing, request)


async def ontology(request: Request) -> Response:
    """Return the ontology with its concepts, its alignments or its shapes; a version may end the address."""
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
    iri = BASE + request.url.path.strip("/")
    if iri not in _files():
        raise HTTPException(404, f"<{iri}> is no version of the ontology that is here")
    if iri.startswith(BASE + "ns") and _wants_page(request):
        return ontology_page(request)
    parsed = (ox.parse(path=str(ontology_file(name)), format=ox.RdfFormat.TURTLE) for name in _files()[iri])
    return graph_reply(request, (quad.triple for quad in chain.from_iterable(parsed)))


@cache
def _files() -> Mapping[str, tuple[str, ...]]:
    """Return the files of the ontology that each IRI stands for, with its version and without."""
    version = read_ontology().version
    files = {"ns": ("ct.ttl", "ct-voc.ttl"), "ns/align": ("ct-align.ttl",), "shapes": ("ct-shapes.ttl",)}
    return {f"{BASE}{name}{end}": found for name, found in files.items() for end in ("", f"/{version}")}


def _reply(request: Request, iri: str, triples: Iterable[ox.Triple]) -> Response:
    if _wants_page(request):
        return description_page(iri, islice(triples, MAX_ON_PAGE))
    return graph_reply(request, triples)


def _wants_page(request: Request) -> bool:
    return choose(request.headers.get("accept", ""), (*GRAPH_TYPES, "text/html")) == "text/html"


def _description(store: Store, iri: str) -> Iterator[ox.Triple]:
    """Yield what is said about a thing, and some of what points at it."""
    outgoing = store.engine.quads(subject=iri)
    incoming = islice(store.engine.quads(object=iri), MAX_INCOMING)
    return (quad.triple for quad in chain(outgoing, incoming))
