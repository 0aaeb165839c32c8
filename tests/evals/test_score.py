from typing import Any

import pytest

from evals.cases import Case
from evals.score import score_case, summary

QUOTE = "een twee drie vier vijf zes zeven acht"


def _case(name: str = "q1-nl", **more: Any) -> Case:
    return Case.model_validate({"id": name, "lang": "nl", "evidence": [{"source": "a", "quote": QUOTE}], "keys": [["negen", "9"]]} | more)


def _cited(text: str, quote: str = "een", basis: str = "document", start: int = 0, end: int = 0) -> dict[str, Any]:
    return {"n": 1, "text": text, "quote": quote, "basis": basis, "start": start, "end": end}


def _result(**outcome: Any) -> dict[str, Any]:
    whole = {"status": "answered", "language": "nl", "statements": [{"text": "Het waren er negen"}], "citations": [_cited(QUOTE)]}
    hits = [{"passage": "a:1:1", "text": "iets anders"}, {"passage": "a:1:2", "text": QUOTE}]
    return {"ms": 12, "outcome": whole | outcome, "hits": hits}


def test_a_right_answer() -> None:
    assert score_case(_case(), "qa", _result()) == {
        "ms": 12.0, "quotes_exact": 1.0, "answered": 1.0, "language": 1.0, "recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0,
        "hit@5": 1.0, "mrr@10": 0.5, "complete": 1.0, "words": 4.0, "cited": 1.0,
    }  # fmt: skip


def test_a_no_scores_nothing_said() -> None:
    scores = score_case(_case(), "qa", _result(status="not_in_sources", statements=[], citations=[], language="en"))
    assert (scores["answered"], scores["complete"], scores["cited"], scores["words"], scores["language"]) == (0, 0, 0, 0, 0)
    assert scores["recall@5"] == 1.0


def test_partial_counts_as_answered() -> None:
    assert score_case(_case(), "qa", _result(status="partial"))["answered"] == 1.0


@pytest.mark.parametrize(
    ("citation", "exact"),
    [
        (_cited(QUOTE, "vier vijf"), 1.0),
        (_cited(QUOTE, "vijf vier"), 0.0),
        (_cited(QUOTE, ""), 0.0),
        (_cited("Samengevat", "", "notes"), 1.0),
    ],
)
def test_quotes_must_stand_in_their_passage(citation: dict[str, Any], exact: float) -> None:
    assert score_case(_case(), "qa", _result(citations=[citation]))["quotes_exact"] == exact


def test_an_unanswerable_question_is_only_judged_on_answering() -> None:
    scores = score_case(_case(evidence=[], keys=[]), "unanswerable", {"ms": 1, "outcome": _result(status="refused")["outcome"]})
    assert set(scores) == {"ms", "quotes_exact", "answered", "language"} and scores["answered"] == 0.0


def _advised(barriers: list[str], strategies: list[str], cited: tuple[int, ...] = (1,)) -> dict[str, Any]:
    cards = [{"id": s, "citations": list(cited), "advice": "doe dit", "why": "want dat"} for s in strategies]
    return {"ms": 1, "outcome": {"barriers": [{"id": b} for b in barriers], "strategies": cards, "citations": [_cited(QUOTE)]}}


def test_advice_by_hand() -> None:
    case = _case(barriers=["ict", "time"], strategies=["niche", "experiment", "incentives"])
    scores = score_case(case, "situations", _advised(["time", "ict", "silos"], ["x", "y", "experiment", "niche"]))
    assert scores["main_barrier@2"] == 1.0 and scores["barrier_f1"] == pytest.approx(4 / 5)
    assert (scores["barriers_both"], scores["barriers_sum"]) == (2, 5)
    assert scores["strategy@3"] == 1.0 and scores["grounded"] == 1.0 and scores["evidence"] == 1.0 and scores["words"] == 12
    late = score_case(case, "situations", _advised(["a", "b", "ict"], ["x", "y", "z", "niche"], ()))
    assert late["main_barrier@2"] == 0.0 and late["strategy@3"] == 0.0 and late["grounded"] == 0.0


def test_no_barrier_expected_and_none_given() -> None:
    scores = score_case(_case(evidence=[], barriers=[]), "situations", _advised([], []))
    assert scores["barrier_f1"] == 0.0 and scores["main_barrier@2"] == 0.0


def test_a_summary_per_slice() -> None:
    cases = [_case("q1-nl", type="number"), _case("q1-en", lang="en", type="number"), _case("q2-nl", type="who"), _case("q3-nl")]
    hits = {"q1-nl": ["p", "q"], "q1-en": ["p", "r"], "q2-nl": ["p"]}
    results = {name: {"hits": [{"passage": p} for p in passages]} for name, passages in hits.items()}
    scores = {"q1-nl": {"ms": 10.0, "hit@5": 1.0}, "q1-en": {"ms": 30.0, "hit@5": 0.0}, "q2-nl": {"ms": 20.0, "hit@5": 1.0}}
    made = summary(cases, scores, results)
    assert set(made) == {"all", "lang=nl", "lang=en", "type=number", "type=who", "source=a"}
    assert made["all"]["n"] == 3 and made["all"]["hit@5"] == pytest.approx(2 / 3) and made["all"]["ms_p50"] == 20.0
    assert made["type=number"]["hit@5"] == 0.5 and made["lang=nl"]["n"] == 2
    assert "ms" not in made["all"] and made["all"]["parity@5"] is not None and 0 < made["all"]["parity@5"] < 1


def test_micro_f1_weighs_every_barrier_alike() -> None:
    cases = [_case("s1-nl"), _case("s2-nl")]
    scores = {
        "s1-nl": {"ms": 1.0, "barriers_both": 1.0, "barriers_sum": 2.0},
        "s2-nl": {"ms": 1.0, "barriers_both": 0.0, "barriers_sum": 6.0},
    }
    row = summary(cases, scores, {})["all"]
    assert row["barrier_micro_f1"] == pytest.approx(2 / 8) and "barriers_both" not in row
