from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from docx import Document
from typer.testing import CliRunner

from assistant import cli, plan_cli
from assistant.fields import Invalid
from assistant.service import Wijzer
from assistant.settings import Settings
from ingest.errors import WijzerError

QUESTION = "Wat ging er mis in Waterdam met de slimme lantaarnpalen?"
SCAN = {"organisation": "Lindeburg", "answers": {"leadership-strategy": 1, "leadership-vision": 4}}
CHECK = {"name": "Fietsen", "criteria": {"values": "no"}}


@pytest.fixture(autouse=True)
def library_here(settings: Settings, wijzer: Wijzer, clean_environment: pytest.MonkeyPatch) -> None:
    for name in ("corpus", "documents", "data"):
        clean_environment.setenv(f"WIJZER_{name.upper()}", str(getattr(settings, name)))
    clean_environment.setattr(cli, "_wijzer", lambda *_: wijzer)


def run(*words: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words], **more)


def written(path: Path, data: object) -> Path:
    path.write_text(json.dumps(data), "utf-8")
    return path


@pytest.mark.parametrize(("command", "data", "part"), [("scan", SCAN, "profile"), ("check", CHECK, "criteria")])
def test_a_file_gives_a_result_a_memo_and_is_kept(tmp_path: Path, command: str, data: object, part: str) -> None:
    file = written(tmp_path / "in.json", data)
    result = run(command, file, "--json", "--memo", tmp_path / "memo.docx", "--out", tmp_path / "out.json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)[part] and Document(str(tmp_path / "memo.docx")).paragraphs
    again = run(command, tmp_path / "out.json", "--json")
    assert json.loads(again.stdout)[part] == json.loads(result.stdout)[part]
    assert run(command, file).exit_code == 0


def test_scans_are_compared(tmp_path: Path) -> None:
    file, other = (
        written(tmp_path / "a.json", SCAN),
        written(tmp_path / "b.json", {"answers": {"leadership-strategy": 4, "leadership-vision": 4}}),
    )
    shown = run("scan", file, "--compare", other)
    assert shown.exit_code == 0 and "andere scan -> Lindeburg" in shown.stdout
    assert json.loads(run("scan", file, "--compare", other, "--json", "--language", "en").stdout)["comparison"]["before"] == "other scan"


@pytest.mark.parametrize(("command", "known"), [("scan", "leadership-strategy"), ("check", "link-to-power")])
def test_questions_are_listed_with_their_ids(command: str, known: str) -> None:
    assert known in run(command, "--questions").stdout and known in run(command, "--questions", "--json").stdout


@pytest.mark.parametrize("command", ["scan", "check"])
def test_errors_say_what_to_do(tmp_path: Path, command: str) -> None:
    wrong = written(tmp_path / "w.json", {"answers": {"x": 1}, "criteria": {"x": "yes"}})
    assert isinstance(run(command, wrong).exception, Invalid)
    assert isinstance(run(command, tmp_path / "none.json").exception, WijzerError)
    nobody = run(command).exception
    assert isinstance(nobody, WijzerError) and "--questions" in nobody.help
    refused = run(command, wrong, "--memo", tmp_path / "x.pdf").exception
    assert isinstance(refused, WijzerError) and ".docx" in refused.help
    assert run(command, wrong, "--language", "de").exit_code == 2


def test_the_scan_is_asked_in_the_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(plan_cli, "_terminal", lambda _: None)
    said = "9\n1\n" + "\n" * 14 + "2\nLindeburg\n\n"  # a number that is refused, a 1, fourteen times nothing, a position, names
    result = run("scan", "--out", tmp_path / "o.json", input=said)
    assert result.exit_code == 0, result.output
    kept = json.loads((tmp_path / "o.json").read_text("utf-8"))
    assert kept["answers"]["leadership-strategy"] == 1 and [v for v in kept["answers"].values() if v] == [1]
    assert kept["startingPosition"] == "something-but-what" and kept["organisation"] == "Lindeburg"


def test_the_check_is_asked_in_the_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(plan_cli, "_terminal", lambda _: None)
    said = "Fietsen\nj\nm\nn\n\n\n" + "k\nteamleider\n" + "\n" * 7
    result = run("check", "--out", tmp_path / "o.json", input=said)
    assert result.exit_code == 0, result.output
    kept = json.loads((tmp_path / "o.json").read_text("utf-8"))
    assert list(kept["criteria"].values()) == ["yes", "potential", "no", None, None]
    assert kept["tasks"]["conceive"] == {"status": "done", "who": "teamleider"}


@pytest.mark.parametrize(
    "words", [("ask", QUESTION), ("advise", "Mijn afdelingshoofd durft niets te proberen. Hij is bang dat het mislukt.")]
)
def test_an_answer_and_advice_make_a_memo(tmp_path: Path, words: tuple[str, str]) -> None:
    result = run(*words, "--json", "--memo", tmp_path / "m.md")
    assert result.exit_code == 0, result.output
    kept = tmp_path / "r.json"
    kept.write_text(result.stdout, "utf-8")
    assert run("memo", kept, tmp_path / "again.md", "--question", words[1]).exit_code == 0
    assert (tmp_path / "again.md").read_text("utf-8") == (tmp_path / "m.md").read_text("utf-8")


def test_a_memo_of_changed_quotes_is_refused(tmp_path: Path) -> None:
    data = json.loads(run("ask", QUESTION, "--json").stdout)
    data["citations"][0]["quote"] = "Dit stond er niet."
    refused = run("memo", written(tmp_path / "r.json", data), tmp_path / "m.md").exception
    assert isinstance(refused, WijzerError) and "1" in str(refused) and not (tmp_path / "m.md").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"statements": []}', "[" * 5000])
def test_what_is_no_result_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "r.json").write_text(content)
    assert isinstance(run("memo", tmp_path / "r.json", tmp_path / "m.md").exception, WijzerError)
