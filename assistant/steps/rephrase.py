"""Rephrase: in writing mode the model makes a follow-up stand alone where our own rules can only put two questions together."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.records import Language
from assistant.retrieval.followup import stand_alone
from assistant.retrieval.language import detect
from assistant.state import State, Tools
from assistant.steps.screen import clean, is_override
from ingest.analysis import STOPWORDS, stem, words
from ingest.errors import ModelUnavailable

SECONDS = 8.0  # a short question; when it takes longer, our own reading is good enough
_SHARE = 0.25  # of what an answer may take
_MOST_WORDS = 40
_REFERS = re.compile(
    r"\b(dat|dit|die|deze|daar\w*|er(?:van|mee|over|voor|bij|tegen)|zij|ze|hij|hun|hen|hem|zulke|dezelfde|that|this|those|these|they|them|"
    r"their|he|she|him|her|there|such|same|eerste|tweede|laatste|andere|first|second|latter|former|others?|ones?)\b",
    re.I,
)


def rephrase(state: State, tools: Tools) -> State:
    """Return the state with a question that stands alone, or as it was: when there is no need, no model, or no good reply."""
    if state.mode != "write" or tools.writer is None or not state.history:
        return state
    language: Language = state.wanted or detect(state.question, detect(state.history[-1].question))
    if not needed(state, language):
        return state
    seconds = min(SECONDS, _SHARE * tools.writer.seconds)
    try:
        text = clean(tools.writer.rephrased(state.question, state.history, language, seconds, state.stopped))
    except ModelUnavailable:
        return state
    if not acceptable(text, state, language):
        return state
    return replace(state, question=text, history=(), wanted=language, rephrased=text)


def needed(state: State, language: Language) -> bool:
    """True when the question leans on the conversation and our rules would only set the earlier question beside it."""
    ours = stand_alone(state.question, state.history, language)
    if ours == state.question:
        return bool(_REFERS.search(state.question))
    content = [w for w in words(state.question) if w not in STOPWORDS["nl"] | STOPWORDS["en"]]
    return bool(content) and ours.endswith(f" {state.question}")


def acceptable(text: str, state: State, language: Language) -> bool:
    """True for one short question in the right language that is made of the words of the conversation, and orders nothing."""
    if not text or "\n" in text or not text.endswith("?") or len(text.split()) > _MOST_WORDS or is_override(text):
        return False
    said = " ".join([state.question, *(f"{t.question} {t.answer}" for t in state.history)])
    known = {stem(w, la) for w in words(said) for la in ("nl", "en")}
    new = [w for w in words(text) if w not in STOPWORDS["nl"] | STOPWORDS["en"] and not {stem(w, la) for la in ("nl", "en")} & known]
    names = {w for found in re.findall(r"(?<!^)\b[A-ZÀ-Ý][\w-]+", text) for w in words(found)} | {
        w for w in new if any(map(str.isdigit, w))
    }
    return len(new) <= 2 and not names & set(new) and detect(text, language) == language
