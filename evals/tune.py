"""Choose the numbers in `weights.yaml` on the development split: the search's, then the confidence's.

The search is tuned by coordinate ascent over the weights of legs and fields; the confidence is a logistic regression
on answerable against unanswerable questions. Below `threshold` the answer is no (at most 5% of answerable questions may
fall there); below `partial` it is given with a warning (at most a quarter of the answerable ones).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from assistant.records import Query, Turn
from assistant.retrieval.confidence import missing_name, subject_absent
from assistant.retrieval.features import FEATURES, SIGNS, features
from assistant.retrieval.search import Found, Searcher
from assistant.service import Wijzer
from assistant.steps.screen import is_chat, is_override
from evals.cases import Case
from evals.metrics.retrieval import carries

MOST_REFUSED = 0.05  # share of answerable questions that may be refused
MOST_WARNED = 0.25  # share of answerable questions that may be refused or answered with a warning
LEAST_GAIN = 0.004  # about half a case; smaller gains are noise, and chasing them fits the development split only
STEPS = (0.0, 0.5, 0.7, 0.85, 1.2, 1.5, 2.0)


def gold_passages(wijzer: Wijzer, case: Case) -> list[set[str]]:
    """Return, per piece of evidence, the passages that carry it."""
    store = wijzer.tools.index.store
    return [{p.id for p in store.passages_of(e.source) if carries(p.text, e.quote, e.anchor)} for e in case.evidence]


def objective(ranked: Sequence[str], gold: Sequence[set[str]]) -> float:
    """Return what is tuned for: recall at 5 and at 10 and the reciprocal rank, in that order of weight."""
    if not gold:
        return 0.0
    ranks = [next((r for r, p in enumerate(ranked, 1) if p in g), 99) for g in gold]
    at = [sum(r <= k for r in ranks) / len(ranks) for k in (5, 10)]
    return 0.5 * at[0] + 0.3 * at[1] + 0.2 / min(ranks)


def tune_search(wijzer: Wijzer, cases: Sequence[Case], say: Callable[[str], None]) -> dict[str, Any]:
    """Return weights with the legs and fields that do best on the cases."""
    weights: dict[str, Any] = copy.deepcopy(dict(wijzer.tools.weights))
    gold = {c.id: gold_passages(wijzer, c) for c in cases}
    queries = {c.id: wijzer.tools.understanding.query(c.asked, _history(c)) for c in cases}
    vectors = dict(zip(queries, wijzer.tools.searcher.vectors(list(queries.values())), strict=True))

    def legs_of(trial: Mapping[str, Any]) -> dict[str, dict[str, dict[str, float]]]:
        searcher = Searcher(wijzer.tools.index, wijzer.embedder, trial)
        return {name: searcher.legs(query, vectors[name])[0] for name, query in queries.items()}

    def value(trial: Mapping[str, Any], legs: Mapping[str, Mapping[str, Mapping[str, float]]]) -> float:
        searcher = Searcher(wijzer.tools.index, wijzer.embedder, trial)
        total = 0.0
        for name, scores in legs.items():
            fused = searcher.fuse(scores)
            total += objective(sorted(fused, key=lambda p: (-fused[p], p))[:10], gold[name])
        return total / len(legs)

    legs = legs_of(weights)
    best = value(weights, legs)
    say(f"before: {best:.4f}")
    for _ in range(3):
        for leg in weights["legs"]:
            for step in STEPS:
                trial = copy.deepcopy(weights)
                trial["legs"][leg] = round(max(trial["legs"][leg], 0.1) * step, 3)
                if any(trial["legs"].values()) and (score := value(trial, legs)) > best + LEAST_GAIN:
                    weights, best = trial, score
        for table, fields in (("passages", 4), ("notes", 2)):
            for field in range(fields):
                for step in (0.5, 2.0):
                    trial = copy.deepcopy(weights)
                    trial["fields"][table][field] = round(trial["fields"][table][field] * step, 3)
                    changed = legs_of(trial)
                    if (score := value(trial, changed)) > best + LEAST_GAIN:
                        weights, best, legs = trial, score, changed
        say(f"now: {best:.4f} {weights['legs']} {weights['fields']}")
    return weights


def _history(case: Case) -> list[Turn]:
    return [Turn(question=t) for t in case.turns[:-1]]


def tune_confidence(
    wijzer: Wijzer, answerable: Sequence[Sequence[Case]], unanswerable: Sequence[Sequence[Case]], say: Callable[[str], None]
) -> dict[str, Any]:
    """Return the regression's weights, the threshold below which the answer is no, and the one below which it comes with a warning.

    Cases come file by file, and each file counts as much as another of its kind, however long: readers ask in different ways.
    """
    rows: list[list[float]] = []
    labels: list[float] = []
    weights: list[float] = []
    for label, files in ((1.0, answerable), (0.0, unanswerable)):
        for cases in files:
            before = len(rows)
            for case in cases:
                if is_override(case.asked) or is_chat(case.asked):
                    continue  # never gets as far as a search
                query, found = search(wijzer, case)
                if missing_name(query, wijzer.tools) or subject_absent(query, found, wijzer.tools):
                    continue
                values = features(query, found, wijzer.tools)
                rows.append([1.0] + [values[name] for name in FEATURES])
                labels.append(label)
            weights += [0.5 / len(files) / max(1, len(rows) - before)] * (len(rows) - before)
    x, y, share = np.array(rows), np.array(labels), np.array(weights)
    sign = np.array([0] + [SIGNS[name] for name in FEATURES])
    w = np.zeros(x.shape[1])
    for _ in range(20000):  # projected gradient: no feature may count against what it stands for
        p = 1 / (1 + np.exp(-x @ w))
        w -= 0.3 * (x.T @ (share * (p - y)) + 0.002 * w * (sign != 0))
        w = np.where(w * sign < 0, 0.0, w)
    confidence = 1 / (1 + np.exp(-x @ w))
    no, yes = (2 * share * (y == label) for label in (0, 1))  # of each kind the share of a case, by file
    curve = [(t, float(no @ (confidence >= t)), float(yes @ (confidence < t))) for t in np.arange(0.05, 0.96, 0.01)]
    threshold, partial = (max((row for row in curve if row[2] <= most), default=curve[0]) for most in (MOST_REFUSED, MOST_WARNED))
    for name, row in (("threshold", threshold), ("partial", partial)):
        say(f"{name} {row[0]:.2f}: {row[1]:.1%} of unanswerable at or above it, {row[2]:.1%} of answerable below it")
    names = ("bias", *FEATURES)
    return {
        "confidence": {n: round(float(v), 3) for n, v in zip(names, w, strict=True)},
        "threshold": round(float(threshold[0]), 2),
        "partial": round(float(partial[0]), 2),
    }


def search(wijzer: Wijzer, case: Case) -> tuple[Query, Found]:
    """Return the query and what it finds, for the last turn of a case."""
    tools = wijzer.tools
    query = tools.understanding.query(case.asked, _history(case))
    return query, tools.searcher.search(query, 12)
