"""Which strategies fit a situation in which these barriers were recognised? A score per relation, and an order to show them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.advise.classify import Classifier, Example
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import SITUATION_WEIGHT, Recognised, Told

WEIGHTS: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text("utf-8"))

VALUES = (1.0, 0.9, 0.6, 0.4)  # what the strategies wanted in a situation should score on it, best first

Option = tuple[float, str, dict[str, Any]]  # what a relation scores, the barrier it is for, and the relation


def strategy_examples(knowledge: Knowledge) -> list[Example]:
    """Return the situations for which a strategy is the first to reach for, and the whole situations with the strategies wanted in them."""
    rows = [
        Example(text, {strategy: 1.0})
        for strategies in knowledge.fitting.values()
        for strategy, sources in strategies.items()
        for texts in sources.values()
        for language in ("nl", "en")
        for text in texts.get(language, [])
    ]
    for told_before in knowledge.situations:
        rows.append(Example(told_before["text"], dict(zip(told_before["strategies"], VALUES, strict=False)), SITUATION_WEIGHT))
    return rows


class Chooser:
    """Choose among the relations of barriers. `fitting` learned from `strategy_examples`; `vectors` embeds each relation, by its `id`."""

    def __init__(
        self, knowledge: Knowledge, fitting: Classifier, vectors: Mapping[int, np.ndarray], can_show: Callable[[dict[str, Any]], bool]
    ) -> None:
        self._knowledge = knowledge
        self._fitting = fitting
        self._vectors = vectors
        self._can_show = can_show

    def choose(self, situation: Told, recognised: Sequence[Recognised]) -> list[dict[str, Any]]:
        """Return the relations to show, best first, each strategy once."""
        scores = self._fitting.scores(situation.windows[-1:], situation.vectors[-1:])[0]
        fit = dict(zip(self._fitting.labels, scores.tolist(), strict=True))
        scored: dict[str, list[Option]] = {}
        for found in recognised:
            for relation in filter(self._can_show, self._knowledge.relations[found.id]):
                value = WEIGHTS["fit"][relation["fit"]] * WEIGHTS["basis"][relation["basis"]]
                value *= found.confidence / recognised[0].confidence
                value += WEIGHTS["similarity"] * float(self._vectors[id(relation)] @ situation.vectors[-1])
                value += WEIGHTS["fitting"] * fit.get(relation["strategy"], 0.0)
                scored.setdefault(relation["strategy"], []).append((value, found.id, relation))
        best: list[Option] = []
        for options in scored.values():
            options.sort(key=lambda o: -o[0])
            value, barrier, relation = options[0]
            others = {b for _, b, _ in options} - {barrier}
            best.append((value + WEIGHTS["several"] * bool(others), barrier, relation))
        return [relation for _, _, relation in ordered(best, [found.id for found in recognised])]


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
