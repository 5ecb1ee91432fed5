"""Puts the endpoint together and serves it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.endpoint.graphs import graph_store
from kg.endpoint.linked_data import ontology, thing, void
from kg.endpoint.pages import ASSETS, query_page
from kg.endpoint.questions import prefixes, question_text, questions
from kg.endpoint.replies import on_error
from kg.endpoint.service import Service, Settings
from kg.endpoint.sparql import sparql
from kg.errors import KGError

_WRITING = ["GET", "POST", "PUT", "DELETE"]


def create_app(settings: Settings) -> Starlette:
    """Return the endpoint as an ASGI application.

    Raises:
        StoreError: there is no store to read.
    """
    service = Service(settings)

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        service.close()

    routes = [
        Route("/", query_page),
        # Both, so that a client that adds the slash is not redirected: a POST would lose its body.
        *(Route(path, sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
        *(Route(path, graph_store, methods=_WRITING) for path in ("/data", "/data/{path:path}")),
        *(Route(path, void) for path in ("/void", "/.well-known/void")),
        *(Route(path, ontology) for path in ("/ns", "/ns/{version:path}", "/shapes", "/shapes/{version}")),
        Route("/prefixes", prefixes),
        Route("/questions", questions),
        Route("/questions/{name}", question_text),
        Route("/voc", thing),
        *(Route(f"/{kind}/{{path:path}}", thing) for kind in ("id", "voc", "graph")),
        Mount("/assets", StaticFiles(directory=ASSETS)),
    ]
    # Anybody may ask from any page: there are no cookies, and writing needs the token.
    cross_origin = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=_WRITING,
        allow_headers=["accept", "authorization", "content-type"],
    )
    handlers = {KGError: on_error}
    app = Starlette(routes=routes, middleware=[cross_origin], exception_handlers=handlers, lifespan=closing)
    app.state.service = service
    return app


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 7878) -> None:
    """Serve until interrupted.

    Raises:
        StoreError: there is no store to read.
    """
    app = create_app(settings)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
