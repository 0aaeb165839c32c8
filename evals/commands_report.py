"""`wijzer eval report`: one HTML file on a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.baseline import BASELINE, read_baseline
from evals.report.page import write_report
from evals.suite import load_suite


def report(
    folder: Annotated[Path, typer.Argument(help="Run folder, or folder of a suite.", exists=True, file_okay=False)],
    against: Annotated[Path | None, typer.Option(help="An earlier run to hold it against; the baseline unless given.", exists=True)] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; report.html in the folder unless given.", dir_okay=False)] = None,
) -> None:
    """Write the report on a run: what got worse and for whom, every figure with its interval, the worst cases."""
    held = (
        load_suite(against)
        if against and against.is_dir()
        else read_baseline(against or BASELINE)
        if against or BASELINE.exists()
        else None
    )
    typer.echo(str(write_report(load_suite(folder), held, out)))
