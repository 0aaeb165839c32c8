"""From what the systems found to one table: pure functions over a job's cases and the outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.metrics import retrieval
from evals.metrics.answers import percentile
from evals.stats import Interval, interval

METRICS = ("recall@5", "recall@10", "recall@3000c")
COST = {
    "texts": "chunks", "mean chars": "mean_chars", "ingest CPU s": "ingest_cpu_s", "query ms p50": "ms_p50", "p95": "ms_p95",
    "CPU ms p50": "cpu_ms_p50", "peak MiB": "peak_mib",
}  # fmt: skip


def scores(cases: Sequence[Case], outcome: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return per case the recall of its evidence among the texts found; a case without an answer found nothing."""
    found = {answer["id"]: answer["texts"] for answer in outcome["answers"]}
    made = {}
    for case in cases:
        texts, evidence = found.get(case.id, []), [(e.quote, e.anchor) for e in case.evidence]
        at = retrieval.ranks(texts, evidence)
        made[case.id] = {
            "recall@5": retrieval.recall(at, 5),
            "recall@10": retrieval.recall(at, 10),
            "recall@3000c": retrieval.recall_within(texts, evidence),
        }
    return made


def row(cases: Sequence[Case], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a system's row holds: per metric and language an Interval, and what it cost."""
    each = scores(cases, outcome)
    asked = {case.id for case in cases}
    own = [answer for answer in outcome["answers"] if answer["id"] in asked]
    ms, cpu = [answer["ms"] for answer in own], [answer["cpu_ms"] for answer in own]
    made: dict[str, Any] = {"ms_p50": percentile(ms, 0.5), "ms_p95": percentile(ms, 0.95), "cpu_ms_p50": percentile(cpu, 0.5)}
    for metric in METRICS:
        for language in ("", "nl", "en"):
            made[f"{metric} {language}".strip()] = interval({c.id: each[c.id][metric] for c in cases if language in ("", c.lang)})
    return made | {name: outcome[name] for name in COST.values() if name in outcome}


def markdown(rows: Mapping[str, Mapping[str, Any] | str], cases: Sequence[Case]) -> str:
    """Return the table; a system that did not finish has its reason instead of figures.

    Recall is given for all with its 95% interval, then Dutch / English.
    """
    head = ["", *(f"{m} (95%)<br>nl / en" for m in METRICS), *COST]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for label, own in rows.items():
        if isinstance(own, str):
            lines.append(f"| {label} | {own} |{' |' * (len(head) - 2)}")
            continue
        cells = [_recall(own, metric) for metric in METRICS] + [_cost(own[name]) for name in COST.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    forms = {language: sum(c.lang == language for c in cases) for language in ("nl", "en")}
    return "\n".join([*lines, "", f"{len(cases)} questions ({forms['nl']} Dutch, {forms['en']} English)."])


def _recall(own: Mapping[str, Any], metric: str) -> str:
    every: Interval | None = own[metric]
    if every is None:
        return "–"
    apart = [f"{part.mean:.2f}" if (part := own[f"{metric} {language}"]) else "–" for language in ("nl", "en")]
    return f"{every.mean:.2f} ({every.low:.2f}–{every.high:.2f})<br>{' / '.join(apart)}"


def _cost(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
