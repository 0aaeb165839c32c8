"""A conversation in a real Chromium, with and without script: asked, kept, changed, saved, judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.web.browsing import QUESTION, Open, both, fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
@both
def test_ask_read_and_open_the_passage(visit: Open, script: bool, width: int) -> None:
    page = visit("/", script, width)
    page.get_by_label("Je vraag").fill(QUESTION)
    page.get_by_role("button", name="Stel de vraag").click()
    page.locator(".citations").wait_for()
    assert "82.000 euro" in page.locator(".answer").inner_text()
    first = page.locator(".citation").first
    assert not first.locator(".passage").is_visible()
    page.locator("a.reference").first.click()
    first.locator("mark").wait_for(state="visible")
    assert fits(page)
    first.get_by_role("link", name="Lees in het document").click()
    page.locator(".document mark").first.wait_for(state="visible")
    assert page.locator("h1").inner_text() == "Proeftuin Waterdam"
    assert fits(page)


@both
def test_ask_on(visit: Open, script: bool) -> None:
    page = visit("/", script)
    for number, question in enumerate((QUESTION, "Wat ging daar mis?"), 1):
        page.locator("#vraag").fill(question)
        page.get_by_role("button", name="Stel de vraag").click()
        page.locator(".turn").nth(number - 1).wait_for()
    assert page.locator(".turn").count() == 2
    assert QUESTION in page.locator(".turn").first.inner_text()


def test_the_conversation_comes_back_in_the_same_tab_and_in_another_it_is_listed(ask: Open) -> None:
    page = ask(QUESTION)
    page.goto("/over")
    page.goto("/")
    page.locator(".turn .citations").wait_for()
    other = page.context.new_page()
    other.goto("/")
    assert other.locator(".turn").count() == 0
    other.get_by_role("button", name=QUESTION, exact=True).click()
    other.locator(".turn .citations").wait_for()
    page.get_by_role("link", name="Nieuw gesprek").click()
    page.locator("#voorbeelden").wait_for(state="visible")
    assert page.locator(".turn").count() == 0


def test_conversations_are_renamed_deleted_put_back_and_saved(ask: Open, tmp_path: Path) -> None:
    page = ask(QUESTION)
    menu = page.get_by_text("Bewaar of wijzig")
    menu.click()
    for form, wanted in (("Markdown", "82.000 euro"), ("JSON", '"statements"')):
        with page.expect_download() as download:
            page.get_by_role("button", name=form).click()
        download.value.save_as(tmp_path / "gesprek")
        saved = (tmp_path / "gesprek").read_text("utf-8")
        assert wanted in saved and "Waterdam" in saved
    page.get_by_role("button", name="Hernoem", exact=True).click()
    page.get_by_label("Naam van het gesprek").fill("Lantaarnpalen <b>")
    page.keyboard.press("Enter")
    page.locator("[data-name]", has_text="Lantaarnpalen <b>").wait_for()
    menu.click()
    page.get_by_role("button", name="Verwijder", exact=True).click()
    assert page.locator(".turn").count() == 0 and page.locator(".talks__open").count() == 0
    page.get_by_role("button", name="Zet terug").click()
    page.get_by_role("button", name="Lantaarnpalen <b>", exact=True).click()
    page.locator(".turn .citations").wait_for()
    assert json.loads(page.evaluate("localStorage.getItem('wijzer.gesprekken')"))[0]["name"] == "Lantaarnpalen <b>"


@both
def test_a_question_is_changed_and_asked_again(visit: Open, script: bool) -> None:
    page = visit("/", script)
    for number, question in enumerate((QUESTION, "Wat ging daar mis?"), 1):
        page.locator("#vraag").fill(question)
        page.get_by_role("button", name="Stel de vraag").click()
        page.locator(".turn").nth(number - 1).locator(".answer p").first.wait_for()
    page.get_by_role("button", name="Pas vraag 1 aan").click()
    assert page.locator("#vraag").input_value() == QUESTION
    page.locator("#vraag").fill("Wie was projectleider van de proeftuin in Waterdam?")
    page.get_by_role("button", name="Stel de vraag").click()
    page.locator(".turn").nth(1).wait_for(state="detached")
    assert "Wie was projectleider" in page.locator(".turn").inner_text()
    assert [t["question"][:3] for t in json.loads(page.locator("[name=geschiedenis]").first.input_value())] == ["Wie"]


@both
def test_the_other_language_keeps_the_conversation(visit: Open, script: bool) -> None:
    page = visit("/", script)
    page.locator("#vraag").fill(QUESTION)
    page.get_by_role("button", name="Stel de vraag").click()
    page.locator(".citations").wait_for()
    page.locator("#vraag").fill("Half geschreven")
    page.locator(".menu__link--language").click()
    page.locator("html[lang=en] .turn .citations").wait_for()
    assert "82.000 euro" in page.locator(".answer").inner_text() and page.locator(".answer").get_attribute("lang") == "nl"
    assert page.locator("#vraag").input_value() == "Half geschreven"


def test_a_judgement_is_sent_from_the_page(ask: Open, app: Any) -> None:
    page = ask(QUESTION)
    page.locator(".judge__no > summary").click()
    page.get_by_label("Er ontbreekt iets").check()
    page.get_by_label("Toelichting").fill("Het jaar ontbreekt, bel 06 12345678")
    page.get_by_role("button", name="Verstuur").click()
    page.locator(".judge__said", has_text="Dank je").wait_for()
    row = json.loads(app.state.site.settings.feedback.read_text("utf-8").strip().split("\n")[-1])
    assert row["reasons"] == ["incomplete"] and row["remark"] == "Het jaar ontbreekt, bel […]" and row["question"] == QUESTION


def test_hostile_words_stay_words(visit: Open) -> None:
    page = visit("/")
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.locator("#vraag").fill("Hoe heet de windwijzer van Haakjesveen <img src=x onerror=alert(1)>?")
    page.keyboard.press("Enter")
    page.locator(".turn .answer p").first.wait_for()
    assert "een naam die niemand vergeet" in " ".join(page.locator(".passage").all_text_contents())
    page.reload()
    page.locator(".turn .answer p").first.wait_for()
    assert page.locator("main img").count() == page.locator("main script").count() == 0
    for path in ("/bronnen/vreemd", "/bronnen/vreemd?q=<img src=x onerror=alert(1)>"):
        page.goto(path)
        assert page.locator("main img").count() == page.locator("main script").count() == 0
