"""The pages in a real Chromium: the paths people take, with and without script, and axe on every page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"
SITUATION = "Mijn afdelingsdirecteur wil eerst garanties. Niemand durft een fout te maken en daarom beginnen we niet."
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Open]:
    """Open a page; afterwards nothing may have been asked from elsewhere, and the console must be clean."""
    contexts, asked, complaints = [], [], []

    def go(path: str, script: bool = True, width: int = 1280, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, color_scheme="dark" if dark else "light", base_url=address
        )
        context.set_default_timeout(60_000)  # the first advice reads the frameworks
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert complaints == []


def fits(page: Any) -> bool:
    box = page.locator("main").bounding_box()
    header = page.locator("header").bounding_box()
    width = page.viewport_size["width"]
    return bool(box["width"] <= width and header["width"] <= width)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
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


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_ask_on(visit: Open, script: bool) -> None:
    page = visit("/", script)
    for number, question in enumerate((QUESTION, "Wat ging daar mis?"), 1):
        page.locator("#vraag").fill(question)
        page.get_by_role("button", name="Stel de vraag").click()
        page.locator(".turn").nth(number - 1).wait_for()
    assert page.locator(".turn").count() == 2
    assert QUESTION in page.locator(".turn").first.inner_text()


def test_only_the_keyboard(visit: Open) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("id") == "vraag"
    page.keyboard.type("Wat kostte de proeftuin")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in Waterdam?")
    assert "\n" in page.locator("#vraag").input_value()
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()
    assert page.locator(":focus").get_attribute("id") == "vraag"
    assert "Antwoord klaar" in page.get_by_role("status").inner_text()
    page.locator("a.reference").first.focus()
    page.keyboard.press("Enter")
    page.locator(".citation[open]").wait_for()
    assert page.locator("summary:focus").count() == 1


def test_the_conversation_comes_back_in_the_same_tab_and_can_be_cleared(visit: Open) -> None:
    page = visit("/")
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()
    page.goto("/over")
    page.goto("/")
    page.locator(".turn .citations").wait_for()
    page.get_by_role("link", name="Begin opnieuw").click()
    page.locator("#voorbeelden").wait_for(state="visible")
    assert page.locator(".turn").count() == 0


def test_a_failing_stream_falls_back_to_the_form(visit: Open) -> None:
    page = visit("/")
    page.route("**/v1/answers", lambda route: route.fulfill(status=500, body="{}"))
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()
    assert "82.000 euro" in page.locator(".answer").inner_text()


def test_stop_keeps_the_question(visit: Open) -> None:
    page = visit("/")
    page.route("**/v1/answers", lambda route: None)
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    assert "Gestopt" in page.get_by_role("status").inner_text()
    assert page.locator("#vraag").input_value() == QUESTION


def test_hostile_words_stay_words(visit: Open) -> None:
    page = visit("/")
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.locator("#vraag").fill("Hoe heet de windwijzer van Haakjesveen <img src=x onerror=alert(1)>?")
    page.keyboard.press("Enter")
    page.locator(".turn .answer p").first.wait_for()
    assert page.locator(".turn img").count() == page.locator(".turn script").count() == 0
    page.goto("/bronnen/vreemd")
    assert page.locator("main img").count() == page.locator("main script").count() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing(visit: Open, language: str, dark: bool) -> None:
    found: dict[str, Any] = {}

    def check(page: Any, name: str) -> None:
        for violation in axe.Axe().run(page).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            found[f"{name}: {violation['id']}"] = nodes

    page = visit(f"/?lang={language}", dark=dark)
    check(page, "start")
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()
    page.locator("a.reference").first.click()
    check(page, "answer with script")
    paths = {
        "answer": f"/?vraag={QUESTION}", "refused": "/?vraag=hallo", "no": "/?vraag=Hoe laat vertrekt de trein naar Parijs?",
            "empty": "/?vraag=",
        "sources": "/bronnen", "reader": "/bronnen/proeftuin-waterdam-2020?passage=proeftuin-waterdam-2020:2:1",
        "notes": "/bronnen/station10-2019", "passage": "/passages/proeftuin-waterdam-2020:2:1", "advice": "/advies",
        "advised": f"/advies?situatie={SITUATION}", "about": "/over", "missing": "/weg",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(path)
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        check(page, name)
    assert found == {}


@pytest.mark.parametrize("path", ["/", f"/?vraag={QUESTION}", "/bronnen", "/bronnen/meijer-vanberlo-2012", "/advies", "/over"])
def test_pages_fit_320_pixels(visit: Open, path: str) -> None:
    page = visit(path, width=320)
    assert fits(page)
    assert page.evaluate_handle("document.documentElement").evaluate("e => e.scrollWidth <= e.clientWidth")
