"""Verify: nothing leaves without a citation that exists and a quote that stands letter for letter in the stored text."""

from __future__ import annotations

from dataclasses import replace

from assistant.citations import is_verbatim
from assistant.messages import message
from assistant.records import Answer
from assistant.state import State, Tools


def verify(state: State, tools: Tools) -> State | Answer:
    """Drop statements without a valid citation; with nothing left the answer is "not in these documents"."""
    assert state.answer is not None
    answer = state.answer
    good = {c.n for c in answer.citations if is_verbatim(c, tools.index)}
    kept = tuple(
        s.model_copy(update={"citations": tuple(n for n in s.citations if n in good)})
        for s in answer.statements
        if any(n in good for n in s.citations)
    )
    checks = {
        "statements": len(answer.statements),
        "dropped": len(answer.statements) - len(kept),
        "badQuotes": len(answer.citations) - len(good),
    }
    if not kept:
        return state.closed("not_in_sources", message("not_in_sources", state.language))
    used = {n for s in kept for n in s.citations}
    receipt = answer.receipt.model_copy(update={"checks": answer.receipt.checks | checks})
    return replace(
        state,
        answer=answer.model_copy(
            update={"statements": kept, "citations": tuple(c for c in answer.citations if c.n in used), "receipt": receipt}
        ),
    )
