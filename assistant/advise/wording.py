"""In writing mode: the cards of an advice, worded by the model to the situation. Each sentence is used only after its own check.

The cards stay what they are: which they are, their cases, limits, first steps and passages. What the model says of a card and
does not hold is left out, and the card keeps its own words; so it does, with one sentence that says why, when the model fails.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.advise.knowledge import Knowledge
from assistant.advise.records import Advice, Part, Strategy
from assistant.messages import message
from assistant.state import Tools
from assistant.writing.evidence import Evidence, gather, known_names
from assistant.writing.reply import Reply, Written
from assistant.writing.support import Checker
from assistant.writing.task import Task
from assistant.writing.tokens import Unit
from assistant.writing.writer import Writer
from ingest.errors import ModelUnavailable
from ingest.records import Claim, Note

MOST_PASSAGES = 8  # of all cards together: more does not fit a small model
MOST_SENTENCES: Mapping[Part, int] = {"advice": 2, "why": 1}
_PARTS: Mapping[str, Part] = {"what": "advice", "wat": "advice", "why": "why", "waarom": "why"}
# As many signs as people put there, and no more: a model that goes on with line ends must not keep the regex busy.
_LINE = re.compile(r"^\W{0,9}(?:card|kaart)?\W{0,9}(\d{1,2})\W{1,9}(what|wat|why|waarom)\b\W{0,9}?:", re.I | re.M)


def worded(advice: Advice, situation: str, tools: Tools, knowledge: Knowledge, stopped: threading.Event | None = None) -> Advice:
    """Return the advice with its cards worded by `tools.writer`, or as it was with the reason why it is not."""
    if not advice.strategies:
        return advice
    if tools.writer is None:
        return _as_it_was(advice, tools.no_writer)
    try:
        return _Wording(advice, situation, tools, tools.writer, knowledge, stopped).made()
    except ModelUnavailable as error:
        return _as_it_was(advice, error.reason)


def _as_it_was(advice: Advice, why: str, checks: Mapping[str, int] | None = None) -> Advice:
    said = message("advice_without_model", advice.language, why=message("why_none" if why == "no_model" else f"why_{why}", advice.language))
    receipt = advice.receipt.model_copy(update={"fallback": why, "checks": dict(checks or {})})
    return advice.model_copy(update={"message": " ".join(filter(None, [advice.message, said])), "receipt": receipt})


class _Wording:
    """One advice being worded."""

    def __init__(
        self, advice: Advice, situation: str, tools: Tools, writer: Writer, knowledge: Knowledge, stopped: threading.Event | None
    ) -> None:
        self._advice, self._situation, self._tools, self._writer = advice, situation, tools, writer
        self._knowledge, self._stopped = knowledge, stopped
        told = Unit(situation, advice.language)
        self._task = Task(writer, Checker(advice.language, tools.glossary, tools.index.lexical, known_names(tools.index), told), stopped)
        self._counts: Counter[str] = Counter(written=0, unsupported=0)
        self._given = self._gathered()

    def _gathered(self) -> dict[int, Evidence]:
        """Return the passages for the model by citation number: the first of every card, then the second, as many as fit."""
        cited = {c.n: c.passage for c in self._advice.citations}
        ranks = (card.citations[at] for at in range(3) for card in self._advice.strategies if at < len(card.citations))
        chosen: dict[str, Evidence] = {}
        for number in ranks:
            passage = self._tools.index.store.passage(cited[number])
            if passage is not None and passage.id not in chosen and len(chosen) < MOST_PASSAGES:
                notes = self._tools.index.store.notes_of(passage.id)
                chosen[passage.id] = gather(number, self._tools.index, passage, notes, self._advice.language, self._tools.glossary)
        return {evidence.label: evidence for evidence in chosen.values()}

    def made(self) -> Advice:
        """Return the advice in the model's words where they hold. Raises ModelUnavailable."""
        advice = self._advice
        reply = self._writer.advice(
            self._situation, [self._told(card) for card in advice.strategies], self._given.values(), advice.language, self._task.left(),
            self._stopped,
        )  # fmt: skip
        said = parts(reply)
        cards = tuple(self._card(card, n, said) for n, card in enumerate(advice.strategies, 1))
        if not any(card.written for card in cards):
            return _as_it_was(advice, "unsupported" if said else "empty", self._counts)
        made_with = {"model": self._writer.model.name, "prompts": self._task.prompts("advise"), "checks": dict(self._counts)}
        receipt = advice.receipt.model_copy(update=made_with)
        return advice.model_copy(update={"mode": "write", "strategies": cards, "receipt": receipt})

    def _told(self, card: Strategy) -> str:
        numbers = ", ".join(str(n) for n in self._labels(card))
        return f"Approach: {card.name}\nWhat: {card.advice}\nWhy: {card.why}\nShown by: {card.where}\nPassages: {numbers}"

    def _labels(self, card: Strategy) -> list[int]:
        """Return the numbers of the passages given that carry this card: those it cites, under the number they were given with."""
        passages = {c.passage for c in self._advice.citations if c.n in card.citations}
        return [label for label, evidence in self._given.items() if evidence.passage.id in passages]

    def _card(self, card: Strategy, number: int, said: Mapping[tuple[int, Part], Sequence[Written]]) -> Strategy:
        claims = self._claims(card)
        given = {n: replace(self._given[n], notes=(*self._given[n].notes, claims)) for n in self._labels(card)}
        update: dict[str, Any] = {}
        for part, most in MOST_SENTENCES.items():
            text = self._held(said.get((number, part), ())[:most], given)
            if text:
                update[part] = text
        return card.model_copy(update={**update, "written": tuple(update)}) if update else card

    def _claims(self, card: Strategy) -> Note:
        """Return the card's own texts as claims on its passages: they were checked against them as notes are."""
        own = (r for r in self._knowledge.relations[card.barrier] if r["strategy"] == card.id)  # one for each document that has it
        relation = next(r for r in own if r["why"][self._advice.language] == card.why)
        texts = (self._knowledge.said(relation, "advice"), relation["why"], relation["what"])
        claims = tuple(Claim(text["nl"], text["en"]) for text in texts)
        return Note(f"card/{card.id}", "", "", "", claims, (), ())

    def _held(self, sentences: Sequence[Written], given: Mapping[int, Evidence]) -> str:
        """Return the sentences up to the first that does not hold: what follows may lean on it."""
        kept: list[str] = []
        for written in sentences:
            self._counts["written"] += 1
            if self._task.check(written, given).problem:
                self._counts["unsupported"] += 1
                break
            kept.append(written.sentence)
        return " ".join(kept)


def parts(reply: str) -> dict[tuple[int, Part], list[Written]]:
    """Return the sentences of a reply by card number and part; of a part that comes twice the first counts."""
    found = list(_LINE.finditer(reply))
    made: dict[tuple[int, Part], list[Written]] = {}
    for at, head in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(reply)
        reader = Reply()
        sentences = [*reader.feed(reply[head.end() : end]), *reader.finish()]
        made.setdefault((int(head[1]), _PARTS[head[2].lower()]), sentences)
    return made
