from typing import Any

import pytest

from evals.cases import Case
from evals.score import score_case, score_cases, summary

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
        "recall@3000c": 1.0, "hit@5": 1.0, "mrr@10": 0.5, "ndcg@10": pytest.approx(1 / 1.5849625), "complete": 1.0, "words": 4.0,
        "in_language": 1.0, "cited": 1.0, "citation_recall": 1.0, "citation_precision": 1.0,
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
    # niche at 4, experiment at 3, incentives absent: (1/log2(4) + 1/log2(5)) / (1 + 1/log2(3) + 1/log2(4))
    assert scores["strategy_ndcg@5"] == pytest.approx((0.5 + 0.4306766) / (1 + 0.6309298 + 0.5))
    assert scores["strategy@3"] == 1.0 and scores["grounded"] == 1.0 and scores["evidence"] == 1.0 and scores["words"] == 12
    late = score_case(case, "situations", _advised(["a", "b", "ict"], ["x", "y", "z", "niche"], ()))
    assert late["main_barrier@2"] == 0.0 and late["strategy@3"] == 0.0 and late["grounded"] == 0.0


def test_no_barrier_expected_and_none_given() -> None:
    scores = score_case(_case(evidence=[], barriers=[]), "situations", _advised([], []))
    assert scores["barrier_f1"] == 0.0 and scores["main_barrier@2"] == 0.0


def test_a_summary_per_slice() -> None:
    cases = [_case("q1-nl", type="number"), _case("q1-en", lang="en", type="number"), _case("q2-nl", type="who"), _case("q3-nl")]
    scores = {"q1-nl": {"ms": 10.0, "hit@5": 1.0}, "q1-en": {"ms": 30.0, "hit@5": 0.0}, "q2-nl": {"ms": 20.0, "hit@5": 1.0}}
    made = summary(cases, scores)
    assert set(made) == {"all", "lang=nl", "lang=en", "type=number", "type=who", "source=a"}
    assert made["all"]["n"] == 3 and made["all"]["hit@5"] == pytest.approx(2 / 3) and made["all"]["ms_p50"] == 20.0
    assert made["type=number"]["hit@5"] == 0.5 and made["lang=nl"]["n"] == 2
    assert "ms" not in made["all"]


def test_parity_belongs_to_both_forms_of_a_question() -> None:
    hits = {"q1-nl": "abcde", "q1-en": "abxyz", "q2-nl": "a"}
    results = {name: _result() | {"hits": [{"passage": p, "text": ""} for p in passages]} for name, passages in hits.items()}
    scores = score_cases([_case("q1-nl"), _case("q1-en", lang="en"), _case("q2-nl"), _case("q3-nl")], "qa", results)
    assert scores["q1-nl"]["parity@5"] == scores["q1-en"]["parity@5"] == pytest.approx(0.4)
    assert "parity@5" not in scores["q2-nl"] and "q3-nl" not in scores


def test_a_split_is_a_slice_by_language_too() -> None:
    made = summary([_case("a-nl", split="dev"), _case("a-en", lang="en", split="test")], {"a-nl": {"ms": 1.0}, "a-en": {"ms": 1.0}})
    assert {"split=dev", "split=test", "split=dev,lang=nl", "split=test,lang=en"} <= set(made) and next(iter(made)) == "all"


def test_citations_are_weighed_both_ways() -> None:
    cited = [_cited(QUOTE), _cited("niets"), _cited("niets")]
    scores = score_case(
        _case(evidence=[{"source": "a", "quote": QUOTE}, {"source": "a", "anchor": "elders"}]), "qa", _result(citations=cited)
    )
    assert scores["citation_recall"] == 0.5 and scores["citation_precision"] == 0.5 and scores["cited"] == 1.0


def test_a_claim_in_the_other_language_is_noticed_and_a_quote_is_not() -> None:
    said = [{"text": "The council did not want this", "kind": "claim"}, {"text": "Het waren er negen", "kind": "claim"}]
    assert score_case(_case(), "qa", _result(statements=said))["in_language"] == 0.5
    quoted = [{"text": "The council did not want this", "kind": "quote"}]
    assert "in_language" not in score_case(_case(), "qa", _result(statements=quoted))


def test_micro_f1_weighs_every_barrier_alike() -> None:
    cases = [_case("s1-nl"), _case("s2-nl")]
    scores = {
        "s1-nl": {"ms": 1.0, "barriers_both": 1.0, "barriers_sum": 2.0},
        "s2-nl": {"ms": 1.0, "barriers_both": 0.0, "barriers_sum": 6.0},
    }
    row = summary(cases, scores)["all"]
    assert row["barrier_micro_f1"] == pytest.approx(2 / 8) and "barriers_both" not in row
