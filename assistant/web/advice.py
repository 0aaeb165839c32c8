"""The page for advice on a situation. What a language model made of it travels with the form, so it is not asked for twice."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.advise.records import Advice, Part, Strategy
from assistant.records import MOST_SITUATION, Language, Record
from assistant.retrieval.language import detect
from assistant.state import Listener
from assistant.web import views
from assistant.web.conversation import Made, made_of
from assistant.web.pages_context import AdvicePage
from assistant.web.site import Site, form, page_language
from assistant.web.streaming import GONE, whole
from assistant.web.texts import SITUATIONS, in_language, text

FORM = "adviesformulier"
_Words = Annotated[str, Field(max_length=1000)]


class Worded(Record):
    """What a model made of an advice: the texts of its cards by strategy, and what they were made with."""

    made: Made = Made()
    cards: dict[str, dict[Part, _Words]] = Field(default_factory=dict, max_length=12)


@dataclass(frozen=True)
class Told:
    """What came with a request: the situation (None: nothing was told), the mode, and the model's words when it is only shown again."""

    situation: str | None
    mode: str | None = None
    words: str | None = None
    draft: str = ""

    @property
    def situation_told(self) -> str:
        """The situation, when advice can be given on it: there is one and it is not too long."""
        situation = (self.situation or "").strip()
        return situation if len(situation) <= MOST_SITUATION else ""


def routes(site: Site) -> APIRouter:
    """Return the routes of the page for advice."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/advies")
    async def advice(request: Request, situatie: str | None = None) -> Response:
        return await _answered(site, request, Told(situatie))

    @router.post("/advies")
    async def advise(request: Request) -> Response:
        return await _answered(site, request, _told(await form(request)))

    return router


def _told(fields: dict[str, str]) -> Told:
    situation, mode = fields.get("situatie", ""), fields.get("modus")
    if "toon" not in fields:
        return Told(situation, mode)
    return Told(situation, mode, fields.get("woorden", "")) if "uitkomst" in fields else Told(None, mode, draft=situation)


async def _answered(site: Site, request: Request, told: Told) -> Response:
    """Advise on what was told and return the page. When the reader leaves before that, a model that was asked is told to stop."""
    situation = told.situation_told
    if not situation:
        return await run_in_threadpool(_show, site, request, told)
    spoken = detect(situation, page_language(request))
    mode = site.mode(told.mode)

    def work(_: Listener, stopped: threading.Event) -> Advice:
        if told.words is not None:
            return advice_of(site, situation, spoken, told.words)
        return site.wijzer.advise(situation, spoken, mode, stopped)

    advice = await whole(work, request, apart=mode == "write")
    return await run_in_threadpool(_show, site, request, told, advice) if advice else Response(status_code=GONE)


def _show(site: Site, request: Request, told: Told, advice: Advice | None = None) -> Response:
    frame = site.frame(request, "advice_title", "/advies", FORM, "/advies", site.mode(told.mode))
    language: Language = frame["language"]
    situation, error = (told.situation or told.draft).strip(), ""
    if told.situation is not None and not advice:
        error = text("situation_long", language, most=MOST_SITUATION) if situation else text("situation_empty", language)
    context = AdvicePage(
        **frame, examples=tuple(in_language(s, language) for s in SITUATIONS), situation=situation, error=error, most=MOST_SITUATION,
        result=views.advice_view(advice, site.source, language) if advice else None, words=_carried(advice) if advice else "",
    )  # fmt: skip
    return site.page(request, "advice.html", context, 400 if error else 200)


def advice_of(site: Site, situation: str, language: Language, words: str) -> Advice:
    """Return the advice on a situation as it was shown: made again from the documents, with the words that a form brought back."""
    advice = site.wijzer.advise(situation, language, "quote")
    try:
        worded = Worded.model_validate_json(words or "{}")
    except ValidationError:
        return advice
    cards = tuple(_in_words(card, worded.cards.get(card.id, {})) for card in advice.strategies)
    if not any(card.written for card in cards):
        return advice
    receipt = advice.receipt.model_copy(update={"model": worded.made.model, "prompts": worded.made.prompts})
    return advice.model_copy(update={"mode": "write", "strategies": cards, "receipt": receipt})


def _in_words(card: Strategy, texts: Mapping[Part, str]) -> Strategy:
    return card.model_copy(update={**{str(name): said for name, said in texts.items()}, "written": tuple(texts)}) if texts else card


def _carried(advice: Advice) -> str:
    cards = {card.id: {name: getattr(card, name) for name in card.written} for card in advice.strategies if card.written}
    return Worded(made=made_of(advice.receipt), cards=cards).model_dump_json(by_alias=True) if cards else ""
