"""Writing mode over the API: sentences come while the model writes, and a client that leaves stops the model."""

from __future__ import annotations

import json
import threading
from http.client import HTTPConnection
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.service import Wijzer
from assistant.web.app import create_app
from tests.assistant.test_write import FINE, QUESTION, with_model
from tests.assistant.web.conftest import served
from tests.fake_llm import FakeLLM, fake_llm


def app_with(wijzer: Wijzer, llm: FakeLLM, **more: Any) -> FastAPI:
    service = with_model(wijzer, llm.url, **more)
    service.answer(QUESTION, mode="quote")
    return create_app(service.settings, service)


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [dict(line.split(": ", 1) for line in b.split("\n")) for b in text.strip().split("\n\n") if b.startswith("event")]
    return [(b["event"], json.loads(b["data"])) for b in blocks]


def streamed(app: FastAPI, **body: Any) -> list[tuple[str, Any]]:
    with TestClient(app) as client:
        response = client.post("/v1/answers", json={"question": QUESTION, **body}, headers={"accept": "text/event-stream"})
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/event-stream")
    return events(response.text)


def test_written_statements_and_then_the_answer(wijzer: Wijzer) -> None:
    with fake_llm(reply=lambda prompt: FINE) as llm:
        told = streamed(app_with(wijzer, llm), mode="write")
    assert [name for name, _ in told] == ["progress", "statement", "statement", "answer"]
    assert [d["text"] for n, d in told if n == "statement"] == [s["text"] for s in told[-1][1]["statements"]]
    assert all(d["cited"] and d["kind"] == "written" for n, d in told if n == "statement")


def test_a_reply_that_breaks_off_is_withdrawn(wijzer: Wijzer) -> None:
    with fake_llm("cut", lambda prompt: f"{FINE} {FINE}") as llm:
        told = streamed(app_with(wijzer, llm), mode="write")
    names = [name for name, _ in told]
    assert names.index("withdrawn") > names.index("statement") and names[-1] == "answer"
    after = [d["text"] for n, d in told[names.index("withdrawn") :] if n == "statement"]
    assert after == [s["text"] for s in told[-1][1]["statements"]] and told[-1][1]["mode"] == "quote"


def test_the_settings_choose_the_mode(wijzer: Wijzer) -> None:
    with fake_llm(reply=lambda prompt: FINE) as llm:
        assert streamed(app_with(wijzer, llm, mode="write"))[-1][1]["mode"] == "write"
        assert streamed(app_with(wijzer, llm, mode="write"), mode="quote")[0][0] == "statement"


def post(address: str, accept: str) -> HTTPConnection:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    body = json.dumps({"question": QUESTION, "mode": "write"})
    connection.request("POST", "/v1/answers", body, {"content-type": "application/json", "accept": accept})
    return connection


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_a_client_that_leaves_stops_the_model(wijzer: Wijzer, accept: str) -> None:
    with fake_llm("stall") as llm, served(app_with(wijzer, llm, model_seconds=60.0)) as address:
        assert llm.stops_when_closed(post(address, accept))


def test_a_sentence_is_there_before_the_model_is_done(wijzer: Wijzer) -> None:
    """The model says one sentence and the beginning of the next, and then waits for us."""
    with fake_llm(reply=lambda prompt: FINE) as llm:
        llm.pause = threading.Event()
        with served(app_with(wijzer, llm, model_seconds=60.0)) as address:
            connection = post(address, "text/event-stream")
            response = connection.getresponse()
            seen = ""
            while "event: statement" not in seen:
                seen += response.readline().decode()
            assert "event: answer" not in seen
            llm.pause.set()
            assert "event: answer" in response.read().decode()
            connection.close()
