"""`wijzer eval`: run cases, compare runs, show a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, cast

import typer
import yaml
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.records import Mode
from assistant.service import Wijzer
from assistant.settings import load_settings
from evals.answer import answer_case
from evals.cases import Case, Kind, read_cases
from evals.record import environment, read_lines, write_lines
from evals.score import score_case, summary
from ingest.index import Folders, Index, current_manifest

app = typer.Typer(help="Evaluate: run cases, compare runs, report.", no_args_is_help=True)
SHOWN = {
    "qa": (
        "n",
        "recall@1",
        "recall@5",
        "recall@10",
        "mrr@10",
        "complete",
        "cited",
        "answered",
        "words",
        "quotes_exact",
        "ms_p50",
        "ms_p95",
    ),
    "multiturn": ("n", "recall@5", "recall@10", "mrr@10", "complete", "answered", "ms_p50", "ms_p95"),
    "unanswerable": ("n", "answered", "language", "ms_p50", "ms_p95"),
    "situations": ("n", "main_barrier@2", "barrier_micro_f1", "strategy@3", "evidence", "grounded", "words", "ms_p50", "ms_p95"),
}


@app.callback()
def _root() -> None:
    """Keep `run` a command of its own."""


@app.command()
def run(
    questions: Annotated[Path, typer.Option(help="Cases, one JSON object per line.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="Folder for the run.")],
    kind: Annotated[str, typer.Option(help="qa, situations, unanswerable or multiturn.")] = "qa",
    mode: Annotated[str, typer.Option(help="quote or write.")] = "quote",
    limit: Annotated[int, typer.Option(help="Only the first N cases; 0 = all.")] = 0,
    where: Annotated[str, typer.Option(help="Only cases with this value, for example type=table.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Answer and score cases; a run that was interrupted goes on where it stopped."""
    if kind not in SHOWN:
        raise typer.BadParameter(f"kind is one of {', '.join(SHOWN)}", param_hint="--kind")
    if mode not in {"quote", "write"}:
        raise typer.BadParameter("mode is quote or write", param_hint="--mode")
    cases = read_cases(questions)
    if where:
        name, _, value = where.partition("=")
        cases = [c for c in cases if str(getattr(c, name, "")) == value]
    cases = cases[:limit] if limit else cases
    out.mkdir(parents=True, exist_ok=True)
    wijzer = Wijzer(load_settings())
    wijzer.answer("gemeente")  # the first answer pays for loading; latency is measured warm
    index = wijzer.ready()["index"]
    config = {"questions": str(questions), "kind": kind, "mode": mode, "index": index}
    results = _resumed(out, config)
    with (out / "answers.jsonl").open("a", encoding="utf-8") as stream:
        for case in track([c for c in cases if c.id not in results], "answering", console=Console(stderr=True)):
            results[case.id] = answer_case(wijzer, case, cast(Kind, kind), cast(Mode, mode))
            stream.write(json.dumps(results[case.id], ensure_ascii=False) + "\n")
            stream.flush()
    write_lines(out / "cases.jsonl", (c.model_dump() for c in cases))
    (out / "config.json").write_text(json.dumps(config | environment(), indent=1))
    _score(out, cases, cast(Kind, kind), results, as_json)


@app.command()
def score(folder: Path, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Score the stored answers of a run again, without answering."""
    config = json.loads((folder / "config.json").read_text())
    results = {r["id"]: r for r in read_lines(folder / "answers.jsonl")}
    _score(folder, read_cases(folder / "cases.jsonl"), config["kind"], results, as_json)


@app.command()
def tune(
    questions: Annotated[list[Path], typer.Option(help="Answerable development cases (qa, multiturn).", exists=True)],
    unanswerable: Annotated[Path, typer.Option(help="Unanswerable development cases.", exists=True)],
    out: Annotated[Path, typer.Option(help="Where the new weights are written, to be read and copied by hand.")] = Path("weights.new.yaml"),
    search: Annotated[bool, typer.Option(help="Tune the search too, not only the confidence.")] = True,
) -> None:
    """Choose weights and thresholds on the development split."""
    from evals.tune import tune_confidence, tune_search

    if any("test" in f.name for f in [*questions, unanswerable]):
        raise typer.BadParameter("the test split is not for tuning")
    wijzer = Wijzer(load_settings())
    answerable = [c for f in questions for c in read_cases(f)]
    weights = dict(wijzer.tools.weights)
    if search:
        weights = tune_search(wijzer, [c for c in answerable if not c.turns], typer.echo)
        wijzer = Wijzer(load_settings(), wijzer.embedder, weights)
    weights |= tune_confidence(wijzer, answerable, read_cases(unanswerable), typer.echo)
    out.write_text(yaml.safe_dump(weights, sort_keys=False))
    typer.echo(f"written to {out}")


@app.command()
def adapt(
    out: Annotated[Path, typer.Option(help="File for the adapter.")] = Path("adapter.npz"),
    steps: Annotated[int, typer.Option(min=1)] = 180,
    dimension: Annotated[int, typer.Option(min=8)] = 128,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Adapt the embedded encoder on the notes; put the file at corpus/adapter.npz to use it, then ingest."""
    from evals.adapt import adapt as train

    settings = load_settings()
    folder, manifest = current_manifest(settings.data)
    cache = Folders(settings.data).cache
    train(
        Index(folder, manifest), settings.corpus / "glossary.yaml", settings.embedding_model, cache, out, steps, dimension, seed, typer.echo
    )


def _resumed(out: Path, config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return answers already in the folder when they were made with the same configuration; else start afresh."""
    mark = out / "running.json"
    if mark.exists() and json.loads(mark.read_text()) == config:
        rows = read_lines(out / "answers.jsonl")
    else:
        rows = []
    write_lines(out / "answers.jsonl", rows)
    mark.write_text(json.dumps(config))
    return {row["id"]: row for row in rows}


def _score(out: Path, cases: list[Case], kind: Kind, results: dict[str, dict[str, Any]], as_json: bool) -> None:
    scores = {c.id: score_case(c, kind, results[c.id]) for c in cases if c.id in results}
    totals = summary(cases, scores, results)
    write_lines(out / "scores.jsonl", ({"id": i} | s for i, s in scores.items()))
    (out / "summary.json").write_text(json.dumps(totals, indent=1))
    (out / "running.json").unlink(missing_ok=True)
    if as_json:
        typer.echo(json.dumps(totals))
    else:
        Console(width=170).print(_table(totals, kind))


def _table(totals: dict[str, Any], kind: Kind) -> Table:
    columns = [c for c in SHOWN[kind]]
    table = Table("slice", *columns)
    for name, row in totals.items():
        if not name.startswith("source=") or len(totals) < 40:
            table.add_row(name, *(_figure(row.get(c), c) for c in columns))
    parity = totals["all"].get("parity@5")
    if parity is not None:
        table.caption = f"Dutch and English share {parity:.2f} of their first five passages"
    return table


def _figure(value: float | None, name: str) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if name in {"n", "words"} or name.startswith("ms") else f"{value:.3f}"


if __name__ == "__main__":
    app()
