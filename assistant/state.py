"""What travels along the steps of the pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.records import Answer, Language, Mode, Query, Receipt, Status, Turn
from assistant.retrieval.glossary import Glossary
from assistant.retrieval.search import Found, Searcher
from assistant.retrieval.understand import Understanding
from ingest.index import Index


@dataclass(frozen=True)
class Tools:
    """What the steps work with; belongs to one index. `topics`: what barriers and strategies are called, as index terms."""

    index: Index
    searcher: Searcher
    understanding: Understanding
    weights: Mapping[str, Any]
    glossary: Glossary
    topics: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class State:
    """A question under way. Steps return a changed copy."""

    question: str
    history: tuple[Turn, ...] = ()
    wanted: Language | None = None
    mode: Mode = "quote"
    query: Query | None = None
    found: Found | None = None
    confidence: float = 0.0
    answer: Answer | None = None
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """Language of the answer."""
        return self.query.language if self.query else self.wanted or "nl"

    def closed(self, status: Status, message: str, **more: Any) -> Answer:
        """Return a final Answer without statements."""
        return Answer(
            status=status,
            language=self.language,
            mode=self.mode,
            message=message,
            receipt=Receipt(confidence=round(self.confidence, 3)),
            **more,
        )
