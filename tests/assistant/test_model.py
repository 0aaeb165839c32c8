"""The language model over real HTTP: every way to fail ends in time, in one kind of error that says what to do."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Any

import pytest

from assistant.model import ChatModel, ask, open_model
from assistant.settings import Settings
from ingest.errors import ModelUnavailable, SettingsError
from tests.fake_llm import FakeLLM, Mode, fake_llm

HELLO = [("system", "Wees kort."), ("user", "Zeg dag.")]


def opened(llm: FakeLLM, **more: Any) -> ChatModel:
    return open_model(Settings(model="fake", model_url=llm.url, **more))


def test_a_reply_comes_back_whole() -> None:
    with fake_llm(reply=lambda prompt: f"{prompt} " + "één twee " * 500) as llm:
        assert ask(opened(llm), HELLO, 10, 77) == ("Zeg dag. " + "één twee " * 500).strip()
    request = llm.requests[0]
    assert [m["role"] for m in request["messages"]] == ["system", "user"]
    assert request["max_tokens"] == 77 and request["stream"] is True and request["model"] == "fake"


@pytest.mark.parametrize(
    ("mode", "seconds", "words"),
    [
        ("slow", 3, "longer than 3 seconds"),
        ("stall", 3, "longer than 3 seconds"),
        ("500", 5, "status 500"),
        ("429", 5, "too often"),
        ("cut", 5, "cut off"),
        ("closed", 5, "cut off"),
        ("garbage", 5, "reply"),
        ("endless", 5, "32 kB"),
        ("empty", 5, "empty reply"),
        ("length", 5, "did not finish"),
    ],
)
def test_a_failure_ends_in_time_and_says_what_to_do(mode: Mode, seconds: float, words: str) -> None:
    with fake_llm(mode, lambda prompt: "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien " * 12) as llm:
        model = opened(llm)
        began = time.monotonic()
        with pytest.raises(ModelUnavailable, match=words) as caught:
            ask(model, HELLO, seconds, 100)
        assert time.monotonic() - began < seconds + 20  # the slow reply would take 45
        assert caught.value.help and llm.requests


def test_slow_but_in_time_is_a_reply() -> None:
    with fake_llm("slow", lambda prompt: "een twee drie") as llm:
        assert ask(opened(llm), HELLO, 10, 100) == "eentweedrie"


@pytest.mark.parametrize("mode", ["stall", "slow", "endless"])
def test_the_model_is_stopped_when_we_stop_waiting(mode: Mode) -> None:
    with fake_llm(mode, lambda prompt: "woord " * 200) as llm:
        with pytest.raises(ModelUnavailable):
            ask(opened(llm), HELLO, 1, 100)
        assert llm.hung_up.wait(3)


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        for name, at in (("fake", url + "/v1"), ("ollama:gemma4:e4b", url)):
            with pytest.raises(ModelUnavailable, match="cannot be reached") as caught:
                ask(open_model(Settings(model=name, model_url=at)), HELLO, 5, 100)
            assert "server running" in caught.value.help


def test_many_calls_one_after_the_other_and_from_a_running_loop() -> None:
    async def inside(model: ChatModel) -> str:
        return ask(model, HELLO, 10, 100)

    with fake_llm() as llm:
        model = opened(llm)
        assert [ask(model, HELLO, 10, 100) for _ in range(3)] == ["Dag."] * 3
        assert asyncio.run(inside(model)) == "Dag."


def test_the_key_goes_where_it_was_meant_to_and_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "from-the-environment")
    with fake_llm() as llm:
        model = opened(llm, model_key="ours")
        ask(model, HELLO, 10, 100)
        ask(opened(llm), HELLO, 10, 100)
    assert [h["authorization"] for h in llm.headers] == ["Bearer ours", "Bearer none"]
    assert "ours" not in repr(model)


def test_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm() as llm, fake_llm() as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        ask(opened(llm), HELLO, 10, 100)
        time.sleep(0.5)
        assert tracer.requests == []


@pytest.mark.parametrize(
    ("name", "url", "provider", "model"),
    [
        ("ollama:gemma4:e4b", None, "ollama", "gemma4:e4b"),
        ("openai:gpt-x", "http://127.0.0.1:1/v1", "openai", "gpt-x"),
        ("gemma4:e4b", "http://127.0.0.1:1/v1", "openai", "gemma4:e4b"),
        ("fietsbel", "http://127.0.0.1:1/v1", "openai", "fietsbel"),
    ],
)
def test_names(name: str, url: str | None, provider: str, model: str) -> None:
    chosen = open_model(Settings(model=name, model_url=url))
    assert (chosen.name, chosen.provider, chosen.model) == (name, provider, model)


@pytest.mark.parametrize(
    ("name", "url", "setting"),
    [
        (None, None, "WIJZER_MODEL"),
        ("fietsbel", None, "WIJZER_MODEL_URL"),
        ("ollama:", None, "WIJZER_MODEL"),
        ("x", "localhost", "WIJZER_MODEL_URL"),
    ],
)
def test_impossible_settings(name: str | None, url: str | None, setting: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_model(Settings(model=name, model_url=url))
    assert setting in f"{caught.value} {caught.value.help}"


def test_no_key_for_openai_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelUnavailable) as caught:
        ask(open_model(Settings(model="openai:gpt-x")), HELLO, 2, 10)
    assert "WIJZER_MODEL_KEY" in caught.value.help
