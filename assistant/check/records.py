"""What the check of an initiative is made of: the filled-in check, its questions, and the result."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from assistant.advise.records import Strategy
from assistant.fields import Name, Remark
from assistant.records import Citation, Language, Receipt, Record
from assistant.scan.records import Limit

Verdict = Literal["yes", "potential", "no"]
Progress = Literal["done", "busy", "todo", "none"]
VERDICTS: tuple[Verdict, ...] = ("yes", "potential", "no")
PROGRESS: tuple[Progress, ...] = ("done", "busy", "todo", "none")


class OwnTask(Record):
    """How far a task is ("none": does not apply), and who does it: a role rather than a name."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")

    status: Progress | None = None
    who: Name = ""


class Check(Record):
    """A filled-in check. `criteria` and `remarks` by criterion id, `tasks` by task id; None or absent: not answered."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")

    kind: Literal["innovatiewijzer-check"] = "innovatiewijzer-check"
    version: Literal[1] = 1
    name: Name = ""
    date: datetime.date | None = None
    criteria: dict[str, Verdict | None] = Field(default_factory=dict, max_length=200)
    remarks: dict[str, Remark] = Field(default_factory=dict, max_length=200)
    tasks: dict[str, OwnTask] = Field(default_factory=dict, max_length=200)


class Case(Record):
    """How the source judged one part of its case on a criterion."""

    id: str
    name: str
    verdict: Verdict
    value: str
    why: str
    citations: tuple[int, ...] = ()


class Criterion(Record):
    """A feature of institutional innovation: the question, one's own answer, and the cases beside it."""

    id: str
    name: str
    explanation: str
    question: str
    citations: tuple[int, ...]
    cases: tuple[Case, ...]
    answer: Verdict | None = None
    remark: str = ""
    strategies: tuple[str, ...] = ()


class Task(Record):
    """A task of an innovation process: who did it in the source, its pitfalls, and how far it is here."""

    id: str
    name: str
    explanation: str
    who: str
    pitfalls: str
    citations: tuple[int, ...]
    status: Progress | None = None
    own: str = ""
    strategies: tuple[str, ...] = ()


class CheckResult(Record):
    """What a check shows. With an empty `check` it is the questionnaire."""

    status: Literal["answered", "partial", "empty"]
    language: Language
    message: str
    check: Check
    criteria: tuple[Criterion, ...]
    tasks: tuple[Task, ...]
    next_task: str | None = None
    tasks_message: str = ""
    advice: tuple[Strategy, ...] = ()
    advice_message: str = ""
    limits: tuple[Limit, ...] = ()
    citations: tuple[Citation, ...] = ()
    receipt: Receipt = Field(default_factory=Receipt)
