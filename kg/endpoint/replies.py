"""What handlers answer: bytes with a media type, and errors with their status."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.endpoint.service import Service
from kg.errors import (
    GraphError,
    KGError,
    QueryBusy,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    StoreLocked,
)

STATUS: dict[type[KGError], int] = {
    QueryRefused: 403,
    QueryTimeout: 503,
    QueryTooLarge: 422,
    QueryBusy: 503,
    QueryError: 400,
    StoreLocked: 503,
    GraphError: 400,
    KGError: 500,
}
"""Status of each error; the first class that fits counts."""

_RETRY_SECONDS = "5"
_TEXT = ("text/csv", "text/tab-separated-values", "text/turtle", "application/n-triples")


def content(body: bytes, media_type: str, status: int = 200, **headers: str) -> Response:
    """Return bytes in a format that was negotiated."""
    written = f"{media_type}; charset=utf-8" if media_type in _TEXT else media_type
    known = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(body, status, {"vary": "accept", **known, "content-type": written})


def on_error(_: Request, error: Exception) -> Response:
    """Answer one of our errors as text with the status that fits."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    headers = {"retry-after": _RETRY_SECONDS} if status == 503 else None
    return PlainTextResponse(f"{error}\n", status, headers)


def not_acceptable(offers: object) -> HTTPException:
    """Return the error for a client that accepts none of the offered formats."""
    return HTTPException(406, f"this can be had as {offers}")


def service_of(request: Request) -> Service:
    """Return the service that a request is for."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


def base_of(request: Request) -> str:
    """Return the address of the endpoint as the client sees it, with a slash at its end."""
    return str(request.base_url)


def check_token(request: Request) -> None:
    """Refuse a request that changes the store without the right to.

    Raises:
        HTTPException: 403 if the endpoint is read-only, 401 without the token.
    """
    service = service_of(request)
    if service.settings.token is None:
        raise HTTPException(403, "this endpoint is read-only")
    if not service.may_write(request.headers.get("authorization", "")):
        raise HTTPException(401, "changes need the token", {"www-authenticate": 'Bearer realm="ClaimTrack"'})
