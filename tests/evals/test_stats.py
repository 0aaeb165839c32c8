import pytest

from evals.stats import cluster, interval, paired


def test_the_mean_lies_between_its_bounds_and_the_numbers_repeat() -> None:
    values = {f"q{i}-nl": float(i % 4 == 0) for i in range(100)}
    made = interval(values)
    assert made is not None and made.mean == 0.25 and made == interval(values)
    # The standard error of a share of 0.25 over 100 is 0.0433, so about 0.165 and 0.335.
    assert made.low == pytest.approx(0.165, abs=0.015) and made.high == pytest.approx(0.335, abs=0.015)


def test_without_spread_there_is_no_doubt() -> None:
    assert interval({"a": 0.5, "b": 0.5}) == (0.5, 0.5, 0.5) and interval({}) is None


def test_a_question_and_its_translation_are_drawn_together() -> None:
    assert cluster("v-001-nl") == cluster("v-001-en") == "v-001" and cluster("sit-003") == "sit-003"
    pairs = {f"q{i}-{la}": float(i % 2) for i in range(50) for la in ("nl", "en")}
    alone = {f"q{i}-{la}x": float(i % 2) for i in range(50) for la in ("nl", "en")}
    both, single = interval(pairs), interval(alone)
    assert both and single and both.high - both.low > 1.25 * (single.high - single.low)


def test_differences_are_taken_case_by_case() -> None:
    before, after = {"a": 1.0, "b": 0.0, "c": 1.0}, {"a": 0.0, "b": 0.0, "d": 1.0}
    made = paired(before, after)
    assert made is not None and made.mean == -0.5 and paired({"a": 1.0}, {"b": 1.0}) is None
    same = paired({str(i): float(i) for i in range(9)}, {str(i): i + 0.25 for i in range(9)})
    assert same == (0.25, 0.25, 0.25)
