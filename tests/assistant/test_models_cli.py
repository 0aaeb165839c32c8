"""`wijzer models` says what is there, and fails when something that is configured does not answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant import cli, models_cli
from assistant.service import Wijzer
from assistant.settings import Settings
from tests.fake_llm import fake_llm


class Quick:
    """An embedder that is loaded already."""

    def __init__(self, wijzer: Wijzer) -> None:
        self._real = wijzer.embedder

    def __call__(self, *_: object) -> Any:
        return self._real


@pytest.fixture
def here(settings: Settings, wijzer: Wijzer, clean_environment: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("corpus", "documents", "data"):
        clean_environment.setenv(f"WIJZER_{name.upper()}", str(getattr(settings, name)))
    clean_environment.setattr(models_cli, "SentenceTransformerEmbedder", Quick(wijzer))
    return clean_environment


def run() -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(cli.app, ["models", "--json"])
    return result.exit_code, {row["role"]: row for row in json.loads(result.stdout)}


def test_without_a_chat_model_all_is_well_and_it_says_so(here: pytest.MonkeyPatch) -> None:
    status, found = run()
    assert status == 0 and set(found) == {"embedder", "adapter", "reranker", "chat"}
    assert found["embedder"]["state"] == "ok" and found["embedder"]["seconds"] > 0 and not found["embedder"]["help"]
    assert found["adapter"]["state"] == "ok"
    assert found["chat"]["state"] == "none" and "WIJZER_MODEL" in found["chat"]["said"] and found["reranker"]["state"] == "none"


def test_a_chat_model_is_asked_and_timed(here: pytest.MonkeyPatch) -> None:
    with fake_llm(reply=lambda prompt: "ja") as llm:
        here.setenv("WIJZER_MODEL", "fake")
        here.setenv("WIJZER_MODEL_URL", llm.url)
        status, found = run()
    assert status == 0 and found["chat"]["state"] == "ok" and found["chat"]["seconds"] > 0 and found["chat"]["said"].endswith("ja")


def test_a_model_that_does_not_answer_is_a_failure_with_what_to_do(here: pytest.MonkeyPatch) -> None:
    here.setenv("WIJZER_MODEL", "fake")
    here.setenv("WIJZER_MODEL_URL", "http://127.0.0.1:9/v1")
    status, found = run()
    assert status == 1 and found["chat"]["state"] == "failed" and "WIJZER_MODEL_URL" in found["chat"]["help"]


def test_a_table_for_people(here: pytest.MonkeyPatch) -> None:
    result = CliRunner().invoke(cli.app, ["models"])
    assert result.exit_code == 0 and "embedder" in result.stdout and "chat" in result.stdout
