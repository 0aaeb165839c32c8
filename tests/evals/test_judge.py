from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.commands_share import ragas_rows
from evals.judge import judge_run, judged, read_judgements
from evals.metrics.agreement import kappa, share_equal
from evals.record import read_lines
from evals.run import Run
from evals.suite import Suite
from ingest.errors import CorpusError, ModelUnavailable, SettingsError
from tests.fake_llm import fake_llm

GOOD = '{"correct": "partly", "grounded": "yes", "reason": "Eén punt ontbreekt."}'


def _all(names: Sequence[str]) -> Sequence[str]:
    return names


@pytest.fixture
def run(suite: Suite, tmp_path: Path) -> Run:
    found = suite.runs["qa"]
    return Run(tmp_path, found.config, found.cases, found.results, found.scores, found.summary)


def _settings(url: str) -> Settings:
    return Settings(model="fake", model_url=url, model_seconds=20)


def test_agreement_by_hand() -> None:
    one = {"a": "yes", "b": "yes", "c": "no", "d": "no", "x": "no"}
    other = {"a": "yes", "b": "no", "c": "no", "d": "no", "y": "no"}
    assert share_equal(one, other) == 0.75
    # chance: yes 2/4 * 1/4 + no 2/4 * 3/4 = 0.5
    assert kappa(one, other) == pytest.approx(0.5)
    assert kappa(one, {}) is None and share_equal({}, other) is None and kappa({"a": "yes"}, {"a": "yes"}) is None


def test_a_model_judges_what_was_answered_and_is_not_asked_twice(run: Run) -> None:
    with fake_llm(reply=lambda prompt: "Mijn oordeel:\n" + GOOD) as llm:
        made = judge_run(run, _settings(llm.url), _all, print)
        answered = [i for i, r in run.results.items() if r["outcome"]["status"] in {"answered", "partial"}]
        assert list(made) == answered and {r["correct"] for r in made.values()} == {"partly"}
        assert "82.000" in llm.prompts[0] and "<passages>" in llm.prompts[0]
        asked = len(llm.requests)
        assert judge_run(run, _settings(llm.url), _all, print) == made and len(llm.requests) == asked
    assert len(read_lines(run.folder / "judgements.jsonl")) == len(answered)


def test_a_reply_that_is_no_judgement_leaves_the_case_unjudged(run: Run) -> None:
    told: list[str] = []
    with fake_llm(reply=lambda prompt: '{"correct": "misschien", "grounded": "yes"}') as llm:
        assert judge_run(run, _settings(llm.url), _all, told.append) == {}
    assert len(told) == sum(r["outcome"]["status"] in {"answered", "partial"} for r in run.results.values())


def test_a_model_that_is_gone_is_an_error_and_none_at_all_too(run: Run) -> None:
    with fake_llm("closed") as llm, pytest.raises(ModelUnavailable):
        judge_run(run, _settings(llm.url), _all, print)
    with pytest.raises(SettingsError):
        judge_run(run, Settings(model=None), _all, print)


def test_people_are_read_and_compared_with_the_model(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text(
        '{"id": "a", "correct": "yes", "grounded": "yes"}\n\n{"id": "b", "correct": "no", "grounded": "yes", "reason": "mist"}\n'
    )
    people = read_judgements(file)
    assert people["b"]["reason"] == "mist"
    shown = judged({"a": {"correct": "yes", "grounded": "yes"}, "b": {"correct": "yes", "grounded": "yes"}}, people)
    assert shown["correct, judged by people"].startswith("0.500") and shown["correct, judged by a model"].startswith("1.000")
    assert shown["correct: model and people agree"] == "0.50 of 2, kappa 0.00" and shown["grounded: model and people agree"].endswith("–")
    assert judged({}, {}) == {}


@pytest.mark.parametrize("line", ["geen json", '{"id": "a"}', '{"id": "a", "correct": "ja", "grounded": "yes"}', "[]"])
def test_a_malformed_judgement_is_named_by_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "a", "correct": "yes", "grounded": "yes"}\n' + line)
    with pytest.raises(CorpusError, match="line 2"):
        read_judgements(tmp_path / "p.jsonl")


def test_rows_for_ragas(run: Run) -> None:
    rows = ragas_rows(run)
    assert len(rows) == len(run.cases) and set(rows[0]) == {
        "id", "user_input", "response", "retrieved_contexts", "reference", "reference_contexts"
    }  # fmt: skip
    assert "82.000" in rows[0]["response"] and rows[0]["reference_contexts"] == ["kostte 82.000 euro"] and json.dumps(rows)
    assert all(isinstance(text, str) for text in rows[0]["retrieved_contexts"])
