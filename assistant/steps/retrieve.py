"""Retrieve: the passages that may hold the answer, and how sure we are that they do."""

from __future__ import annotations

from dataclasses import replace

from assistant.citations import nearest
from assistant.messages import message
from assistant.records import Answer
from assistant.retrieval.confidence import assess
from assistant.state import State, Tools

SHOWN_WHEN_NOT = 3
DEPTH = 12


def retrieve(state: State, tools: Tools) -> State | Answer:
    """Return the state with its hits, or an honest no with the nearest passages."""
    assert state.query is not None
    query = state.query
    found = tools.searcher.search(query, DEPTH)
    verdict = assess(query, found, tools)
    state = replace(state, found=found, confidence=verdict.confidence)
    if verdict.status in {"answered", "partial"}:
        return state
    language = state.language
    close = nearest(tools.index, [hit.passage for hit in found.direct[:SHOWN_WHEN_NOT]], query.text, language)
    if verdict.status == "out_of_scope":
        return state.closed("out_of_scope", message("out_of_scope", language))
    if verdict.missing:
        text = message("missing_name", language, name=verdict.missing)
    else:
        text = message("not_by_words" if found.by_words else "not_in_sources", language)
    return state.closed("not_in_sources", text, nearest=close)
