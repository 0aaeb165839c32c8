"""All pages together: asking, reading, advice, feedback and about. Server-rendered and complete without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistant.messages import message
from assistant.web import advice, ask, feedback_pages, reading
from assistant.web.pages_context import AboutPage, ErrorPage
from assistant.web.site import Site
from assistant.web.texts import TEXTS, text


def pages(site: Site) -> APIRouter:
    """Return the routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    for part in (ask, advice, reading, feedback_pages):
        router.include_router(part.routes(site))

    @router.get("/over")
    def about(request: Request) -> Response:
        return site.page(request, "about.html", AboutPage(**site.frame(request, "about_title", "/over"), keeps=site.feedback is not None))

    return router


def error_page(request: Request, status: int, key: str = "error") -> Response:
    """Return an error as a page, in the language of the pages rather than the browser's. `key`: the message where there is no text."""
    site: Site = request.app.state.site
    known = f"e{status}" if f"e{status}" in TEXTS else "e500"
    frame = site.frame(request, known, "")
    said = text(f"{known}_text", frame["language"]) if f"{known}_text" in TEXTS else message(key, frame["language"])
    return site.page(request, "error.html", ErrorPage(**frame, message=said, status=status), status)
