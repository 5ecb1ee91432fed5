"""The server around the app: security headers, the drawing library, and the start.

Streamlit sends no Content-Security-Policy of its own.  Ours allows scripts from this server and the one
inline script of Streamlit's page, so that a slip in escaping could neither run a script nor fetch an address.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.app.settings import STORE_VARIABLE
from kg.app.texts import t

HERE = Path(__file__).parent
SCRIPT = HERE / "shell" / "main.py"
"""The script that Streamlit runs for every page."""
VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
"""The drawing library inside the pyvis package (MIT or Apache 2.0), so that app and export draw alike."""

_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)")
_POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy() -> str:
    """Return the policy, with the hash of the inline script of Streamlit's own page."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return _POLICY.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP answer and leaves websockets alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [
            (b"content-security-policy", content_security_policy().encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"no-referrer"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; extend the head of the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *self._headers]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


class QuietProbes:
    """ASGI middleware for the probes that Streamlit's page makes under ``/PAGE/`` before it tries ``/``.

    It looks for its server there because an app may be mounted at a path.  Ours is not, which is no error;
    but an answer of 404 would stand in the browser's console as one on every link to a page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a probe with a status that says "not here"; pass everything else on."""
        if scope["type"] == "http" and _PROBE.fullmatch(scope["path"]):
            await Response(status_code=300)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def vis_network(_: Request) -> Response:
    """Serve the drawing library."""
    script = files("pyvis").joinpath(VIS_NETWORK).read_bytes()
    headers = {"cache-control": "public, max-age=86400"}
    return Response(script, media_type="text/javascript", headers=headers)


def say_error(_: Exception) -> bool:
    """Say in plain words that a page failed; Streamlit has already logged why."""
    st.error(t("page_failed"), icon=":material/error:")
    return True


ROUTES = [Route("/vendor/vis-network.min.js", vis_network)]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(QuietProbes)]


def settings() -> dict[str, Any]:
    """Return the app's settings under Streamlit's dotted names."""
    with (HERE / "config.toml").open("rb") as file:
        return _dotted("", tomllib.load(file))


def _dotted(prefix: str, table: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _dotted(f"{prefix}{name}.", value) if isinstance(value, dict) else {prefix + name: value}
    return flat


def launch(store: Path, port: int) -> None:
    """Open the app on this machine's loopback address and block until it is stopped.

    Streamlit prints the address.

    Args:
        store: the store's directory; it may be empty or missing, the app then says how to fill it.
        port: TCP port.
    """
    os.environ[STORE_VARIABLE] = str(store.resolve())
    app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=say_error)
    app.run(config=settings() | {"server.port": port, "browser.serverPort": port})
