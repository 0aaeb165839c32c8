"""The report: what it says about a run that got worse, that it needs nothing from elsewhere, and that anyone can read it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evals.baseline import write_baseline
from evals.metrics.abstention import Point
from evals.report import charts
from evals.report.content import content
from evals.report.page import write_report
from evals.stats import Interval
from evals.suite import Suite


@pytest.fixture(scope="module")
def worse(suite: Suite) -> Suite:
    """The healthy suite, in which every Dutch question but one finds nothing any more; one title wants to be a script."""
    run = suite.runs["qa"]
    low = {"recall@5": 0.0, "recall@10": 0.0, "complete": 0.0}
    scores = {name: row | (low if name.endswith("-nl") and name != "w-06-nl" else {}) for name, row in run.scores.items()}
    cases = [c.model_copy(update={"points": ["<script>alert(1)</script>"]}) if c.id == "w-01-nl" else c for c in run.cases]
    return replace(suite, runs=suite.runs | {"qa": replace(run, scores=scores, cases=cases)})


@pytest.fixture(scope="module")
def page(suite: Suite, worse: Suite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(worse, suite, tmp_path_factory.mktemp("report") / "report.html")


def test_it_begins_with_what_got_worse_and_for_whom(worse: Suite, suite: Suite) -> None:
    made = content(worse, suite.scores, "x", {})
    first = made.worse[0]
    assert (first.slice, first.verdict) == ("lang=nl", "worse") and first.gain == pytest.approx(-5 / 6, abs=1e-3)
    assert "lang nl" in made.verdict and "1.00 to 0.17" in made.verdict and not any(r.slice == "lang=en" for r in made.worse)
    assert {t.case for t in made.turned_bad} >= {"w-01-nl", "w-02-nl"} and "w-06-nl" not in {t.case for t in made.turned_bad}
    assert content(suite, suite.scores, "x", {}).verdict == "Nothing got worse beyond chance."
    assert "nothing to hold" in content(suite, None, "x", {}).verdict


def test_cases_of_the_test_split_are_named_but_not_shown(worse: Suite, suite: Suite) -> None:
    made = content(worse, suite.scores, "x", {})
    assert {c.id for c in worse.runs["qa"].cases if c.split == "test"} & {t.case for t in made.turned_bad}
    assert {s.case.split for s in made.worst} | {s.case.split for _, s in made.turned_cases} == {"dev"}


def test_what_stands_beside_is_compared_with_the_same_cases(suite: Suite) -> None:
    rows = {b.name: b for b in content(suite, None, "x", {}).beside}
    assert set(rows) == {"Dutch questions asked in English", "with a typo", "in lower case", "without notes"}
    beside = rows["without notes"]
    cells = [cell for cell in beside.cells if cell]
    assert beside.n == 12 and any(before > after for before, after, _ in cells)
    assert all(gain.mean == pytest.approx(after - before) for before, after, gain in cells)


def test_one_file_that_needs_nothing_from_elsewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|https?://", text, re.I)
    assert "&lt;script&gt;alert(1)" in text and "Traceback" not in text

    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in {"meta", "path", "rect", "circle"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in {"meta", "path", "rect", "circle"}:
                assert self.open.pop() == tag

    parser = Balance()
    parser.feed(text)
    assert parser.open == []


def test_against_a_baseline_it_tells_the_reasons_and_the_gate(suite: Suite, tmp_path: Path) -> None:
    held = write_baseline(tmp_path / "b.json", suite, "The first one, made for a test.", "2026-01-01")
    figure = {"label": "evidence found", "lower_is_better": False}
    gate = {"passed": False, "drops": [{"figure": figure, "slice": "all", "before": 1.0, "now": 0.5, "tolerance": 0.1}], "unmeasured": []}
    made = content(suite, held.scores, "x", gate, reasons=held.reasons)
    assert made.passed is False and made.failures == ["evidence found, all: 1.000 → 0.500"]
    text = write_report(suite, held, tmp_path / "r.html").read_text("utf-8")
    assert "The first one, made for a test." in text and "baseline of 2026-01-01" in text


def test_charts_place_what_they_draw() -> None:
    drawn = charts.bar(Interval(0.5, 0.25, 1.0), 0.0)
    assert 'cx="80.0"' in drawn and 'x="42.0"' in drawn and 'width="114.0"' in drawn and "M4.0 2V18" in drawn
    assert charts.histogram([1.0, 1.0, 10.0]).count("<rect") == 20 and charts.histogram([0.0]).count("<rect") == 20
    points = [Point(0.2, 1.0, 0.0), Point(0.6, 0.5, 0.5), Point(1.0, 0.0, 1.0)]
    assert "threshold 0.45" in charts.errors(points, 0.45) and "threshold 0" not in charts.errors(points, 0.1)


@pytest.mark.browser
def test_axe_finds_nothing_and_it_fits_a_phone(page: Path, browser: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found: dict[str, Any] = {}
    for scheme, width in (("light", 1280), ("dark", 360)):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
        shown = context.new_page()
        shown.goto(page.as_uri())
        folded = shown.locator("details > :not(summary)").first
        assert not folded.is_visible()
        shown.emulate_media(media="print")
        assert folded.is_visible()  # printed, everything is open
        shown.emulate_media(media="screen")
        shown.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        found |= {f"{scheme}: {v['id']}": [n["html"][:160] for n in v["nodes"][:3]] for v in axe.Axe().run(shown).response["violations"]}
        assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        box = shown.locator(".verdict").bounding_box()
        assert box and box["y"] + box["height"] < 800  # on the first screen
        context.close()
    assert found == {}


def test_where_cases_were_changed_only_the_others_are_held_against_before(suite: Suite, tmp_path: Path) -> None:
    held = write_baseline(tmp_path / "b.json", suite, "The first one, made for a test.", "2026-01-01")
    run = suite.runs["qa"]
    scores = {i: row | ({"recall@5": 0.0} if i == "w-01-nl" else {}) for i, row in run.scores.items()}
    cases = [c.model_copy(update={"question": "Anders?"}) if c.id == "w-01-nl" else c for c in run.cases]
    now = replace(suite, runs=suite.runs | {"qa": replace(run, scores=scores, cases=cases)})
    text = write_report(now, held, tmp_path / "r.html").read_text("utf-8")
    assert "on 11 the same: 1.000 → 1.000" in text and "Nothing got worse beyond chance." in text and "turned bad" not in text
