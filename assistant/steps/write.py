"""Write: in writing mode the model words the answer from the passages found; each sentence is shown only after its own check.

The quote-mode answer that `compose` left is what the user gets, with one sentence that says why, whenever the model does not
deliver. A reply that breaks off is such a case: half an answer is never shown as a whole one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.citations import Citer
from assistant.messages import message
from assistant.records import Answer, Statement
from assistant.state import State, Tools
from assistant.writing.evidence import Evidence, gather, known_names
from assistant.writing.reply import Reply, Written
from assistant.writing.support import Checker, Verdict
from assistant.writing.task import Task
from assistant.writing.writer import NO_ANSWER, Writer
from ingest.errors import ModelUnavailable

PASSAGES = 8
MOST_SENTENCES = 24  # far more than asked for; a model that goes on past this will not end by itself
MOST_REPEATED = 3
_SORRY = re.compile(
    r"\b(sorry|helaas|unfortunately|spijt|apolog\w+)\b|\bals (een )?(AI|taalmodel)|\bas an (AI|language model)"
    r"|\b(kan|mag|wil)\b.{0,40}\bniet\b.{0,30}\b(helpen|beantwoorden|voldoen|meewerken)"
    r"|\b(can ?not|can't|unable to|won't)\b.{0,30}\b(help|assist|answer|comply|fulfil)",
    re.I | re.S,
)


class NotWritten(Exception):
    """The model gave nothing to show; `args[0]` is the reason, a key of the messages `why_*`."""


def write(state: State, tools: Tools) -> State:
    """Return the state with a written answer, or with the quote-mode answer and why."""
    if state.mode != "write":
        return state
    assert state.answer is not None
    try:
        if tools.writer is None:
            raise NotWritten(tools.no_writer)
        return replace(state, answer=_Draft(state, tools, tools.writer).made())
    except NotWritten as why:
        return replace(state, answer=_without_model(state, state.answer, str(why)))
    except ModelUnavailable as error:
        return replace(state, answer=_without_model(state, state.answer, error.reason))


def _without_model(state: State, answer: Answer, why: str) -> Answer:
    said = message("no_model", state.language) if why == "no_model" else message(
        "without_model", state.language, why=message(f"why_{why}", state.language)
    )  # fmt: skip
    receipt = answer.receipt.model_copy(update={"fallback": why, "rephrased": state.rephrased or None})
    status = "partial" if why == "no_answer" else answer.status
    return answer.model_copy(
        update={"message": " ".join(filter(None, [said, answer.message])), "mode": "quote", "status": status, "receipt": receipt}
    )


class _Draft:
    """One answer being written."""

    def __init__(self, state: State, tools: Tools, writer: Writer) -> None:
        assert state.found is not None
        self._state, self._tools, self._writer = state, tools, writer
        self._given: dict[int, Evidence] = {}
        for hit in state.found.hits[:PASSAGES]:
            passage = tools.index.store.passage(hit.passage)
            if passage is not None:
                label = len(self._given) + 1
                notes = tools.index.store.notes_of(passage.id)
                self._given[label] = gather(label, tools.index, passage, notes, state.language, tools.glossary)
        checker = Checker(state.language, tools.glossary, tools.index.lexical, known_names(tools.index))
        self._task = Task(writer, checker, state.stopped)
        self._reply = Reply()
        self._raw: list[str] = []
        self._begin()

    def _begin(self) -> None:
        self._citer = Citer(self._tools.index, self._state.language)
        self._statements: list[Statement] = []
        self._seen: set[str] = set()
        self._counts: Counter[str] = Counter()

    def made(self) -> Answer:
        """Ask the model, and return the answer that its sentences make. Raises NotWritten or ModelUnavailable."""
        state = self._state
        assert state.query is not None
        if state.listener:
            state.listener.progress("writing")
        for piece in self._writer.answer(state.query.text, self._given.values(), state.language, self._task.left(), state.stopped):
            self._raw.append(piece)
            before = self._reply.void
            done = self._reply.feed(piece)
            if self._reply.void != before:
                self._take_back()
            self._consider(done)
        self._consider(self._reply.finish())
        if not self._statements:
            raise NotWritten(self._why_nothing())
        return self._answer()

    def _take_back(self) -> None:
        if self._statements and self._state.listener:
            self._state.listener.withdrawn()
        self._begin()

    def _consider(self, sentences: Sequence[Written]) -> None:
        for written in sentences:
            known = " ".join(written.text.lower().split())
            self._counts["written"] += 1
            self._counts["inventedLabels"] += sum(label not in self._given for label in written.labels)
            if known in self._seen:
                self._counts["repeated"] += 1
                if self._counts["repeated"] > MOST_REPEATED:
                    raise NotWritten("long")
                continue
            if self._counts["written"] > MOST_SENTENCES:
                raise NotWritten("long")
            self._seen.add(known)
            verdict = self._task.check(written, self._given)
            if verdict.problem:
                self._counts["uncited" if verdict.problem == "uncited" else "unsupported"] += 1
                self._counts[f"unsupported{verdict.problem.capitalize()}"] += verdict.problem != "uncited"
                continue
            self._say(written, verdict)

    def _say(self, written: Written, verdict: Verdict) -> None:
        numbers: list[int] = []
        cited = []
        for label, claim in zip(verdict.labels, verdict.own, strict=True):
            citation = self._citer.cite(self._given[label].passage, claim or written.text, "nl" if claim else self._state.language)
            if citation.n not in numbers:
                numbers.append(citation.n)
                cited.append(citation)
        statement = Statement(text=written.sentence, citations=tuple(numbers), kind="written")
        self._statements.append(statement)
        if self._state.listener:
            self._state.listener.statement(statement, cited)

    def _why_nothing(self) -> str:
        raw = "".join(self._raw)
        if NO_ANSWER in raw:
            return "no_answer"
        if self._counts["unsupportedLanguage"] * 2 > self._counts["unsupported"]:
            return "language"
        if not self._counts["unsupported"] and _SORRY.search(raw):
            return "refused"
        return "unsupported" if self._counts["written"] else "empty"

    def _answer(self) -> Answer:
        state = self._state
        assert state.answer is not None
        dropped = self._counts["unsupported"]
        told = message("left_out", state.language, n=dropped) if dropped > 1 else message("left_out_one", state.language) if dropped else ""
        receipt = state.answer.receipt.model_copy(
            update={
                "model": self._writer.model.name,
                "prompts": self._task.prompts("answer", *(["rephrase"] if state.rephrased else [])),
                "checks": {"unsupported": 0, **{k: n for k, n in self._counts.items() if n}},
                "rephrased": state.rephrased or None,
            }
        )
        return state.answer.model_copy(
            update={
                "mode": "write",
                "message": " ".join(filter(None, [state.answer.message, told])),
                "statements": tuple(self._statements),
                "citations": self._citer.citations,
                "receipt": receipt,
            }
        )
