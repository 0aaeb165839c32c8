"""`wijzer eval bench`: ingest and questions at several sizes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.settings import load_settings

COLUMNS = (
    ("passages", 0), ("ingest_s", 1), ("ingest_cpu_s", 1), ("ingest_mib", 0), ("disk_mib", 0), ("open_s", 2), ("search_p50", 1),
    ("search_p95", 1), ("answer_p50", 1), ("answer_p95", 1), ("serve_mib", 0),
)  # fmt: skip


def bench(
    sizes: Annotated[str, typer.Option(help="Numbers of passages, with commas between them.")] = "1000,10000,100000",
    embedder: Annotated[str, typer.Option(help="hashed (a stand-in that costs nothing) or model.")] = "hashed",
    questions: Annotated[int, typer.Option(min=20, help="How many questions at each size.")] = 200,
    out: Annotated[Path | None, typer.Option(help="Folder for the documents and indexes; kept. Otherwise a temporary one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure ingest and questions on synthetic documents; 100,000 passages take some ten minutes or more."""
    from evals.bench import bench as measure

    if embedder not in {"hashed", "model"}:
        raise typer.BadParameter("hashed or model", param_hint="--embedder")
    try:
        wanted = [int(size) for size in sizes.split(",")]
    except ValueError:
        raise typer.BadParameter("whole numbers with commas between them", param_hint="--sizes") from None
    settings = load_settings()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in wanted:
            typer.echo(f"{size} passages ...", err=True)
            rows.append(measure(settings, size, (out or Path(temporary)) / str(size), embedder, questions))
    typer.echo(json.dumps(rows, indent=1)) if as_json else Console(width=160).print(table(rows, embedder))


def table(rows: list[dict[str, Any]], embedder: str) -> Table:
    """Return the measurements as a table, with the ratio of the last size to the first."""
    shown = Table(*(name for name, _ in COLUMNS), title=f"embedder: {embedder}; questions in milliseconds of CPU")
    for row in rows:
        shown.add_row(*(f"{row[name]:.{digits}f}" for name, digits in COLUMNS))
    first, last = rows[0], rows[-1]
    ratios = {kind: last[f"{kind}_p95"] / first[f"{kind}_p95"] for kind in ("search", "answer")}
    shown.caption = f"p95 at {last['size']} against {first['size']}: search {ratios['search']:.1f}x, answer {ratios['answer']:.1f}x"
    return shown
