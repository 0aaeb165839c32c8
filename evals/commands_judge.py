"""`wijzer eval compare`, `gate`, `baseline`: what changed, for whom, and whether a build may go on."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant import library
from assistant.settings import load_settings
from evals.baseline import BASELINE, read_baseline, write_baseline
from evals.commands_run import AsJson, Limit, Threshold, Without, measure
from evals.compare import Comparison, compare, unchanged
from evals.gate import Drop, Verdict, check
from evals.parts import open_wijzer
from evals.record import served
from evals.report.page import write_report
from evals.suite import DATA, Suite, load_suite

MOST_NAMED = 8
Data = Annotated[Path, typer.Option(help="Folder with the case files.", exists=True, file_okay=False)]
BaselineFile = Annotated[Path, typer.Option("--baseline", help="The baseline.", dir_okay=False)]
From = Annotated[Path | None, typer.Option("--from", help="A folder of `wijzer eval suite`, instead of running it now.", exists=True)]
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
console = Console(width=150)


def compare_runs(a: Folder, b: Folder, as_json: AsJson = False) -> None:
    """Show what changed from run or suite A to B: every figure with its interval, the slices that moved, the cases that turned."""
    before, after = load_suite(a), load_suite(b)
    same = unchanged(before.scores, before.hashes, after.cases)
    made = compare(same, after.scores, after.cases)
    if not made.rows:
        raise typer.BadParameter("the two have no case in common")
    if as_json:
        typer.echo(json.dumps(_plain(made)))
        return
    table = Table("figure", "cases", "before", "after", "difference", "95% interval", "verdict", title="all cases")
    for row in made.rows:
        if row.slice == "all":
            table.add_row(row.figure.label, str(row.n), f"{row.before:.3f}", f"{row.after:.3f}", *_change(row.difference), row.verdict)
    console.print(table)
    for verdict in ("worse", "better"):
        rows = [r for r in made.with_verdict(verdict) if r.slice != "all"]
        if rows:
            moved = Table("slice", "figure", "cases", "before", "after", "difference", "95% interval", title=f"{verdict} in a slice")
            for row in rows[:20]:
                moved.add_row(row.slice, row.figure.label, str(row.n), f"{row.before:.3f}", f"{row.after:.3f}", *_change(row.difference))
            console.print(moved)
    for good, title in ((False, "turned bad"), (True, "turned good")):
        turned = [t for t in made.turned if t.good is good]
        if turned:
            console.print(f"[bold]{len(turned)} {title}[/bold]")
        for t in turned:
            console.print(f"  {t.case}: {t.figure.label} {t.before:.2f} → {t.after:.2f}{_asked(after, t.case)}", highlight=False)


def gate(
    out: Annotated[Path, typer.Option(help="Folder for the run.")] = Path("runs/eval"),
    baseline: BaselineFile = BASELINE,
    source: From = None,
    without: Without = None,
    threshold: Threshold = None,
    limit: Limit = 0,
    compare_without: Annotated[
        list[str] | None, typer.Option(help="Ask the questions once more without this part, for the report.")
    ] = None,
    robust: Annotated[bool, typer.Option(help="Ask some questions again with typos and the like, for the report.")] = False,
    data: Data = DATA,
) -> None:
    """Run all kinds of cases in quote mode and fail, naming the cases, when a figure falls below the baseline."""
    held = read_baseline(baseline)
    if source is None:
        absent = _absent(held.documents)
        if absent:
            typer.echo(f"Not measured: the baseline was made with {', '.join(absent)}, which is not here. Set WIJZER_DOCUMENTS to measure.")
            return
    suite = load_suite(source) if source else measure(out, None, "quote", limit, without, threshold, compare_without, robust, data)
    verdict = check(suite, held)
    (suite.folder / "gate.json").write_text(json.dumps(asdict(verdict) | {"passed": verdict.passed}, indent=1))
    typer.echo(f"Report: {write_report(suite, held)}")
    _tell(verdict, suite)
    if not verdict.passed:
        raise typer.Exit(1)


def baseline(
    reason: Annotated[str, typer.Option(help="Why: what got better, or why less is right now. Kept in the file.")],
    out: Annotated[Path, typer.Option(help="Folder for the run.")] = Path("runs/eval"),
    file: BaselineFile = BASELINE,
    source: From = None,
    data: Data = DATA,
) -> None:
    """Run all kinds of cases and make the outcome the baseline that `gate` holds every build to."""
    if source is None:
        library.ingest(load_settings())
    suite = load_suite(source) if source else measure(out, data=data)
    made = write_baseline(file, suite, reason, datetime.now(UTC).strftime("%Y-%m-%d"))
    cases = sum(map(len, made.scores.values()))
    typer.echo(f"{file} now holds {cases} cases at {made.made['commit'][:9]}{' with changes' if made.made['dirty'] else ''}.")


def _absent(documents: set[str]) -> list[str]:
    """Bring the index up to date and return the documents that are wanted and whose text is not there."""
    settings = load_settings()
    library.ingest(settings)
    there = served(open_wijzer(settings))["documents"]
    return sorted(name for name in documents if not there.get(name))


def _tell(verdict: Verdict, suite: Suite) -> None:
    table = Table("figure", "slice", "baseline", "now", "may fall by", "")
    for drop in verdict.drops:
        if drop.slice == "all" or drop.failed:
            sign = "[bold red]TOO LOW[/bold red]" if drop.failed and not drop.figure.lower_is_better else ""
            sign = "[bold red]TOO HIGH[/bold red]" if drop.failed and drop.figure.lower_is_better else sign
            table.add_row(drop.figure.label, drop.slice, f"{drop.before:.3f}", f"{drop.now:.3f}", f"{drop.tolerance:.3f}", sign)
    console.print(table)
    if verdict.unknown:
        typer.echo(f"{verdict.unknown} scores of the baseline belong to cases that were changed or removed since; they do not count.")
    for name in verdict.unmeasured:
        typer.echo(f"FAILED: {name}: most cases of the baseline were not measured. Raise the baseline when the cases changed on purpose.")
    for drop in verdict.failed:
        typer.echo(f"FAILED: {drop.figure.label}, {drop.slice}: {drop.before:.3f} -> {drop.now:.3f}")
        _name(drop, suite)
    typer.echo("The gate is open: nothing fell further than it may." if verdict.passed else "The gate is closed.")


def _name(drop: Drop, suite: Suite) -> None:
    for case, before, now in drop.cases[:MOST_NAMED]:
        console.print(f"  {case}: {before:.2f} → {now:.2f}{_asked(suite, case)}", highlight=False)
    if len(drop.cases) > MOST_NAMED:
        typer.echo(f"  and {len(drop.cases) - MOST_NAMED} more; see gate.json")


def _asked(suite: Suite, name: str) -> str:
    """Return the question of a case; of the test split only the name is shown, so that nobody tunes on it."""
    case = next((c for run in suite.runs.values() for c in run.cases if c.id == name), None)
    return f"  {escape(case.asked[:110])}" if case and case.split != "test" else ""


def _change(difference: tuple[float, float, float]) -> tuple[str, str]:
    return f"{difference[0]:+.3f}", f"{difference[1]:+.3f} to {difference[2]:+.3f}"


def _plain(made: Comparison) -> dict[str, object]:
    rows = [
        {"kind": r.figure.kind, "metric": r.figure.metric, "slice": r.slice, "n": r.n, "before": r.before, "after": r.after,
         "difference": r.difference.mean, "low": r.difference.low, "high": r.difference.high, "verdict": r.verdict}
        for r in made.rows
    ]  # fmt: skip
    turned = [
        {"kind": t.figure.kind, "metric": t.figure.metric, "case": t.case, "before": t.before, "after": t.after, "good": t.good}
        for t in made.turned
    ]
    return {"rows": rows, "turned": turned}
