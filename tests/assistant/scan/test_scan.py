from __future__ import annotations

import pytest

from assistant.citations import is_verbatim
from assistant.fields import Invalid
from assistant.scan.compare import mean
from assistant.scan.records import Scan
from assistant.scan.scan import READING, Scanner
from assistant.service import Wijzer


def test_the_profile_is_the_mean_of_what_was_scored(scanner: Scanner) -> None:
    result = scanner.result(Scan(answers={"a": 1, "b": 4, "c": 5, "d": 4, "e": None}), "nl")
    assert [(e.score, e.answered, e.asked) for e in result.profile] == [(2.5, 2, 2), (4.5, 2, 3)]
    assert result.status == "complete"


@pytest.mark.parametrize(
    ("answers", "status"),
    [({}, "empty"), ({"a": None}, "empty"), ({"c": 3}, "few"), ({"a": 3}, "partial"), ({"a": 3, "c": 3, "d": 3}, "complete")],
)
def test_few_answers_claim_little(scanner: Scanner, answers: dict[str, int | None], status: str) -> None:
    result = scanner.result(Scan(answers=answers), "nl")
    assert result.status == status
    assert (result.profile[1].score is None) == (status != "complete")


def test_weak_points_come_worst_first_with_what_helps(scanner: Scanner, wijzer: Wijzer) -> None:
    result = scanner.result(Scan(answers={"a": 2, "b": 5, "c": 1, "d": 3, "e": 4}), "nl")
    assert [f.id for f in result.weakest] == ["c", "a"] and [f.id for f in result.strengths] == ["b", "e"]
    assert result.weakest[1].strategies == ("bellen",) and [card.id for card in result.advice] == ["bellen"]
    assert result.weakest[0].text == "helps c" and result.strengths[0].text == "why b"
    numbers = {c.n for c in result.citations}
    assert result.weakest[0].citations and set(result.weakest[0].citations) | set(result.advice[0].citations) <= numbers
    assert all(is_verbatim(c, wijzer.tools.index) for c in result.citations)


def test_nothing_weak_shows_where_there_is_room(scanner: Scanner) -> None:
    result = scanner.result(Scan(answers={"a": 3, "b": 5}), "nl")
    assert [f.id for f in result.weakest] == ["a"] and "een 3" in result.weakest_message
    result = scanner.result(Scan(answers={"a": 4, "b": 5}), "nl")
    assert result.weakest == () and result.advice == () and "4 of 5" in result.weakest_message


def test_the_starting_position_and_the_limits_are_told(scanner: Scanner) -> None:
    result = scanner.result(Scan(answers={"a": 3}, starting_position="begin"), "en")
    assert result.position and result.position.advice == "advies (en)" and [limit.text for limit in result.limits] == ["grens (en)"]


def test_an_unknown_question_is_refused_in_either_scan(scanner: Scanner) -> None:
    for scan, other in ((Scan(answers={"zz": 1}), None), (Scan(), Scan(answers={"zz": 1}))):
        with pytest.raises(Invalid):
            scanner.result(scan, "nl", other)


def test_two_scans_are_compared_on_what_both_scored(scanner: Scanner) -> None:
    before = Scan(organisation="Lindeburg", answers={"a": 1, "b": 5, "c": 5, "d": 5, "e": 5})
    found = scanner.result(Scan(answers={"a": 3, "c": 3, "d": 2}), "nl", before).comparison
    assert found and found.before == "Lindeburg" and found.after == "deze scan"
    assert [(e.before, e.after, e.change) for e in found.elements] == [(1.0, 3.0, 2.0), (5.0, 2.5, -2.5)]
    assert "hoger: eerst" in found.text and "lager: tweede" in found.text
    assert [i.change for i in found.indicators] == [2.0, None, -2.0, -3.0, None]


def test_two_scans_of_the_same_name_are_told_apart(scanner: Scanner) -> None:
    one = Scan(organisation="Lindeburg", answers={"a": 3})
    found = scanner.result(one, "en", one).comparison
    assert found and (found.before, found.after) == ("Lindeburg (other scan)", "Lindeburg (this scan)")


def test_a_small_difference_is_not_called_one(scanner: Scanner) -> None:
    found = scanner.result(Scan(answers={"a": 3, "b": 3}), "nl", Scan(answers={"a": 3, "b": 4})).comparison
    assert found and "Geen van de elementen" in found.text
    found = scanner.result(Scan(answers={"a": 3}), "nl", Scan(answers={"c": 4})).comparison
    assert found and "te weinig dezelfde stellingen" in found.text


def test_a_mean_needs_enough_scores() -> None:
    assert mean([], 0, 0.5) is None and mean([4], 3, 0.5) is None and mean([4, 5], 4, 0.5) == 4.5 and mean([1, 2, 2], 3, 0.5) == 1.7
    assert READING["weak"] < READING["strong"] and 0 < READING["least_share"] <= 1
