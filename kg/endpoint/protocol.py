"""Reads SPARQL 1.1 protocol requests (W3C Recommendation, sections 2.1 and 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.store.engine import Scope

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MAX_BODY = 50_000_000
"""Bytes of a request body; also how large a graph can be that is sent in one request."""

Parameters = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, and the graphs that the request names for it."""

    text: str
    is_update: bool
    scope: Scope


async def read_operation(request: Request) -> Operation | None:
    """Return what a request asks for; None if it asks for nothing (a look at the service itself).

    Raises:
        HTTPException: 400 for a request that the protocol does not allow, 413 for one that is too
            large, 415 for a body that is no query or update.
    """
    parameters = decoded_form(request.url.query.encode("ascii", "replace"))
    if request.method in ("GET", "HEAD"):
        if "update" in parameters:
            raise HTTPException(400, "an update is sent by POST, not by GET")
        return _operation(parameters, "query") if "query" in parameters else None
    media_type, charset = content_type(request)
    if charset not in ("", "utf-8", "us-ascii"):
        raise HTTPException(415, f"the body must be UTF-8, not {charset}")
    body = await read_body(request)
    if media_type == FORM:
        parameters = {**parameters, **decoded_form(body)}
        return _operation(parameters, "update" if "update" in parameters else "query")
    if media_type not in (QUERY, UPDATE):
        raise HTTPException(415, f"send {FORM}, {QUERY} or {UPDATE}, not {media_type or 'no media type'}")
    kind = "query" if media_type == QUERY else "update"
    return _operation({**parameters, kind: [*parameters.get(kind, []), decoded_text(body)]}, kind)


def content_type(request: Request) -> tuple[str, str]:
    """Return the media type and the character set of a request's body; empty if not said."""
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    named = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    return media_type.strip(), named.get("charset", "").strip('"')


async def read_body(request: Request) -> bytes:
    """Return a request's body, or refuse it as soon as it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"the body has more than {MAX_BODY} bytes")
    return bytes(body)


def decoded_form(body: bytes) -> Parameters:
    """Return the fields of a form, decoded once (a second decoding would change IRIs with a ``%``)."""
    parameters: Parameters = {}
    try:
        pairs = parse_qsl(decoded_text(body), keep_blank_values=True, errors="strict", max_num_fields=10_000)
    except ValueError as error:
        raise HTTPException(400, f"the form cannot be read: {error}") from error
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    return parameters


def decoded_text(body: bytes) -> str:
    """Return the text of a body, which the protocol wants to be UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request is not UTF-8: {error}") from error


def absolute_iri(iri: str) -> str:
    """Return an IRI that a request names, or refuse what is none."""
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise HTTPException(400, f"{iri!r} is no absolute IRI: {error}") from error


def _operation(parameters: Parameters, kind: str) -> Operation:
    if "query" in parameters and "update" in parameters:
        raise HTTPException(400, "a request is a query or an update, not both")
    texts = parameters.get(kind, [])
    if len(texts) != 1:
        raise HTTPException(400, f"a request has one {kind}, not {len(texts)}")
    if kind == "query":
        names = ("default-graph-uri", "named-graph-uri")
    else:
        names = ("using-graph-uri", "using-named-graph-uri")
    default, named = (
        tuple(map(absolute_iri, parameters[name])) if name in parameters else None for name in names
    )
    return Operation(texts[0], kind == "update", Scope(default, named))
