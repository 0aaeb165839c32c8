"""What travels along the steps of the pipeline."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.records import Answer, Citation, Language, Mode, Query, Receipt, Statement, Status, Turn
from assistant.retrieval.glossary import Glossary
from assistant.retrieval.search import Found, Searcher
from assistant.retrieval.understand import Understanding
from assistant.writing.writer import Writer
from ingest.index import Index


class Listener(Protocol):
    """Hears of an answer while it is made. Only what is said last, the Answer itself, is sure; it is called from one thread."""

    def progress(self, step: str) -> None:
        """A step has begun that takes a while: "writing"."""
        ...

    def statement(self, statement: Statement, cited: Sequence[Citation]) -> None:
        """A statement that was checked, with the citations it uses."""
        ...

    def withdrawn(self) -> None:
        """The statements told so far do not count."""
        ...


@dataclass(frozen=True)
class Tools:
    """What the steps work with; belongs to one index. `topics`: what barriers and strategies are called, as index terms.

    `writer` is the language model, for writing mode; without one, `no_writer` says why.
    """

    index: Index
    searcher: Searcher
    understanding: Understanding
    weights: Mapping[str, Any]
    glossary: Glossary
    topics: frozenset[frozenset[str]] = frozenset()
    writer: Writer | None = None
    no_writer: str = "no_model"


@dataclass(frozen=True)
class State:
    """A question under way. Steps return a changed copy.

    `stopped` is set when nobody waits any more; `rephrased`: the question as a model made it stand alone.
    """

    question: str
    history: tuple[Turn, ...] = ()
    wanted: Language | None = None
    mode: Mode = "quote"
    query: Query | None = None
    found: Found | None = None
    confidence: float = 0.0
    answer: Answer | None = None
    timings: dict[str, float] = field(default_factory=dict)
    listener: Listener | None = None
    stopped: threading.Event | None = None
    rephrased: str = ""

    @property
    def language(self) -> Language:
        """Language of the answer."""
        return self.query.language if self.query else self.wanted or "nl"

    def closed(self, status: Status, message: str, **more: Any) -> Answer:
        """Return a final Answer without statements; no model was asked for it."""
        return Answer(
            status=status,
            language=self.language,
            message=message,
            receipt=Receipt(confidence=round(self.confidence, 3), by_words=self.found is not None and self.found.by_words),
            **more,
        )
