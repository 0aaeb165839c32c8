"""What holds for every request: a limit on size, forms from our own pages only, and headers that protect the reader."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import message
from assistant.web.problems import language_of, problem

Failed = Callable[[Request, Exception], Awaitable[Response]]

MOST_BYTES = 64 * 1024
API_VERSION = "1.0.0"
_CONTENT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_log = logging.getLogger(__name__)


class Guard:
    """ASGI middleware; an error that nothing else caught becomes a response here, so that it has the headers too.

    The referrer goes to our own pages only. It is not left out altogether, since browsers then send `Origin: null` with
    our own forms too, and those could no longer be told from others'.
    """

    def __init__(self, app: ASGIApp, failed: Failed, refuse: Callable[[Request, int], Response]) -> None:
        self._app = app
        self._failed = failed
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        began = False

        async def sent(event: Message) -> None:
            nonlocal began
            if event["type"] == "http.response.start":
                began = True
                _protect(MutableHeaders(scope=event), scope)
            await send(event)

        body = await _whole(request, receive)
        if body is None:
            await self._no(request, 413)(scope, receive, sent)
            return
        if scope["method"] == "POST" and not _is_api(scope) and not own_form(request.headers):
            await self._no(request, 403)(scope, receive, sent)
            return
        try:
            await self._app(scope, _again(body, receive), sent)
        except Exception as error:
            if began:
                raise
            _log.exception("A request failed")
            response = await self._failed(request, error)
            await response(scope, receive, sent)

    def _no(self, request: Request, status: int) -> Response:
        if not _is_api(request.scope):
            return self._refuse(request, status)
        return problem(status, message("too_long", language_of(request), most=MOST_BYTES) if status == 413 else "Forbidden")


def own_form(headers: Headers) -> bool:
    """True when a form was sent from one of our own pages, or by something that is not a browser."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    host = urlsplit(origin).netloc.lower()
    return bool(host) and host in {headers.get("host", "").lower(), headers.get("x-forwarded-host", "").lower()}


def _is_api(scope: Scope) -> bool:
    return str(scope["path"]).startswith(("/v1/", "/health/"))


async def _whole(request: Request, receive: Receive) -> bytes | None:
    """Return the body, or None when it is over the limit; what a client says of its length is not trusted."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        return None
    body = b""
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return body
        body += bytes(event.get("body", b""))
        if len(body) > MOST_BYTES:
            return None
        if not event.get("more_body", False):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def _protect(headers: MutableHeaders, scope: Scope) -> None:
    path = str(scope["path"])
    headers["content-security-policy"] = _CONTENT
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"
    headers["permissions-policy"] = "camera=(), geolocation=(), microphone=()"
    headers["cross-origin-opener-policy"] = "same-origin"
    if path.startswith("/v1/"):
        headers["api-version"] = API_VERSION
    if path == "/v1/openapi.json":
        headers["access-control-allow-origin"] = "*"
    if path.startswith("/static/"):
        named = b"v=" in bytes(scope.get("query_string", b""))
        headers["cache-control"] = "public, max-age=31536000, immutable" if named else "no-cache"
    else:
        headers["cache-control"] = "no-store"
