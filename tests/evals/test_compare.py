from typing import Any

from evals.cases import Case
from evals.compare import LEAST, compare, unchanged
from evals.figures import FIGURES
from evals.record import case_hash

CASES = [Case(id=f"q{i}-{la}", lang=la, type="number" if i < 4 else "why", split="dev") for i in range(12) for la in ("nl", "en")]  # type: ignore[arg-type]


def _scores(low: set[str] = frozenset(), **more: float) -> dict[str, dict[str, dict[str, float]]]:  # type: ignore[assignment]
    return {"qa": {c.id: {"recall@5": float(c.id not in low), "answered": 1.0, **more} for c in CASES}}


def _rows(before: Any, after: Any) -> dict[tuple[str, str], Any]:
    return {(r.figure.metric, r.slice): r for r in compare(before, after, {"qa": CASES}).rows}


def test_a_loss_is_seen_for_whom_it_is() -> None:
    rows = _rows(_scores(), _scores({f"q{i}-nl" for i in range(12)}))
    assert rows["recall@5", "lang=nl"].verdict == "worse" and rows["recall@5", "lang=nl"].gain == -1.0
    assert rows["recall@5", "lang=en"].verdict == "same" and rows["recall@5", "all"].gain == -0.5 and rows["recall@5", "all"].n == 24
    assert rows["answered", "all"].verdict == "same" and ("recall@5", "split=dev,lang=nl") not in rows


def test_a_single_case_may_be_chance() -> None:
    rows = _rows(_scores(), _scores({"q0-nl"}))
    assert rows["recall@5", "all"].verdict == "perhaps worse"
    assert _rows(_scores({"q0-nl"}), _scores())["recall@5", "all"].verdict == "perhaps better"
    assert compare(_scores(), _scores({"q0-nl"}), {"qa": CASES}).with_verdict("worse") == []


def test_of_few_questions_nothing_is_beyond_chance() -> None:
    for count, verdict in ((LEAST - 1, "perhaps worse"), (LEAST, "worse")):
        names = [f"q{i}-{la}" for i in range(count) for la in ("nl", "en")]  # a translation is no other question
        before, after = ({"qa": {name: {"recall@5": v} for name in names}} for v in (1.0, 0.0))
        assert [(r.questions, r.verdict) for r in compare(before, after, {}).rows] == [(count, verdict)]


def test_a_case_that_was_changed_since_is_not_compared() -> None:
    then = {"qa": {c.id: case_hash(c) for c in CASES}}
    now = [c.model_copy(update={"question": "Anders?"}) if c.id == "q0-nl" else c for c in CASES]
    kept = unchanged(_scores(), then, {"qa": now})
    assert set(kept["qa"]) == {c.id for c in CASES} - {"q0-nl"}
    assert unchanged(_scores(), {}, {"qa": now}) == {"qa": {}} and unchanged(_scores(), then, {}) == {"qa": {}}


def test_the_cases_that_turned_bad_come_first() -> None:
    turned = compare(_scores({"q1-en"}), _scores({"q0-nl"}), {"qa": CASES}).turned
    assert [(t.case, t.good, t.before, t.after) for t in turned] == [("q0-nl", False, 1.0, 0.0), ("q1-en", True, 0.0, 1.0)]


def test_fewer_answers_to_unanswerable_questions_is_better() -> None:
    before, after = ({"unanswerable": {f"u{i}": {"answered": v} for i in range(9)}} for v in (1.0, 0.0))
    made = compare(before, after, {})
    assert [r.verdict for r in made.rows] == ["better"] and made.rows[0].gain == 1.0 and all(t.good for t in made.turned)


def test_only_cases_on_both_sides_count() -> None:
    before = {"qa": {"a": {"recall@5": 1.0}, "b": {"recall@5": 1.0}}}
    assert [(r.n, r.before) for r in compare(before, {"qa": {"b": {"recall@5": 0.0}}}, {}).rows] == [(1, 1.0)]
    assert compare(before, {"qa": {}}, {}).rows == []


def test_a_figure_stands_once() -> None:
    assert len({f.name for f in FIGURES}) == len(FIGURES)
