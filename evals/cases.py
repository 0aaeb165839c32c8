"""Cases: one JSON object per line, in the formats of the contract (qa, unanswerable, situations, multiturn)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import CorpusError

Kind = Literal["qa", "situations", "unanswerable", "multiturn"]


class Evidence(BaseModel):
    """Where the answer stands: a source, and a quote from it or an anchor (at most 11 words)."""

    model_config = ConfigDict(extra="allow", frozen=True)
    source: str
    quote: str = ""
    anchor: str = ""


class Case(BaseModel):
    """One question, conversation or situation with what is expected of it."""

    model_config = ConfigDict(extra="allow", frozen=True)
    id: str
    lang: Literal["nl", "en"] = "nl"
    type: str = ""
    style: str = ""
    kind: str = ""
    split: str = ""
    question: str = ""
    situation: str = ""
    turns: list[str] = Field(default_factory=list)
    points: list[str] = Field(default_factory=list)
    keys: list[list[str]] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    barriers: list[str] = Field(default_factory=list)
    strategies: list[str] = Field(default_factory=list)

    @property
    def asked(self) -> str:
        """The question that is scored: the last turn of a conversation."""
        return self.turns[-1] if self.turns else self.question or self.situation


def read_cases(file: Path) -> list[Case]:
    """Return the cases of a file. Raises CorpusError naming the line when one is malformed or an id stands twice."""
    cases: list[Case] = []
    seen: set[str] = set()
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise CorpusError(f"{file}, line {number}: {error}") from error
        if case.id in seen:
            raise CorpusError(f"{file}, line {number}: id {case.id!r} stands twice")
        seen.add(case.id)
        cases.append(case)
    if not cases:
        raise CorpusError(f"{file} holds no cases")
    return cases
