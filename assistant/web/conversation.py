"""A conversation as it travels with the form: enough of each turn to understand the next question and to show it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from assistant.records import MOST_QUESTION, MOST_TURNS, Answer, Citation, Language, Mode, Receipt, Record, Statement, Status, Turn

MOST_LETTERS = 36_000  # of all turns together: as a form it stays under the limit on a request's size
Cite = Callable[[str, int, int, int, Language], Citation | None]
_Number = Annotated[int, Field(ge=0, le=1 << 40)]


class Cited(Record):
    """A citation by what finds it again: its passage and the offsets of the quote."""

    n: _Number
    passage: str = Field(max_length=300)
    start: _Number = 0
    end: _Number = 0


class Made(Record):
    """What an answer was made with, of its receipt: the index, the language model, and the hashes of the prompts by name."""

    index: str = Field(default="", max_length=200)
    model: str | None = Field(default=None, max_length=200)
    prompts: dict[str, Annotated[str, Field(max_length=100)]] = Field(default_factory=dict, max_length=10)


class Remembered(Record):
    """A turn without the texts of its passages, which stand in the index."""

    question: str = Field(max_length=MOST_QUESTION)
    language: Language = "nl"
    status: Status = "answered"
    mode: Mode = "quote"
    message: str = Field(default="", max_length=2000)
    statements: tuple[Statement, ...] = Field(default=(), max_length=30)
    citations: tuple[Cited, ...] = Field(default=(), max_length=30)
    nearest: tuple[Cited, ...] = Field(default=(), max_length=30)
    follow_ups: tuple[str, ...] = Field(default=(), max_length=6)
    made: Made = Made()

    @property
    def turn(self) -> Turn:
        """What is needed to understand the next question."""
        said = "\n".join(s.text for s in self.statements) or self.message
        return Turn(question=self.question, answer=said[:20_000])


def made_of(receipt: Receipt) -> Made:
    """Return what travels of a receipt."""
    return Made(index=receipt.index, model=receipt.model, prompts=receipt.prompts)


_TURNS = TypeAdapter(list[Remembered])


def remember(earlier: Sequence[Remembered], question: str, answer: Answer) -> list[Remembered]:
    """Return the turns that travel on, with a new one added and the oldest left out where they are too many."""

    def found(citations: Sequence[Citation]) -> tuple[Cited, ...]:
        return tuple(Cited(n=c.n, passage=c.passage, start=c.start, end=c.end) for c in citations)

    turn = Remembered(
        question=question, language=answer.language, status=answer.status, mode=answer.mode, message=answer.message,
        statements=answer.statements, citations=found(answer.citations), nearest=found(answer.nearest), follow_ups=answer.follow_ups[:6],
        made=made_of(answer.receipt),
    )  # fmt: skip
    turns = [*earlier, turn][-MOST_TURNS:]
    while len(turns) > 1 and len(written(turns)) > MOST_LETTERS:
        turns.pop(0)
    return turns


def written(turns: Sequence[Remembered]) -> str:
    """Return the turns as a form carries them."""
    return _TURNS.dump_json(list(turns), by_alias=True, exclude_defaults=True).decode()


def recall(raw: str) -> list[Remembered]:
    """Return the turns a form brought back; none when it was tampered with, for they only help to understand a question."""
    try:
        return _TURNS.validate_json(raw or "[]")[-MOST_TURNS:]
    except (ValidationError, ValueError):
        return []


def answer_of(turn: Remembered, cite: Cite) -> Answer:
    """Return the answer of a turn with its passages as they stand in the index now; those that are gone are left out."""

    def found(cited: Sequence[Cited]) -> tuple[Citation, ...]:
        made = (cite(c.passage, c.start, c.end, c.n, turn.language) for c in cited)
        return tuple({c.n: c for c in made if c}.values())

    citations = found(turn.citations)
    numbers = {c.n for c in citations}
    statements = (s.model_copy(update={"citations": tuple(n for n in dict.fromkeys(s.citations) if n in numbers)}) for s in turn.statements)
    return Answer(
        status=turn.status, language=turn.language, mode=turn.mode, message=turn.message, statements=tuple(statements),
        citations=citations, nearest=() if citations else found(turn.nearest), follow_ups=turn.follow_ups,
        receipt=Receipt(index=turn.made.index, model=turn.made.model, prompts=turn.made.prompts),
    )  # fmt: skip
