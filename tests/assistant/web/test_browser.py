"""The pages in a real Chromium: the paths people take, with and without script, and axe on every page and state."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

axe_base = pytest.importorskip("axe_playwright_python.base")

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"
SITUATION = "Mijn afdelingsdirecteur wil eerst garanties. Niemand durft een fout te maken en daarom beginnen we niet."
pytestmark = pytest.mark.browser
Open = Callable[..., Any]


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


def tab_to(page: Any, found: Any) -> None:
    """Press Tab until the element has the focus, and see that what has it is shown and stands clear of the form below."""
    for _ in range(120):
        if found.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"the keyboard does not reach {found}")
    assert found.evaluate(
        """e => { const box = e.getBoundingClientRect(), x = box.x + Math.min(box.width, innerWidth) / 2;
        const ys = [box.top + 3, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2, box.bottom - 3];
        return ys.some(y => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)); }); }"""
    ), "the focus is hidden"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_only_the_keyboard(visit: Open, script: bool, width: int) -> None:
    """A policy officer asks and reads on, an innovation officer asks advice, a maintainer looks at a document."""
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
    page.goto("/bronnen")
    tab_to(page, page.get_by_role("link", name="Proeftuin Waterdam", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#zoek"))
    page.keyboard.type("Noor Abspoel")
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".found__link").first)
    page.keyboard.press("Enter")
    assert page.locator(".document mark").first.inner_text() == "Noor Abspoel"


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


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
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


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
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


def test_a_broken_stream_is_asked_again_in_one_piece(visit: Open) -> None:
    page = visit("/")
    half = 'event: statement\ndata: {"text": "Half.", "citations": [], "kind": "claim", "cited": []}\n\n'

    def serve(route: Any) -> None:
        if "event-stream" in route.request.headers["accept"]:
            route.fulfill(status=200, content_type="text/event-stream", body=half)
        else:
            route.continue_()

    page.route("**/v1/answers", serve)
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()
    assert "82.000 euro" in page.locator(".answer").inner_text() and "Half." not in page.locator(".answer").inner_text()


@pytest.mark.parametrize("fault", ["server", "network", "offline"])
def test_when_it_fails_the_page_says_what_to_do(visit: Open, fault: str) -> None:
    page = visit("/")
    if fault == "server":
        page.route("**/v1/answers", lambda route: route.fulfill(status=500, json={"detail": "Het ging niet. Probeer het later."}))
    elif fault == "network":
        page.route("**/v1/answers", lambda route: route.abort())
    else:
        page.context.set_offline(True)
        page.locator("[data-status]", has_text="Je hebt geen verbinding").wait_for()
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    said = page.locator(".turn .utrecht-alert").inner_text()
    expected = {"server": "Het ging niet.", "network": "De dienst is niet te bereiken.", "offline": "Je hebt geen verbinding."}
    assert expected[fault] in said and page.locator("#vraag").input_value() == QUESTION
    page.unroute_all()
    page.context.set_offline(False)
    page.get_by_role("button", name="Probeer opnieuw").click()
    page.locator(".citations").wait_for()
    assert page.locator(".turn").count() == 1 and page.locator("#vraag").input_value() == ""


@pytest.mark.parametrize("how", ["button", "key"])
def test_stop_keeps_the_question(visit: Open, how: str) -> None:
    page = visit("/")
    page.route("**/v1/answers", lambda route: None)
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".wait").wait_for()
    if how == "button":
        page.get_by_role("button", name="Stop").click()
    else:
        page.keyboard.press("Escape")
    page.locator("[data-status]", has_text="Gestopt").wait_for()
    assert page.locator("#vraag").input_value() == QUESTION and page.locator(".turn").count() == 0


# Answers as a slow service would send them: a sentence every 0.7 s.
SLOW = """
const real = window.fetch;
window.fetch = (address, options) => {
  if (address !== "/v1/answers") return real(address, options);
  const cited = [{n: 1, passage: "a:1:1", source: "a", title: "T", author: "A", year: 2020, section: "1", page: null, start: 0, end: 4,
    quote: "Vier", text: "Vier woorden staan hier.", kind: "", method: "", basis: "document"}];
  const one = (n) => ({text: `Zin ${n} van het antwoord. `.repeat(12), citations: [1], kind: "claim"});
  const statements = [1, 2, 3, 4].map(one);
  const events = statements.map((s) => ["statement", {...s, cited}]);
  events.push(["answer", {status: "answered", language: "nl", mode: "write", message: "", statements, citations: cited, nearest: [],
    followUps: ["En verder?"]}]);
  const encoder = new TextEncoder();
  const body = new ReadableStream({async start(to) {
    for (const [name, data] of events) {
      await new Promise((done) => setTimeout(done, 700));
      to.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
    }
    to.close();
  }});
  return Promise.resolve(new Response(body, {headers: {"content-type": "text/event-stream"}}));
};
window.moved = [];
const named = (e) => e.sources.map((s) => s.node?.outerHTML?.slice(0, 80));
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.moved.push([e.value, named(e)]); })
  .observe({type: "layout-shift", buffered: true});
window.read = [];
new MutationObserver((list) => {
  for (const change of list) {
    if (!change.target.closest?.("[aria-live=polite]:not([data-status])")) continue;
    for (const node of change.addedNodes) if (node.matches?.(".statement")) window.read.push(node.textContent.slice(0, 5));
  }
}).observe(document, {childList: true, subtree: true});
"""


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_and_each_sentence_is_announced_once_while_it_streams(visit: Open, width: int) -> None:
    page = visit("/over", width=width, reduced_motion="reduce")
    page.add_init_script(SLOW)
    page.goto("/")
    page.locator("#vraag").fill("Wat is er?")
    page.keyboard.press("Enter")
    page.locator(".statement").first.wait_for()
    assert page.locator(".statement").count() < 4, "the first sentence is shown before the last has come"
    running = "document.getAnimations().filter(a => a.playState === 'running').length"
    assert page.evaluate(running) == 0, "reduced motion"
    page.locator(".turn .citations").wait_for()
    assert page.evaluate("window.moved") == []
    assert page.evaluate("window.read") == ["Zin 1", "Zin 2", "Zin 3", "Zin 4"]
    assert page.locator(".statement").count() == 4


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
    page.reload()
    page.locator(".turn .answer p").first.wait_for()
    assert page.locator("main img").count() == page.locator("main script").count() == 0
    for path in ("/bronnen/vreemd", "/bronnen/vreemd?q=<img src=x onerror=alert(1)>"):
        page.goto(path)
        assert page.locator("main img").count() == page.locator("main script").count() == 0


AXE = """options => axe.run(document, options)
  .then(found => found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing(visit: Open, language: str) -> None:
    """Everything in the light theme, what depends on colours in the dark one too."""
    found: dict[str, Any] = {}

    def check(page: Any, name: str) -> None:
        page.evaluate(axe_base.AXE_SCRIPT)
        for dark, options in ((False, {}), (True, COLOURS)):
            page.emulate_media(color_scheme="dark" if dark else "light")
            violations = page.evaluate(AXE, options)
            if violations:
                found[f"{name}, {'dark' if dark else 'light'}"] = violations
        page.emulate_media(color_scheme="light")

    page = visit(f"/?lang={language}", reduced_motion="reduce")
    page.route("**/v1/answers", lambda route: None)
    page.locator("#vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".wait").wait_for()
    check(page, "waiting")
    page.unroute_all()
    page.route("**/v1/answers", lambda route: route.abort())
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.locator(".turn .utrecht-alert").wait_for()
    check(page, "failed")
    page.unroute_all()
    page.locator(".turn .utrecht-alert button").click()
    page.locator(".citations").wait_for()
    page.locator("a.reference").first.click()
    for part in (".talk__more", ".judge__no"):
        page.locator(f"{part} > summary").click()
    check(page, "answer with script")
    page.locator(".turn__edit").click()
    check(page, "changing a question")
    page.evaluate("sessionStorage.clear()")
    page.goto("/")
    page.locator(".talks__item button").nth(1).click()
    check(page, "start with conversations")
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
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        check(page, name)
    assert found == {}


@pytest.mark.parametrize("large", [False, True], ids=["320", "large"])
@pytest.mark.parametrize(
    "path", ["/", f"/?vraag={QUESTION}", "/bronnen", "/bronnen/meijer-vanberlo-2012?q=innovatie", f"/advies?situatie={SITUATION}", "/over"]
)
def test_pages_fit_a_small_screen_and_large_letters(visit: Open, path: str, large: bool) -> None:
    page = visit(path, width=640 if large else 320)
    if large:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page)
    assert page.evaluate_handle("document.documentElement").evaluate("e => e.scrollWidth <= e.clientWidth")
