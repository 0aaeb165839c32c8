"""All pages together: asking, reading, advice, feedback and about. Server-rendered and complete without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.messages import message
from assistant.records import MOST_SITUATION, Language
from assistant.retrieval.language import detect
from assistant.web import ask, feedback_pages, reading, views
from assistant.web.pages_context import AboutPage, AdvicePage, ErrorPage
from assistant.web.site import Site, form, page_language
from assistant.web.texts import SITUATIONS, TEXTS, in_language, text

__all__ = ["Site", "error_page", "form", "page_language", "pages"]


def pages(site: Site) -> APIRouter:
    """Return the routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    for part in (ask, reading, feedback_pages):
        router.include_router(part.routes(site))

    @router.get("/advies")
    def advice(request: Request, situatie: str | None = None) -> Response:
        return _advise(site, request, situatie)

    @router.post("/advies")
    async def advise(request: Request) -> Response:
        fields = await form(request)
        return await run_in_threadpool(_advise, site, request, fields.get("situatie", ""))

    @router.get("/over")
    def about(request: Request) -> Response:
        return site.page(request, "about.html", AboutPage(**site.frame(request, "about_title", "/over"), keeps=site.feedback is not None))

    return router


def _advise(site: Site, request: Request, told: str | None) -> Response:
    if not site.advises:
        raise HTTPException(404)
    frame = site.frame(request, "advice_title", "/advies", "adviesformulier")
    language: Language = frame["language"]
    situation, error, result = (told or "").strip(), "", None
    if told is not None and not situation:
        error = text("situation_empty", language)
    elif len(situation) > MOST_SITUATION:
        error = text("situation_long", language, most=MOST_SITUATION)
    elif situation:
        advice = site.wijzer.advise(situation, detect(situation, language))
        result = views.advice_view(advice, site.source, language)
    examples = tuple(in_language(s, language) for s in SITUATIONS)
    context = AdvicePage(**frame, examples=examples, situation=situation, error=error, result=result, most=MOST_SITUATION)
    return site.page(request, "advice.html", context, 400 if error else 200)


def error_page(request: Request, status: int, detail: str, language: Language) -> Response:
    """Return an error as a page, in the language of the pages rather than the browser's. `detail` is for errors without a text here."""
    site: Site = request.app.state.site
    known = f"e{status}" if f"e{status}" in TEXTS else "e500"
    frame = site.frame(request, known, "")
    if f"{known}_text" in TEXTS:
        said = text(f"{known}_text", frame["language"])
    else:
        said = message("no_index" if status == 503 else "error", frame["language"])
    return site.page(request, "error.html", ErrorPage(**frame, message=said, status=status), status)
