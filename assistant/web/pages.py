"""The pages: ask, read, advice, sources, about. Server-rendered and complete without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.messages import message
from assistant.records import MOST_QUESTION, MOST_SITUATION, Language, Turn
from assistant.retrieval.language import detect
from assistant.service import Wijzer
from assistant.web import reader, views
from assistant.web.look import Look
from assistant.web.pages_context import AboutPage, AdvicePage, AskPage, ErrorPage, PassagePage, ReaderPage, SourcesPage, TextBlock, TurnView
from assistant.web.texts import EXAMPLES, KINDS, SITUATIONS, TEXTS, in_language, text
from ingest.records import Document, Passage, Source

_YEAR = 365 * 24 * 3600
_SCRIPT = ("status_busy", "status_slow", "status_done", "status_no", "status_stopped", "status_offline", "ref", "page_short", "no_year",
           "unknown_author", "you_asked", "question_next", "sources_of", "nearest", "follow_ups", "automated", "written")  # fmt: skip


class Site:
    """What the pages are made of: the service, the templates, and what every page shares."""

    def __init__(self, wijzer: Wijzer, look: Look) -> None:
        self.wijzer = wijzer
        self.look = look

    @property
    def advises(self) -> bool:
        """True when the service can give advice; without it the page for it stays away."""
        return hasattr(self.wijzer, "advise")

    def frame(self, request: Request, title: str, here: str, **values: object) -> dict[str, Any]:
        """Return what every page's context needs."""
        language = page_language(request)
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"] if request.method == "GET" else []
        other = f"{quote(request.url.path)}?{urlencode([*kept, ('lang', 'nl' if language == 'en' else 'en')])}"
        shown = text(title, language, **values)
        return {"look": self.look, "language": language, "title": shown, "here": here, "other": other, "advice": self.advises}

    def page(self, request: Request, template: str, context: object, status: int = 200) -> HTMLResponse:
        """Render a page; a language that was asked for in the address is remembered."""
        response = HTMLResponse(self.look.render(template, context), status)
        if request.query_params.get("lang") in {"nl", "en"}:
            secure = request.url.scheme == "https"
            response.set_cookie("lang", page_language(request), max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
        return response

    def source(self, name: str) -> Source | None:
        """Return the record of a document, or None."""
        return self.wijzer.tools.index.store.source(name)

    def label(self, passage: str, language: Language) -> str:
        """Return what to call a passage in a link, or "" when there is no such passage."""
        found = self.wijzer.passage(passage, language)
        return f"{views.author(found[1].author, language)} ({views.year(found[1].year, language)}), {found[0].title}" if found else ""


def page_language(request: Request) -> Language:
    """Return the language of a page: what the address or the cookie says, else Dutch."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wanted in {"nl", "en"}:
            return "en" if wanted == "en" else "nl"
    return "nl"


async def form(request: Request) -> dict[str, str]:
    """Return the fields of a form; of one that came more than once the last. Bytes that are no text are replaced."""
    raw = (await request.body()).decode("utf-8", "replace")
    try:
        return {name: values[-1].replace("\r\n", "\n") for name, values in parse_qs(raw, keep_blank_values=True, max_num_fields=20).items()}
    except ValueError as error:
        raise HTTPException(413) from error


def pages(site: Site) -> APIRouter:
    """Return the routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/")
    def start(request: Request, vraag: str | None = None) -> Response:
        return _ask(site, request, vraag, [])

    @router.post("/")
    async def ask(request: Request) -> Response:
        fields = await form(request)
        question = fields.get("vervolg") or fields.get("vraag", "")
        return await run_in_threadpool(_ask, site, request, question, views.recall(fields.get("geschiedenis", "")))

    @router.get("/bronnen")
    def sources(request: Request) -> Response:
        frame = site.frame(request, "sources_title", "/bronnen")
        found = [site.wijzer.document(s.id) for s in site.wijzer.sources()]
        shown = tuple(reader.source_view(d, frame["language"]) for d in found if d)
        return site.page(request, "sources.html", SourcesPage(**frame, sources=shown))

    @router.get("/bronnen/{name}")
    def read(request: Request, name: str, passage: str = "", citaat: str = "") -> Response:
        return _read(site, request, name, passage, citaat)

    @router.get("/passages/{name}")
    def passage(request: Request, name: str) -> Response:
        return _passage(site, request, name)

    @router.get("/advies")
    def advice(request: Request, situatie: str | None = None) -> Response:
        return _advise(site, request, situatie)

    @router.post("/advies")
    async def advise(request: Request) -> Response:
        fields = await form(request)
        return await run_in_threadpool(_advise, site, request, fields.get("situatie", ""))

    @router.get("/over")
    def about(request: Request) -> Response:
        return site.page(request, "about.html", AboutPage(**site.frame(request, "about_title", "/over")))

    return router


def _ask(site: Site, request: Request, asked: str | None, earlier: list[dict[str, object]]) -> Response:
    frame = site.frame(request, "ask_title", "/")
    language: Language = frame["language"]
    known = lru_cache(maxsize=None)(lambda name: site.label(name, language))
    turns: list[TurnView] = [views.earlier_view(turn, known) for turn in earlier]
    question, error, remembered = (asked or "").strip(), "", earlier
    if asked is not None and not question:
        error = message("empty", language)
    elif len(question) > MOST_QUESTION:
        error = message("too_long", language, most=MOST_QUESTION)
    elif question:
        history = [Turn(question=str(t["question"]), answer=str(t["answer"])) for t in earlier]
        # A conversation keeps its language where a question does not show it ("en in Rotterdam?"): then the service decides.
        spoken = None if history else detect(question, language)
        answer = site.wijzer.answer(question, history, spoken)
        turns.append(views.turn_view(question, answer, len(turns) + 1, site.source, language))
        remembered, question = views.remember(earlier, question, answer), ""
    sources = site.wijzer.sources()
    script = {
        "texts": {key: in_language(TEXTS[key], language) for key in _SCRIPT},
        "kinds": {name: in_language(pair, language) for name, pair in KINDS.items()},
        "sources": {s.id: {"apa": views.apa(s, language), "language": s.language, "method": s.method.get(language, "")} for s in sources},
    }
    context = AskPage(
        **frame, count=len(sources), turns=tuple(turns), examples=tuple(in_language(e, language) for e in EXAMPLES), question=question,
        error=error, remembered=json.dumps(remembered, ensure_ascii=False), cut=len(earlier) >= views.REMEMBERED,
        script=json.dumps(script, ensure_ascii=False), blank=views.blank_citation(), most=MOST_QUESTION,
    )  # fmt: skip
    return site.page(request, "ask.html", context, 400 if error else 200)


def _read(site: Site, request: Request, name: str, passage: str, quoted: str) -> Response:
    document = site.wijzer.document(name)
    if document is None:
        raise HTTPException(404)
    frame = site.frame(request, "sources_title", "/bronnen")
    frame["title"] = document.source.title
    cited = next((p for p in document.passages if p.id == passage), None)
    if document.present:
        shown = reader.sections(document, cited, _span(cited, quoted))
    else:
        shown = reader.note_sections(document, frame["language"])
    context = ReaderPage(
        **frame, source=reader.source_view(document, frame["language"]), contents=reader.contents(document, shown), sections=shown,
        cited=views.anchor_of(cited.id) if cited else "",
    )  # fmt: skip
    return site.page(request, "reader.html", context)


def _span(cited: Passage | None, quoted: str) -> tuple[int, int]:
    """Return what to mark: the quote that an address names, if it lies in the cited passage; else that passage."""
    if cited is None:
        return 0, 0
    named = re.fullmatch(r"(\d{1,9})-(\d{1,9})", quoted)
    start, end = (int(named[1]), int(named[2])) if named else (0, 0)
    return (start, end) if cited.start <= start < end <= cited.end else (cited.start, cited.end)


def _passage(site: Site, request: Request, name: str) -> Response:
    frame = site.frame(request, "passage_title", "/bronnen")
    language: Language = frame["language"]
    found = site.wijzer.passage(name, language)
    document = site.wijzer.document(found[0].source) if found else None
    if found is None or document is None:
        raise HTTPException(404)
    own, citation = found
    order = list(document.passages)
    at = next(i for i, p in enumerate(order) if p.id == own.id)
    before, after = (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)
    frame["title"] = f"{own.title}: {document.source.title}"
    whole = citation.model_copy(update={"start": own.start, "end": own.end, "quote": own.text if own.basis == "document" else ""})
    context = PassagePage(
        **frame, source=reader.source_view(document, language),
        citation=views.citation_view(whole, "passage", site.source, language, language),
        blocks=_blocks(document, own) if own.basis == "document" else (), before=_blocks(document, before), after=_blocks(document, after),
        previous=before.id if before else "", next=after.id if after else "", claims=_claims(document.notes, own, language),
    )  # fmt: skip
    return site.page(request, "passage.html", context)


def _blocks(document: Document, passage: Passage | None) -> tuple[TextBlock, ...]:
    return reader.passage_blocks(document, passage) if passage and passage.basis == "document" else ()


def _claims(notes: Sequence[Any], passage: Passage, language: Language) -> tuple[str, ...]:
    return tuple(claim.in_language(language) for note in notes if note.passage == passage.id for claim in note.claims)


def _advise(site: Site, request: Request, told: str | None) -> Response:
    if not site.advises:
        raise HTTPException(404)
    frame = site.frame(request, "advice_title", "/advies")
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
