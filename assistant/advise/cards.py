"""A strategy as a card: what to do, who did it where, its limits, and the passages. No card without a passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.advise.knowledge import Knowledge, Places
from assistant.advise.records import Strategy
from assistant.citations import Citer
from assistant.records import Language


class Cards:
    """Make cards, and citations for framework entries, over one index."""

    def __init__(self, knowledge: Knowledge, places: Places) -> None:
        self._knowledge = knowledge
        self._places = places

    def cite(self, passages: Sequence[dict[str, str]], citer: Citer, most: int, said: str = "") -> tuple[int, ...]:
        """Return the numbers of the first `most` references that are found in the index; their quotes carry what is `said`, in Dutch."""
        numbers: list[int] = []
        for reference in passages:
            passage = self._places.find(reference)
            if passage is not None:
                number = citer.cite(passage, f"{said} {reference['at']}", holding=reference["at"]).n
                if number not in numbers:
                    numbers.append(number)
            if len(numbers) == most:
                break
        return tuple(numbers)

    def can_show(self, relation: dict[str, Any]) -> bool:
        """True when the index holds a passage for the card of a relation."""
        passages = [*relation["passages"], *self._knowledge.strategies[relation["strategy"]]["passages"]]
        return any(self._places.find(reference) is not None for reference in passages)

    def card(self, relation: dict[str, Any], language: Language, citer: Citer, confidence: float | None = None) -> Strategy | None:
        """Return the card of one relation of a strategy to a barrier, or None when no passage of it is found."""
        entry = self._knowledge.strategies[relation["strategy"]]
        said = " ".join(relation[key]["nl"] for key in ("what", "why", "limits") if relation.get(key))
        numbers = self.cite(relation["passages"], citer, 3, said) or self.cite(entry["passages"], citer, 2, said)
        if not numbers:
            return None
        where, limits = relation["where"][language], [relation[key][language] for key in ("limits", "notWhen") if relation.get(key)]
        advice, first_step = (self._knowledge.said(relation, key)[language] for key in ("advice", "firstStep"))
        return Strategy(
            id=entry["id"], name=entry["name"][language], barrier=relation["barrier"], advice=advice,
            why=relation["why"][language], where=f"{where[:1].upper()}{where[1:]}: {relation['what'][language]}",
            limits=" ".join(limits), first_step=first_step, basis=relation["basis"], citations=numbers, confidence=confidence,
        )  # fmt: skip
