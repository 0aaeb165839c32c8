"""From a situation to advice: screen, recognise barriers, choose strategies, cite every card."""

from __future__ import annotations

import re
from typing import Any

from assistant.advise.cards import Cards
from assistant.advise.choose import WEIGHTS, Chooser
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import Recognised, Recogniser, Told, told
from assistant.advise.records import Advice, Barrier
from assistant.citations import Citer
from assistant.messages import message
from assistant.records import Language, Receipt
from assistant.retrieval.language import detect
from assistant.steps.screen import clean, is_chat, is_override
from ingest.embed import Embedder
from ingest.index import Index

_QUESTION = re.compile(
    r"^\W*(wat|hoe|waarom|wie|welke?|wanneer|waar|hoeveel|noem|geef|leg|what|how|why|who|which|when|where|list|name|give|explain|is|are|does|do|can)\b",
    re.I,
)


def shown_barriers(ranked: list[Recognised]) -> list[Recognised]:
    """Return the barriers to show, of all barriers, surest first."""
    return [r for r in ranked if r.confidence >= WEIGHTS["second_share"] * ranked[0].confidence][: WEIGHTS["most_barriers"]]


class Adviser:
    """Advice over one index."""

    def __init__(
        self, index: Index, embedder: Embedder, knowledge: Knowledge, recogniser: Recogniser, chooser: Chooser, cards: Cards
    ) -> None:
        self.index = index
        self._embedder = embedder
        self.knowledge = knowledge
        self._recogniser = recogniser
        self._chooser = chooser
        self._cards = cards

    def advise(self, situation: str, language: Language | None = None) -> Advice:
        """Return the advice on a situation told in two to six sentences."""
        text = clean(situation)
        spoken = language or detect(text)
        receipt = Receipt(index=self.index.fingerprint)

        def no(status: Any, key: str) -> Advice:
            return Advice(status=status, language=spoken, message=message(key, spoken), receipt=receipt)

        if len(re.findall(r"\w+", text)) < 4:
            return no("unclear", "no_barrier" if text else "empty_situation")
        if is_override(text):
            return no("refused", "refused")
        if is_chat(text):
            return no("out_of_scope", "chitchat")
        if text.endswith("?") and len(re.split(r"(?<=[.!?])\s+", text)) == 1 and _QUESTION.match(text):
            return no("not_a_situation", "not_a_situation")
        heard = told(text, self._embedder)
        ranked = self._recogniser.recognise(heard)
        if ranked[0].confidence < WEIGHTS["least_confidence"]:
            return no("no_barrier", "no_barrier")
        chosen = shown_barriers(ranked)
        citer = Citer(self.index, spoken)
        barriers = tuple(self._barrier(r, spoken, citer) for r in chosen)
        shown = (self._cards.card(relation, spoken, citer, fits) for relation, fits in self._chooser.choose(heard, chosen))
        strategies = tuple(card for card in shown if card is not None)
        return Advice(
            status="advised", language=spoken, barriers=barriers, strategies=strategies, citations=citer.citations,
            question_back=self._question_back(ranked, spoken), not_covered=self._not_covered(heard, chosen, spoken), receipt=receipt,
        )  # fmt: skip

    def _barrier(self, found: Recognised, language: Language, citer: Citer) -> Barrier:
        entry = self.knowledge.barriers[found.id]
        return Barrier(
            id=found.id, name=entry["name"][language], explanation=entry["explanation"][language], confidence=found.confidence,
            signals=found.signals, citations=self._cards.cite(entry["passages"], citer, 3),
        )  # fmt: skip

    def _question_back(self, ranked: list[Recognised], language: Language) -> str | None:
        """Ask which of two readings is meant, when both are about as likely, or neither is."""
        one, other = ranked[0], ranked[1]
        alike = one.confidence <= WEIGHTS["unsure"] and other.confidence >= WEIGHTS["alike"] * one.confidence
        if not alike and one.confidence > WEIGHTS["doubtful"]:
            return None
        names = [self.knowledge.barriers[r.id]["name"][language] for r in (one, other)]
        return message("question_back", language, one=names[0].lower(), other=names[1].lower())

    def _not_covered(self, situation: Told, chosen: list[Recognised], language: Language) -> str | None:
        """Name the sentences in which no barrier was recognised, and the thin spots of the evidence."""
        columns = [self._recogniser.ids.index(r.id) for r in chosen]
        scores = self._recogniser.scores(situation)[: len(situation.parts), columns].max(axis=1)
        silent = [p for p, score in zip(situation.parts, scores, strict=True) if len(p.split()) > 3 and score < WEIGHTS["silent"]]
        silent = silent if len(situation.parts) > 1 else []
        thin = [
            self.knowledge.barriers[r.id]["name"][language]
            for r in chosen
            if max((x["fit"] for x in self.knowledge.relations[r.id]), default=0) < 2
        ]
        notes = []
        if silent:
            notes.append(message("silent_part", language, part=silent[0].strip()))
        if thin:
            notes.append(message("thin_evidence", language, names=", ".join(thin).lower()))
        notes.append(message("advice_limits", language))
        return " ".join(notes)
