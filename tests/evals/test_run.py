"""Runs over the small library: what is kept, what is resumed after a crash, and that stored answers can be scored again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Wijzer
from assistant.settings import Settings
from evals.cases import Case
from evals.record import read_lines, write_lines
from evals.run import Run, load_run, load_runs, run_cases, score_run, select
from evals.suite import Suite, run_suite
from ingest.errors import WijzerError

CASES = [
    Case(id="w-1-nl", type="number", question="Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?", keys=[["82.000"]],
         evidence=[{"source": "proeftuin-waterdam-2020", "anchor": "kostte 82.000 euro"}]),  # type: ignore[list-item]
    Case(id="w-1-en", lang="en", type="number", question="What did the trial with smart lampposts in Waterdam cost?", keys=[["82,000"]],
         evidence=[{"source": "proeftuin-waterdam-2020", "anchor": "kostte 82.000 euro"}]),  # type: ignore[list-item]
    Case(id="w-2-nl", type="why", question="Wat ging er mis in Waterdam met de slimme lantaarnpalen?", keys=[["inkoop"]],
         evidence=[{"source": "proeftuin-waterdam-2020", "anchor": "afdeling inkoop pas in de negende maand"}]),  # type: ignore[list-item]
]  # fmt: skip


def _all(cases: Sequence[Case]) -> Sequence[Case]:
    return cases


def _stopped(cases: Sequence[Case]) -> Iterator[Case]:
    yield cases[0]
    raise KeyboardInterrupt


def _run(wijzer: Wijzer, out: Path, cases: Sequence[Case] = CASES, **more: Any) -> Run:
    return run_cases(wijzer, cases, "qa", "quote", out, more.pop("track", _all), more)


def _without_time(run: Run) -> dict[str, dict[str, float]]:
    return {name: {k: v for k, v in row.items() if k != "ms"} for name, row in run.scores.items()}


def test_a_run_folder_tells_what_was_asked_answered_scored_and_with_what(wijzer: Wijzer, tmp_path: Path) -> None:
    made = _run(wijzer, tmp_path, threshold=None)
    assert {f.name for f in tmp_path.iterdir()} == {"cases.jsonl", "answers.jsonl", "scores.jsonl", "summary.json", "config.json"}
    config = json.loads((tmp_path / "config.json").read_text())
    assert {"kind", "mode", "index", "commit", "dirty", "code", "python", "packages", "weights", "prompts", "steps", "documents"} <= set(
        config
    )
    assert config["documents"]["proeftuin-waterdam-2020"] is True and config["documents"]["station10-2019"] is False
    assert set(config["prompts"]) >= {"notes"} and config["steps"][-1] == "verify"
    assert made.scores["w-1-nl"]["recall@1"] == 1.0 and made.scores["w-1-nl"]["complete"] == 1.0
    assert made.summary["all"]["n"] == 3 and "parity@5" in made.summary["lang=nl"]
    assert load_run(tmp_path) == made and load_runs(tmp_path) == {"qa": made}


def test_the_same_run_twice_gives_the_same_scores(wijzer: Wijzer, tmp_path: Path) -> None:
    assert _without_time(_run(wijzer, tmp_path / "a")) == _without_time(_run(wijzer, tmp_path / "b"))


def test_stored_answers_are_scored_again_without_answering(wijzer: Wijzer, tmp_path: Path) -> None:
    _run(wijzer, tmp_path)
    rows = read_lines(tmp_path / "answers.jsonl")
    rows[0]["outcome"]["status"] = "not_in_sources"
    write_lines(tmp_path / "answers.jsonl", rows)
    assert score_run(tmp_path).scores["w-1-nl"]["answered"] == 0.0
    assert json.loads((tmp_path / "summary.json").read_text())["lang=nl"]["answered"] == 0.5


def test_an_interrupted_run_goes_on_where_it_stopped(wijzer: Wijzer, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _run(wijzer, tmp_path, track=_stopped)
    asked: list[str] = []

    def watched(cases: Sequence[Case]) -> Sequence[Case]:
        asked.extend(c.id for c in cases)
        return cases

    made = _run(wijzer, tmp_path, track=watched)
    assert asked == ["w-1-en", "w-2-nl"] and len(made.scores) == 3 and made.config["resumed"] == 1


@pytest.mark.parametrize("change", ["cases", "switch"])
def test_what_was_made_otherwise_is_not_mixed_in(wijzer: Wijzer, tmp_path: Path, change: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        _run(wijzer, tmp_path, track=_stopped)
    other = [CASES[0].model_copy(update={"question": "Wie?"}), *CASES[1:]] if change == "cases" else CASES
    assert _run(wijzer, tmp_path, other, **({} if change == "cases" else {"without": ["verify"]})).config["resumed"] == 0


def test_killed_halfway_it_loses_nothing_that_was_answered(wijzer: Wijzer, settings: Settings, tmp_path: Path) -> None:
    questions, out = tmp_path / "cases.jsonl", tmp_path / "run"
    cases = [Case(id=f"c-{i}", question=f"Wat kostte proef {i} in Waterdam?") for i in range(40)]
    write_lines(questions, (c.model_dump() for c in cases))
    places = {"WIJZER_CORPUS": settings.corpus, "WIJZER_DOCUMENTS": settings.documents, "WIJZER_DATA": settings.data}
    environment = os.environ | {name: str(value) for name, value in places.items()}
    command = [sys.executable, "-m", "evals", "run", "--kind", "unanswerable", "--questions", str(questions), "--out", str(out)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    answers = out / "answers.jsonl"
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None and (not answers.exists() or answers.read_bytes().count(b"\n") < 3):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    before = read_lines(answers)
    assert 3 <= len(before) < 40 and not (out / "summary.json").exists()
    with answers.open("a") as stream:
        stream.write('{"id": "c-1')  # what a kill in the middle of writing leaves
    notes = {"questions": str(questions), "where": "", "without": [], "threshold": None, "change": ""}
    made = run_cases(wijzer, cases, "unanswerable", "quote", out, _all, notes)
    after = read_lines(answers)
    assert after[: len(before)] == before and [r["id"] for r in after] == [c.id for c in cases]
    assert made.config["resumed"] == len(before) and made.summary["all"]["n"] == 40


def test_cases_are_chosen_by_a_value() -> None:
    assert [c.id for c in select(CASES, "type=number")] == ["w-1-nl", "w-1-en"]
    assert [c.id for c in select(CASES, "type=number", 1)] == ["w-1-nl"] and len(select(CASES, "source=proeftuin-waterdam-2020")) == 3
    assert len(select(CASES)) == 3 and [c.id for c in select(CASES, "lang=en")] == ["w-1-en"]


@pytest.mark.parametrize("where", ["type", "sort=number", "type=onbekend"])
def test_a_condition_that_cannot_be_met_is_an_error(where: str) -> None:
    with pytest.raises(WijzerError):
        select(CASES, where)


def test_a_folder_without_a_run_is_an_error(tmp_path: Path) -> None:
    for call in (load_run, load_runs, score_run):
        with pytest.raises(WijzerError, match="no finished run"):
            call(tmp_path)  # type: ignore[operator]


def test_a_suite_that_stopped_keeps_the_kinds_that_were_finished(wijzer: Wijzer, tmp_path: Path) -> None:
    stops = True

    def track(title: str) -> Any:
        def shown(cases: Sequence[Case]) -> Iterator[Case]:
            for number, case in enumerate(cases):
                if title == "unanswerable" and number and stops:
                    raise KeyboardInterrupt
                yield case

        return shown

    own = {"qa": CASES, "unanswerable": [Case(id=f"n-{i}", question=f"Hoe bak ik brood nummer {i}?") for i in range(3)]}

    def made() -> dict[str, int]:
        suite = run_suite(lambda parts: wijzer, own, tmp_path, track)  # type: ignore[arg-type]
        return {kind: run.config["resumed"] for kind, run in suite.runs.items()}

    with pytest.raises(KeyboardInterrupt):
        made()
    stops = False
    assert made() == {"qa": 3, "unanswerable": 1}
    assert made() == {"qa": 0, "unanswerable": 0}  # a suite that was finished is made again


def test_answers_of_a_run_that_stopped_are_not_taken_for_those_of_the_one_before(wijzer: Wijzer, tmp_path: Path) -> None:
    _run(wijzer, tmp_path, threshold=None)
    with pytest.raises(KeyboardInterrupt):
        _run(wijzer, tmp_path, track=_stopped, threshold=0.9)
    assert run_cases(wijzer, CASES, "qa", "quote", tmp_path, _all, {"threshold": None}, keep=True).config["resumed"] == 0


def test_what_an_earlier_suite_left_in_the_folder_does_not_count(wijzer: Wijzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*changes: str) -> Suite:
        return run_suite(lambda parts: wijzer, {"qa": CASES}, tmp_path, lambda title: _all, changes=changes)

    first = made("typo")
    assert first.pages and set(first.beside) == {"changed-typo"}
    monkeypatch.setattr("evals.suite.open_typeset", lambda wijzer, sheets: None)  # as where the typesetter is not installed
    again = made()
    assert again.scores.keys() == {"qa", "faults"} and again.beside == {}
