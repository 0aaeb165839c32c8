"""Memos to download from the pages. A form brings the conversation as it was shown, or what was filled in to make the result again."""

from __future__ import annotations

import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from assistant.memo.files import Format
from assistant.memo.records import Memo
from assistant.memo.results import memo_of_advice, memo_of_answers, memo_of_check, memo_of_scan
from assistant.messages import message
from assistant.records import MOST_SITUATION, Language
from assistant.retrieval.language import detect
from assistant.web.advice import advice_of
from assistant.web.conversation import answer_of, recall
from assistant.web.plan_api import memo_response
from assistant.web.plan_forms import Fields, kept_check, kept_scan, plan_form
from assistant.web.site import Site, page_language


def memo_pages(site: Site) -> APIRouter:
    """Return the route for memos."""
    router = APIRouter(include_in_schema=False)

    @router.post("/memo")
    async def memo(request: Request) -> Response:
        fields, _ = await plan_form(request)
        today = datetime.date.today()
        kind: Format = "md" if fields.get("vorm") == "md" else "docx"
        made = await run_in_threadpool(_memo, site, fields, page_language(request), today)
        return memo_response(made, kind, today)

    return router


def _memo(site: Site, fields: Fields, language: Language, today: datetime.date) -> Memo:
    find = site.source
    kind = fields.get("soort")
    if kind == "scan":
        other = site.wijzer.plans[0].questionnaire.read(fields["andere"].encode(), language) if fields.get("andere") else None
        return memo_of_scan(site.wijzer.plans[0].result(kept_scan(site, fields, language), language, other), today, find)
    if kind == "toets":
        return memo_of_check(site.wijzer.plans[1].result(kept_check(site, fields, language), language), today, find)
    if kind == "advies":
        situation = fields.get("situatie", "").strip()
        if not situation or len(situation) > MOST_SITUATION:
            raise HTTPException(400)
        advice = advice_of(site, situation, detect(situation, language), fields.get("woorden", ""))
        return memo_of_advice(situation, advice, today, find)
    turns = recall(fields.get("geschiedenis", ""))
    if not turns:
        raise HTTPException(400)
    told = [(turn.question, answer_of(turn, site.citation)) for turn in turns]
    notices = ["" if turn.made.index == site.wijzer.tools.index.fingerprint else message("memo_earlier", turn.language) for turn in turns]
    return memo_of_answers(told, today, find, notices)
