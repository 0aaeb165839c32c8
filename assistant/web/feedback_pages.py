"""Take what a reader says of an answer, with a form or from the script; only where the operator switched it on."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from assistant.feedback import MOST_REMARK, REASONS, Feedback, TooMany, today
from assistant.web.ask import Asked, show
from assistant.web.conversation import Remembered, recall
from assistant.web.site import Site, fields, page_language
from assistant.web.texts import text


def routes(site: Site) -> APIRouter:
    """Return the route for feedback. The last turn of the conversation that comes along is the one judged."""
    router = APIRouter(include_in_schema=False)

    @router.post("/oordeel")
    async def judge(request: Request) -> Response:
        if site.feedback is None:
            raise HTTPException(404)
        found = await fields(request)
        turns = recall(found.get("geschiedenis", [""])[-1])
        verdict = found.get("oordeel", [""])[-1]
        if not turns or verdict not in {"ja", "nee"}:
            raise HTTPException(400)
        try:
            await run_in_threadpool(site.feedback.add, _feedback(site, turns[-1], verdict == "ja", found))
        except TooMany as error:
            raise HTTPException(429) from error
        if "text/html" not in request.headers.get("accept", ""):
            return Response(status_code=204)
        said = text("judged", page_language(request))
        return await run_in_threadpool(show, site, request, Asked(None, turns, mode=turns[-1].mode), None, said)

    return router


def _feedback(site: Site, turn: Remembered, helpful: bool, found: dict[str, list[str]]) -> Feedback:
    wrong = {} if helpful else found
    return Feedback(
        day=today(), helpful=helpful, reasons=tuple(reason for reason in REASONS if reason in wrong.get("reden", [])),
        remark=" ".join(wrong.get("opmerking", [""])[-1].split())[:MOST_REMARK], question=turn.question, answer=turn.turn.answer,
        language=turn.language, status=turn.status, mode=turn.mode, index=site.wijzer.tools.index.fingerprint,
        passages=tuple((c.passage, c.start, c.end) for c in turn.citations or turn.nearest),
    )  # fmt: skip
