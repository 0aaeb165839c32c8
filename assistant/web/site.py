"""What all pages share: the service, the templates, the language of the reader and the fields of a form."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse

from assistant.citations import Citer
from assistant.feedback import FeedbackFile
from assistant.records import Citation, Language, Mode
from assistant.service import Wijzer
from assistant.settings import Settings
from assistant.web.look import Look
from assistant.web.texts import text
from ingest.records import Source

_YEAR = 365 * 24 * 3600


class Site:
    """What the pages are made of: the service, the templates, and what every page shares."""

    def __init__(self, wijzer: Wijzer, look: Look, settings: Settings) -> None:
        self.wijzer = wijzer
        self.look = look
        self.settings = settings
        self.feedback = FeedbackFile(settings.feedback) if settings.feedback else None

    @property
    def writes(self) -> bool:
        """True when a language model can write: one has been set. Then a reader may choose."""
        return self.settings.model is not None

    def mode(self, chosen: str | None) -> Mode:
        """Return the mode that answers: what a reader chose, else what the settings say; without a model always "quote"."""
        if not self.writes:
            return "quote"
        return "write" if (chosen or self.settings.mode) == "write" else "quote"

    def frame(self, request: Request, title: str, here: str, form: str = "", to: str = "", mode: Mode | None = None) -> dict[str, Any]:
        """Return what every page's context needs.

        `form`: the id of a form that has to be sent, to the address `to`, for the page in the other language, because a link
        would lose what it holds; "" where a link does. `mode`: how what the page shows was made.
        """
        language = page_language(request)
        read = request.method == "GET"
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"] if read and not form else []
        path = quote(to or (request.url.path if read else here or "/"))
        other = f"{path}?{urlencode([*kept, ('lang', 'nl' if language == 'en' else 'en')])}"
        return {
            "look": self.look, "language": language, "title": text(title, language), "here": here, "other": other,
            "again": form, "writes": self.writes, "mode": mode or self.mode(None),
        }  # fmt: skip

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

    def citation(self, passage: str, start: int, end: int, number: int, language: Language) -> Citation | None:
        """Return a citation of the words at `start`-`end`, or of the whole passage when they lie outside it; None for no such passage."""
        index = self.wijzer.tools.index
        found = index.store.passage(passage)
        if found is None:
            return None
        inside = found.start <= start < end <= found.end
        a, b = (start, end) if inside else (found.start, found.end)
        return Citer(index, language).at(found, a, b, number)


def page_language(request: Request) -> Language:
    """Return the language of a page: what the address or the cookie says, else Dutch."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wanted in {"nl", "en"}:
            return "en" if wanted == "en" else "nl"
    return "nl"


async def form(request: Request) -> dict[str, str]:
    """Return the fields of a form; of one that came more than once the last. Bytes that are no text are replaced."""
    return {name: values[-1] for name, values in (await fields(request)).items()}


async def fields(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form with all values of each. Raises HTTPException 413 when there are too many."""
    raw = (await request.body()).decode("utf-8", "replace")
    try:
        found = parse_qs(raw, keep_blank_values=True, max_num_fields=40)
    except ValueError as error:
        raise HTTPException(413) from error
    return {name: [value.replace("\r\n", "\n") for value in values] for name, values in found.items()}
