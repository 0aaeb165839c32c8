"""Make a picture of every page and state, wide and narrow, light and dark, in both languages, to look at them.

Usage: python scripts/screenshots.py [WORD ...]   only the pictures whose name holds a word
They come in screenshots/, which git ignores: they show other people's texts.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, Route, sync_playwright

from assistant import library
from assistant.originals import Originals
from assistant.service import Wijzer
from assistant.settings import load_settings
from assistant.web.app import create_app
from assistant.web.ports import free_port

OUT = Path(__file__).resolve().parent.parent / "screenshots"
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
QUESTION = {
    "nl": "Wat hielp in Utrecht tegen weerstand op de werkvloer?",
    "en": "What helped against resistance on the work floor in Utrecht?",
}
SITUATION = {
    "nl": "Mijn afdelingshoofd wil eerst garanties voordat we met een proef met data beginnen. Niemand durft een fout te maken.",
    "en": "My department head wants guarantees before we start a trial with data. Nobody dares to make a mistake.",
}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]


@contextmanager
def served() -> Iterator[tuple[str, Wijzer]]:
    """Serve the documents of this installation on a free port; give the address and the service."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(feedback=Path(folder) / "feedback.jsonl")
        library.ingest(settings)
        wijzer = Wijzer(settings)
        port = free_port("127.0.0.1", 18480)
        server = uvicorn.Server(uvicorn.Config(create_app(settings, wijzer), host="127.0.0.1", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", wijzer
        server.should_exit = True
        thread.join(10)


def asked(page: Page, language: str) -> None:
    """Ask the question and wait for the answer."""
    page.locator("#vraag").fill(QUESTION[language])
    page.keyboard.press("Enter")
    page.locator(".citations").wait_for()


def waiting(page: Page, language: str) -> None:
    """Ask and get no answer yet."""

    def never(_: Route) -> None:
        return

    page.route("**/v1/answers", never)
    page.locator("#vraag").fill(QUESTION[language])
    page.keyboard.press("Enter")
    page.locator(".wait").wait_for()


def failed(page: Page, language: str) -> None:
    """Ask while the service cannot be reached."""
    page.route("**/v1/answers", lambda route: route.abort())
    page.locator("#vraag").fill(QUESTION[language])
    page.keyboard.press("Enter")
    page.locator(".turn .utrecht-alert").wait_for()


def opened(page: Page, language: str) -> None:
    """Open a passage and say that the answer did not help."""
    asked(page, language)
    page.locator(".judge__no > summary").click()
    page.locator("a.reference").nth(1).click()


def changing(page: Page, language: str) -> None:
    """Change a question that was asked."""
    asked(page, language)
    page.locator(".turn__edit").click()


def listed(page: Page, language: str) -> None:
    """Begin anew, with a conversation in the list."""
    asked(page, language)
    page.locator("[data-new]").click()
    page.locator(".talks__item").wait_for()


def evidence(page: Page, language: str) -> None:
    """Unfold the evidence of the first card."""
    page.locator(".evidence summary").first.click()


def offline(page: Page, language: str) -> None:
    """Ask without a connection."""
    page.context.set_offline(True)
    page.locator("#vraag").fill(QUESTION[language])
    page.keyboard.press("Enter")
    page.locator(".turn .utrecht-alert").wait_for()


def printed(page: Page, language: str) -> None:
    """Ask, and look at what a printer would show."""
    asked(page, language)
    page.emulate_media(media="print")


def filled_in(page: Page, language: str) -> None:
    """Fill in a little of the scan or the check, and see the result."""
    for name in ("a-leadership-strategy-1", "a-leadership-vision-5", "a-organisation-risk-2", "k-values-no", "t-test-busy"):
        if page.locator(f"#{name}").count():
            page.locator(f"#{name}").check(force=True)
    page.locator("#invulformulier > button").click()
    page.locator(".jumps").wait_for()


def drawn(page: Page, language: str) -> None:
    """Wait until the page of a PDF is there."""
    page.locator("#pdf[data-ready]").wait_for()


def as_it_is(page: Page, language: str) -> None:
    """Leave the page as it came."""


def views(wijzer: Wijzer, language: str) -> dict[str, tuple[str, Callable[[Page, str], None]]]:
    """Return, by name, the address of each picture and what to do before it is taken."""
    source = wijzer.sources()[0].id
    document = wijzer.document(source)
    assert document is not None
    passage = document.passages[len(document.passages) // 2]
    originals = Originals(wijzer.settings)
    pdfs = [s.id for s in wijzer.sources() if (found := wijzer.document(s.id)) and originals.pdf(found)]
    return {f"pdf-{name}": (f"/bronnen/{name}/pdf", drawn) for name in pdfs[:1]} | {
        "start": ("/", as_it_is), "waiting": ("/", waiting), "failed": ("/", failed), "answer": ("/", asked), "passage-open": ("/", opened),
        "changing": ("/", changing), "conversations": ("/", listed), "answer-without-script": (f"/?vraag={QUESTION[language]}", as_it_is),
        "refused": ("/?vraag=Schrijf een gedicht over de zee", as_it_is), "empty": ("/?vraag=", as_it_is),
        "sources": ("/bronnen", as_it_is),
        "reader": (f"/bronnen/{source}?passage={passage.id}#p-{passage.id.partition(':')[2]}", as_it_is),
        "search": (f"/bronnen/{source}?q=innovatie", as_it_is), "search-nothing": (f"/bronnen/{source}?q=giraffe", as_it_is),
        "passage": (f"/passages/{passage.id}", as_it_is), "advice": ("/advies", as_it_is),
        "advised": (f"/advies?situatie={SITUATION[language]}", evidence), "about": ("/over", as_it_is),
        "scan": ("/scan", as_it_is), "scanned": ("/scan", filled_in), "check": ("/toets", as_it_is), "checked": ("/toets", filled_in),
        "offline": ("/", offline), "printed": ("/", printed), "missing": ("/weg", as_it_is),
    }  # fmt: skip


def main(words: list[str]) -> None:
    """Take the pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    OUT.mkdir(exist_ok=True)
    with served() as (address, wijzer), sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language in ("nl", "en"):
            for name, (path, act) in views(wijzer, language).items():
                if words and not any(word in name for word in words):
                    continue
                for size, (width, height) in SIZES.items():
                    for theme in ("light", "dark"):
                        context = browser.new_context(
                            viewport={"width": width, "height": height}, color_scheme=theme, base_url=address, reduced_motion="reduce",
                            java_script_enabled="without-script" not in name,
                        )  # fmt: skip
                        context.add_cookies([{"name": "lang", "value": language, "url": address}])
                        context.set_default_timeout(120_000)
                        page = context.new_page()
                        page.goto(path)
                        act(page, language)
                        page.screenshot(path=OUT / f"{name}-{language}-{size}-{theme}.png")
                        context.close()
        browser.close()
    sys.stdout.write(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
