"""The gate lets a healthy run through and stops one with a part left out, naming the cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.baseline import Baseline, read_baseline, write_baseline
from evals.compare import compare
from evals.figures import FIGURES
from evals.gate import check
from evals.parts import PARTS, open_wijzer
from evals.suite import Suite, load_suite, suite_cases
from ingest.errors import WijzerError

REASON = "The first one, made for a test."


@pytest.fixture(scope="module")
def held(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    return write_baseline(tmp_path_factory.mktemp("baseline") / "b.json", suite, REASON, "2026-01-01")


def test_the_same_run_again_passes(run_small: Callable[..., Suite], held: Baseline, suite: Suite, tmp_path: Path) -> None:
    again = run_small(tmp_path)
    verdict = check(again, held)
    assert verdict.passed and verdict.unknown == 0 and {d.figure.kind for d in verdict.drops} == {*suite.runs, "pages", "faults"}
    assert all(abs(d.before - d.now) < 1e-4 and not d.cases for d in verdict.drops)
    assert {r.verdict for r in compare(suite.scores, again.scores, {k: r.cases for k, r in again.runs.items()}).rows} == {"same"}


@pytest.mark.parametrize(
    ("part", "figure", "case"),
    [
        ("notes", "qa complete", "w-02-nl"),
        ("lexical", "qa ndcg@10", "w-02-en"),
        ("verify", "faults caught", "w-01-nl"),
        ("threshold", "unanswerable answered", "n-2"),
    ],
)
def test_a_broken_part_is_caught_and_its_cases_are_named(
    run_small: Callable[..., Suite], held: Baseline, part: str, figure: str, case: str, tmp_path: Path
) -> None:
    verdict = check(run_small(tmp_path, part), held)
    assert not verdict.passed
    assert case in {name for drop in verdict.failed if drop.figure.name == figure for name, _, _ in drop.cases}


def test_every_part_that_can_be_left_out_is_tried() -> None:
    assert set(PARTS) == {"notes", "lexical", "verify", "threshold"}


def _spoilt(suite: Suite, kind: str, metric: str, **values: float) -> Suite:
    run = suite.runs[kind]  # type: ignore[index]
    scores = {
        name: row | ({metric: values[name.replace("-", "_")]} if name.replace("-", "_") in values else {})
        for name, row in run.scores.items()
    }
    return replace(suite, runs=suite.runs | {kind: replace(run, scores=scores)})  # type: ignore[dict-item]


def test_a_drop_within_its_tolerance_passes_and_one_beyond_does_not(suite: Suite, held: Baseline) -> None:
    wide = replace(held, tolerances=held.tolerances | {"qa recall@5": 0.1})
    one = _spoilt(suite, "qa", "recall@5", w_01_nl=0.0)  # 1/12 = 0.083 over all, 1/6 = 0.167 in Dutch, where 0.15 is allowed
    failed = check(one, wide).failed
    assert [(d.slice, [name for name, _, _ in d.cases]) for d in failed] == [("lang=nl", ["w-01-nl"])]
    assert failed[0].before - failed[0].now == pytest.approx(1 / 6) and failed[0].tolerance == pytest.approx(0.15)
    assert check(one, replace(held, tolerances=held.tolerances | {"qa recall@5": 0.12})).passed
    assert not check(one, held).passed


def test_more_answers_to_unanswerable_questions_is_worse_and_fewer_is_not(suite: Suite, held: Baseline) -> None:
    assert not check(_spoilt(suite, "unanswerable", "answered", n_0=1.0), held).passed
    assert check(_spoilt(suite, "qa", "complete", **{n.replace("-", "_"): 1.0 for n in suite.runs["qa"].scores}), held).passed


def test_a_changed_case_does_not_count_and_too_many_of_them_stop_the_build(suite: Suite, held: Baseline) -> None:
    run = suite.runs["qa"]

    def changed(*names: str) -> Suite:
        cases = [c.model_copy(update={"question": "Anders?"}) if c.id in names else c for c in run.cases]
        scores = {i: row | ({"recall@5": 0.0} if i in names else {}) for i, row in run.scores.items()}
        return replace(suite, runs=suite.runs | {"qa": replace(run, cases=cases, scores=scores)})

    verdict = check(changed("w-01-nl"), held)
    assert verdict.passed and verdict.unknown == 3  # the question, its spoiled answer and its pages
    assert "qa recall@5" in check(changed(*[c.id for c in run.cases][:8]), held).unmeasured


def test_a_kind_that_was_not_run_stops_the_build(suite: Suite, held: Baseline) -> None:
    runs = {kind: run for kind, run in suite.runs.items() if kind != "situations"}
    verdict = check(replace(suite, runs=runs, faults={}), held)
    assert not verdict.passed and {"situations grounded", "faults caught"} <= set(verdict.unmeasured)


def test_a_baseline_keeps_every_reason_and_its_tolerances(suite: Suite, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    write_baseline(file, suite, REASON, "2026-01-01")
    text = json.loads(file.read_text())
    text["tolerances"]["qa recall@5"] = 0.07
    file.write_text(json.dumps(text))
    again = write_baseline(file, suite, "Better on the second day.", "2026-01-02")
    assert [(r["date"], r["reason"]) for r in again.reasons] == [("2026-01-01", REASON), ("2026-01-02", "Better on the second day.")]
    assert again.tolerances["qa recall@5"] == 0.07 and set(again.tolerances) == {f.name for f in FIGURES if f.tolerance is not None}
    assert again.documents == {"proeftuin-waterdam-2020", "vreemd"} and again.scores["qa"].keys() == suite.runs["qa"].scores.keys()
    # One line per case, so that a review shows which cases moved.
    assert len([line for line in file.read_text().splitlines() if line.startswith(('"w-', '"n-', '"s-', '"m-'))]) == sum(
        map(len, again.scores.values())
    )


def test_a_baseline_needs_a_reason_and_a_whole_run(suite: Suite, tmp_path: Path) -> None:
    with pytest.raises(WijzerError, match="reason"):
        write_baseline(tmp_path / "b.json", suite, "beter", "2026-01-01")
    run = suite.runs["qa"]
    part = replace(suite, runs={"qa": replace(run, config={**run.config, "without": ["notes"]})})
    with pytest.raises(WijzerError, match="left something out"):
        write_baseline(tmp_path / "b.json", part, REASON, "2026-01-01")
    assert not (tmp_path / "b.json").exists()


@pytest.mark.parametrize(
    "text", ["", "{}", '{"made": {}, "reasons": [], "tolerances": {}, "scores": {"qa": {"metrics": ["m"], "cases": {"a": ["h"]}}}}']
)
def test_a_damaged_baseline_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(WijzerError, match="cannot be read"):
        read_baseline(tmp_path / "b.json")
    with pytest.raises(WijzerError, match="no baseline"):
        read_baseline(tmp_path / "none.json")


def test_the_suite_holds_what_was_asked_beside_it(suite: Suite) -> None:
    assert set(suite.beside) == {"changed-typo", "changed-lower", "without-notes"} and load_suite(suite.folder) == suite
    assert suite.beside["without-notes"].config["without"] == ["notes"]
    assert (
        suite.beside["without-notes"].config["index"] != suite.runs["qa"].config["index"]
        and "change" in suite.beside["changed-typo"].config
    )
    assert suite.runs["qa"].config["startup_ms"] > 0


def test_unknown_parts_and_missing_cases_are_errors(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(WijzerError, match="tafel"):
        open_wijzer(settings, ["tafel"])
    with pytest.raises(WijzerError, match="no cases"):
        suite_cases(tmp_path)
