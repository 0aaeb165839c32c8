"""Stop a build that got worse: means over the cases of a baseline, with a tolerance for each, and the cases that dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

from evals.baseline import Baseline
from evals.compare import column
from evals.figures import FIGURES, GATED_SLICES, SLICE_FACTOR, Figure
from evals.record import case_hash
from evals.score import slices
from evals.suite import Suite

LEAST_COMMON = 0.5  # below this share of common cases a comparison says nothing
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Drop:
    """A gated figure in a slice, before and now; `cases` are those that dropped, worst first, as (id, before, now)."""

    figure: Figure
    slice: str
    before: float
    now: float
    tolerance: float
    cases: list[tuple[str, float, float]] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """True when it fell further than it may."""
        return self.figure.sign * (self.before - self.now) > self.tolerance + _ROUNDING


@dataclass(frozen=True)
class Verdict:
    """What the gate found. `unmeasured` are figures of the baseline that the run does not have; `unknown` counts changed cases."""

    drops: list[Drop]
    unmeasured: list[str]
    unknown: int

    @property
    def failed(self) -> list[Drop]:
        """The drops that stop the build."""
        return [d for d in self.drops if d.failed]

    @property
    def passed(self) -> bool:
        """True when nothing stops the build."""
        return not self.failed and not self.unmeasured


def check(suite: Suite, baseline: Baseline) -> Verdict:
    """Hold a suite against a baseline, over the cases that are the same in both."""
    known = {kind: {c.id: c for c in own} for kind, own in suite.cases.items()}
    drops: list[Drop] = []
    unmeasured: list[str] = []
    unknown: set[tuple[str, str]] = set()
    for figure in FIGURES:
        old, new = column(baseline.scores, figure), column(suite.scores, figure)
        if figure.name not in baseline.tolerances or not old:
            continue
        same = []
        for name in old:
            case = known.get(figure.kind, {}).get(name)
            if case is None or case_hash(case) != baseline.hashes[figure.kind].get(name):
                unknown.add((figure.kind, name))
            elif name in new:
                same.append(name)
        if len(same) < LEAST_COMMON * len(old):
            unmeasured.append(figure.name)
        for part in GATED_SLICES:
            ids = [i for i in same if part in slices(known[figure.kind][i])]
            if not ids or (figure.kind == "faults" and part != "all"):
                continue
            tolerance = baseline.tolerances[figure.name] * (1.0 if part == "all" else SLICE_FACTOR)
            worse = sorted((figure.sign * (new[i] - old[i]), i) for i in ids if figure.sign * (new[i] - old[i]) < -_ROUNDING)
            before, now = (sum(values[i] for i in ids) / len(ids) for values in (old, new))
            drops.append(Drop(figure, part, before, now, tolerance, [(i, old[i], new[i]) for _, i in worse]))
    return Verdict(drops, unmeasured, len(unknown))
