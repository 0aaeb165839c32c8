"""What a scan is made of: the filled-in scan as its owner keeps it, the questions, and the result."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from assistant.advise.records import Strategy
from assistant.fields import Name, Remark
from assistant.messages import written
from assistant.records import Citation, Language, Receipt, Record

Score = Annotated[int, Field(strict=True, ge=1, le=5)]
Level = Literal["weak", "middle", "strong", "open"]


class Scan(Record):
    """A filled-in scan. `answers` and `remarks` by indicator id; None or absent: "I do not know"."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")

    kind: Literal["innovatiewijzer-scan"] = "innovatiewijzer-scan"
    version: Literal[1] = 1
    organisation: Name = ""
    department: Name = ""
    date: datetime.date | None = None
    starting_position: Name | None = None
    answers: dict[str, Score | None] = Field(default_factory=dict, max_length=200)
    remarks: dict[str, Remark] = Field(default_factory=dict, max_length=200)

    def label(self, language: Language) -> str:
        """Return what to call the scan: organisation, department and date, as far as given; "" for none."""
        return ", ".join(filter(None, [self.organisation, self.department, written(self.date, language) if self.date else ""]))


class Choice(Record):
    """A value of the scale, or a starting position, with its words."""

    id: str
    name: str
    explanation: str = ""
    citations: tuple[int, ...] = ()


class Question(Record):
    """An indicator to score: its statement, why it matters, and the passage that says so."""

    id: str
    name: str
    statement: str
    why: str
    citations: tuple[int, ...] = ()


class QuestionGroup(Record):
    """An element with its indicators."""

    id: str
    name: str
    explanation: str
    questions: tuple[Question, ...]


class Questions(Record):
    """The questionnaire in one language."""

    language: Language
    name: str
    explanation: str
    groups: tuple[QuestionGroup, ...]
    scale: tuple[Choice, ...]
    starting_positions: tuple[Choice, ...]
    citations: tuple[Citation, ...] = ()


class IndicatorScore(Record):
    """What was answered to one statement."""

    id: str
    name: str
    statement: str
    score: int | None
    level: Level
    remark: str = ""


class ElementScore(Record):
    """An element: the mean of its scored indicators, 1.0-5.0 in tenths, or None when too few were scored."""

    id: str
    name: str
    explanation: str
    score: float | None
    answered: int
    asked: int
    indicators: tuple[IndicatorScore, ...]


class Finding(Record):
    """A strength (`text`: why it matters) or weak point (`text`: what would help, with the ids of cards in `advice`)."""

    id: str
    name: str
    element: str
    score: int
    text: str
    citations: tuple[int, ...]
    strategies: tuple[str, ...] = ()


class Position(Record):
    """The starting position that was chosen."""

    id: str
    name: str
    explanation: str
    advice: str
    citations: tuple[int, ...]


class Limit(Record):
    """Something the result cannot say."""

    text: str
    citations: tuple[int, ...] = ()


class Change(Record):
    """An element or indicator in two scans; None where it was not (sufficiently) scored in both."""

    id: str
    name: str
    before: float | None
    after: float | None
    change: float | None


class Comparison(Record):
    """Another scan beside this one. `before` and `after` are what the two are called."""

    before: str
    after: str
    text: str
    elements: tuple[Change, ...]
    indicators: tuple[Change, ...]


class ScanResult(Record):
    """What a scan shows."""

    status: Literal["complete", "partial", "few", "empty"]
    language: Language
    message: str
    scan: Scan
    profile: tuple[ElementScore, ...] = ()
    strengths: tuple[Finding, ...] = ()
    weakest: tuple[Finding, ...] = ()
    weakest_message: str = ""
    advice: tuple[Strategy, ...] = ()
    advice_message: str = ""
    position: Position | None = None
    comparison: Comparison | None = None
    limits: tuple[Limit, ...] = ()
    citations: tuple[Citation, ...] = ()
    receipt: Receipt = Field(default_factory=Receipt)
