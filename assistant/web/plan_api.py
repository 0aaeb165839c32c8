"""The JSON API of the scan, the check of an initiative and memos. Nothing is kept: what was filled in travels along."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, Field
from starlette.concurrency import run_in_threadpool

from assistant.check.records import Check, CheckResult
from assistant.citations import is_verbatim
from assistant.fields import Invalid, printable
from assistant.memo.files import MEDIA, Format, as_bytes, file_name
from assistant.memo.records import Memo
from assistant.memo.results import memo_of_advice, memo_of_answers, memo_of_check, memo_of_scan
from assistant.messages import message
from assistant.records import MOST_QUESTION, MOST_SITUATION, MOST_TURNS, Answer, Language, Record, Turn
from assistant.scan.records import Questions, Scan, ScanResult
from assistant.service import Wijzer
from assistant.web.api import PROBLEM

Asked = Annotated[Language, Query(description="Language of the texts.")]


class ScanRequest(Scan):
    """A filled-in scan, another one to put beside it, and the language of the result."""

    language: Language = "nl"
    previous: Scan | None = None

    def scan(self) -> Scan:
        """Return the scan alone."""
        return Scan.model_validate(self.model_dump(exclude={"language", "previous"}))


class CheckRequest(Check):
    """A filled-in check, and the language of the result."""

    language: Language = "nl"

    def check(self) -> Check:
        """Return the check alone."""
        return Check.model_validate(self.model_dump(exclude={"language"}))


class MemoRequest(Record):
    """What the memo is of: a question, a question with the answer it got, a situation, a scan, or a check."""

    question: Annotated[str, Field(max_length=MOST_QUESTION), AfterValidator(printable)] | None = None
    history: list[Turn] = Field(default_factory=list, max_length=MOST_TURNS)
    answer: Answer | None = None
    situation: Annotated[str, Field(max_length=MOST_SITUATION), AfterValidator(printable)] | None = None
    scan: Scan | None = None
    previous: Scan | None = None
    check: Check | None = None
    language: Language | None = None
    format: Format = "docx"


def plan_router(wijzer: Wijzer) -> APIRouter:
    """Return the routes over one service."""
    api = APIRouter(prefix="/v1", responses=PROBLEM)

    @api.get("/scans/questions", response_model=Questions, operation_id="getScanQuestions", summary="The questions of the scan")
    async def scan_questions(language: Asked = "nl") -> Questions:
        return await run_in_threadpool(lambda: wijzer.plans[0].questions(language))

    @api.post("/scans", response_model=ScanResult, operation_id="createScan", summary="Read a filled-in scan of innovation capacity")
    async def scans(body: ScanRequest) -> ScanResult:
        return await run_in_threadpool(lambda: wijzer.plans[0].result(body.scan(), body.language, body.previous))

    @api.get("/checks/questions", response_model=CheckResult, operation_id="getCheckQuestions", summary="The questions of the check")
    async def check_questions(language: Asked = "nl") -> CheckResult:
        return await run_in_threadpool(lambda: wijzer.plans[1].questions(language))

    @api.post("/checks", response_model=CheckResult, operation_id="createCheck", summary="Read a filled-in check of an initiative")
    async def checks(body: CheckRequest) -> CheckResult:
        return await run_in_threadpool(lambda: wijzer.plans[1].result(body.check(), body.language))

    @api.post(
        "/memos", response_class=Response, operation_id="createMemo", summary="Make a memo in Word or Markdown",
        responses={200: {"description": "The memo", "content": {kind.partition(";")[0]: {} for kind in MEDIA.values()}}},
    )  # fmt: skip
    async def memos(body: MemoRequest) -> Response:
        today = datetime.date.today()
        memo = await run_in_threadpool(_memo, wijzer, body, today)
        return memo_response(memo, body.format, today)

    return api


def memo_response(memo: Memo, kind: Format, today: datetime.date) -> Response:
    """Return a memo as a file to keep."""
    headers = {"content-disposition": f'attachment; filename="{file_name(memo.title, kind)}"'}
    return Response(as_bytes(memo, kind, today), media_type=MEDIA[kind], headers=headers)


def _memo(wijzer: Wijzer, body: MemoRequest, today: datetime.date) -> Memo:
    language: Language = body.language or "nl"
    find = wijzer.tools.index.store.source
    given: dict[str, Any] = {"question": body.question, "situation": body.situation, "scan": body.scan, "check": body.check}
    if sum(value is not None for value in given.values()) != 1:
        raise Invalid([("", message("memo_one", language))], language)
    if body.scan is not None:
        return memo_of_scan(wijzer.plans[0].result(body.scan, language, body.previous), today, find)
    if body.check is not None:
        return memo_of_check(wijzer.plans[1].result(body.check, language), today, find)
    if body.situation is not None:
        return memo_of_advice(body.situation, wijzer.advise(body.situation, body.language), today, find)
    question = body.question or ""
    answer = body.answer or wijzer.answer(question, body.history, body.language)
    if body.answer and not all(is_verbatim(c, wijzer.tools.index) for c in (*answer.citations, *answer.nearest)):
        raise Invalid([("answer.citations", message("memo_quotes", language))], language)
    return memo_of_answers([(question, answer)], today, find)
