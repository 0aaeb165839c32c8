"""The service: owns the open index and the models, follows the index when it is replaced, answers for every caller."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from assistant.advise.advise import Adviser
from assistant.advise.build import build_adviser
from assistant.advise.knowledge import load_knowledge, topics
from assistant.advise.records import Advice
from assistant.advise.wording import worded
from assistant.check.check import Checker
from assistant.citations import Citer
from assistant.model import open_model
from assistant.pipeline import STEPS, Step, run
from assistant.prompts import load_prompts
from assistant.records import Answer, Citation, Hit, Language, Mode, Turn
from assistant.retrieval.glossary import load_glossary
from assistant.retrieval.search import Searcher, load_weights
from assistant.retrieval.translate import load_translations
from assistant.retrieval.understand import Understanding
from assistant.scan.scan import Scanner
from assistant.settings import Settings
from assistant.state import Listener, State, Tools
from assistant.writing.writer import Writer
from ingest.embed import BackgroundEmbedder, CrossEncoderReranker, Embedder, fingerprint
from ingest.errors import CorpusError, IndexMissing, ModelUnavailable, SettingsError, WijzerError
from ingest.index import Folders, Index, open_index
from ingest.records import Document, Passage, Source

_PATIENCE = 5.0  # seconds
_log = logging.getLogger(__name__)


class Wijzer:
    """Answers over the current index. Safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder | None = None,
        weights: Mapping[str, Any] | None = None,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        """`weights` and `steps` are the product's own unless an evaluation leaves a part out."""
        self.settings = settings
        self.steps = tuple(steps)
        self.embedder = embedder or BackgroundEmbedder(settings.embedding_model, settings.used_adapter)
        self._reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
        self._fingerprint = self.embedder.fingerprint
        self._glossary = load_glossary(settings.corpus / "glossary.yaml")
        self._weights = weights or load_weights()
        self._topics = topics(settings.corpus / "frameworks")
        self._lock = threading.Lock()
        self._advice_lock = threading.Lock()
        self._model_lock = threading.Lock()
        self._tools: Tools | None = None
        self._adviser: Adviser | None = None
        self._plans: tuple[Scanner, Checker] | None = None
        self._refused: tuple[str, int, WijzerError] | None = None
        self._writer: Writer | None = None

    @property
    def tools(self) -> Tools:
        """What the steps work with; opened anew when an ingest has replaced the index.

        Raises IndexMissing, IndexStale or IndexDamaged, unless an index is already serving: then that one goes on.
        """
        current = Folders(self.settings.data).serving
        serving = self._tools
        if serving is not None and (not current or serving.index.name == current):
            return serving
        # The first to notice opens the new index; meanwhile the others go on with the one there is.
        if not self._lock.acquire(blocking=serving is None):
            assert serving is not None
            return serving
        try:
            if self._tools is None or self._tools.index.name != current:
                self._tools = self._equip(self._opened(current))
        except Exception:
            if self._tools is None:
                raise
        finally:
            self._lock.release()
        return self._tools

    def _opened(self, name: str) -> Index:
        """Open the index; one that could not be opened is not tried again for some seconds, for checking it takes time."""
        if self._refused and self._refused[:2] == (name, int(time.monotonic() / _PATIENCE)):
            raise self._refused[2].with_traceback(None)
        try:
            return open_index(self.settings.data, self._fingerprint, self.settings.chroma)
        except WijzerError as error:
            self._refused = (name, int(time.monotonic() / _PATIENCE), error) if name else None
            raise

    def follow(self, stop: threading.Event, every: float = 1.0) -> None:
        """Until `stop`, look every so many seconds whether the index was replaced, so that no visitor has to wait for it.

        The index it replaces is let go, and with it, from the disk, the text of documents that were removed.
        """
        while not stop.wait(every):
            before = self._tools
            with suppress(WijzerError):
                if before is not None and self.tools is not before:
                    with self._advice_lock:
                        self._adviser = self._plans = None
                    before = None
                    gc.collect()
            before = None

    def _equip(self, index: Index) -> Tools:
        translations = load_translations(self.settings.corpus / "translations.json", index.lexical.vocabulary["nl"])
        understanding = Understanding(index, self._glossary, translations, self._weights)
        searcher = Searcher(index, self.embedder, self._weights, self._reranker)
        return Tools(index, searcher, understanding, self._weights, self._glossary, self._topics)

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: Language | None = None,
        mode: Mode | None = None,
        listener: Listener | None = None,
        stopped: threading.Event | None = None,
    ) -> Answer:
        """Answer one question in its conversation; without `mode`, in the mode that the settings name.

        A `listener` hears of written statements as they come; setting `stopped` stops the language model.
        """
        mode, tools = mode or self.settings.mode, self.tools
        if mode == "write":
            tools = self._with_writer(tools)
        state = State(question, tuple(history), language, mode, listener=listener, stopped=stopped)
        return run(state, tools, self.steps)

    def _with_writer(self, tools: Tools) -> Tools:
        """Return the tools with the language model that the settings name, or with the reason why there is none."""
        if not self.settings.model:
            return tools
        try:
            with self._model_lock:
                self._writer = self._writer or open_writer(self.settings)
        except (SettingsError, ModelUnavailable, CorpusError):
            _log.exception("The language model cannot be used")
            return replace(tools, no_writer="settings")
        return replace(tools, writer=self._writer)

    def advise(
        self, situation: str, language: Language | None = None, mode: Mode | None = None, stopped: threading.Event | None = None
    ) -> Advice:
        """Advise on a situation: barriers recognised, strategies that fit, each with its passages.

        In writing mode (`mode`, else as the settings say) a language model words the cards; setting `stopped` stops it.
        """
        tools = self.tools
        with self._advice_lock:  # its own lock: making an adviser must not hold up questions
            if self._adviser is None or self._adviser.index is not tools.index:
                self._adviser = build_adviser(self.settings, tools.index, self.embedder)
            adviser = self._adviser
        advice = adviser.advise(situation, language)
        if (mode or self.settings.mode) != "write":
            return advice
        return worded(advice, situation, self._with_writer(tools), adviser.knowledge, stopped)

    @property
    def plans(self) -> tuple[Scanner, Checker]:
        """The scan and the check of initiatives, over the current index. Raises CorpusError when a framework is missing."""
        index = self.tools.index
        with self._advice_lock:
            if self._plans is None or self._plans[0].index is not index:
                knowledge = load_knowledge(self.settings.corpus / "frameworks")
                self._plans = Scanner(index, knowledge), Checker(index, knowledge)
            return self._plans

    def search(self, query: str, k: int = 10, language: Language | None = None) -> tuple[list[Hit], list[Hit]]:
        """Return (hits, rejected) for a query, without judging whether they answer it."""
        tools = self.tools
        found = tools.searcher.search(tools.understanding.query(query, (), language), k)
        return found.hits, found.rejected

    def hits(self, question: str, history: Sequence[Turn] = (), k: int = 10, language: Language | None = None) -> list[Hit]:
        """Return what a question in its conversation finds."""
        tools = self.tools
        return tools.searcher.search(tools.understanding.query(question, history, language), k).hits

    def passage(self, name: str, language: Language = "nl") -> tuple[Passage, Citation] | None:
        """Return a passage and its citation, or None."""
        tools = self.tools
        passage = tools.index.store.passage(name)
        if passage is None:
            return None
        return passage, Citer(tools.index, language).cite(passage, passage.text)

    def sources(self) -> list[Source]:
        """Return the records of all documents in the index."""
        store = self.tools.index.store
        return [source for source in map(store.source, store.sources()) if source]

    def document(self, name: str) -> Document | None:
        """Return one document with its sections, passages and notes."""
        return self.tools.index.store.document(name)

    def ready(self) -> dict[str, Any]:
        """Return what is served: index fingerprint and counts. Raises when there is no usable index."""
        index = self.tools.index
        if not index.store.sources():
            raise IndexMissing("The index is empty.", "Add documents or notes and run `wijzer ingest`.")
        return {"index": index.fingerprint, "documents": len(index.store.sources()), "vectors": index.manifest["vectors"]}


def open_writer(settings: Settings) -> Writer:
    """Return the language model with its prompts. Raises SettingsError, ModelUnavailable or CorpusError."""
    return Writer(open_model(settings), load_prompts(settings.prompts), settings.model_seconds, settings.second_reader)


def embedding_fingerprint(settings: Settings) -> str:
    """Return the fingerprint of the configured embedder, without loading it."""
    return fingerprint(settings.embedding_model, settings.used_adapter)
