"""Quotes only, or written by a language model: what a reader may choose, what the pages say of it, and a reader who leaves."""

from __future__ import annotations

import html
import re
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from assistant.service import Wijzer
from assistant.web import texts
from tests.assistant.test_wording import SITUATION, said_again
from tests.assistant.test_write import FINE, QUESTION
from tests.assistant.web.browsing import Axe, Open
from tests.assistant.web.conftest import served
from tests.assistant.web.test_streaming import app_with
from tests.fake_llm import fake_llm


def chosen(page: str) -> list[str]:
    return re.findall(r'name="modus" value="(\w+)" form="\w+" checked', page)


def reply(prompt: str) -> str:
    return said_again(prompt) if "<card-" in prompt else FINE


def test_without_a_model_there_is_nothing_to_choose(client: TestClient) -> None:
    for path in ("/", "/advies"):
        page = client.get(path).text
        assert 'name="modus"' not in page and texts.text("mode_quote", "nl") in html.unescape(page)
    answered = client.post("/", data={"vraag": QUESTION, "modus": "write"}).text
    assert texts.text("automated", "nl") in answered and 'name="modus"' not in answered
    assert texts.text("about_modes_now", "nl") in html.unescape(client.get("/over").text)


@pytest.mark.parametrize("mode", ["quote", "write"])
def test_a_reader_chooses_for_a_question(wijzer: Wijzer, mode: str) -> None:
    with fake_llm(reply=reply) as llm, TestClient(app_with(wijzer, llm, mode=mode)) as client:
        other = "quote" if mode == "write" else "write"
        assert chosen(client.get("/").text) == chosen(client.get("/advies").text) == [mode]
        about = html.unescape(client.get("/over").text)
        assert texts.text("about_modes_choice", "nl") in about and texts.text("about_model_data", "nl") in about
        for wanted in (None, other):
            page = client.post("/", data={"vraag": QUESTION} | ({"modus": wanted} if wanted else {})).text
            made = wanted or mode
            assert texts.text("written" if made == "write" else "automated", "nl") in page and chosen(page) == [made]
        assert len(llm.requests) == 1
        assert chosen(client.post("/", data={"toon": "1", "modus": other}).text) == [other]
        assert chosen(client.post("/", data={"vraag": "", "modus": other}).text) == [other]


@pytest.mark.browser
def test_the_choice_in_a_browser(visit: Open, axe: Axe, wijzer: Wijzer) -> None:
    with fake_llm(reply=reply) as llm, served(app_with(wijzer, llm)) as address:
        page = visit("/", base=address)
        for number, (label, key) in enumerate((("Geschreven door een taalmodel", "written"), ("Alleen citaten", "automated"))):
            page.get_by_label(label).check()
            page.reload()
            assert page.get_by_label(label).is_checked()
            page.locator("#vraag").fill(QUESTION)
            page.keyboard.press("Enter")
            page.locator(".turn").nth(number).get_by_text(texts.text(key, "nl")).wait_for()
        axe.check(page, "answers in two modes")
        page.goto("/advies")
        page.get_by_label("Geschreven door een taalmodel").check()
        page.locator("#situatie").fill(SITUATION)
        page.get_by_role("button", name="Vraag advies").click()
        page.get_by_text(texts.text("advice_written", "nl")).wait_for()
        axe.check(page, "advice in the model's words", unfold=True)
        assert axe.found == {} and len(llm.requests) == 2


def advised(client: TestClient, **fields: str) -> str:
    return client.post("/advies", data={"situatie": SITUATION, **fields}).text


def test_advice_in_the_models_words_is_kept_in_the_other_language_and_the_memo(wijzer: Wijzer) -> None:
    with fake_llm(reply=reply) as llm, TestClient(app_with(wijzer, llm)) as client:
        page = advised(client, modus="write")
        words = html.unescape(re.search(r'name="woorden" value="([^"]*)"', page)[1])  # type: ignore[index]
        assert texts.text("advice_written", "nl") in html.unescape(page) and llm.requests and words
        asked = len(llm.requests)
        again = advised(client, modus="write", uitkomst="1", toon="1", woorden=words)
        assert texts.text("advice_written", "nl") in html.unescape(again)
        assert re.findall(r'<p class="text">([^<]*)', again) == re.findall(r'<p class="text">([^<]*)', page)
        memo = client.post("/memo", data={"soort": "advies", "situatie": SITUATION, "woorden": words, "vorm": "md"}).text
        assert "fake" in memo and "advise " in memo and len(llm.requests) == asked
        quoted = advised(client, modus="quote")
        assert texts.text("advice_automated", "nl") in html.unescape(quoted) and len(llm.requests) == asked
        assert texts.text("advice_automated", "nl") in html.unescape(advised(client, uitkomst="1", toon="1", woorden="{"))
        draft = client.post("/advies", data={"situatie": "Half", "toon": "1"}).text
        assert ">Half</textarea>" in draft and 'id="uitkomst"' not in draft


@pytest.mark.parametrize(("path", "fields"), [("/", {"vraag": QUESTION}), ("/advies", {"situatie": SITUATION})])
def test_a_reader_without_script_who_leaves_stops_the_model(wijzer: Wijzer, path: str, fields: dict[str, str]) -> None:
    with fake_llm("stall") as llm, served(app_with(wijzer, llm, model_seconds=60.0)) as address:
        connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
        kind = {"content-type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode({"modus": "write", **fields}), kind)
        assert llm.stops_when_closed(connection)
