"""The saved questions over HTTP: a list, and the query of each with values filled in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.endpoint.protocol import QUERY
from kg.store.questions import Question, list_questions, question


async def questions(_: Request) -> Response:
    """List the saved questions with their titles, descriptions and parameters as JSON."""
    return JSONResponse([_described(found) for found in list_questions()])


async def question_text(request: Request) -> Response:
    """Return the SPARQL text of a question; the request's parameters are its values."""
    found = question(request.path_params["name"])
    return Response(found.with_values(request.query_params), media_type=QUERY)


def _described(found: Question) -> dict[str, object]:
    return {
        "name": found.name,
        "title": dict(found.title),
        "description": dict(found.description),
        "parameters": [
            {"name": parameter.name, "type": parameter.type.value, "label": dict(parameter.label)}
            for parameter in found.parameters
        ],
    }
