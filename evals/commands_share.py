"""`wijzer eval judge` and `export`: a second opinion, and the same run for other tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from assistant.settings import load_settings
from evals.judge import judge_run, judged, read_judgements
from evals.record import write_lines
from evals.run import Run, load_runs

Folder = Annotated[Path, typer.Argument(help="Run folder, or folder of a suite.", exists=True, file_okay=False)]


def judge(
    folder: Folder,
    people: Annotated[
        Path | None, typer.Option(help="Judgements by people: lines with id, correct (yes, partly, no), grounded (yes, no).", exists=True)
    ] = None,
    model: Annotated[bool, typer.Option(help="Let the configured language model judge too.")] = True,
) -> None:
    """Judge whether answers are correct and grounded, by the configured model, by people, or both; the report shows it apart."""

    def bar(names: Sequence[str]) -> Iterable[str]:
        return track(names, "judging", console=Console(stderr=True))

    run = _questions(folder)
    by_people = read_judgements(people) if people else {}
    own = judge_run(run, load_settings(), bar, lambda text: typer.echo(text, err=True)) if model or not people else {}
    shown = judged(own, {i: r for i, r in by_people.items() if i in run.results})
    (folder / "judged.json").write_text(json.dumps(shown, indent=1, ensure_ascii=False), "utf-8")
    for name, value in shown.items():
        typer.echo(f"{name}: {value}")


def export(folder: Folder, out: Annotated[Path, typer.Option(help="File to write, one JSON object per line.", dir_okay=False)]) -> None:
    """Write the questions of a run as RAGAS reads them: user_input, response, retrieved_contexts, reference, reference_contexts."""
    rows = ragas_rows(_questions(folder))
    write_lines(out, rows)
    typer.echo(f"{len(rows)} rows in {out}")


def ragas_rows(run: Run) -> list[dict[str, Any]]:
    """Return a row per case with an answer, in the names of RAGAS's single-turn samples."""
    rows = []
    for case in run.cases:
        result = run.results.get(case.id)
        if result and "hits" in result:
            said = " ".join(s["text"] for s in result["outcome"]["statements"]) or result["outcome"]["message"]
            rows.append(
                {"id": case.id, "user_input": case.asked, "response": said, "retrieved_contexts": [h["text"] for h in result["hits"]],
                 "reference": " ".join(case.points), "reference_contexts": [e.quote or e.anchor for e in case.evidence]}
            )  # fmt: skip
    return rows


def _questions(folder: Path) -> Run:
    runs = load_runs(folder)
    return runs.get("qa") or runs.get("multiturn") or next(iter(runs.values()))
