from __future__ import annotations

from typing import Any

import numpy as np

from assistant.advise.choose import WEIGHTS, Chooser, ordered, strategy_examples
from assistant.advise.classify import Classifier
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import Recognised, told
from tests.fakes import FakeEmbedder


def _relation(strategy: str) -> dict[str, Any]:
    return {"barrier": "time", "strategy": strategy, "source": "one", "fit": 2, "basis": "practice"}


KNOWLEDGE = Knowledge(
    {"time": {}}, {"leader": {}, "hours": {}}, {"time": [_relation("hours"), _relation("leader")]}, {},
    {
        "time": {
            "leader": {"one": {"nl": ["Niemand trekt de kar", "Iedereen wacht op een ander"], "en": ["Nobody takes the lead"]}},
            "hours": {"one": {"nl": ["Mijn agenda zit vol"], "en": ["My calendar is full"]}},
        }
    },
)  # fmt: skip


def _chosen(situation: str, knowledge: Knowledge = KNOWLEDGE) -> list[str]:
    embedder = FakeEmbedder()
    examples = strategy_examples(knowledge)
    fitting = Classifier.fit(examples, embedder.queries([e.text for e in examples]) if examples else np.zeros((0, 0)))
    vectors = {id(r): np.zeros(embedder.dimension) for rows in knowledge.relations.values() for r in rows}
    chooser = Chooser(knowledge, fitting, vectors, lambda relation: True)
    return [r["strategy"] for r in chooser.choose(told(situation, embedder), [Recognised("time", 0.8, ())])]


def test_the_situation_decides_which_strategy_of_a_barrier_comes_first() -> None:
    assert _chosen("Het regent vandaag. Niemand trekt de kar.") == ["leader", "hours"]
    assert _chosen("My calendar is full until March.") == ["hours", "leader"]


def test_relations_without_situations_can_be_shown() -> None:
    bare = Knowledge(KNOWLEDGE.barriers, KNOWLEDGE.strategies, KNOWLEDGE.relations, {})
    assert sorted(_chosen("Niemand trekt de kar.", bare)) == ["hours", "leader"]


def test_room_for_one_barrier_is_not_made_at_the_cost_of_another() -> None:
    def option(value: float, barrier: str) -> tuple[float, str, dict[str, str]]:
        return value, barrier, {"source": "one"}

    many = [option(0.9 - n / 100, "first") for n in range(5)]
    others = [option(0.3, "second"), option(0.2, "third"), option(0.1, "third")]
    shown = ordered([*many, *others], ["first", "second", "third"])
    assert [(value, barrier) for value, barrier, _ in shown] == [
        (0.9, "first"), (0.89, "first"), (0.88, "first"), (0.3, "second"), (0.2, "third")
    ]  # fmt: skip
    assert len(shown) == WEIGHTS["most_strategies"]
    assert ordered([*many[:4], option(0.65, "second"), option(0.2, "third")], ["first", "second", "third"])[-2:] == [
        option(0.65, "second"), option(0.2, "third")
    ]  # fmt: skip
