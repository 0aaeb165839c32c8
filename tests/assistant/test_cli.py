from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant import cli
from assistant.citations import is_verbatim
from assistant.records import MOST_QUESTION, MOST_SITUATION, Answer
from assistant.service import Wijzer
from assistant.settings import Settings
from ingest.errors import WijzerError

QUESTION = "Wat ging er mis in Waterdam met de slimme lantaarnpalen?"


@pytest.fixture
def library_here(settings: Settings, wijzer: Wijzer, clean_environment: pytest.MonkeyPatch) -> Settings:
    """The small library as the command finds it, with the service that is already open."""
    for name in ("corpus", "documents", "data"):
        clean_environment.setenv(f"WIJZER_{name.upper()}", str(getattr(settings, name)))
    clean_environment.setattr(cli, "_wijzer", lambda *_: wijzer)
    return settings


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def run_json(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ask(library_here: Settings, wijzer: Wijzer) -> None:
    data = run_json("ask", QUESTION)
    assert set(data) == {"status", "language", "mode", "message", "statements", "citations", "nearest", "followUps", "receipt"}
    assert data["status"] == "answered" and any("negende maand" in s["text"] for s in data["statements"][:2])
    assert "timingsMs" in data["receipt"]
    answer = Answer.model_validate(data)
    assert answer.citations and all(is_verbatim(c, wijzer.tools.index) for c in answer.citations)


def test_ask_in_words(library_here: Settings) -> None:
    result = run("ask", QUESTION)
    assert result.exit_code == 0 and "[1]" in result.stdout and "N. Abspoel" in result.stdout


def test_ask_with_history(library_here: Settings, tmp_path: Path) -> None:
    file = tmp_path / "turns.json"
    file.write_text(json.dumps([{"question": "Hoeveel kostte de proeftuin in Waterdam?", "answer": "82.000 euro"}]), "utf-8")
    data = run_json("ask", "En hoe lang duurde dat?", "--history", str(file))
    assert any("veertien" in s["text"] for s in data["statements"])


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "1", "null", '{"question": "a"}', '[{"answer": "a"}]', b"\xff\xfe", None])
def test_a_bad_history_file_is_named(library_here: Settings, tmp_path: Path, content: str | bytes | None) -> None:
    file = tmp_path / "turns.json"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("ask", QUESTION, "--history", str(file))
    assert isinstance(result.exception, WijzerError) and "turns.json" in str(result.exception) and "question" in result.exception.help


def test_the_language_can_be_chosen(library_here: Settings) -> None:
    assert run_json("ask", QUESTION, "--language", "en")["language"] == "en"


@pytest.mark.parametrize("words", [("ask", "a", "--language", "de"), ("ask", "a", "--mode", "sing"), ("advise", "a", "--language", "x")])
def test_options_outside_their_values_are_refused(library_here: Settings, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize(("command", "most"), [("ask", MOST_QUESTION), ("search", MOST_QUESTION), ("advise", MOST_SITUATION)])
def test_the_longest_text_is_taken_and_one_more_character_is_not(library_here: Settings, command: str, most: int) -> None:
    assert run(command, ("gemeente " * 500)[:most], "--json").exit_code == 0
    result = run(command, ("gemeente " * 500)[: most + 1])
    assert isinstance(result.exception, WijzerError) and str(most) in str(result.exception)


def test_search(library_here: Settings) -> None:
    data = run_json("search", QUESTION, "-k", "3")
    assert set(data) == {"hits", "rejected"} and len(data["hits"]) == 3
    assert set(data["hits"][0]) == {"passage", "source", "section", "page", "text", "score", "scores"}
    assert data["hits"][0]["source"] == "proeftuin-waterdam-2020"
    assert run("search", QUESTION, "-k", "0").exit_code == 2


def test_advise(library_here: Settings) -> None:
    data = run_json("advise", "Mijn afdelingshoofd durft niets te proberen. Hij is bang dat het mislukt en in de krant komt.")
    assert data["status"] == "advised" and data["barriers"] and data["strategies"]
    numbers = {c["n"] for c in data["citations"]}
    assert all(s["citations"] and set(s["citations"]) <= numbers and s["firstStep"] for s in data["strategies"])


def test_sources(library_here: Settings) -> None:
    rows = {row["id"]: row for row in run_json("sources")}
    assert {"proeftuin-waterdam-2020", "vreemd", "station10-2019"} <= set(rows)
    assert rows["proeftuin-waterdam-2020"]["present"] and not rows["station10-2019"]["present"]


def test_removing_what_was_not_added_is_refused(library_here: Settings) -> None:
    assert isinstance(run("sources", "--remove", "vreemd").exception, WijzerError)


def test_ingest_with_nothing_new_skips_all(library_here: Settings) -> None:
    data = run_json("ingest")
    assert not data["built"] and not data["added"] and not data["failed"] and len(data["skipped"]) >= 4


def test_ingest_of_a_file_that_is_not_there_fails_and_says_why(library_here: Settings) -> None:
    result = run("ingest", "/none/such.pdf", "--dry-run", "--json")
    assert result.exit_code == 1 and "no such file" in json.loads(result.stdout)["failed"]["/none/such.pdf"]


@pytest.mark.parametrize("command", ["ingest", "ask", "search", "advise", "sources", "serve", "notes"])
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0 and len(result.stdout) > 200


def test_an_error_is_a_sentence_and_not_a_traceback(clean_environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clean_environment.setenv("WIJZER_DATTA", "x")
    clean_environment.setattr(sys, "argv", ["wijzer", "sources"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr().err
    assert left.value.code == 1 and "WIJZER_DATTA" in said and "WIJZER_DATA" in said and "Traceback" not in said
