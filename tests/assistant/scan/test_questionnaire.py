from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.advise.knowledge import Knowledge, load_knowledge
from assistant.fields import MOST_FILE, Invalid
from assistant.scan.questionnaire import Questionnaire
from assistant.scan.records import Scan
from assistant.scan.scan import Scanner
from ingest.errors import CorpusError
from tests.conftest import ROOT

SHIPPED = load_knowledge(ROOT / "corpus" / "frameworks")


def test_the_five_elements_are_asked_in_full() -> None:
    asked = Questionnaire(SHIPPED)
    assert [e["id"] for e in asked.capacity["entries"]] == ["leadership", "organisation", "knowledge-management", "network", "learning"]
    for _, indicator in asked.indicators():
        assert asked.relations[indicator["id"]] and indicator["passages"] and indicator["helpsPassages"], indicator["id"]
    assert [step["value"] for step in asked.capacity["scale"]] == [1, 2, 3, 4, 5] and len(asked.capacity["validity"]) >= 3


def test_questions_are_in_the_language_asked_with_the_passage(scanner: Scanner) -> None:
    asked = scanner.questions("en")
    question = asked.groups[0].questions[0]
    assert question.statement == "statement a (en)" and asked.starting_positions[0].name == "begin (en)"
    assert "strandde de proeftuin bijna" in asked.citations[question.citations[0] - 1].quote
    assert asked.groups[0].questions[1].citations == ()


@pytest.mark.parametrize("form", ["scan", "result"])
def test_what_was_kept_is_read_again(scanner: Scanner, form: str) -> None:
    scan = Scan(organisation="Lindeburg", answers={"a": 4, "b": None}, remarks={"a": "é"}, starting_position="begin")
    kept = scan if form == "scan" else scanner.result(scan, "nl")
    assert scanner.questionnaire.read(json.dumps(kept.json_dict()).encode(), "nl") == scan


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        ({"answers": {"a": 6}}, "answers.a", "ten hoogste 5"),
        ({"answers": {"a": 0}}, "answers.a", "minstens 1"),
        ({"answers": {"a": True}}, "answers.a", "heel getal"),
        ({"answers": {"a": 2.5}}, "answers.a", "heel getal"),
        ({"answers": {"a": "2"}}, "answers.a", "heel getal"),
        ({"answers": {"aa": 2}}, "answers.aa", "bedoelde je a?"),
        ({"answers": {"qqqqqqq": 2}}, "answers.qqqqqqq", "bestaat niet"),
        ({"remarks": {"zz9": "x"}}, "remarks.zz9", "bestaat niet"),
        ({"remarks": {"a": "x" * 501}}, "remarks.a", "500"),
        ({"organisation": "a\x07"}, "organisation", "stuurtekens"),
        ({"organisation": 7}, "organisation", "tekst"),
        ({"startingPosition": "begni"}, "startingPosition.begni", "bedoelde je begin?"),
        ({"date": "gisteren"}, "date", "2026-03-31"),
        ({"answers": [1]}, "answers", "namen met waarden"),
        ({"extra": 1}, "extra", "ken ik niet"),
        ({"version": 2}, "version", "versie 1"),
        ({"kind": "innovatiewijzer-check"}, "kind", "innovatiewijzer-scan"),
        ([], "", "geen antwoorden"),
    ],
)
def test_what_is_wrong_is_named_in_words(scanner: Scanner, data: Any, place: str, said: str) -> None:
    with pytest.raises(Invalid) as error:
        scanner.questionnaire.read(json.dumps(data).encode(), "nl")
    assert [p for p, _ in error.value.errors] == [place] and said in error.value.errors[0][1]


def test_all_errors_come_together_in_the_language_asked(scanner: Scanner) -> None:
    with pytest.raises(Invalid) as error:
        scanner.questionnaire.read(b'{"answers": {"a": 9, "b": 0}, "x": 1}', "en")
    assert len(error.value.errors) == 3 and "at most 5" in str(error.value)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe\x00", b"[" * 5000, b" " * (MOST_FILE + 1), b'{"organisation": "\\ud800"}'])
def test_a_file_that_cannot_be_read_is_refused(scanner: Scanner, raw: bytes) -> None:
    with pytest.raises(Invalid):
        scanner.questionnaire.read(raw, "nl")


def test_a_framework_that_is_missing_or_names_an_unknown_relation_is_an_error(knowledge: Knowledge) -> None:
    with pytest.raises(CorpusError, match="capacity"):
        Questionnaire(Knowledge({}, {}, {}, {}))
    knowledge.others["capacity"]["entries"][0]["indicators"][0]["relations"].append({"barrier": "inkoop", "strategy": "zingen"})
    with pytest.raises(CorpusError, match="zingen"):
        Questionnaire(knowledge)
