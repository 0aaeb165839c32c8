"""Forms of the scan and the check: read fields and opened files, and the JSON that travels in hidden fields."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.check.records import PROGRESS, VERDICTS, Check
from assistant.fields import MOST_FILE, Invalid, parse
from assistant.records import Language, Record
from assistant.scan.records import Scan
from assistant.web.site import Site

Fields = dict[str, str]
T = TypeVar("T")
MOST_FIELDS = 300


async def plan_form(request: Request) -> tuple[Fields, bytes | None]:
    """Return the fields of a form, and the file that came with it (None: no file was chosen)."""
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_FILE) as form:
            fields: Fields = {}
            file: bytes | None = None
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                    file = content if value.filename else file
                else:
                    fields[name] = value.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
            return fields, file
    except StarletteHTTPException as error:
        raise HTTPException(400) from error


def scan_of(fields: Fields, language: Language) -> Scan:
    """Return the scan in the fields of the questionnaire. Raises Invalid."""
    scores, remarks = _part(fields, "a-"), _part(fields, "o-")
    answers = {name: int(score) if score.isdecimal() and len(score) < 4 else score for name, score in scores.items()}
    data = {
        "organisation": fields.get("organisatie", "").strip(), "department": fields.get("afdeling", "").strip(),
        "date": fields.get("datum") or None, "startingPosition": fields.get("startpositie") or None, "answers": answers, "remarks": remarks,
    }  # fmt: skip
    return parse(Scan, data, language)


def check_of(fields: Fields, language: Language) -> Check:
    """Return the check in the fields of its form. Raises Invalid."""
    status, who = _part(fields, "t-"), _part(fields, "w-")
    tasks: dict[str, Any] = {name: {"status": status.get(name), "who": who.get(name, "")} for name in {**status, **who}}
    data = {
        "name": fields.get("naam", "").strip(),
        "date": fields.get("datum") or None,
        "criteria": _part(fields, "k-"),
        "remarks": _part(fields, "o-"),
    }
    return parse(Check, data | {"tasks": tasks}, language)


def _part(fields: Fields, prefix: str) -> Fields:
    """Return what was filled in of the fields that begin with two letters, by the rest of their name."""
    return {name[2:]: v for name, value in fields.items() if name.startswith(prefix) and (v := value.strip())}


def salvaged_scan(fields: Fields) -> Scan:
    """Return what was filled in of a scan as far as it can be shown again."""
    good = {name: value for name, value in fields.items() if name[:2] == "a-" and value in {"1", "2", "3", "4", "5"}}
    rest = _cut(fields, {"o-": 500}, ("organisatie", "afdeling", "startpositie"))
    attempts = (good | rest | {"datum": fields.get("datum", "")}, good | rest, good)
    return next(_read(scan_of, attempts), None) or Scan(date=datetime.date.today())


def salvaged_check(fields: Fields) -> Check:
    """Return what was filled in of a check as far as it can be shown again."""
    allowed: dict[str, tuple[str, ...]] = {"k-": VERDICTS, "t-": PROGRESS}
    good = {name: value for name, value in fields.items() if value in allowed.get(name[:2], ())}
    rest = _cut(fields, {"o-": 500, "w-": 120}, ("naam", "datum"))
    return next(_read(check_of, (good | rest, good)), None) or Check(date=datetime.date.today())


def _cut(fields: Fields, most: dict[str, int], names: tuple[str, ...]) -> Fields:
    """Return the texts of the fields with these beginnings and names, no longer than they may be."""
    texts = {name: value[: most[name[:2]]] for name, value in fields.items() if name[:2] in most}
    return texts | {name: fields.get(name, "")[:120] for name in names}


def _read(read: Callable[[Fields, Language], T], attempts: Iterable[Fields]) -> Iterator[T]:
    for fields in attempts:
        with suppress(Invalid):
            yield read(fields, "nl")


def kept(record: Record) -> str:
    """Return a filled-in scan or check as a form carries it."""
    return json.dumps(record.json_dict(), ensure_ascii=False)


def kept_scan(site: Site, fields: Fields, language: Language) -> Scan:
    """Return the scan in a hidden field; a 400 when someone changed it."""
    try:
        scan: Scan = site.wijzer.plans[0].questionnaire.read(fields.get("scan", "").encode(), language)
        return scan
    except Invalid as error:
        raise HTTPException(400) from error


def kept_check(site: Site, fields: Fields, language: Language) -> Check:
    """Return the check in a hidden field; a 400 when someone changed it."""
    try:
        check: Check = site.wijzer.plans[1].read(fields.get("toets", "").encode(), language)
        return check
    except Invalid as error:
        raise HTTPException(400) from error
