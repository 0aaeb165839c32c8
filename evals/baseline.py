"""The scores to hold: kept per case in a file that can be read in a review, with the reason of every change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.compare import column
from evals.figures import FIGURES, GATED_SLICES, Scores
from evals.score import slices
from evals.suite import Suite
from ingest.errors import WijzerError

BASELINE = Path(__file__).with_name("baselines") / "quote.json"
LEAST_REASON = 15  # characters
_MADE = ("mode", "commit", "dirty", "code", "index", "embedding", "model", "documents")


@dataclass(frozen=True)
class Baseline:
    """Scores and a hash per case, the tolerances, what they were made with, and why."""

    made: Mapping[str, Any]
    reasons: list[Mapping[str, str]]
    tolerances: Mapping[str, float]
    hashes: Mapping[str, Mapping[str, str]]
    scores: Scores

    @property
    def documents(self) -> set[str]:
        """Documents whose text was there."""
        return {name for name, present in self.made["documents"].items() if present}


def read_baseline(file: Path) -> Baseline:
    """Read a baseline. Raises WijzerError when there is none or it cannot be read."""
    try:
        data = json.loads(file.read_text("utf-8"))
        scores: dict[str, dict[str, dict[str, float]]] = {}
        for kind, part in data["scores"].items():
            rows = {name: zip(part["metrics"], row[1:], strict=True) for name, row in part["cases"].items()}
            scores[kind] = {name: {m: v for m, v in row if v is not None} for name, row in rows.items()}
        hashes = {kind: {name: row[0] for name, row in part["cases"].items()} for kind, part in data["scores"].items()}
        return Baseline(data["made"], data["reasons"], data["tolerances"], hashes, scores)
    except FileNotFoundError:
        raise WijzerError(f"There is no baseline {file}.", 'Make one with `wijzer eval baseline --reason "..."`.') from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WijzerError(f"The baseline {file} cannot be read: {error}", "Take it back from version control, or make it anew.") from error


def write_baseline(file: Path, suite: Suite, reason: str, date: str) -> Baseline:
    """Make a suite the baseline, one line per case; reasons and tolerances there were are kept. Raises WijzerError.

    A suite that was limited to some cases by hand is not noticed; one that ran with a part left out is refused.
    """
    if len(reason.strip()) < LEAST_REASON:
        raise WijzerError("A baseline changes for a reason.", "Say in a sentence what got better, or why less is right now.")
    config = next(iter(suite.runs.values())).config
    if config.get("without") or config.get("threshold") is not None or not suite.faults:
        raise WijzerError("This run left something out and cannot be a baseline.", "Run `wijzer eval baseline` without --from.")
    before = read_baseline(file) if file.exists() else None
    head = {
        "made": {name: config[name] for name in _MADE} | {"date": date},
        "reasons": [*(before.reasons if before else []), {"date": date, "commit": config["commit"], "reason": reason.strip()}],
        "tolerances": {f.name: f.tolerance for f in FIGURES if f.tolerance is not None} | dict(before.tolerances if before else {}),
        "figures": _means(suite),
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value, indent=1, ensure_ascii=False)}" for name, value in head.items()]
    kinds = []
    for kind, rows in suite.scores.items():
        hashes = suite.hashes[kind]
        metrics = [f.metric for f in FIGURES if f.kind == kind]
        cases = [f"{json.dumps(i)}: {json.dumps([hashes[i], *(_short(row.get(m)) for m in metrics)])}" for i, row in sorted(rows.items())]
        kinds.append(f'{json.dumps(kind)}: {{"metrics": {json.dumps(metrics)}, "cases": {{\n' + ",\n".join(cases) + "\n}}")
    lines.append('"scores": {\n' + ",\n".join(kinds) + "\n}")
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(file.name + ".new")
    aside.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    read_baseline(aside)
    aside.replace(file)
    return read_baseline(file)


def _short(value: float | None) -> float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 4)


def _means(suite: Suite) -> dict[str, dict[str, float]]:
    """Return {figure: {slice: mean}}: for people who read the file; the gate works from the cases."""
    groups = {case.id: slices(case) for run in suite.runs.values() for case in run.cases}
    made: dict[str, dict[str, float]] = {}
    for figure in FIGURES:
        values = column(suite.scores, figure)
        for part in GATED_SLICES:
            own = [v for name, v in values.items() if part in groups[name]]
            if own:
                made.setdefault(figure.name, {})[part] = round(sum(own) / len(own), 4)
    return made
