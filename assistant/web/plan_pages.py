"""The pages of the scan and the check of an initiative. All work without JavaScript; nothing is kept on the server."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.check.records import Check, CheckResult
from assistant.fields import Invalid
from assistant.memo.files import file_name
from assistant.messages import decimal, message
from assistant.records import Citation, Language
from assistant.scan.records import Scan, ScanResult
from assistant.web import views
from assistant.web.plan_context import Bar, CheckPage, Evidence, Picture, ScanPage, ScanResultPage
from assistant.web.plan_forms import Fields, check_of, kept, kept_check, kept_scan, plan_form, salvaged_check, salvaged_scan, scan_of
from assistant.web.site import Site, page_language
from assistant.web.texts import text

FORM, RESULT = "invulformulier", "bewaarformulier"  # ids of what brings back what was filled in
_SCRIPT = ("browser_keep", "browser_kept", "browser_full", "browser_open", "browser_remove", "browser_nameless")
_ROW, _WIDE = 46, 300  # the picture of the profile: height of a row, and length of a full bar


def plan_pages(site: Site) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/scan")
    def scan(request: Request) -> Response:
        return _scan(site, request, Scan(date=datetime.date.today()))

    @router.post("/scan")
    async def scanned(request: Request) -> Response:
        fields, _ = await plan_form(request)
        return await run_in_threadpool(_scanned, site, request, fields)

    @router.post("/scan/openen")
    async def scan_open(request: Request) -> Response:
        fields, file = await plan_form(request)
        return await run_in_threadpool(_scan_open, site, request, fields, file)

    @router.post("/scan/vergelijken")
    async def scan_compare(request: Request) -> Response:
        fields, file = await plan_form(request)
        return await run_in_threadpool(_scan_compare, site, request, fields, file)

    @router.post("/scan/bestand")
    async def scan_file(request: Request) -> Response:
        fields, _ = await plan_form(request)
        return await run_in_threadpool(lambda: _file(kept_scan(site, fields, page_language(request)), "scan"))

    @router.get("/toets")
    def check(request: Request) -> Response:
        return _check(site, request, Check(date=datetime.date.today()), False)

    @router.post("/toets")
    async def checked(request: Request) -> Response:
        fields, _ = await plan_form(request)
        return await run_in_threadpool(_checked, site, request, fields)

    @router.post("/toets/openen")
    async def check_open(request: Request) -> Response:
        fields, file = await plan_form(request)
        return await run_in_threadpool(_check_open, site, request, fields, file)

    @router.post("/toets/bestand")
    async def check_file(request: Request) -> Response:
        fields, _ = await plan_form(request)
        return await run_in_threadpool(lambda: _file(kept_check(site, fields, page_language(request)), "toets"))

    return router


def _scan(site: Site, request: Request, scan: Scan, error: str = "") -> Response:
    frame = site.frame(request, "scan_title", "/scan", FORM, "/scan")
    language: Language = frame["language"]
    questions = site.wijzer.plans[0].questions(language)
    parts = [(f"q-{q.id}", q.citations) for g in questions.groups for q in g.questions]
    parts += [(f"p-{p.id}", p.citations) for p in questions.starting_positions]
    evidence = _evidence(site, parts, questions.citations, language)
    page = ScanPage(**frame, error=error, evidence=evidence, questions=questions, scan=scan, script=_script(language))
    return site.page(request, "scan.html", page, 400 if error else 200)


def _scanned(site: Site, request: Request, fields: Fields) -> Response:
    language = page_language(request)
    if "toon" in fields:
        return _scan(site, request, salvaged_scan(fields))
    try:
        scan = scan_of(fields, language)
        result = site.wijzer.plans[0].result(scan, language)
    except Invalid as error:
        return _scan(site, request, salvaged_scan(fields), error.text)
    if result.status == "empty":
        return _scan(site, request, scan, result.message)
    return _scan_result(site, request, result)


def _scan_open(site: Site, request: Request, fields: Fields, file: bytes | None) -> Response:
    language = page_language(request)
    raw = file if file is not None else fields.get("scan", "").encode()
    if not raw:
        return _scan(site, request, Scan(date=datetime.date.today()), text("no_file", language))
    try:
        return _scan(site, request, site.wijzer.plans[0].questionnaire.read(raw, language))
    except Invalid as error:
        return _scan(site, request, Scan(date=datetime.date.today()), error.text)


def _scan_compare(site: Site, request: Request, fields: Fields, file: bytes | None) -> Response:
    language = page_language(request)
    scanner = site.wijzer.plans[0]
    scan = kept_scan(site, fields, language)
    raw = file if file is not None else fields.get("andere", "").encode()
    error, other = "", None
    try:
        other = scanner.questionnaire.read(raw, language) if raw else None
        error = "" if raw or "toon" in fields else text("no_file", language)
    except Invalid as invalid:
        error = invalid.text
    return _scan_result(site, request, scanner.result(scan, language, other), other, error)


def _scan_result(site: Site, request: Request, result: ScanResult, other: Scan | None = None, error: str = "") -> Response:
    frame = site.frame(request, "scan_result", "/scan", RESULT, "/scan/vergelijken")
    language = result.language
    parts = [(f"f-{f.id}", f.citations) for f in (*result.strengths, *result.weakest)] + [(f"s-{s.id}", s.citations) for s in result.advice]
    parts += [(f"l-{n}", limit.citations) for n, limit in enumerate(result.limits)]
    parts += [("position", result.position.citations)] if result.position else []
    compared = result.comparison
    rows = [(e.name, e.score, None) for e in result.profile]
    page = ScanResultPage(
        **frame, error=error, evidence=_evidence(site, parts, result.citations, language), result=result,
        picture=_picture("profiel", rows, language),
        compared=_picture("verschil", [(e.name, e.after, e.before) for e in compared.elements], language) if compared else None,
        kept=kept(result.scan), other_kept=kept(other) if other else "", label=result.scan.label(language),
        card_names={s.id: s.name for s in result.advice}, script=_script(language),
    )  # fmt: skip
    return site.page(request, "scan_result.html", page, 400 if error else 200)


def _picture(name: str, rows: Sequence[tuple[str, float | None, float | None]], language: Language) -> Picture:
    """Return the picture of rows (name, score, score of the other scan)."""
    bars, said = [], []
    for at, (shown, own, other) in enumerate(rows):
        score = decimal(own, language) or message("too_few", language)
        bars.append(Bar(shown, decimal(own, language) or "-", at * _ROW, _place(own), _place(other)))
        said.append(text("chart_none" if own is None else "chart_one", language, name=shown, score=score))
        if own is not None and other is not None:
            said[-1] += f" ({message('scan_other', language)}: {decimal(other, language)})"
    return Picture(name, tuple(bars), len(bars) * _ROW + 24, "; ".join(said) + ".")


def _place(score: float | None) -> float:
    """Return where a score of 1 to 5 lies on the line."""
    return -1.0 if score is None else round((score - 1) / 4 * _WIDE, 1)


def _check(site: Site, request: Request, check: Check, done: bool, error: str = "") -> Response:
    title, form = ("check_result", RESULT) if done else ("check_title", FORM)
    frame = site.frame(request, title, "/toets", form, "/toets")
    result: CheckResult = site.wijzer.plans[1].result(check, frame["language"])
    parts = [(f"k-{c.id}", (*c.citations, *(n for case in c.cases for n in case.citations))) for c in result.criteria]
    parts += [(f"t-{t.id}", t.citations) for t in result.tasks] + [(f"s-{s.id}", s.citations) for s in result.advice]
    parts += [(f"l-{n}", limit.citations) for n, limit in enumerate(result.limits)]
    evidence = _evidence(site, parts, result.citations, result.language)
    names = {s.id: s.name for s in result.advice}
    page = CheckPage(**frame, error=error, evidence=evidence, result=result, kept=kept(check), card_names=names)
    return site.page(request, "check_result.html" if done else "check.html", page, 400 if error else 200)


def _checked(site: Site, request: Request, fields: Fields) -> Response:
    language = page_language(request)
    if "toets" in fields:  # a result, to be shown in the other language
        return _check(site, request, kept_check(site, fields, language), True)
    try:
        check = check_of(fields, language)
        result = site.wijzer.plans[1].result(check, language)
    except Invalid as error:
        return _check(site, request, salvaged_check(fields), False, "" if "toon" in fields else error.text)
    if "toon" in fields:
        return _check(site, request, check, False)
    return _check(site, request, check, result.status != "empty", "" if result.status != "empty" else result.message)


def _check_open(site: Site, request: Request, fields: Fields, file: bytes | None) -> Response:
    language = page_language(request)
    raw = file if file is not None else fields.get("toets", "").encode()
    empty = Check(date=datetime.date.today())
    if not raw:
        return _check(site, request, empty, False, text("no_file", language))
    try:
        return _check(site, request, site.wijzer.plans[1].read(raw, language), False)
    except Invalid as error:
        return _check(site, request, empty, False, error.text)


def _file(record: Scan | Check, kind: str) -> Response:
    label = record.label("nl") if isinstance(record, Scan) else record.name
    name = file_name(" ".join(filter(None, [kind, label])), "json")
    content = json.dumps(record.json_dict(), ensure_ascii=False, indent=1)
    return Response(content, media_type="application/json", headers={"content-disposition": f'attachment; filename="{name}"'})


def _evidence(site: Site, parts: Iterable[tuple[str, Sequence[int]]], citations: Sequence[Citation], language: Language) -> Evidence:
    by_number = {c.n: c for c in citations}
    return {
        key: tuple(
            views.citation_view(by_number[n], f"c-{key}-{n}", site.source, language, language)
            for n in dict.fromkeys(numbers)
            if n in by_number
        )
        for key, numbers in parts
    }


def _script(language: Language) -> str:
    data: dict[str, Any] = {key: text(key, language) for key in _SCRIPT}
    return json.dumps(data, ensure_ascii=False)
