"""The page to ask on: the conversation travels with the form, so all of it works without script and nothing is kept here."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.feedback import MOST_REMARK, REASONS
from assistant.messages import message
from assistant.records import MOST_QUESTION, Answer, Language
from assistant.retrieval.language import detect
from assistant.state import Listener
from assistant.web import export, views
from assistant.web.conversation import Remembered, answer_of, recall, remember, written
from assistant.web.pages_context import AskPage
from assistant.web.site import Site, form, page_language
from assistant.web.streaming import GONE, whole
from assistant.web.texts import EXAMPLES, KINDS, SCRIPT, TEXTS, in_language

FORM = "vraagformulier"


@dataclass(frozen=True)
class Asked:
    """What came with a request: a question (None: nothing was asked), the turns before it, the text to begin with, and the mode."""

    question: str | None
    earlier: Sequence[Remembered] = ()
    draft: str = ""
    mode: str | None = None

    @property
    def told(self) -> str:
        """The question, when it can be answered: there is one and it is not too long."""
        question = (self.question or "").strip()
        return question if len(question) <= MOST_QUESTION else ""


def routes(site: Site) -> APIRouter:
    """Return the routes of the ask page."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/")
    async def start(request: Request, vraag: str | None = None) -> Response:
        return await _answered(site, request, Asked(vraag))

    @router.post("/")
    async def ask(request: Request) -> Response:
        return await _answered(site, request, asked(await form(request)))

    @router.post("/gesprek")
    async def keep(request: Request) -> Response:
        fields = await form(request)
        return await run_in_threadpool(_export, site, request, recall(fields.get("geschiedenis", "")), fields.get("vorm", "md"))

    return router


def asked(fields: dict[str, str]) -> Asked:
    """Return what a form asks: `vervolg` is a follow-up, `wijzig` the turn to change, `toon` only shows the conversation again."""
    earlier = recall(fields.get("geschiedenis", ""))
    typed, mode = fields.get("vraag", ""), fields.get("modus")
    if "toon" in fields:
        return Asked(None, earlier, typed, mode)
    for at, turn in enumerate(earlier):
        if fields.get("wijzig") == str(at):
            return Asked(None, earlier[:at], turn.question, mode)
    return Asked(fields.get("vervolg") or typed, earlier, mode=mode)


async def _answered(site: Site, request: Request, asked: Asked) -> Response:
    """Answer what was asked and return the page. When the reader leaves before that, a model that was asked is told to stop."""
    if not asked.told:
        return await run_in_threadpool(show, site, request, asked)
    history = [turn.turn for turn in asked.earlier]
    # A conversation keeps its language where a question does not show it ("en in Rotterdam?"): then the service decides.
    spoken = None if history else detect(asked.told, page_language(request))
    mode = site.mode(asked.mode)

    def work(listener: Listener, stopped: threading.Event) -> Answer:
        return site.wijzer.answer(asked.told, history, spoken, mode, listener, stopped)

    answer = await whole(work, request, apart=mode == "write")
    return await run_in_threadpool(show, site, request, asked, answer) if answer else Response(status_code=GONE)


def show(site: Site, request: Request, asked: Asked, answer: Answer | None = None, notice: str = "") -> Response:
    """Return the page with its conversation, and the answer to what was asked. `notice` is said below it."""
    frame = site.frame(request, "ask_title", "/", FORM if request.method == "POST" else "", "/", site.mode(asked.mode))
    language: Language = frame["language"]
    question, error, remembered = (asked.question or "").strip(), "", list(asked.earlier)
    told = [(turn.question, answer_of(turn, site.citation)) for turn in asked.earlier]
    if answer:
        told.append((question, answer))
        remembered, question = remember(remembered, question, answer), ""
        told = told[-len(remembered) :]
    elif asked.question is not None and not asked.told:
        error = message("too_long", language, most=MOST_QUESTION) if question else message("empty", language)
    context = AskPage(
        **frame, count=len(site.wijzer.sources()), examples=tuple(in_language(e, language) for e in EXAMPLES),
        turns=tuple(views.turn_view(q, a, i, site.source, language) for i, (q, a) in enumerate(told, 1)),
        question=question or asked.draft, error=error, remembered=written(remembered),
        cut=answer is not None and len(remembered) <= len(asked.earlier),
        script=_script(site, request, told, language), blank=views.blank_citation(), most=MOST_QUESTION,
        notice=notice, judging=site.feedback is not None, judged=bool(notice), most_remark=MOST_REMARK, reasons=REASONS,
    )  # fmt: skip
    return site.page(request, "ask.html", context, 400 if error else 200)


def _script(site: Site, request: Request, told: Sequence[tuple[str, Answer]], language: Language) -> str:
    """Return what chat.js needs: texts, facts of the sources, and the answers on the page as data."""
    return json.dumps(
        {
            "texts": {key: in_language(TEXTS[key], language) for key in SCRIPT},
            "kinds": {name: in_language(pair, language) for name, pair in KINDS.items()},
            "sources": {
                s.id: {"apa": views.apa(s, language), "language": s.language, "method": s.method.get(language, "")}
                for s in site.wijzer.sources()
            },
            "turns": [{"question": question, "all": answer.json_dict()} for question, answer in told],
            "posted": request.method == "POST",
        },
        ensure_ascii=False,
    )


def _export(site: Site, request: Request, turns: Sequence[Remembered], form: str) -> Response:
    language = page_language(request)
    told = [(turn.question, answer_of(turn, site.citation)) for turn in turns]
    if form == "json":
        body, kind = export.as_json(told), "application/json"
    else:
        form, kind = "md", "text/markdown; charset=utf-8"
        body = export.as_markdown(told, site.source, language, str(request.base_url).rstrip("/"), date.today())
    name = f"gesprek-{date.today().isoformat()}.{form}"
    return Response(body, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
