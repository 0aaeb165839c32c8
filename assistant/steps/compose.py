"""Compose in quote mode: two to six short statements, most direct first, each with the passage that carries it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.citations import Citer
from assistant.messages import message
from assistant.records import Answer, Hit, Query, Receipt, Statement
from assistant.state import State, Tools
from assistant.steps.screen import is_override
from ingest.analysis import STOPWORDS, terms, words
from ingest.clean import addresses_assistant
from ingest.records import Passage
from ingest.sentences import sentences

MOST_WORDS = 170
LEAST_STATEMENTS, MOST_STATEMENTS = 2, 6
_PASSAGES = 8
_FOLLOW_UPS = 3
_REFERENCE = re.compile(r"\d{1,3}\s+(?:zie|see|idem|ibid|vgl|cf)\b", re.I)  # a footnote that only sends the reader elsewhere


@dataclass(frozen=True)
class Candidate:
    """A sentence that may become a statement. `own` is its text in the passage's language, to find the quote with."""

    text: str
    own: str
    passage: Passage
    score: float
    kind: str
    terms: frozenset[str]
    note: str = ""


def compose(state: State, tools: Tools) -> State | Answer:
    """Return the state with its answer."""
    assert state.query is not None and state.found is not None
    chosen = choose(candidates(state, tools), tools.weights["cut"])
    citer = Citer(tools.index, state.language)
    statements = []
    for candidate in chosen:
        citation = citer.cite(candidate.passage, candidate.own)
        statements.append(Statement(text=candidate.text, citations=(citation.n,), kind="quote" if candidate.kind == "quote" else "claim"))
    by_words = state.found.by_words
    partial = by_words or state.confidence < float(tools.weights["partial"])
    answer = Answer(
        status="partial" if partial else "answered",
        language=state.language,
        mode="quote",
        message=message("by_words" if by_words else "partial", state.language) if partial else "",
        statements=tuple(statements),
        citations=citer.citations,
        follow_ups=follow_ups(state, tools),
        receipt=Receipt(index=tools.index.fingerprint, confidence=round(state.confidence, 3), by_words=by_words),
    )
    return replace(state, answer=answer)


def candidates(state: State, tools: Tools) -> list[Candidate]:
    """Return everything that could be said, best first: claims of the best passages, verbatim sentences where none fit."""
    assert state.query is not None and state.found is not None
    query, found = state.query, state.found
    wanted = frozenset(t for t, w in query.terms.get(query.language, ()) if w == 1.0)
    made: list[Candidate] = []
    best_note = max(found.notes.values(), default=1.0) or 1.0
    for hit in found.direct[:_PASSAGES]:
        passage = tools.index.store.passage(hit.passage)
        if passage is None:
            continue
        notes = tools.index.store.notes_of(hit.passage)
        for note in notes:
            strength = found.notes.get(note.id, 0.0) / best_note
            for position, claim in enumerate(note.claims):
                text = claim.in_language(query.language)
                own = frozenset(terms(text, query.language, keep_stopwords=False))
                cosine = found.claims.get(f"{note.id}/{position}{query.language}", 0.0)
                score = _score(tools, hit, strength, cosine, wanted, own, text, query)
                made.append(Candidate(text, claim.nl, passage, score, "claim", own, note.id))
        if not notes:
            made += _sentences(hit, passage, wanted, query, tools, first=hit is found.direct[0])
    return sorted(made, key=lambda c: -c.score)


def _score(
    tools: Tools, hit: Hit, strength: float, cosine: float, wanted: frozenset[str], own: frozenset[str], text: str, query: Query
) -> float:
    weights = tools.weights["claims"]
    overlap = len(wanted & own) / (len(wanted) or 1)
    score = weights["passage"] * hit.score + weights["note"] * strength + weights["cosine"] * cosine + weights["overlap"] * overlap
    if query.kind in {"number", "when"} and any(c.isdigit() for c in text):
        score += float(weights["number"])
    return float(score)


def _sentences(hit: Hit, passage: Passage, wanted: frozenset[str], query: Query, tools: Tools, first: bool) -> list[Candidate]:
    weights = tools.weights["claims"]
    made = []
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        if _REFERENCE.match(text) or (passage.suspect and addresses_assistant(text)):
            continue
        own = frozenset(terms(text, "nl" if passage.kind != "note" else query.language, keep_stopwords=False))
        overlap = len(wanted & own) / (len(wanted) or 1)
        if 5 <= len(text.split()) <= 80 and not is_override(text):  # an order to the assistant is nothing to tell a reader
            score = weights["passage"] * hit.score + weights["note"] + overlap + first  # no claim can say it better
            made.append(Candidate(text, text, passage, float(score), "quote", own))
    return sorted(made, key=lambda c: -c.score)[:2]


def choose(ranked: list[Candidate], cut: Mapping[str, float]) -> list[Candidate]:
    """Return the statements to make: the best that say something new, within the length of a short answer.

    `cut`: the share of the best score below which what is left is beside the point; per kind, and milder for the second.
    """
    chosen: list[Candidate] = []
    used = 0
    for candidate in ranked:
        size = len(candidate.text.split())
        share = cut["second" if len(chosen) < LEAST_STATEMENTS else candidate.kind]
        if len(chosen) >= MOST_STATEMENTS or (chosen and candidate.score < share * ranked[0].score):
            break
        repeated = any(_same(candidate, other) for other in chosen)
        if repeated or (chosen and used + size > MOST_WORDS):
            continue
        chosen.append(candidate)
        used += size
    return chosen


def _same(one: Candidate, other: Candidate) -> bool:
    both = len(one.terms & other.terms)
    return both / (min(len(one.terms), len(other.terms)) or 1) > 0.7


def follow_ups(state: State, tools: Tools) -> tuple[str, ...]:
    """Return questions to ask next: what readers ask of the neighbouring passages, other than what was asked."""
    assert state.query is not None and state.found is not None
    asked = set(words(state.question)) - STOPWORDS[state.language]
    chosen: list[str] = []
    for hit in state.found.direct[1:8]:
        for note in tools.index.store.notes_of(hit.passage)[:2]:
            questions = note.questions_en if state.language == "en" else note.questions_nl
            for question in questions:
                own = set(words(question)) - STOPWORDS[state.language]
                fresh = len(own & asked) / (len(own) or 1) < 0.6
                if question.endswith("?") and 5 <= len(question.split()) <= 14 and fresh:
                    chosen.append(question)
                    break
            else:
                continue
            break
        if len(chosen) == _FOLLOW_UPS:
            break
    return tuple(dict.fromkeys(chosen))
