"""Scores per case and their means per slice, from cases and stored outcomes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case, Kind
from evals.metrics import advice, answers, retrieval

ANSWERED = {"answered", "partial"}
_HIDDEN = {"ms", "barriers_both", "barriers_sum"}  # means of these say nothing; see `summary`


def score_case(case: Case, kind: Kind, result: Mapping[str, Any]) -> dict[str, float]:
    """Return the scores of one case; only what applies to its kind."""
    outcome = result["outcome"]
    scores: dict[str, float] = {"ms": float(result["ms"])}
    scores["quotes_exact"] = answers.exact_quotes(outcome.get("citations", []))
    if kind == "situations":
        return scores | _advice(case, outcome)
    scores["answered"] = float(outcome["status"] in ANSWERED)
    scores["language"] = float(outcome["language"] == case.lang)
    if kind == "unanswerable":
        return scores
    evidence = [(e.quote, e.anchor) for e in case.evidence]
    hits = [h["text"] for h in result["hits"]]
    found = retrieval.ranks(hits, evidence)
    for k in (1, 5, 10):
        scores[f"recall@{k}"] = retrieval.recall(found, k)
    scores["recall@3000c"] = retrieval.recall_within(hits, evidence)
    scores["hit@5"] = retrieval.hit(found, 5)
    scores["mrr@10"] = retrieval.reciprocal_rank(found)
    scores["ndcg@10"] = retrieval.ndcg(found)
    texts = [s["text"] for s in outcome["statements"]]
    scores["complete"] = answers.complete(texts, case.keys)
    scores["words"] = float(answers.words(texts))
    own = answers.in_language([s["text"] for s in outcome["statements"] if s.get("kind") != "quote"], case.lang)
    if own is not None:
        scores["in_language"] = own
    cited = [c["text"] for c in outcome["citations"]]
    carried = retrieval.ranks(cited, evidence)
    scores["cited"] = retrieval.hit(carried, 99)
    scores["citation_recall"] = retrieval.recall(carried, 99)
    if cited:
        scores["citation_precision"] = retrieval.citation_precision(cited, evidence)
    return scores


def _advice(case: Case, outcome: Mapping[str, Any]) -> dict[str, float]:
    barriers = [b["id"] for b in outcome["barriers"]]
    strategies = [s["id"] for s in outcome["strategies"]]
    cited = [c["text"] for c in outcome["citations"]]
    found = retrieval.ranks(cited, [(e.quote, e.anchor) for e in case.evidence])
    return {
        "main_barrier@2": advice.main_barrier(case.barriers, barriers),
        "barrier_f1": advice.set_f1(case.barriers, barriers),
        "barriers_both": float(len(set(case.barriers) & set(barriers))),
        "barriers_sum": float(len(case.barriers) + len(set(barriers))),
        "strategy@3": advice.strategy_hit(case.strategies, strategies),
        "strategy_ndcg@5": advice.strategy_ndcg(case.strategies, strategies),
        "evidence": retrieval.hit(found, 99) if case.evidence else 0.0,
        "grounded": float(all(s["citations"] for s in outcome["strategies"])),
        "words": float(sum(len((s["advice"] + s["why"]).split()) for s in outcome["strategies"])),
    }


def score_cases(cases: Sequence[Case], kind: Kind, results: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the scores of every case with a result; both forms of a question also get the share of hits they have in common."""
    scores = {c.id: score_case(c, kind, results[c.id]) for c in cases if c.id in results}
    pairs: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for case in cases:
        if case.id in results and "hits" in results[case.id] and case.id.endswith(f"-{case.lang}"):
            pairs[case.id[:-3]][case.lang] = [h["passage"] for h in results[case.id]["hits"]]
    for name, pair in pairs.items():
        if len(pair) == 2:
            shared = retrieval.overlap(pair["nl"], pair["en"])
            for language in pair:
                scores[f"{name}-{language}"]["parity@5"] = shared
    return scores


def slices(case: Case) -> list[str]:
    """Return the names of the groups that a case is counted in."""
    names = ["all", f"lang={case.lang}"]
    names += [f"{name}={getattr(case, name)}" for name in ("split", "type", "style", "kind") if getattr(case, name)]
    if case.split:
        names.append(f"split={case.split},lang={case.lang}")
    return names + [f"source={source}" for source in sorted({e.source for e in case.evidence})]


def summary(cases: Sequence[Case], scores: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """Return {slice: {metric: mean}}; latencies as percentiles, barriers also micro-averaged. A metric nobody has is absent."""
    members: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        if case.id in scores:
            for name in slices(case):
                members[name].append(case.id)
    result: dict[str, Any] = {}
    for name in sorted(members, key=lambda s: (s != "all", not s.startswith("lang"), s)):
        metrics: dict[str, list[float]] = defaultdict(list)
        for i in members[name]:
            for metric, value in scores[i].items():
                metrics[metric].append(value)
        row: dict[str, float | int | None] = {"n": len(members[name])}
        row |= {m: answers.mean(v) for m, v in metrics.items() if m not in _HIDDEN}
        row["ms_p50"], row["ms_p95"] = answers.percentile(metrics["ms"], 0.5), answers.percentile(metrics["ms"], 0.95)
        if metrics["barriers_sum"]:
            row["barrier_micro_f1"] = 2 * sum(metrics["barriers_both"]) / (sum(metrics["barriers_sum"]) or 1)
        result[name] = row
    return result
