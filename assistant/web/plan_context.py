"""What the templates of the scan, the check and memos get: one frozen dataclass per template."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.check.records import CheckResult
from assistant.messages import decimal, message
from assistant.scan.records import Questions, Scan, ScanResult
from assistant.web.pages_context import CitationView, Frame

Evidence = dict[str, tuple[CitationView, ...]]


@dataclass(frozen=True)
class PlanPage(Frame):
    """A page of the plan. `evidence` has the citations of each part under the part's key; each part has its own copy."""

    error: str
    evidence: Evidence

    def m(self, key: str, **values: object) -> str:
        """Return a text that pages share with memos and commands."""
        return message(key, self.language, **values)

    def basis(self, name: str) -> str:
        """Return what an approach rests on: theory, practice or a recommendation."""
        return self.t(f"basis_{name}")

    def number(self, value: float | None, signed: bool = False) -> str:
        """Return a score as it is written here, "" for none."""
        return decimal(value, self.language, signed)


@dataclass(frozen=True)
class ScanPage(PlanPage):
    """The questions of the scan, with what was filled in before."""

    questions: Questions
    scan: Scan
    script: str


@dataclass(frozen=True)
class Bar:
    """A row of the picture: its `y`, and where the score and that of the other scan lie on the line; -1 for none."""

    name: str
    score: str
    y: int
    own: float
    other: float


@dataclass(frozen=True)
class Picture:
    """A picture of scores, `spoken` in words for who does not see it; `id` keeps the names of several apart."""

    id: str
    rows: tuple[Bar, ...]
    height: int
    spoken: str


@dataclass(frozen=True)
class ScanResultPage(PlanPage):
    """The result of a scan. `kept` and `other` are the two scans as the forms carry them."""

    result: ScanResult
    picture: Picture
    compared: Picture | None
    kept: str
    other_kept: str
    card_names: dict[str, str]
    script: str
    label: str


@dataclass(frozen=True)
class CheckPage(PlanPage):
    """The questions of the check, with what was filled in; `done` when the result is shown too."""

    result: CheckResult
    kept: str
    card_names: dict[str, str]
