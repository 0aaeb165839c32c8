from __future__ import annotations

import json

import pytest

from assistant.advise.knowledge import load_knowledge
from assistant.check.check import Checker
from assistant.check.records import Check, OwnTask
from assistant.fields import Invalid
from assistant.service import Wijzer
from ingest.errors import CorpusError
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def checker(wijzer: Wijzer) -> Checker:
    return Checker(wijzer.tools.index, load_knowledge(ROOT / "corpus" / "frameworks"))


def test_the_five_criteria_stand_beside_the_cases_of_table_11(checker: Checker) -> None:
    asked = checker.questions("nl")
    assert [[case.value for case in c.cases] for c in asked.criteria] == [
        ["Ja", "Nee", "Ja", "Potentieel"],
        ["Ja", "Potentieel", "Ja", "Potentieel"],
        ["Ja", "Ja", "Potentieel", "Ja"],
        ["Ja", "Nee", "Ja", "Nee"],
        ["Ja", "Potentieel", "Ja", "Potentieel"],
    ]
    assert asked.status == "empty" and len(asked.tasks) == 8 and all(t.who and t.pitfalls for t in asked.tasks)


def test_the_result_counts_and_names_what_is_open(checker: Checker) -> None:
    tasks = {"conceive": OwnTask(status="done"), "test": OwnTask(status="busy"), "adapt": OwnTask(status="todo", who="teamleider")}
    result = checker.result(Check(criteria={"renewal": "yes", "values": "potential", "partnerships": "no"}, tasks=tasks), "nl")
    assert result.status == "partial" and "1 van de 5" in result.message and "Niet beantwoord: 2" in result.message
    assert result.next_task == "link-to-power" and result.tasks_message.endswith("de innovatie testen.")


def test_tasks_that_do_not_apply_are_not_next(checker: Checker) -> None:
    every = {t.id: OwnTask(status="none") for t in checker.questions("nl").tasks}
    assert checker.result(Check(tasks=every), "nl").next_task is None
    assert checker.result(Check(tasks=every | {"implement": OwnTask(status="todo")}), "nl").next_task == "implement"


def test_approaches_are_for_what_is_missing_only(checker: Checker) -> None:
    assert checker.result(Check(criteria={"renewal": "yes"}), "nl").advice == ()
    result = checker.result(Check(criteria={"values": "no"}), "nl")
    assert {s for c in result.criteria for s in c.strategies} == {card.id for card in result.advice}


def test_all_answered(checker: Checker) -> None:
    result = checker.result(Check(criteria={c.id: "yes" for c in checker.questions("en").criteria}), "en")
    assert result.status == "answered" and "5 of the 5" in result.message and len(result.limits) == 3


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"criteria": {"renewal": "maybe"}}, "criteria.renewal"),
        ({"criteria": {"renewall": "yes"}}, "criteria.renewall"),
        ({"tasks": {"tset": {}}}, "tasks.tset"),
        ({"tasks": {"test": {"status": "x"}}}, "tasks.test.status"),
        ({"tasks": {"test": {"who": "x" * 121}}}, "tasks.test.who"),
        ({"kind": "innovatiewijzer-scan"}, "kind"),
    ],
)
def test_what_is_wrong_is_named(checker: Checker, data: object, place: str) -> None:
    with pytest.raises(Invalid) as error:
        checker.read(json.dumps(data).encode(), "nl")
    assert error.value.errors[0][0] == place


def test_what_was_kept_is_read_again(checker: Checker) -> None:
    check = Check(name="Fietsen", criteria={"renewal": "no"}, tasks={"test": OwnTask(status="busy", who="x")})
    for kept in (check, checker.result(check, "nl")):
        assert checker.read(json.dumps(kept.json_dict()).encode(), "en") == check


def test_a_verdict_that_is_none_is_an_error(wijzer: Wijzer) -> None:
    knowledge = load_knowledge(ROOT / "corpus" / "frameworks")
    knowledge.others["criteria"]["entries"][0]["pilots"]["administrative"]["value"] = {"nl": "Soms", "en": "Sometimes"}
    with pytest.raises(CorpusError, match="Sometimes"):
        Checker(wijzer.tools.index, knowledge).questions("nl")
