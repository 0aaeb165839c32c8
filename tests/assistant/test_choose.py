from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from assistant.advise.choose import WEIGHTS, Chooser, card_examples, fitting_odds, ordered, strategy_examples
from assistant.advise.classify import Classifier
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import Recognised, told
from tests.fakes import FakeEmbedder


def _relation(strategy: str) -> dict[str, Any]:
    return {"id": f"time/{strategy}", "barrier": "time", "strategy": strategy, "source": "one", "fit": 2, "basis": "practice"}


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
    cards, fitting = (
        Classifier.fit(examples, embedder.queries([e.text for e in examples]) if examples else np.zeros((0, 0)))
        for examples in (card_examples(knowledge), strategy_examples(knowledge))
    )
    chooser = Chooser(knowledge, cards, fitting, lambda relation: True)
    return [r["strategy"] for r, _ in chooser.choose(told(situation, embedder), [Recognised("time", 0.8, ())])]


def test_the_situation_decides_which_strategy_of_a_barrier_comes_first() -> None:
    assert _chosen("Het regent vandaag. Niemand trekt de kar.") == ["leader", "hours"]
    assert _chosen("My calendar is full until March.") == ["hours", "leader"]


def test_relations_without_situations_can_be_shown() -> None:
    bare = Knowledge(KNOWLEDGE.barriers, KNOWLEDGE.strategies, KNOWLEDGE.relations, {})
    assert sorted(_chosen("Niemand trekt de kar.", bare)) == ["hours", "leader"]


def test_what_a_reader_chose_for_such_a_situation_comes_first() -> None:
    told_before = [
        {"text": "De wachtkamer is vol.", "barriers": ["time"], "strategies": ["hours", "leader"], "cards": ["time/hours"]},
        {"text": "Buiten staat een kraan.", "barriers": ["time"], "strategies": ["hours", "leader"], "cards": ["time/leader"]},
    ]
    knowledge = replace(KNOWLEDGE, fitting={}, situations=told_before)
    assert _chosen("Ook hier is de wachtkamer vol.", knowledge) == ["hours", "leader"]
    assert _chosen("Er staat nog steeds een kraan buiten.", knowledge) == ["leader", "hours"]


def test_room_for_one_barrier_is_not_made_at_the_cost_of_another() -> None:
    def option(value: float, barrier: str) -> tuple[float, str, dict[str, str]]:
        return value, barrier, {"source": "one", "strategy": f"strategy {value}"}

    many = [option(0.9 - n / 100, "first") for n in range(5)]
    others = [option(0.3, "second"), option(0.2, "third"), option(0.1, "third")]
    shown = ordered([*many, *others], ["first", "second", "third"])
    assert [(value, barrier) for value, barrier, _ in shown] == [
        (0.9, "first"), (0.89, "first"), (0.3, "second"), (0.2, "third")
    ]  # fmt: skip
    assert len(shown) == WEIGHTS["most_strategies"]
    assert ordered([*many[:4], option(0.65, "second"), option(0.2, "third")], ["first", "second", "third"])[-2:] == [
        option(0.65, "second"), option(0.2, "third")
    ]  # fmt: skip


def test_expected_strategies_stand_among_the_first_three_behind_the_best() -> None:
    options = [(0.9 - n / 10, "first", {"source": "one", "strategy": name}) for n, name in enumerate("abcdef")]
    assert [r["strategy"] for _, _, r in ordered(options, ["first"], ["e", "f"])][:3] == ["a", "e", "f"]
    assert [r["strategy"] for _, _, r in ordered(options, ["first"], ["a", "f"])][:3] == ["a", "b", "f"]
    assert [r["strategy"] for _, _, r in ordered(options, ["first"])][:3] == ["a", "b", "c"]


def test_a_weak_strategy_is_left_out_beyond_the_third() -> None:
    options = [(value, "first", {"source": "one", "strategy": str(value)}) for value in (0.5, 0.15, 0.1, 0.05)]
    assert [value for value, _, _ in ordered(options, ["first"])] == [0.5, 0.15, 0.1]


def test_a_card_that_scores_more_is_told_to_fit_more_likely() -> None:
    odds = [fitting_odds(value) for value in (-1.0, 0.0, 0.25, 0.5, 2.0)]
    assert odds == sorted(odds) and 0 <= odds[0] < 0.2 and 0.4 < odds[2] < 0.6 and odds[-1] <= 1
