"""Which strategies fit a situation in which these barriers were recognised? A score per relation, and an order to show them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.advise.classify import Classifier, Example
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import Recognised, Told

WEIGHTS: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text("utf-8"))

Option = tuple[float, str, dict[str, Any]]  # what a relation scores, the barrier it is for, and the relation


def relation_name(relation: Mapping[str, Any]) -> str:
    """Return the class of a relation: its barrier, its strategy and the document that ties them."""
    return f"{relation['barrier']}/{relation['strategy']}/{relation['source']}"


def relation_examples(knowledge: Knowledge) -> list[Example]:
    """Return the situations for which a relation's strategy is the first to reach for."""
    return [
        Example(text, f"{barrier}/{strategy}/{source}")
        for barrier, strategies in knowledge.fitting.items()
        for strategy, sources in strategies.items()
        for source, texts in sources.items()
        for language in ("nl", "en")
        for text in texts.get(language, [])
    ]


class Chooser:
    """Choose among the relations of barriers. `fitting` learned from `relation_examples`; `vectors` embeds each relation, by its `id`."""

    def __init__(
        self, knowledge: Knowledge, fitting: Classifier, vectors: Mapping[int, np.ndarray], can_show: Callable[[dict[str, Any]], bool]
    ) -> None:
        self._knowledge = knowledge
        self._fitting = fitting
        self._vectors = vectors
        self._can_show = can_show

    def choose(self, situation: Told, recognised: Sequence[Recognised]) -> list[dict[str, Any]]:
        """Return the relations to show, best first, each strategy once."""
        fit = self._fit(situation)
        scored: dict[str, list[Option]] = {}
        for found in recognised:
            for relation in filter(self._can_show, self._knowledge.relations[found.id]):
                value = WEIGHTS["fit"][relation["fit"]] * WEIGHTS["basis"][relation["basis"]]
                value *= found.confidence / recognised[0].confidence
                value += WEIGHTS["similarity"] * float(self._vectors[id(relation)] @ situation.vectors[-1])
                value += WEIGHTS["fitting"] * fit.get(relation_name(relation), 0.0)
                scored.setdefault(relation["strategy"], []).append((value, found.id, relation))
        best: list[Option] = []
        for options in scored.values():
            options.sort(key=lambda o: -o[0])
            value, barrier, relation = options[0]
            others = {b for _, b, _ in options} - {barrier}
            best.append((value + WEIGHTS["several"] * bool(others), barrier, relation))
        return [relation for _, _, relation in ordered(best, [found.id for found in recognised])]

    def _fit(self, situation: Told) -> dict[str, float]:
        """Return how much a situation is like those that a relation is for; one sentence that is counts as much as the whole."""
        table = self._fitting.scores(situation.windows, situation.vectors)
        both = 0.5 * table[-1] + 0.5 * table[:-1].max(axis=0)
        return dict(zip(self._fitting.labels, both.tolist(), strict=True))


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
