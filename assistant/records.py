"""What goes in and comes out: Turn, Query, Hit, Citation, Statement, Answer. Property names in JSON are lowerCamelCase."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Language = Literal["nl", "en"]
Mode = Literal["quote", "write"]
Status = Literal["answered", "partial", "not_in_sources", "out_of_scope", "unclear", "refused", "error"]

MOST_QUESTION = 1000
MOST_SITUATION = 4000
MOST_TURNS = 20


class Record(BaseModel):
    """Base of everything that becomes JSON."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    def json_dict(self) -> dict[str, Any]:
        """Return the record as it stands in JSON."""
        return self.model_dump(by_alias=True, mode="json")


class Turn(Record):
    """An earlier question with its answer, as the client remembers them."""

    question: str = Field(max_length=MOST_QUESTION)
    answer: str = Field(default="", max_length=20000)


class Query(Record):
    """A question as understood. `terms` are weighted index terms per language; `text` stands alone without history.

    `gloss`: the text in the other language, word by word. `sources`: the documents it names, with how plainly (0-1).
    `beside`: another reading of a follow-up, searched as well.
    `leans`: it asks on about an answer that was given.
    """

    text: str
    asked: str
    language: Language
    kind: str = "open"
    terms: dict[str, tuple[tuple[str, float], ...]] = Field(default_factory=dict)
    gloss: str = ""
    sources: tuple[tuple[str, float], ...] = ()
    unknown: tuple[str, ...] = ()
    beside: Query | None = None
    leans: bool = False


class Hit(Record):
    """A passage found, with its fused score (0-1 and up), and of each leg its score; `kin` is its nearness to the first passage."""

    passage: str
    source: str
    section: str
    page: int | None = None
    text: str
    score: float
    scores: dict[str, float] = Field(default_factory=dict)
    notes: tuple[tuple[str, float], ...] = Field(default=(), exclude=True)


class Citation(Record):
    """Where a statement comes from. `quote` stands letter for letter in the stored text; it is empty when only our notes exist.

    `page` is the printed number where that is a number, else the sheet; `page_label` is what is printed ("iv", "87"), when
    known; `sheet` counts the sheets of the file from 1.
    """

    n: int
    passage: str
    source: str
    title: str
    author: str
    year: int | None
    section: str
    page: int | None = None
    page_label: str = ""
    sheet: int | None = None
    start: int
    end: int
    quote: str
    text: str
    kind: str = ""
    method: str = ""
    basis: Literal["document", "notes"] = "document"

    @property
    def printed(self) -> str:
        """What to call its page: what is printed on it, else its number; "" for none."""
        return self.page_label or str(self.page or "")


class Statement(Record):
    """One sentence or two of an answer. `kind`: claim (our words, checked), quote (verbatim), written (by a model, checked)."""

    text: str
    citations: tuple[int, ...]
    kind: Literal["claim", "quote", "written"] = "claim"


class Receipt(Record):
    """What an answer was made with, to be able to repeat it.

    `fallback`: why a language model that was asked for did not write it; `rephrased`: the question as a model made it stand alone;
    `by_words`: the server with the vectors did not answer, so only words were searched.
    """

    index: str = ""
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    timings_ms: dict[str, float] = Field(default_factory=dict)
    checks: dict[str, int] = Field(default_factory=dict)
    confidence: float | None = None
    fallback: str | None = None
    rephrased: str | None = None
    by_words: bool = False


class Answer(Record):
    """The answer to one question, in every mode and for every caller."""

    status: Status
    language: Language
    mode: Mode = "quote"
    message: str = ""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    follow_ups: tuple[str, ...] = ()
    receipt: Receipt = Field(default_factory=Receipt)
