"""The JSON API under /v1, after the NL GOV API Design Rules: no state, camelCase, problem+json, no trailing slash."""

from __future__ import annotations

import threading
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import AfterValidator, Field
from starlette.concurrency import run_in_threadpool

from assistant.advise.records import Advice
from assistant.fields import printable
from assistant.messages import message
from assistant.records import MOST_QUESTION, MOST_SITUATION, MOST_TURNS, Answer, Citation, Hit, Language, Mode, Record, Turn
from assistant.service import Wijzer
from assistant.state import Listener
from assistant.web.streaming import GONE, chained, events, whole

PROBLEM: dict[int | str, dict[str, Any]] = {
    400: {"description": "Invalid input", "content": {"application/problem+json": {"schema": {"type": "object"}}}},
    404: {"description": "Not found", "content": {"application/problem+json": {"schema": {"type": "object"}}}},
}

Text = Annotated[str, Field(min_length=1, max_length=MOST_QUESTION), AfterValidator(printable)]


class AnswerRequest(Record):
    """A question in its conversation."""

    question: Text
    history: list[Turn] = Field(default_factory=list, max_length=MOST_TURNS)
    language: Language | None = None
    mode: Mode | None = None


class AdviceRequest(Record):
    """A situation at work, in two to six sentences."""

    situation: Annotated[str, Field(min_length=1, max_length=MOST_SITUATION), AfterValidator(printable)]
    language: Language | None = None
    mode: Mode | None = None


class SearchRequest(Record):
    """A search for passages."""

    query: Text
    k: int = Field(default=10, ge=1, le=100)
    language: Language | None = None


class SearchResponse(Record):
    """Passages found, best first, and those that came after."""

    hits: list[Hit]
    rejected: list[Hit]


class SourceResponse(Record):
    """A document in the index. `present` is false when only our notes on it exist."""

    id: str
    title: str
    author: str
    year: int | None
    kind: str
    method: dict[str, str]
    present: bool
    passages: int
    notes: int
    warnings: list[str]
    sections: list[dict[str, Any]] = Field(default_factory=list)


class PassageResponse(Record):
    """A passage with its citation and its neighbours."""

    id: str
    text: str
    citation: Citation
    previous: str | None = None
    next: str | None = None


def router(wijzer: Wijzer) -> APIRouter:
    """Return the routes of the API over one service."""
    api = APIRouter(prefix="/v1", responses=PROBLEM)

    @api.post("/answers", response_model=Answer, operation_id="createAnswer", summary="Answer a question from the documents")
    async def answers(body: AnswerRequest, request: Request) -> Any:
        def work(listener: Listener, stopped: threading.Event) -> Answer:
            return wijzer.answer(body.question, body.history, body.language, body.mode, listener, stopped)

        apart = (body.mode or wijzer.settings.mode) == "write"
        if "text/event-stream" not in request.headers.get("accept", ""):
            answer = await whole(work, request, apart)
            return JSONResponse(answer.json_dict()) if answer else Response(status_code=GONE)
        stream = events(work, request, apart)
        first = await anext(stream, None)  # what goes wrong before anything is said is a problem, not half a stream
        if first is None:
            return Response(status_code=GONE)
        return StreamingResponse(
            chained(first, stream), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"}
        )

    @api.post("/advice", response_model=Advice, operation_id="createAdvice", summary="Advise on a situation at work")
    async def advice(body: AdviceRequest, request: Request) -> Any:
        def work(_: Listener, stopped: threading.Event) -> Advice:
            return wijzer.advise(body.situation, body.language, body.mode, stopped)

        made = await whole(work, request, (body.mode or wijzer.settings.mode) == "write")
        return JSONResponse(made.json_dict()) if made else Response(status_code=GONE)

    @api.post("/search", response_model=SearchResponse, operation_id="searchPassages", summary="Find passages")
    async def search(body: SearchRequest) -> SearchResponse:
        hits, rejected = await run_in_threadpool(wijzer.search, body.query, body.k, body.language)
        return SearchResponse(hits=hits, rejected=rejected)

    @api.get("/sources", response_model=list[SourceResponse], operation_id="listSources", summary="The documents that are in")
    async def sources() -> list[SourceResponse]:
        return [_source(wijzer, s.id, False) for s in wijzer.sources()]

    @api.get("/sources/{name}", response_model=SourceResponse, operation_id="getSource", summary="One document with its sections")
    async def source(name: Annotated[str, Path(max_length=200)]) -> SourceResponse:
        return _source(wijzer, name, True)

    @api.get("/passages/{name}", response_model=PassageResponse, operation_id="getPassage", summary="One passage with its citation")
    async def passage(name: Annotated[str, Path(max_length=300)]) -> PassageResponse:
        found = wijzer.passage(name)
        if found is None:
            raise HTTPException(404)
        own, citation = found
        order = [p.id for p in wijzer.tools.index.store.passages_of(own.source)]
        at = order.index(own.id)
        return PassageResponse(
            id=own.id,
            text=own.text,
            citation=citation,
            previous=order[at - 1] if at else None,
            next=order[at + 1] if at + 1 < len(order) else None,
        )

    return api


def health(wijzer: Wijzer) -> APIRouter:
    """Return the health routes: live = the process runs, ready = there is a usable index."""
    checks = APIRouter(prefix="/health", include_in_schema=False)

    @checks.get("/live")
    async def live() -> Response:
        return JSONResponse({"status": "ok"})

    @checks.get("/ready")
    async def ready() -> Response:
        return JSONResponse({"status": "ok"} | wijzer.ready())

    return checks


def _source(wijzer: Wijzer, name: str, sections: bool) -> SourceResponse:
    document = wijzer.document(name)
    if document is None:
        raise HTTPException(404, message("not_found", "nl"))
    own = document.source
    parts = [
        {"id": s.id, "title": s.title, "path": list(s.path), "level": s.level, "start": s.start, "end": s.end} for s in document.sections
    ]
    return SourceResponse(
        id=own.id, title=own.title, author=own.author, year=own.year, kind=own.kind, method=own.method, present=document.present,
        passages=len(document.passages), notes=len(document.notes), warnings=list(document.warnings), sections=parts if sections else [],
    )  # fmt: skip
