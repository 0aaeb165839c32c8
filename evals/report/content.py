"""What stands in a report, worked out from a suite and what it is held against: typed, so that a template can be tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.cases import Case
from evals.compare import Comparison, Row, Turned, column, compare
from evals.figures import FIGURES, Figure, Scores, figures_of
from evals.metrics import abstention
from evals.metrics.answers import percentile
from evals.perturb import translated
from evals.score import slices
from evals.stats import Interval, interval, paired
from evals.suite import Suite

KINDS = {
    "qa": "Questions",
    "multiturn": "Conversations",
    "unanswerable": "Questions the documents do not answer",
    "situations": "Situations",
    "pages": "Pages, on documents set as PDFs",
    "faults": "Answers spoiled on purpose",
}
CHANGES = {
    "changed-typo": "with a typo",
    "changed-keywords": "as keywords",
    "changed-lower": "in lower case",
    "changed-aside": "after a sentence about something else",
    "translated": "in the other language",
}
BESIDE = ("recall@5", "complete", "answered")
SLICED = ("recall@5", "recall@10", "complete", "citation_recall", "answered")
MOST_WORST = 30
MOST_ROWS = 12
FEW = 10  # below this many cases a slice says little


@dataclass(frozen=True)
class Cell:
    """A figure in one slice with its interval, and what it is held against: means before and now of the `same` cases in both."""

    now: Interval
    before: float | None = None
    after: float | None = None
    same: int = 0


@dataclass(frozen=True)
class Line:
    """A figure with its cells for all, Dutch and English; None where nobody was measured."""

    figure: Figure
    n: int
    cells: list[Cell | None]


@dataclass(frozen=True)
class Beside:
    """The same questions with something changed: per metric of BESIDE, the mean as asked, changed, and the difference."""

    name: str
    n: int
    cells: list[tuple[float, float, Interval] | None]


@dataclass(frozen=True)
class Shown:
    """A case with what was expected and given; `earlier` is what the run it is held against gave."""

    case: Case
    scores: Mapping[str, float]
    outcome: Mapping[str, Any]
    hits: Sequence[Mapping[str, Any]]
    earlier: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Content:
    """Everything that a report shows."""

    title: str
    against: str
    verdict: str
    passed: bool | None
    failures: list[str]
    worse: list[Row]
    doubtful: list[Row]
    better: list[Row]
    turned_bad: list[Turned]
    turned_good: list[Turned]
    kinds: list[tuple[str, list[Line]]]
    slices: list[tuple[str, int, list[float | None]]]
    curve: list[abstention.Point]
    ranked_right: float | None
    threshold: float | None
    times: list[float]
    startup: float | None
    beside: list[Beside]
    worst: list[Shown]
    turned_cases: list[tuple[Turned, Shown]]
    made: list[tuple[str, str]]
    reasons: list[Mapping[str, str]] = field(default_factory=list)
    judged: Mapping[str, Any] = field(default_factory=dict)

    @property
    def p50(self) -> float | None:
        """Median milliseconds of an answer."""
        return percentile(self.times, 0.5)

    @property
    def p95(self) -> float | None:
        """Milliseconds within which 95% of answers came."""
        return percentile(self.times, 0.95)


def content(suite: Suite, before: Scores | None, against: str, gate: Mapping[str, Any], other: Suite | None = None, **more: Any) -> Content:
    """Return what a report on `suite` shows, held against the scores `before` (of a baseline, or of the suite `other`)."""
    changes = compare(before or {}, suite.scores, suite.cases)
    qa = suite.runs.get("qa")
    config = next(iter(suite.runs.values())).config
    worse, better = changes.with_verdict("worse"), changes.with_verdict("better")
    answerable, unanswerable = _confidences(suite, "qa"), _confidences(suite, "unanswerable")
    failed = [f"{_label(d['figure'])}, {d['slice']}: {d['before']:.3f} → {d['now']:.3f}" for d in gate.get("drops", []) if _too_far(d)] + [
        f"{name}: not measured" for name in gate.get("unmeasured", [])
    ]
    return Content(
        title=f"Innovatiewijzer, {config['mode']} mode, {sum(len(r.cases) for r in suite.runs.values())} cases",
        against=against,
        verdict=_verdict(before, worse, changes),
        passed=gate.get("passed"),
        failures=failed,
        worse=worse[:MOST_ROWS],
        doubtful=changes.with_verdict("perhaps worse")[:MOST_ROWS],
        better=better[:MOST_ROWS],
        turned_bad=[t for t in changes.turned if not t.good],
        turned_good=[t for t in changes.turned if t.good],
        kinds=[(title, _lines(suite, before or {}, kind)) for kind, title in KINDS.items() if column_exists(suite.scores, kind)],
        slices=_slices(suite),
        curve=abstention.curve(answerable, unanswerable) if answerable and unanswerable else [],
        ranked_right=abstention.ranked_right(answerable, unanswerable),
        threshold=config.get("weights", {}).get("threshold"),
        times=[r["ms"] for r in qa.results.values()] if qa else [],
        startup=config.get("startup_ms"),
        beside=_beside(suite),
        worst=_worst(suite),
        turned_cases=[(t, shown) for t in changes.turned if (shown := _shown(suite, t.case, other))],
        made=_made(config, suite),
        **more,
    )


def column_exists(scores: Scores, kind: str) -> bool:
    """True when a kind was measured."""
    return bool(scores.get(kind))


def _verdict(before: Scores | None, worse: Sequence[Row], changes: Comparison) -> str:
    if before is None:
        return "There is nothing to hold this run against."
    bad = sum(not t.good for t in changes.turned)
    if not worse:
        loss = f" {bad} case{'s' if bad > 1 else ''} turned bad; the means may have moved by chance." if bad else ""
        return f"Nothing got worse beyond chance.{loss}"
    slice_rows = [r for r in worse if r.slice != "all"]
    first = slice_rows[0] if slice_rows else worse[0]
    whom = "everyone" if first.slice == "all" else first.slice.replace("=", " ")
    count = "1 figure" if len(worse) == 1 else f"{len(worse)} figures"
    return f"{count} got worse, most for {whom}: {first.figure.label} went from {first.before:.2f} to {first.after:.2f}."


def _too_far(drop: Mapping[str, Any]) -> bool:
    sign = -1 if drop["figure"]["lower_is_better"] else 1
    return bool(sign * (drop["before"] - drop["now"]) > drop["tolerance"] + 1e-9)


def _label(figure: Mapping[str, Any]) -> str:
    return str(figure["label"])


def _lines(suite: Suite, before: Scores, kind: str) -> list[Line]:
    groups = {c.id: slices(c) for run in suite.runs.values() for c in run.cases}
    lines = []
    for figure in figures_of(kind):
        now, old = column(suite.scores, figure), column(before, figure)
        if not now:
            continue
        cells: list[Cell | None] = []
        for part in ("all", "lang=nl", "lang=en"):
            own = {i: v for i, v in now.items() if part in groups.get(i, ("all",))}
            mean, common = interval(own), [i for i in old if i in own]
            was, is_now = ((sum(values[i] for i in common) / len(common) if common else None) for values in (old, own))
            cells.append(Cell(mean, was, is_now, len(common)) if mean else None)
        lines.append(Line(figure, len(now), cells))
    return lines


def _slices(suite: Suite) -> list[tuple[str, int, list[float | None]]]:
    run = suite.runs.get("qa")
    if run is None:
        return []
    return [(name, int(row["n"]), [row.get(m) for m in SLICED]) for name, row in run.summary.items() if "," not in name]


def _confidences(suite: Suite, kind: str) -> list[float]:
    run = suite.runs.get(kind)  # type: ignore[call-overload]
    return [float(r["outcome"]["receipt"].get("confidence") or 0.0) for r in run.results.values()] if run else []


def _beside(suite: Suite) -> list[Beside]:
    run = suite.runs.get("qa")
    if run is None:
        return []
    pairs = {name: (run.scores, other.scores) for name, other in suite.beside.items()}
    made = [_changed(CHANGES.get(name) or name.replace("-", " "), one, other) for name, (one, other) in pairs.items()]
    cells: list[tuple[float, float, Interval] | None] = []
    for metric in BESIDE:
        own, twin = translated(run.scores, metric)
        nl = {name: v for name, v in own.items() if name.endswith("-nl")}
        cells.append(_cell(nl, {name: twin[name] for name in nl}))
    if any(cells):
        made.insert(0, Beside("Dutch questions asked in English", len(run.scores) // 2, cells))
    return made


def _changed(name: str, one: Mapping[str, Mapping[str, float]], other: Mapping[str, Mapping[str, float]]) -> Beside:
    cells = []
    for metric in BESIDE:
        now = {i: row[metric] for i, row in other.items() if metric in row}
        cells.append(_cell({i: row[metric] for i, row in one.items() if i in now and metric in row}, now))
    return Beside(name, len(other), cells)


def _cell(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, float, Interval] | None:
    difference = paired(one, other)
    if difference is None:
        return None
    return sum(one.values()) / len(one), sum(other[i] for i in one) / len(one), difference


def _worst(suite: Suite) -> list[Shown]:
    """Return the development cases that scored lowest; those of the test split stay unseen."""
    ranked: list[tuple[float, Shown]] = []
    for kind, run in suite.runs.items():
        deciding = [f for f in FIGURES if f.kind == kind and f.decides]
        for case in run.cases:
            row = run.scores.get(case.id)
            if row and case.split != "test" and (shown := _shown(suite, case.id)):
                worth = [(row[f.metric] if f.sign > 0 else 1 - row[f.metric]) for f in deciding if f.metric in row]
                ranked.append((sum(worth) / (len(worth) or 1), shown))
    ranked.sort(key=lambda item: item[0])
    return [shown for worth, shown in ranked if worth < 1][:MOST_WORST]


def _shown(suite: Suite, name: str, other: Suite | None = None) -> Shown | None:
    for kind, run in suite.runs.items():
        case = next((c for c in run.cases if c.id == name), None)
        if case is not None and case.split != "test" and name in run.results:
            old = other.runs[kind].results.get(name) if other and kind in other.runs else None
            result = run.results[name]
            return Shown(case, run.scores[name], result["outcome"], result.get("hits", [])[:5], old["outcome"] if old else None)
    return None


def _made(config: Mapping[str, Any], suite: Suite) -> list[tuple[str, str]]:
    documents = config.get("documents", {})
    absent = [name for name, present in documents.items() if not present]
    return [
        ("commit", f"{config['commit'][:12] or 'unknown'}{', with changes that were not committed' if config['dirty'] else ''}"),
        ("hash of the code", str(config.get("code"))),
        ("index", str(config["index"])),
        ("embedding", str(config.get("embedding"))),
        ("language model", str(config.get("model") or "none")),
        ("documents", f"{len(documents)}{', without the text of ' + ', '.join(absent) if absent else ''}"),
        ("left out", ", ".join(config.get("without") or []) or "nothing"),
        ("steps", ", ".join(config.get("steps", []))),
        ("prompts", ", ".join(f"{k} {v[:8]}" for k, v in config.get("prompts", {}).items()) or "none"),
        ("packages", ", ".join(f"{k} {v}" for k, v in config["packages"].items())),
        ("python, cores", f"{config['python']}, {config.get('cores')}"),
        ("seconds per kind", ", ".join(f"{kind} {run.config.get('seconds')}" for kind, run in suite.runs.items())),
    ]
