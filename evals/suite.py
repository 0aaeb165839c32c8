"""All kinds of cases in one folder: what a release is judged on, and what the gate and the report read.

<folder>/qa, multiturn, unanswerable, situations    a run folder each
<folder>/faults.json                                did the verifier catch what was spoiled on purpose
<folder>/as-pdf/qa, sheets.jsonl                    questions on documents set as PDFs, and what stands on which sheet
<folder>/without-notes/qa                           the same questions with a part left out, for comparison
<folder>/changed-typo/qa ...                        the same questions, put worse
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.records import Mode
from assistant.service import Wijzer
from evals.cases import Case, Kind, read_cases
from evals.faults import faults
from evals.figures import ON_QUESTIONS, Scores
from evals.pages import FOLDER, SHEETS, cases_on, open_typeset, read_sheets, score_pages
from evals.perturb import CHANGES, perturbed, sample
from evals.record import case_hash
from evals.run import KINDS, Run, Track, load_runs, run_cases, start
from ingest.errors import WijzerError

DATA = Path(__file__).with_name("data")
SPLITS = ("dev", "test")


@dataclass(frozen=True)
class Suite:
    """A folder of runs in memory; `beside` are the runs with something changed, by the name of their folder."""

    folder: Path
    runs: dict[Kind, Run]
    faults: dict[str, dict[str, float]]
    beside: dict[str, Run]
    pages: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def scores(self) -> Scores:
        """Scores of every kind, the spoiled answers and the pages among them."""
        made: dict[str, Mapping[str, Mapping[str, float]]] = {kind: run.scores for kind, run in self.runs.items()}
        return made | {kind: scores for kind, scores in (("pages", self.pages), ("faults", self.faults)) if scores}

    @property
    def cases(self) -> dict[str, list[Case]]:
        """Cases of every kind that is scored."""
        own: dict[str, list[Case]] = {kind: run.cases for kind, run in self.runs.items()}
        return own | dict.fromkeys(ON_QUESTIONS, own.get("qa", []))

    @property
    def hashes(self) -> dict[str, dict[str, str]]:
        """What tells a case that was changed, per kind and case."""
        return {kind: {case.id: case_hash(case) for case in own} for kind, own in self.cases.items()}


def suite_cases(data: Path = DATA, splits: Sequence[str] = SPLITS, limit: int = 0) -> dict[Kind, list[Case]]:
    """Return the cases of every kind in `<kind>.<split>.jsonl`; `limit` per file, 0 = all. Raises WijzerError for none."""
    found: dict[Kind, list[Case]] = {}
    for kind in KINDS:
        for split in splits:
            file = data / f"{kind}.{split}.jsonl"
            if file.exists():
                cases = read_cases(file)
                chosen = cases[:limit] if limit else cases
                found.setdefault(kind, []).extend(c.model_copy(update={"split": split}) for c in chosen)
    if not found:
        raise WijzerError(f"{data} holds no cases for {' or '.join(splits)}.", "Files are named like qa.dev.jsonl.")
    return found


def run_suite(
    open_service: Callable[[tuple[str, ...]], Wijzer],
    cases: Mapping[Kind, Sequence[Case]],
    out: Path,
    track: Callable[[str], Track],
    mode: Mode = "quote",
    without: tuple[str, ...] = (),
    compare_without: Iterable[str] = (),
    changes: Iterable[str] = (),
    threshold: float | None = None,
) -> Suite:
    """Run every kind, the spoiled answers, and what is asked for beside them; return the suite.

    `open_service` gives the service less the parts named; `track` gives a progress bar with a title.
    Runs that an earlier suite left in the folder and this one did not make count no longer: they are of other answers.
    """
    wijzer = open_service(without)
    mark = out / "running"  # there as long as the suite is not finished: what was, is kept when it is run again
    keep = mark.exists()
    out.mkdir(parents=True, exist_ok=True)
    mark.touch()
    notes = {"without": sorted(without), "threshold": threshold, "startup_ms": start(wijzer)}
    made: set[Path] = set()

    def ask(service: Wijzer, own: Sequence[Case], kind: Kind, place: str, title: str, **more: object) -> None:
        made.add(run_cases(service, own, kind, mode, out / place, track(title), notes | more, keep).folder)

    for kind, own in cases.items():
        ask(wijzer, own, kind, kind, kind)
    if "qa" in cases:
        (out / "faults.json").write_text(json.dumps(faults(wijzer, cases["qa"]), indent=1))
        typeset = open_typeset(wijzer, out / FOLDER / SHEETS)
        if typeset and (paged := cases_on(cases["qa"], typeset)):
            ask(typeset, paged, "qa", f"{FOLDER}/qa", "as PDF", startup_ms=start(typeset))
        for change in changes:
            ask(wijzer, perturbed(sample(cases["qa"]), change), "qa", f"changed-{change}/qa", change, change=change)
        for part in compare_without:
            parts = sorted({*without, part})
            other = open_service(tuple(parts))
            ask(other, cases["qa"], "qa", f"without-{part}/qa", f"without {part}", without=parts, startup_ms=start(other))
    for config in [out / FOLDER / "qa/config.json", *out.glob("changed-*/qa/config.json"), *out.glob("without-*/qa/config.json")]:
        if config.parent not in made:
            config.unlink(missing_ok=True)
    mark.unlink()
    return load_suite(out)


def load_suite(folder: Path) -> Suite:
    """Return the suite in a folder, or a single run as a suite. Raises WijzerError when there is none."""
    file = folder / "faults.json"
    spoiled = json.loads(file.read_text()) if file.exists() else {}
    names = [f"changed-{c}" for c in CHANGES] + sorted(f.name for f in folder.glob("without-*") if f.is_dir())
    beside = {name: load_runs(folder / name)["qa"] for name in names if (folder / name / "qa" / "config.json").exists()}
    paged = (folder / FOLDER / "qa" / "config.json").exists()
    pages = score_pages(load_runs(folder / FOLDER)["qa"].results, read_sheets(folder / FOLDER / SHEETS)) if paged else {}
    return Suite(folder, load_runs(folder), spoiled, beside, pages)
