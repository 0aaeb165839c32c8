"""Which strategies fit a situation in which these barriers were recognised? A score per relation, and an order to show them in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.advise.classify import Classifier, Example
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import SITUATION_WEIGHT, Recognised, Told

WEIGHTS: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text("utf-8"))

VALUES = (1.0, 0.9, 0.6, 0.4)  # what the strategies wanted in a situation should score on it, best first
CARD_VALUES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # the same, of the relations that a reader chose for it
ALSO, HALF = 0.8, 0.3  # of those that a reader would leave on the table, or finds about right but general
REFUSED = -0.3  # and of those that do not fit: beside the point, another stage, or what their own limits exclude
FEW = 5  # situations with a barrier, below which how often a relation was chosen says little

Option = tuple[float, str, dict[str, Any]]  # what a relation scores, the barrier it is for, and the relation


class Chosen(NamedTuple):
    """A relation to show, and how likely it fits the situation (0-1)."""

    relation: dict[str, Any]
    confidence: float


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


def card_examples(knowledge: Knowledge) -> list[Example]:
    """Return the whole situations for which a reader chose cards, with every relation that was judged on them."""
    return [
        Example(
            row["text"],
            dict.fromkeys(row.get("notCards", ()), REFUSED)
            | dict.fromkeys(row.get("halfCards", ()), HALF)
            | dict.fromkeys(row.get("alsoCards", ()), ALSO)
            | dict(zip(row["cards"], CARD_VALUES, strict=False)),
        )
        for row in knowledge.situations
        if row.get("cards")
    ]


def usual_cards(knowledge: Knowledge) -> dict[str, float]:
    """Return, per relation, how often it was chosen, as a share of the situations in which its barrier is the main one."""
    rows = [row for row in knowledge.situations if row.get("cards")]
    chosen, main = Counter(card for row in rows for card in row["cards"]), Counter(row["barriers"][0] for row in rows)
    return {r["id"]: (chosen[r["id"]] + 1) / (main[name] + FEW) for name, relations in knowledge.relations.items() for r in relations}


class Chooser:
    """Choose among the relations of barriers. `cards` learned from `card_examples`, `fitting` from `strategy_examples`."""

    def __init__(
        self, knowledge: Knowledge, cards: Classifier, fitting: Classifier, can_show: Callable[[dict[str, Any]], bool]
    ) -> None:  # fmt: skip
        self._knowledge = knowledge
        self._cards = cards
        self._fitting = fitting
        self._usual = usual_cards(knowledge)
        self._can_show = can_show

    def choose(self, situation: Told, recognised: Sequence[Recognised]) -> list[Chosen]:
        """Return the relations to show, best first, each strategy once."""
        cards, fitting = (_whole(learned, situation) for learned in (self._cards, self._fitting))
        best: dict[str, Option] = {}
        for found in recognised:
            for relation in filter(self._can_show, self._knowledge.relations[found.id]):
                strategy = relation["strategy"]
                value = cards.get(relation["id"], 0.0) + WEIGHTS["usual"] * self._usual[relation["id"]]
                value += WEIGHTS["fitting"] * fitting.get(strategy, 0.0)
                if strategy not in best or value > best[strategy][0]:
                    best[strategy] = (value, found.id, relation)
        likely = [strategy for strategy, (value, _, _) in best.items() if value >= WEIGHTS["expected_value"]]
        expected = sorted(likely, key=lambda strategy: -fitting.get(strategy, 0.0))[: WEIGHTS["expected"]]
        shown = ordered(list(best.values()), [found.id for found in recognised], expected)
        return [Chosen(relation, fitting_odds(value)) for value, _, relation in shown]


def fitting_odds(value: float) -> float:
    """Return how likely a reader finds that a relation with this score fits, 0-1."""
    bias, slope = WEIGHTS["odds"]
    return round(1.0 / (1.0 + math.exp(-(bias + slope * value))), 2)


def _whole(learned: Classifier, situation: Told) -> dict[str, float]:
    """Return what each class scores on the situation as a whole."""
    scores = learned.scores(situation.windows[-1:], situation.vectors[-1:])[0]
    return dict(zip(learned.labels, scores.tolist(), strict=True))


def ordered(options: Sequence[Option], barriers: Sequence[str], expected: Sequence[str] = ()) -> list[Option]:
    """Return the options to show, best first: from several documents, and one at least for every barrier that has any.

    Strategies that are `expected` in such a situation stand among the first three, behind the best one.
    """
    left = list(options)
    shown: list[Option] = []
    sources: set[str] = set()
    while left and len(shown) < WEIGHTS["most_strategies"]:
        left.sort(key=lambda o: -(o[0] + WEIGHTS["more_sources"] * (o[2]["source"] not in sources)))
        wanted = [o for o in left if o[2]["strategy"] in expected] if shown else []
        if wanted and len(shown) + len(wanted) >= WEIGHTS["least_strategies"]:
            left.remove(wanted[0])
            left.insert(0, wanted[0])
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
