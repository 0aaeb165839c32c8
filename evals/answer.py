"""Run cases through the service and keep what came back, one JSON object per case."""

from __future__ import annotations

import time
from typing import Any

from assistant.records import Mode, Turn
from assistant.service import Wijzer
from evals.cases import Case, Kind

DEPTH = 10


def answer_case(wijzer: Wijzer, case: Case, kind: Kind, mode: Mode) -> dict[str, Any]:
    """Return the outcome of one case: the answer (or advice), the hits for its question, and milliseconds taken."""
    history: list[Turn] = []
    for turn in case.turns[:-1]:
        earlier = wijzer.answer(turn, history, mode=mode)
        history.append(Turn(question=turn, answer=" ".join(s.text for s in earlier.statements)[:2000]))
    began = time.perf_counter()
    if kind == "situations":
        outcome = wijzer.advise(case.situation, mode=mode).json_dict()
    else:
        outcome = wijzer.answer(case.asked, history, mode=mode).json_dict()
    milliseconds = (time.perf_counter() - began) * 1000
    result: dict[str, Any] = {"id": case.id, "outcome": outcome, "ms": round(milliseconds, 1)}
    if kind in {"qa", "multiturn"}:
        hits = wijzer.hits(case.asked, history, DEPTH)
        result["hits"] = [{"passage": h.passage, "text": h.text, "score": h.score} for h in hits]
    return result
