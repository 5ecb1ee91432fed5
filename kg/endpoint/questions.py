"""The saved questions over HTTP: a list, and the query of each with values filled in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.endpoint.protocol import QUERY
from kg.rdf.namespaces import PREFIXES
from kg.store.questions import described, list_questions, question


async def questions(_: Request) -> Response:
    """List the saved questions with their titles, descriptions and parameters as JSON."""
    return JSONResponse([described(found) for found in list_questions()])


async def question_text(request: Request) -> Response:
    """Return the SPARQL text of a question; the request's parameters are its values."""
    found = question(request.path_params["name"])
    return Response(found.with_values(request.query_params), media_type=QUERY)


async def prefixes(_: Request) -> Response:
    """Return the prefixes that the query page declares for its users."""
    return JSONResponse(PREFIXES)
