"""Write a report: one HTML file without scripts or anything from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.baseline import Baseline
from evals.compare import unchanged
from evals.report import charts
from evals.report.content import BESIDE, FEW, SLICED, Content, content
from evals.suite import Suite

HERE = Path(__file__).parent


def render(shown: Content) -> str:
    """Return the page."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.get_template("page.html.j2")
    return template.render(
        c=shown,
        style=Markup((HERE / "style.css").read_text("utf-8")),
        bar=lambda *a: Markup(charts.bar(*a)),
        errors=lambda *a: Markup(charts.errors(*a)),
        histogram=lambda *a: Markup(charts.histogram(*a)),
        beside_names=BESIDE,
        sliced=SLICED,
        few=FEW,
    )


def write_report(suite: Suite, against: Suite | Baseline | None, file: Path | None = None) -> Path:
    """Write the report on a suite, held against another one or a baseline, to `file` or report.html in its folder."""
    name, other, reasons = "nothing", None, []
    if isinstance(against, Suite):
        name, other = f"the run in {against.folder}", against
    elif against is not None:
        name, reasons = f"the baseline of {against.made['date']} ({against.made['commit'][:9]})", list(against.reasons)
    before = unchanged(against.scores, against.hashes, suite.cases) if against is not None else None
    gate, judged = _read(suite.folder / "gate.json"), _read(suite.folder / "judged.json")
    page = render(content(suite, before, name, gate, other, reasons=reasons, judged=judged))
    target = file or suite.folder / "report.html"
    target.write_text(page, "utf-8")
    return target


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found
