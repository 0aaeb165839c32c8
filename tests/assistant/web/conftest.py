"""The application behind a real socket and one Chromium for all tests of pages, with what every test holds pages to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.service import Wijzer
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.ports import free_port
from tests.assistant.web.browsing import Axe, Open


@pytest.fixture(scope="session")
def app(settings: Settings, wijzer: Wijzer, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application; readers can say whether an answer helped."""
    return create_app(settings.model_copy(update={"feedback": tmp_path_factory.mktemp("feedback") / "said.jsonl"}), wijzer)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A client with no cookies, that is shown error pages instead of exceptions."""
    return TestClient(app, raise_server_exceptions=False, headers={"accept": "text/html"})


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Put an application behind a real socket and give its address."""
    port = free_port("127.0.0.1", 18080)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    """The application behind a real socket."""
    with served(app) as found:
        yield found


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Open]:
    """Open a page; afterwards nothing may have been asked from elsewhere, and the console must be clean."""
    contexts, asked, complaints, own = [], [], [], [address]

    def go(path: str, script: bool = True, width: int = 1280, dark: bool = False, base: str = address, **more: Any) -> Any:
        own.append(base)
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, color_scheme="dark" if dark else "light",
            base_url=base, **more,
        )  # fmt: skip
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
    assert [url for url in asked if not url.startswith((*own, "data:", "blob:"))] == []
    assert complaints == []


@pytest.fixture
def axe() -> Axe:
    """What finds barriers in a page; without the library the test is skipped."""
    return Axe(pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT)


@pytest.fixture
def ask(visit: Open) -> Open:
    """Open the ask page, ask a question with the keyboard and wait for the answer."""

    def go(question: str, **how: Any) -> Any:
        page = visit("/", **how)
        page.locator("#vraag").fill(question)
        page.keyboard.press("Enter")
        page.locator(".turn .quiet, .turn .answer__message").first.wait_for()
        return page

    return go
