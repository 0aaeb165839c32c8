"""A second opinion on answers, by a language model or by people; reported apart from the scores, which need no judge."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.model import ask, open_model
from assistant.prompts import load_prompt
from assistant.settings import Settings
from evals.metrics.agreement import kappa, share_equal
from evals.record import read_lines
from evals.run import Run
from evals.score import ANSWERED
from evals.stats import interval
from ingest.errors import CorpusError, ModelUnavailable

MARKS = {"correct": {"yes": 1.0, "partly": 0.5, "no": 0.0}, "grounded": {"yes": 1.0, "no": 0.0}}
MOST_TOKENS = 300
MOST_FAILURES = 2  # so many in a row without any reply: the model is gone
Judgement = dict[str, Any]  # id, correct, grounded, reason
Track = Callable[[Sequence[str]], Iterable[str]]


def read_judgements(file: Path) -> dict[str, Judgement]:
    """Return judgements by case: one JSON object per line with id, correct and grounded. Raises CorpusError naming the line."""
    found: dict[str, Judgement] = {}
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                found[str(row["id"])] = _checked(row)
            except (ValueError, KeyError, TypeError) as error:
                shape = 'A line is like {"id": "v-001-nl", "correct": "partly", "grounded": "yes"}.'
                raise CorpusError(f"{file}, line {number}: {error}", shape) from error
    return found


def _checked(row: Mapping[str, Any]) -> Judgement:
    for name, marks in MARKS.items():
        if row[name] not in marks:
            raise ValueError(f"{name} is one of {', '.join(marks)}")
    return {
        "id": str(row.get("id", "")),
        "correct": row["correct"],
        "grounded": row["grounded"],
        "reason": str(row.get("reason", ""))[:400],
    }


def judge_run(run: Run, settings: Settings, track: Track, say: Callable[[str], None]) -> dict[str, Judgement]:
    """Let the configured model judge the answers of a run, and keep each judgement as it comes (judgements.jsonl).

    Judged before with the same model, prompt and answer: not again. A reply that is not a judgement leaves the case unjudged.
    Raises SettingsError without a model, ModelUnavailable when it stops answering.
    """
    model, prompt = open_model(settings), load_prompt(settings.prompts, "judge")
    file = run.folder / "judgements.jsonl"
    made_with = f"{model.name} {prompt.sha256[:12]}"
    kept = {r["id"]: r for r in read_lines(file) if r.get("with") == made_with and r.get("answer") == _text(run, str(r["id"]))}
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in kept.values()), "utf-8")
    points = {c.id: c.points for c in run.cases}
    questions = {c.id: c.asked for c in run.cases}
    todo = [i for i, r in run.results.items() if i not in kept and points.get(i) and r["outcome"]["status"] in ANSWERED]
    failures = 0
    with file.open("a", encoding="utf-8") as stream:
        for name in track(todo):
            text = prompt.render(
                question=questions[name],
                points="\n".join(f"- {p}" for p in points[name]),
                answer=_text(run, name),
                passages="\n\n".join(f"[{c['n']}] {c['text']}" for c in run.results[name]["outcome"]["citations"]),
            )
            try:
                reply = ask(model, [("user", text)], settings.model_seconds, MOST_TOKENS)
                failures = 0
                row = _checked(json.loads(re.sub(r"^[^{]*|[^}]*$", "", reply)))
            except ModelUnavailable:
                failures += 1
                if failures >= MOST_FAILURES:
                    raise
                continue
            except (ValueError, KeyError, TypeError):
                say(f"{name}: the model gave no judgement")
                continue
            kept[name] = row | {"id": name, "with": made_with, "answer": _text(run, name)}
            stream.write(json.dumps(kept[name], ensure_ascii=False) + "\n")
            stream.flush()
    return kept


def _text(run: Run, name: str) -> str:
    statements = run.results.get(name, {"outcome": {}})["outcome"].get("statements", [])
    return "\n".join(f"{s['text']} {s['citations']}" for s in statements)


def judged(own: Mapping[str, Judgement], people: Mapping[str, Judgement]) -> dict[str, str]:
    """Return what a report says: shares with intervals per judge, and how far the model agrees with people where both judged."""
    shown: dict[str, str] = {}
    for judge, rows in (("a model", own), ("people", people)):
        for name, marks in MARKS.items():
            mean = interval({i: marks[r[name]] for i, r in rows.items()})
            if mean:
                shown[f"{name}, judged by {judge}"] = f"{mean.mean:.3f} ({mean.low:.2f}–{mean.high:.2f}), {len(rows)} answers"
    for name in MARKS:
        one, other = ({i: str(r[name]) for i, r in rows.items()} for rows in (own, people))
        equal, beyond = share_equal(one, other), kappa(one, other)
        if equal is not None:
            both = len(set(one) & set(other))
            shown[f"{name}: model and people agree"] = f"{equal:.2f} of {both}, kappa {'–' if beyond is None else f'{beyond:.2f}'}"
    return shown
