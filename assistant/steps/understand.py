"""Understand: from the words typed to a Query that stands alone."""

from __future__ import annotations

from dataclasses import replace

from assistant.messages import message
from assistant.records import Answer
from assistant.state import State, Tools


def understand(state: State, tools: Tools) -> State | Answer:
    """Return the state with its Query; a question without a single content word is unclear."""
    query = tools.understanding.query(state.question, state.history, state.wanted)
    state = replace(state, query=query)
    if not any(query.terms.values()) and not query.unknown:
        return state.closed("unclear", message("unclear", query.language))
    return state
