"""Scores per case and their means per slice, from cases and stored outcomes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case, Kind
from evals.metrics import answers, retrieval

ANSWERED = {"answered", "partial"}


def score_case(case: Case, kind: Kind, result: Mapping[str, Any]) -> dict[str, float]:
    """Return the scores of one case; only what applies to its kind."""
    outcome = result["outcome"]
    scores: dict[str, float] = {"ms": float(result["ms"])}
    quotes = [c for c in outcome.get("citations", []) if c.get("basis") != "notes"]
    scores["quotes_exact"] = float(all((c["quote"] and c["quote"] in c["text"]) or c["start"] < c["end"] for c in quotes))
    if kind == "situations":
        return scores | _advice(case, outcome)
    scores["answered"] = float(outcome["status"] in ANSWERED)
    scores["language"] = float(outcome["language"] == case.lang)
    if kind == "unanswerable":
        return scores
    found = retrieval.ranks([h["text"] for h in result["hits"]], [(e.quote, e.anchor) for e in case.evidence])
    for k in (1, 5, 10):
        scores[f"recall@{k}"] = retrieval.recall(found, k)
    scores["hit@5"] = retrieval.hit(found, 5)
    scores["mrr@10"] = retrieval.reciprocal_rank(found)
    texts = [s["text"] for s in outcome["statements"]]
    scores["complete"] = answers.complete(texts, case.keys)
    scores["words"] = float(answers.words(texts))
    cited = [c["text"] for c in outcome["citations"]]
    scores["cited"] = retrieval.hit(retrieval.ranks(cited, [(e.quote, e.anchor) for e in case.evidence]), 99)
    return scores


def _advice(case: Case, outcome: Mapping[str, Any]) -> dict[str, float]:
    barriers = [b["id"] for b in outcome["barriers"]]
    strategies = [s["id"] for s in outcome["strategies"]]
    cited = [c["text"] for c in outcome["citations"]]
    found = retrieval.ranks(cited, [(e.quote, e.anchor) for e in case.evidence])
    both = len(set(case.barriers) & set(barriers))
    return {
        "main_barrier@2": float(bool(case.barriers) and case.barriers[0] in barriers[:2]),
        "barrier_f1": 2 * both / ((len(case.barriers) + len(set(barriers))) or 1),
        "barriers_both": float(both), "barriers_sum": float(len(case.barriers) + len(set(barriers))),
        "strategy@3": float(bool(set(case.strategies[:2]) & set(strategies[:3]))),
        "evidence": retrieval.hit(found, 99) if case.evidence else 0.0,
        "grounded": float(all(s["citations"] for s in outcome["strategies"])),
        "words": float(sum(len((s["advice"] + s["why"]).split()) for s in outcome["strategies"])),
    }  # fmt: skip


def summary(cases: Sequence[Case], scores: Mapping[str, Mapping[str, float]], results: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return {slice: {metric: mean}} for all cases, per language, type, style, kind and document; and DNL/EN parity."""
    slices: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        if case.id not in scores:
            continue
        slices["all"].append(case.id)
        slices[f"lang={case.lang}"].append(case.id)
        for name in ("type", "style", "kind"):
            if getattr(case, name):
                slices[f"{name}={getattr(case, name)}"].append(case.id)
        for source in sorted({e.source for e in case.evidence}):
            slices[f"source={source}"].append(case.id)
    result: dict[str, Any] = {}
    for name, ids in slices.items():
        metrics: dict[str, list[float]] = defaultdict(list)
        for i in ids:
            for metric, value in scores[i].items():
                metrics[metric].append(value)
        row: dict[str, float | int | None] = {"n": len(ids)}
        row |= {m: answers.mean(v) for m, v in metrics.items() if m not in {"ms", "barriers_both", "barriers_sum"}}
        row["ms_p50"], row["ms_p95"] = answers.percentile(metrics["ms"], 0.5), answers.percentile(metrics["ms"], 0.95)
        if metrics["barriers_sum"]:
            row["barrier_micro_f1"] = 2 * sum(metrics["barriers_both"]) / (sum(metrics["barriers_sum"]) or 1)
        result[name] = row
    result["all"]["parity@5"] = _parity(cases, results)
    return result


def _parity(cases: Sequence[Case], results: Mapping[str, Mapping[str, Any]]) -> float | None:
    """Mean share of the first five passages that the Dutch and English form of a question have in common."""
    pairs: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for case in cases:
        if case.id in results and "hits" in results[case.id] and case.id.endswith(f"-{case.lang}"):
            pairs[case.id[:-3]][case.lang] = [h["passage"] for h in results[case.id]["hits"]]
    return answers.mean([retrieval.overlap(p["nl"], p["en"]) for p in pairs.values() if len(p) == 2])
