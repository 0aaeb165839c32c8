"""Answers as they come in a real Chromium: sentence by sentence, broken off, stopped, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.web.browsing import QUESTION, Open

pytestmark = pytest.mark.browser


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
