"""`wijzer eval run`, `suite`, `score`: answer cases and score what came back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.records import Mode
from assistant.settings import load_settings
from evals.cases import Case, Kind, read_cases
from evals.parts import PARTS, open_wijzer
from evals.perturb import CHANGES
from evals.run import KINDS, Run, Track, run_cases, score_run, select, start
from evals.suite import DATA, SPLITS, Suite, run_suite, suite_cases

SHOWN: dict[str, tuple[str, ...]] = {
    "qa": (
        "n", "recall@1", "recall@5", "recall@10", "recall@3000c", "mrr@10", "ndcg@10", "complete", "citation_recall", "answered", "words",
        "quotes_exact", "ms_p50", "ms_p95",
    ),
    "multiturn": ("n", "recall@5", "recall@10", "mrr@10", "ndcg@10", "complete", "answered", "ms_p50", "ms_p95"),
    "unanswerable": ("n", "answered", "language", "ms_p50", "ms_p95"),
    "situations": (
        "n", "main_barrier@2", "barrier_micro_f1", "strategy@3", "strategy_ndcg@5", "evidence", "grounded", "words", "ms_p50", "ms_p95",
    ),
}  # fmt: skip

Out = Annotated[Path, typer.Option(help="Folder for the run.")]
ModeOption = Annotated[str, typer.Option("--mode", help="quote or write.")]
Limit = Annotated[int, typer.Option(min=0, help="Only the first N cases; 0 = all.")]
Without = Annotated[list[str] | None, typer.Option(help=f"Leave a part out: {', '.join(PARTS)}. May be repeated.")]
Threshold = Annotated[float | None, typer.Option(min=0, max=1, help="Another confidence below which the answer is no.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


def bar(title: str) -> Track:
    """Return a progress bar over cases, on the error stream."""

    def shown(cases: Sequence[Case]) -> Iterable[Case]:
        return track(cases, title, console=Console(stderr=True))

    return shown


def checked_mode(mode: str) -> Mode:
    """Return the mode. Raises BadParameter for another word."""
    if mode not in {"quote", "write"}:
        raise typer.BadParameter("mode is quote or write", param_hint="--mode")
    return cast(Mode, mode)


def checked(names: Sequence[str] | None, known: Iterable[str], option: str) -> tuple[str, ...]:
    """Return the names given. Raises BadParameter for one that is not known."""
    for name in names or ():
        if name not in known:
            raise typer.BadParameter(f"choose from {', '.join(known)}", param_hint=option)
    return tuple(dict.fromkeys(names or ()))


def run(
    questions: Annotated[Path, typer.Option(help="Cases, one JSON object per line.", exists=True, dir_okay=False)],
    out: Out,
    kind: Annotated[str, typer.Option(help="qa, situations, unanswerable or multiturn.")] = "qa",
    mode: ModeOption = "quote",
    limit: Limit = 0,
    where: Annotated[str, typer.Option(help="Only cases with this value, for example type=table or source=mulder-2019.")] = "",
    without: Without = None,
    threshold: Threshold = None,
    change: Annotated[str, typer.Option(help=f"Put every question worse: {', '.join(CHANGES)}.")] = "",
    as_json: AsJson = False,
) -> None:
    """Answer and score cases; a run that was interrupted goes on where it stopped."""
    from evals.perturb import perturbed

    if kind not in SHOWN:
        raise typer.BadParameter(f"kind is one of {', '.join(SHOWN)}", param_hint="--kind")
    chosen, parts = checked_mode(mode), checked(without, PARTS, "--without")
    cases = select(read_cases(questions), where, limit)
    for name in checked([change] if change else [], CHANGES, "--change"):
        cases = perturbed(cases, name)
    wijzer = open_wijzer(load_settings(), parts, threshold)
    notes = {"questions": str(questions), "where": where, "without": sorted(parts), "threshold": threshold, "change": change}
    made = run_cases(wijzer, cases, cast(Kind, kind), chosen, out, bar("answering"), notes | {"startup_ms": start(wijzer)})
    show(made, as_json)


def suite(
    out: Out,
    split: Annotated[list[str] | None, typer.Option(help="dev or test; both unless given.")] = None,
    mode: ModeOption = "quote",
    limit: Limit = 0,
    without: Without = None,
    threshold: Threshold = None,
    compare_without: Annotated[list[str] | None, typer.Option(help="Ask the questions once more without this part, beside.")] = None,
    robust: Annotated[bool, typer.Option(help="Ask the questions again with typos, as keywords, in lower case, after an aside.")] = False,
    data: Annotated[Path, typer.Option(help="Folder with the case files.", exists=True, file_okay=False)] = DATA,
    as_json: AsJson = False,
) -> None:
    """Run all four kinds of cases into one folder, for `compare`, `report` and `gate`."""
    made = measure(out, split, mode, limit, without, threshold, compare_without, robust, data)
    if as_json:
        typer.echo(json.dumps({kind: run.summary for kind, run in made.runs.items()}))
        return
    for own in made.runs.values():
        show(own, False, only=("all", "lang=", "split="))


def measure(
    out: Path,
    split: Sequence[str] | None = None,
    mode: str = "quote",
    limit: int = 0,
    without: Sequence[str] | None = None,
    threshold: float | None = None,
    compare_without: Sequence[str] | None = None,
    robust: bool = False,
    data: Path = DATA,
) -> Suite:
    """Run the suite with the settings of the environment; for the commands that need one."""
    splits = checked(split, SPLITS, "--split") or SPLITS
    settings = load_settings()
    return run_suite(
        lambda parts: open_wijzer(settings, parts, threshold),
        suite_cases(data, splits, limit),
        out,
        bar,
        checked_mode(mode),
        checked(without, PARTS, "--without"),
        checked(compare_without, PARTS, "--compare-without"),
        CHANGES if robust else (),
        threshold,
    )


def score(folder: Annotated[Path, typer.Argument(help="Run folder, or folder of a suite.", exists=True)], as_json: AsJson = False) -> None:
    """Score the stored answers of a run again, without answering."""
    folders = [folder] if (folder / "config.json").exists() else [folder / k for k in KINDS if (folder / k / "config.json").exists()]
    for own in folders or [folder]:
        show(score_run(own), as_json)


def show(made: Run, as_json: bool, only: tuple[str, ...] = ()) -> None:
    """Print the summary of a run: every slice, or those whose name begins with one of `only`."""
    if as_json:
        typer.echo(json.dumps(made.summary))
        return
    columns = SHOWN[made.kind]
    table = Table("slice", *columns, title=made.kind)
    for name, row in made.summary.items():
        if not only or name.startswith(only):
            table.add_row(name, *(_figure(row, c) for c in columns))
    parity = made.summary["all"].get("parity@5")
    if parity is not None:
        table.caption = f"Dutch and English share {parity:.2f} of their first five passages"
    Console(width=190).print(table)


def _figure(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return "-"
    return f"{value:.0f}" if name in {"n", "words"} or name.startswith("ms") else f"{value:.3f}"
