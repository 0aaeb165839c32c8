"""For everybody, in a real Chromium: by keyboard only, on a small screen, with large letters, and what axe finds."""

from __future__ import annotations

import pytest

from tests.assistant.web.browsing import QUESTION, SITUATION, Axe, Open, both, fits, tab_to

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
@both
def test_only_the_keyboard(visit: Open, script: bool, width: int) -> None:
    """A policy officer asks and reads on, an innovation officer asks advice, scans and checks, a maintainer looks at a document."""
    page = visit("/", script, width)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#vraag"))
    page.keyboard.type(QUESTION)
    if script:
        page.keyboard.press("Shift+Enter")
        assert page.locator("#vraag").input_value().endswith("\n")
    else:
        tab_to(page, page.get_by_role("button", name="Stel de vraag"))
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()
    if script:
        page.locator("#vraag:focus").wait_for()
        assert "Antwoord klaar" in page.locator("[data-status]").inner_text()
        page.locator("#inhoud").focus()
    tab_to(page, page.locator("a.reference").first)
    page.keyboard.press("Enter")
    first = page.locator(".citation").first
    first.locator("mark").wait_for(state="visible")
    tab_to(page, first.get_by_role("link", name="Lees in het document"))
    page.keyboard.press("Enter")
    page.locator(".document mark").first.wait_for(state="visible")
    page.goto("/advies")
    tab_to(page, page.locator("#situatie"))
    page.keyboard.type(SITUATION)
    tab_to(page, page.get_by_role("button", name="Vraag advies"))
    page.keyboard.press("Enter")
    page.locator(".card").first.wait_for()
    tab_to(page, page.locator(".evidence summary").first)
    page.keyboard.press("Enter")
    page.locator(".evidence[open] .citation").first.wait_for(state="visible")
    for path, radio, result in (("/scan", "#a-leadership-strategy-1", "#profiel"), ("/toets", "#k-values-yes", "#kenmerken")):
        page.goto(path)
        tab_to(page, page.locator(radio))
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.locator(result).wait_for()
        tab_to(page, page.locator(f".jumps a[href='{result}']"))
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("button", name="Memo in Word"))
    page.goto("/bronnen")
    tab_to(page, page.get_by_role("link", name="Proeftuin Waterdam", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#zoek"))
    page.keyboard.type("Noor Abspoel")
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".found__link").first)
    page.keyboard.press("Enter")
    assert page.locator(".document mark").first.inner_text() == "Noor Abspoel"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing(visit: Open, axe: Axe, language: str) -> None:
    page = visit(f"/?lang={language}", reduced_motion="reduce")
    page.route("**/v1/answers", lambda route: None)
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".wait").wait_for()
    axe.check(page, "waiting")
    page.route("**/v1/answers", lambda route: route.abort())  # from the next question on; this one goes on waiting
    page.keyboard.press("Enter")  # with nothing typed, while an answer comes: nothing happens
    page.keyboard.press("Escape")
    page.locator(".wait").wait_for(state="detached")
    page.keyboard.press("Enter")
    page.locator(".turn .utrecht-alert").wait_for()
    axe.check(page, "failed")
    page.unroute_all()
    page.locator(".turn .utrecht-alert button").click()
    page.locator(".citations").wait_for()
    page.locator("a.reference").first.click()
    for part in (".talk__more", ".judge__no"):
        page.locator(f"{part} > summary").click()
    axe.check(page, "answer with script")
    page.locator(".turn__edit").click()
    axe.check(page, "changing a question")
    page.evaluate("sessionStorage.clear()")
    page.goto("/")
    page.locator(".talks__item button").nth(1).click()
    axe.check(page, "start with conversations")
    paths = {
        "answer": f"/?vraag={QUESTION}", "refused": "/?vraag=hallo", "no": "/?vraag=Hoe laat vertrekt de trein naar Parijs?",
        "empty": "/?vraag=", "sources": "/bronnen",
        "reader": "/bronnen/proeftuin-waterdam-2020?passage=proeftuin-waterdam-2020:2:1",
        "search": "/bronnen/proeftuin-waterdam-2020?q=Waterdam", "search without result": "/bronnen/proeftuin-waterdam-2020?q=giraffe",
        "notes": "/bronnen/station10-2019", "passage": "/passages/proeftuin-waterdam-2020:2:1", "advice": "/advies",
        "advised": f"/advies?situatie={SITUATION}", "about": "/over", "missing": "/weg",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(path)
        axe.check(page, name, unfold=True)
    assert axe.found == {}


@pytest.mark.parametrize("large", [False, True], ids=["320", "large"])
@pytest.mark.parametrize(
    "path", ["/", f"/?vraag={QUESTION}", "/bronnen", "/bronnen/meijer-vanberlo-2012?q=innovatie", f"/advies?situatie={SITUATION}", "/over"]
)
def test_pages_fit_a_small_screen_and_large_letters(visit: Open, path: str, large: bool) -> None:
    page = visit(path, width=640 if large else 320)
    if large:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page)
