"""Errors as application/problem+json (RFC 9457), in the user's language; invalid input is 400 with all errors together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.fields import Invalid, reason
from assistant.messages import message
from assistant.records import Language
from assistant.retrieval.language import detect
from assistant.web.pages import error_page
from ingest.errors import IndexDamaged, IndexMissing, IndexStale, IndexUnavailable, WijzerError

TITLES = {
    400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large", 
    415: "Unsupported Media Type",
    429: "Too Many Requests", 500: "Internal Server Error",
    503: "Service Unavailable",
}  # fmt: skip


def language_of(request: Request, otherwise: Language = "nl") -> Language:
    """Return the language a client asks for: `?lang=`, else its cookie, else Accept-Language."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wanted in {"nl", "en"}:
            return "en" if wanted == "en" else "nl"
    accepted = request.headers.get("accept-language", "").lower()
    first = next((p.strip()[:2] for p in accepted.split(",") if p.strip()[:2] in {"nl", "en"}), otherwise)
    return "en" if first == "en" else "nl"


def problem(status: int, detail: str, errors: list[dict[str, Any]] | None = None, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a problem response."""
    body: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return JSONResponse(body, status, dict(headers or {}), media_type="application/problem+json")


def _validation(request: Request, error: RequestValidationError) -> Response:
    language = language_of(request, _language_of_body(error.body))
    errors = []
    detail = message("invalid", language)
    for item in error.errors():
        where = [str(part) for part in item["loc"] if part != "body"]
        text = reason(item, language)
        if item["type"] == "json_invalid":
            where, text = [], message("bad_json", language)
            detail = text
        elif item["type"] == "string_too_long":
            text = message("too_long", language, most=item["ctx"]["max_length"])
            detail = text
        elif item["type"] == "control_characters":
            text = message("control", language)
            detail = text
        elif item["type"] in {"string_too_short", "missing"} and where[-1:] in (["question"], ["query"], ["situation"]):
            text = message("empty", language)
            detail = text
        errors.append({"name": ".".join(where), "reason": text})
    return problem(400, detail, errors)


def _language_of_body(body: Any) -> Language:
    if isinstance(body, dict):
        if body.get("language") in {"nl", "en"}:
            return "en" if body["language"] == "en" else "nl"
        text = str(body.get("question") or body.get("query") or body.get("situation") or "")[:500]
        return detect(text)
    return "nl"


def install(app: FastAPI) -> None:
    """Map every kind of error, once, to what a client or a reader of pages should see."""

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if _wants_page(request):
            return error_page(request, error.status_code)
        detail = message("not_found", language_of(request)) if error.status_code == 404 else str(error.detail)
        return problem(error.status_code, detail, headers=error.headers)

    async def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return _validation(request, error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, Invalid)
        return problem(400, message("invalid", error.language), [{"name": place, "reason": said} for place, said in error.errors])

    async def known(request: Request, error: Exception) -> Response:
        status = 503 if isinstance(error, IndexMissing | IndexStale | IndexDamaged | IndexUnavailable) else 500
        key = "no_vectors" if isinstance(error, IndexUnavailable) else "no_index" if status == 503 else "error"
        return error_page(request, status, key) if _wants_page(request) else problem(status, message(key, language_of(request)))

    async def unknown(request: Request, error: Exception) -> Response:
        return error_page(request, 500) if _wants_page(request) else problem(500, message("error", language_of(request)))

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(Invalid, invalid)
    app.add_exception_handler(WijzerError, known)
    app.add_exception_handler(Exception, unknown)


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith(("/v1/", "/health/")) and "text/html" in request.headers.get("accept", "")
