"""Answer cases into a run folder and score them; load such folders again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records import Mode
from assistant.service import Wijzer
from evals.answer import answer_case
from evals.cases import Case, Kind, read_cases
from evals.record import cases_hash, environment, read_lines, served, write_lines
from evals.score import score_cases, summary
from ingest.errors import WijzerError

KINDS: tuple[Kind, ...] = ("qa", "multiturn", "unanswerable", "situations")
Track = Callable[[Sequence[Case]], Iterable[Case]]


@dataclass(frozen=True)
class Run:
    """A run folder in memory: `results` and `scores` by case id, `summary` by slice."""

    folder: Path
    config: Mapping[str, Any]
    cases: list[Case]
    results: dict[str, dict[str, Any]]
    scores: dict[str, dict[str, float]]
    summary: Mapping[str, Any]

    @property
    def kind(self) -> Kind:
        """Kind of its cases."""
        kind: Kind = self.config["kind"]
        return kind


def select(cases: Sequence[Case], where: str = "", limit: int = 0) -> list[Case]:
    """Return the cases with a value (`type=table`, `source=mulder-2019`, `id=v-001-nl`), at most `limit` of them; 0 = all.

    Raises WijzerError when the condition is malformed or nothing meets it.
    """
    chosen = list(cases)
    if where:
        name, sign, value = where.partition("=")
        if not sign or (name != "source" and name not in Case.model_fields):
            raise WijzerError(f"--where {where} is not a condition.", "Write name=value, for example type=table or source=mulder-2019.")
        chosen = [c for c in cases if (value in {e.source for e in c.evidence} if name == "source" else str(getattr(c, name)) == value)]
    if not chosen:
        raise WijzerError(f"No case has {where}.", "See the case files for the values there are.")
    return chosen[:limit] if limit else chosen


def start(wijzer: Wijzer) -> float:
    """Give the first answer, which pays for loading, and return the milliseconds it took; what follows is measured warm."""
    began = time.perf_counter()
    wijzer.answer("gemeente")
    return round((time.perf_counter() - began) * 1000, 1)


def run_cases(
    wijzer: Wijzer, cases: Sequence[Case], kind: Kind, mode: Mode, out: Path, track: Track, notes: Mapping[str, Any], keep: bool = False
) -> Run:
    """Answer the cases, go on where an interrupted run with the same cases, code and index stopped, and score.

    `keep`: a run that was finished is not made again either, for a suite that stopped after it.
    `notes` goes into config.json beside what is found out here. Start the service before: the first answer is slow.
    """
    out.mkdir(parents=True, exist_ok=True)
    config = {"kind": kind, "mode": mode, "cases": cases_hash(cases), **notes, **served(wijzer), **environment()}
    results = _resumed(out, config, keep)
    config["resumed"] = len(results)
    if kind == "situations":
        wijzer.advise(cases[0].situation)  # the first advice pays for loading too
    began = time.perf_counter()
    write_lines(out / "cases.jsonl", (c.model_dump() for c in cases))
    with (out / "answers.jsonl").open("a", encoding="utf-8") as stream:
        for case in track([c for c in cases if c.id not in results]):
            results[case.id] = answer_case(wijzer, case, kind, mode)
            stream.write(json.dumps(results[case.id], ensure_ascii=False) + "\n")
            stream.flush()
    config["seconds"] = round(time.perf_counter() - began, 1)
    (out / "config.json").write_text(json.dumps(config, indent=1))
    (out / "running.json").unlink(missing_ok=True)
    return score_run(out)


def _resumed(out: Path, config: Mapping[str, Any], keep: bool) -> dict[str, dict[str, Any]]:
    """Return answers already in the folder when they were made with the same configuration; else start afresh."""
    mark = out / "running.json"
    same = json.loads(json.dumps({k: v for k, v in config.items() if k not in {"commit", "dirty", "startup_ms"}}))
    # With a mark the answers are those of the run that stopped, whatever config.json says of one that was finished before it.
    begun = out / "config.json" if keep and not mark.exists() else mark
    try:
        before = json.loads(begun.read_text())
    except (OSError, ValueError):
        before = {}
    rows = read_lines(out / "answers.jsonl") if {name: before.get(name) for name in same} == same else []
    write_lines(out / "answers.jsonl", rows)
    mark.write_text(json.dumps(same))
    return {row["id"]: row for row in rows}


def score_run(folder: Path) -> Run:
    """Score the stored answers of a run folder, write scores and summary, and return the run."""
    config = _config(folder)
    cases = read_cases(folder / "cases.jsonl")
    results = {r["id"]: r for r in read_lines(folder / "answers.jsonl")}
    scores = score_cases(cases, config["kind"], results)
    totals = summary(cases, scores)
    write_lines(folder / "scores.jsonl", ({"id": i} | s for i, s in scores.items()))
    (folder / "summary.json").write_text(json.dumps(totals, indent=1))
    return Run(folder, config, cases, results, scores, totals)


def load_run(folder: Path) -> Run:
    """Return a run as it was scored. Raises WijzerError when the folder holds no finished run."""
    config = _config(folder)
    scores = {row["id"]: {k: v for k, v in row.items() if k != "id"} for row in read_lines(folder / "scores.jsonl")}
    results = {r["id"]: r for r in read_lines(folder / "answers.jsonl")}
    totals = json.loads((folder / "summary.json").read_text())
    return Run(folder, config, read_cases(folder / "cases.jsonl"), results, scores, totals)


def load_runs(folder: Path) -> dict[Kind, Run]:
    """Return the runs of a folder by kind: the folder itself, or one folder per kind in it. Raises WijzerError for none."""
    if (folder / "config.json").exists():
        run = load_run(folder)
        return {run.kind: run}
    found = {kind: load_run(folder / kind) for kind in KINDS if (folder / kind / "config.json").exists()}
    if not found:
        raise WijzerError(f"{folder} holds no finished run.", "Make one with `wijzer eval run` or `wijzer eval suite`.")
    return found


def _config(folder: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text())
    except (OSError, ValueError) as error:
        raise WijzerError(f"{folder} holds no finished run.", "Make one with `wijzer eval run`.") from error
    return config
