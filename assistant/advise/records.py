"""What an advice is made of; in JSON as the contract of the design has it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.records import Citation, Language, Mode, Receipt, Record

Part = Literal["advice", "why"]  # the texts of a card that a language model may word
AdviceStatus = Literal["advised", "unclear", "no_barrier", "not_a_situation", "refused", "out_of_scope", "error"]


class Barrier(Record):
    """A barrier recognised. `signals` are the words of the situation that point to it; `confidence` is 0-1."""

    id: str
    name: str
    explanation: str = ""
    confidence: float
    signals: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()


LIKELY = 0.7  # how likely a strategy must fit to be told as probable


class Strategy(Record):
    """A strategy that fits, with who did it where, its limits and a first step; never without a citation.

    `confidence`: how likely it fits the situation told (0-1), where there is one. `written` names the texts that a language
    model worded to the situation; the others are ours.
    """

    id: str
    name: str
    barrier: str
    advice: str
    why: str
    where: str
    limits: str
    first_step: str
    basis: Literal["theory", "practice", "advice"] = "practice"
    citations: tuple[int, ...]
    confidence: float | None = None
    written: tuple[Part, ...] = ()

    @property
    def fit(self) -> Literal["fits_likely", "fits_possibly"] | None:
        """The message that says how likely it fits, where that is known."""
        return None if self.confidence is None else "fits_likely" if self.confidence >= LIKELY else "fits_possibly"


class Advice(Record):
    """The advice on one situation."""

    status: AdviceStatus
    language: Language
    mode: Mode = "quote"
    message: str = ""
    barriers: tuple[Barrier, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    citations: tuple[Citation, ...] = ()
    question_back: str | None = None
    not_covered: str | None = None
    receipt: Receipt = Field(default_factory=Receipt)
