"""What tells whether a search found an answer: a few numbers of about 0-1 for the regression in `confidence.py`."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from assistant.records import Query
from assistant.retrieval.search import Found
from assistant.state import Tools
from ingest import analysis
from ingest.records import Note

SIGNS = {
    "dense_question": 1,
    "dense_claim": 1,
    "note_cover": 1,
    "form": 1,
    "unknown": -1,
    "base_claim": 1,
    "base_question": 1,
    "absent": -1,
}
FEATURES = tuple(SIGNS)  # with the direction in which each may count


def features(query: Query, found: Found, tools: Tools) -> dict[str, float]:
    """Return the features of a search, each about 0-1.

    dense_*: best stretched cosines; note_cover: share of the question's weight (rare words weigh more) that stands in one
    note with its questions; form: 1 unless the question asks for a kind of figure that no claim here gives;
    unknown: share of its content words that stand in no document; base_*: best cosine by the encoder without the
    adapter, which is stricter about what is really the same; absent: share of the question's terms that stand nowhere
    in the first six passages and their notes.
    """
    hits = found.direct
    content = [w for w in analysis.words(query.text) if w not in analysis.STOPWORDS[query.language]]
    note_cover, form = _cover(query, found, tools)
    return {
        "dense_question": max((h.scores.get("dense_questions", 0.0) for h in hits), default=0.0),
        "dense_claim": max((h.scores.get("dense_claims", 0.0) for h in hits), default=0.0),
        "note_cover": note_cover,
        "form": form,
        "unknown": len(query.unknown) / max(1, len(content)),
        "base_claim": _base(found, tools, query, "claims"),
        "base_question": _base(found, tools, query, "questions"),
        "absent": _absent(query, found, tools),
    }


def covered(query: Query, found: Found, tools: Tools) -> float:
    """Return the largest share of the question's weight that stands in one of the notes, or passages without, of the first six hits."""
    return _cover(query, found, tools)[0]


def _base(found: Found, tools: Tools, query: Query, collection: str) -> float:
    """Return the best cosine, by the encoder alone, of the question with the notes of the first six hits."""
    language = query.language
    ids: list[str] = []
    for hit in found.direct[:6]:
        for note in tools.index.store.notes_of(hit.passage):
            if collection == "claims":
                ids += [f"{note.id}/{i}{language}" for i in range(len(note.claims))]
            else:
                ids += [f"{note.id}/q{i}{language}" for i in range(len(note.questions_en if language == "en" else note.questions_nl))]
    width = tools.searcher.embedder.base_dimension
    vectors = tools.index.vectors.get(collection, ids)[:, :width]
    if not len(vectors):
        return 0.0
    own = found.vector[:width]
    cosines = vectors @ own / (np.linalg.norm(vectors, axis=1) * np.linalg.norm(own) + 1e-9)
    return float(cosines.max())


def _absent(query: Query, found: Found, tools: Tools) -> float:
    wanted, there = wanted_terms(query), terms_around(query, found, tools)
    return sum(not (tools.glossary.kin(t, query.language) & there) for t in wanted) / len(wanted) if wanted else 0.0


def _note_terms(note: Note, language: str) -> frozenset[str]:
    questions = note.questions_en if language == "en" else note.questions_nl
    return _terms(" ".join([*questions, *(c.in_language(language) for c in note.claims)]), language)


def wanted_terms(query: Query) -> list[str]:
    """Return the index terms of a question's own words, in its language."""
    return [t for t, w in query.terms.get(query.language, ()) if w == 1.0]


def terms_around(query: Query, found: Found, tools: Tools) -> set[str]:
    """Return the terms that stand in the first six passages and their notes."""
    there: set[str] = set()
    for hit in found.direct[:6]:
        there |= _terms(hit.text, query.language)
        for note in tools.index.store.notes_of(hit.passage):
            there |= _note_terms(note, query.language)
    return there


_NUMBER = (
    r"\d|\b(een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|twenty|half|helft)\b"
)
# What a question asks for, and what a sentence must hold to give it.
_FORMS = tuple(
    (re.compile(asked, re.I), re.compile(given, re.I))
    for asked, given in (
        (r"procent|percent|%|welk deel|what share", r"%|procent|percent|\b(helft|half|kwart|quarter|derde|third)\b"),
        (
            r"\b(hoeveel (geld|euro|subsidie|budget)|how much (money|budget|funding)|budget hoeveel|salaris|salary|verdient?|earns?|"
            r"prijs|price|(what|which)\b.{0,30}\b(budget|amount)|(wat|welk|hoe (hoog|groot))\b.{0,40}\b(budget|bedrag|begroting)|^kosten|"
            r"wat kost\w*|what .{0,60} cost|how much .{0,40} cost|euro'?s?)\b",
            r"€|\beuro|\bmiljoen|\bmillion|\bton\b|\d{1,3}[.,]\d{3}",
        ),
        (r"\b(welk jaar|which year|what year|in what year)\b", r"\b(19|20)\d\d\b"),
        (r"\b(hoeveel|how many|aantal|number of|how much|how often|hoe vaak)\b", _NUMBER),
    )
)


def _cover(query: Query, found: Found, tools: Tools) -> tuple[float, float]:
    """Return (note_cover, form) over the first six hits."""
    language, lexical = query.language, tools.index.lexical
    weights = {t: lexical.rarity(t, language) for t, w in query.terms.get(language, ()) if w == 1.0}
    total = sum(weights.values())
    if not total:
        return 0.0, 1.0
    given = next((g for asked, g in _FORMS if asked.search(query.text)), None)
    claim_best = note_best = form_best = 0.0

    def share(text: str) -> float:
        there = _terms(text, language)
        return sum(w for t, w in weights.items() if t in there) / total

    for hit in found.direct[:6]:
        notes = tools.index.store.notes_of(hit.passage)
        texts = [c.in_language(language) for n in notes for c in n.claims] or [hit.text]
        for text in texts:
            value = share(text)
            claim_best = max(claim_best, value)
            if given is None or given.search(text):
                form_best = max(form_best, value)
        for note in notes:
            held = sum(w for t, w in weights.items() if t in _note_terms(note, language)) / total
            note_best = max(note_best, held)
    return max(note_best, claim_best), 1.0 if given is None else form_best / (claim_best or 1.0)


@lru_cache(maxsize=20000)
def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(analysis.terms(text, language, keep_stopwords=False))
