"""From a situation to advice: screen, recognise barriers, choose strategies, cite every card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.advise.cards import Cards
from assistant.advise.knowledge import Knowledge, Places
from assistant.advise.recognise import Recognised, Recogniser
from assistant.advise.records import Advice, Barrier, Strategy
from assistant.citations import Citer
from assistant.messages import message
from assistant.records import Language, Receipt
from assistant.retrieval.language import detect
from assistant.steps.screen import clean, is_chat, is_override
from ingest.embed import Embedder
from ingest.index import Index

WEIGHTS: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text("utf-8"))
_QUESTION = re.compile(
    r"^\W*(wat|hoe|waarom|wie|welke?|wanneer|waar|hoeveel|noem|geef|leg|what|how|why|who|which|when|where|list|name|give|explain|is|are|does|do|can)\b",
    re.I,
)

Option = tuple[float, str, dict[str, Any]]  # what a relation scores, the barrier it is for, and the relation


class Adviser:
    """Advice over one index. `vectors` embed the recogniser's training texts, `cases` the relations."""

    def __init__(
        self, index: Index, embedder: Embedder, knowledge: Knowledge, recogniser: Recogniser, cases: dict[int, np.ndarray]
    ) -> None:
        self.index = index
        self._embedder = embedder
        self.knowledge = knowledge
        self._recogniser = recogniser
        self._cases = cases
        self._cards = Cards(knowledge, Places(index))

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
        ranked = self._recogniser.recognise(text)
        if ranked[0].confidence < WEIGHTS["least_confidence"]:
            return no("no_barrier", "no_barrier")
        chosen = [r for r in ranked if r.confidence >= WEIGHTS["second_share"] * ranked[0].confidence][: WEIGHTS["most_barriers"]]
        citer = Citer(self.index, spoken)
        barriers = tuple(self._barrier(r, spoken, citer) for r in chosen)
        strategies = self._strategies(text, ranked, chosen, spoken, citer)
        return Advice(
            status="advised", language=spoken, barriers=barriers, strategies=strategies, citations=citer.citations,
            question_back=self._question_back(ranked, spoken), not_covered=self._not_covered(text, chosen, spoken), receipt=receipt,
        )  # fmt: skip

    def _barrier(self, found: Recognised, language: Language, citer: Citer) -> Barrier:
        entry = self.knowledge.barriers[found.id]
        return Barrier(
            id=found.id, name=entry["name"][language], explanation=entry["explanation"][language], confidence=found.confidence,
            signals=found.signals, citations=self._cards.cite(entry["passages"], citer, 3),
        )  # fmt: skip

    def _strategies(
        self, text: str, ranked: list[Recognised], chosen: list[Recognised], language: Language, citer: Citer
    ) -> tuple[Strategy, ...]:
        vector = self._embedder.queries([text])[0]
        scored: dict[str, list[Option]] = {}
        top = ranked[0].confidence
        for found in chosen:
            for relation in filter(self._cards.can_show, self.knowledge.relations[found.id]):
                value = WEIGHTS["fit"][relation["fit"]] * WEIGHTS["basis"][relation["basis"]] * (found.confidence / top)
                value += WEIGHTS["similarity"] * float(self._cases[id(relation)] @ vector)
                scored.setdefault(relation["strategy"], []).append((value, found.id, relation))
        best: list[Option] = []
        for options in scored.values():
            options.sort(key=lambda o: -o[0])
            value, barrier, relation = options[0]
            others = {b for _, b, _ in options} - {barrier}
            best.append((value + WEIGHTS["several"] * bool(others), barrier, relation))
        best = ordered(best, [found.id for found in chosen])
        cards = [self._cards.card(relation, language, citer) for _, _, relation in best]
        return tuple(card for card in cards if card is not None)

    def _question_back(self, ranked: list[Recognised], language: Language) -> str | None:
        """Ask which of two readings is meant, when both are as likely and lead to other strategies."""
        one, other = ranked[0], ranked[1]
        if other.confidence < 0.8 * one.confidence or one.confidence > 0.6:
            return None
        first = {r["strategy"] for r in self.knowledge.relations[one.id][:3]}
        second = {r["strategy"] for r in self.knowledge.relations[other.id][:3]}
        if first & second:
            return None
        names = [self.knowledge.barriers[r.id]["name"][language] for r in (one, other)]
        return message("question_back", language, one=names[0].lower(), other=names[1].lower())

    def _not_covered(self, text: str, chosen: list[Recognised], language: Language) -> str | None:
        """Name the sentences in which no barrier was recognised, and the thin spots of the evidence."""
        parts = [p for p in re.split(r"(?<=[.!?])\s+", text) if len(p.split()) > 3]
        columns = [self._recogniser.ids.index(r.id) for r in chosen]
        scores = self._recogniser.scores(parts)[:, columns].max(axis=1) if len(parts) > 1 else []
        silent = [p for p, score in zip(parts, scores, strict=False) if score < WEIGHTS["silent"]]
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


def ordered(options: Sequence[Option], barriers: Sequence[str]) -> list[Option]:
    """Return the options to show, best first: from several documents, and one at least for every barrier that has any."""
    left = list(options)
    shown: list[Option] = []
    sources: set[str] = set()
    while left and len(shown) < WEIGHTS["most_strategies"]:
        left.sort(key=lambda o: -(o[0] + WEIGHTS["more_sources"] * (o[2]["source"] not in sources)))
        if len(shown) >= WEIGHTS["least_strategies"] and left[0][0] < WEIGHTS["least_value"]:
            break
        shown.append(left.pop(0))
        sources.add(shown[-1][2]["source"])
    for barrier in barriers:
        own = [o for o in left if o[1] == barrier]
        held = [b for _, b, _ in shown]
        if barrier in held or not own:
            continue
        if len(shown) >= WEIGHTS["most_strategies"]:  # the weakest makes room, of the barriers that have another
            spare = [at for at, b in enumerate(held) if held.count(b) > 1]
            if not spare:
                break
            shown.pop(spare[-1])
        shown.append(max(own, key=lambda o: o[0]))
    return shown
