"""What changed between two runs, and for whom: paired differences with intervals, per slice, and the cases that turned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.cases import Case
from evals.figures import FIGURES, Figure, Scores
from evals.record import case_hash
from evals.score import slices
from evals.stats import Interval, cluster, paired

TURNED = 0.5  # a change of a case's score by this much has turned it
LEAST = 6  # questions (with their translations); of fewer, also six that all fell may be chance (2 in 64)
Verdict = Literal["worse", "perhaps worse", "same", "perhaps better", "better"]


@dataclass(frozen=True)
class Row:
    """One figure in one slice, over the `n` cases of `questions` in both runs; `difference` is after - before."""

    figure: Figure
    slice: str
    n: int
    before: float
    after: float
    difference: Interval
    questions: int

    @property
    def gain(self) -> float:
        """The difference, positive when it is for the better."""
        return self.figure.sign * self.difference.mean

    @property
    def verdict(self) -> Verdict:
        """Worse or better when the whole interval is on one side of zero; `perhaps` when chance could do it too, or few were asked."""
        low, high = sorted((self.figure.sign * self.difference.low, self.figure.sign * self.difference.high))
        if high < 0 and self.questions >= LEAST:
            return "worse"
        if low > 0 and self.questions >= LEAST:
            return "better"
        if abs(self.gain) < 1e-9:
            return "same"
        return "perhaps worse" if self.gain < 0 else "perhaps better"


@dataclass(frozen=True)
class Turned:
    """A case whose score on a deciding figure changed by half or more."""

    figure: Figure
    case: str
    before: float
    after: float

    @property
    def good(self) -> bool:
        """True when it turned for the better."""
        return self.figure.sign * (self.after - self.before) > 0


@dataclass(frozen=True)
class Comparison:
    """All rows, in the order of the figures, and the cases that turned, worst first."""

    rows: list[Row]
    turned: list[Turned]

    def with_verdict(self, *verdicts: Verdict) -> list[Row]:
        """Return the rows with one of the verdicts, the largest change first."""
        return sorted((r for r in self.rows if r.verdict in verdicts), key=lambda r: -abs(r.gain))


def compare(before: Scores, after: Scores, cases: Mapping[str, Sequence[Case]]) -> Comparison:
    """Compare scores per kind and case; `cases` give the slices. Only cases scored on both sides count."""
    rows: list[Row] = []
    turned: list[Turned] = []
    groups = {kind: _groups(own) for kind, own in cases.items()}
    for figure in FIGURES:
        one, other = column(before, figure), column(after, figure)
        common = [name for name in one if name in other]
        for name, members in groups.get(figure.kind, {"all": set(common)}).items():
            old = {i: one[i] for i in common if i in members}
            new = {i: other[i] for i in old}
            difference = paired(old, new)
            if difference:
                was, now = (sum(values.values()) / len(old) for values in (old, new))
                rows.append(Row(figure, name, len(old), was, now, difference, len({cluster(i) for i in old})))
        if figure.decides:
            turned += [Turned(figure, i, one[i], other[i]) for i in common if abs(one[i] - other[i]) >= TURNED]
    return Comparison(rows, sorted(turned, key=lambda t: (t.good, t.figure.kind, t.case)))


def unchanged(before: Scores, hashes: Mapping[str, Mapping[str, str]], cases: Mapping[str, Sequence[Case]]) -> Scores:
    """Return earlier scores of the cases that are still the same; `hashes` are those of the cases then, per kind."""
    now = {kind: {case.id: case_hash(case) for case in own} for kind, own in cases.items()}
    same = {kind: {i for i, found in own.items() if hashes.get(kind, {}).get(i) == found} for kind, own in now.items()}
    return {kind: {i: row for i, row in rows.items() if i in same.get(kind, ())} for kind, rows in before.items()}


def column(scores: Scores, figure: Figure) -> dict[str, float]:
    """Return {case: value} of one figure, to the four decimals that a baseline holds."""
    return {name: round(row[figure.metric], 4) for name, row in scores.get(figure.kind, {}).items() if figure.metric in row}


def _groups(cases: Sequence[Case]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for name in slices(case):
            if not name.startswith("split=") or "," not in name:
                groups[name].add(case.id)
    return dict(groups)
