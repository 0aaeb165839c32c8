"""How sure are we that the documents answer this? One number from a few features, and the status that follows from it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.records import Query, Status
from assistant.retrieval.search import Found
from assistant.state import Tools
from ingest import analysis

# Words that English (and now and then Dutch) writes with a capital and that name nothing the documents could miss.
_CAPITALISED = frozenset(
    (
        "dutch english european monday tuesday wednesday thursday friday saturday sunday january february march april may june "
        "july august september october november december avg gdpr ict nederland nederlandse netherlands europa europe internet "
        "belgium belgian germany german flanders flemish france french britain british america american brazil denmark danish"
    ).split()
)
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


@dataclass(frozen=True)
class Verdict:
    """The status a search deserves, how sure we are (0-1), and the name that stands nowhere in the documents, if any."""

    status: Status
    confidence: float
    missing: str = ""


def features(query: Query, found: Found, tools: Tools) -> dict[str, float]:
    """Return the features of a search, each about 0-1.

    dense_*: best stretched cosines; note_cover: share of the question's weight (rare words weigh more) that stands in one
    note with its questions; form: 1 unless the question asks for a kind of figure that no claim here gives;
    unknown: share of its content words that stand in no document; base_*: best cosine by the encoder without the
    adapter, which is stricter about what is really the same; absent: share of the question's terms that stand nowhere
    in the first six passages and their notes.
    """
    hits = found.hits
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


def _base(found: Found, tools: Tools, query: Query, collection: str) -> float:
    """Return the best cosine, by the encoder alone, of the question with the notes of the first six hits."""
    language = query.language
    ids: list[str] = []
    for hit in found.hits[:6]:
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
    wanted, there = _wanted(query), _around(query, found, tools)
    return sum(not (tools.glossary.kin(t, query.language) & there) for t in wanted) / len(wanted) if wanted else 0.0


def _wanted(query: Query) -> list[str]:
    return [t for t, w in query.terms.get(query.language, ()) if w == 1.0]


def _around(query: Query, found: Found, tools: Tools) -> set[str]:
    """Return the terms that stand in the first six passages and their notes."""
    there: set[str] = set()
    for hit in found.hits[:6]:
        there |= _terms(hit.text, query.language)
        for note in tools.index.store.notes_of(hit.passage):
            questions = note.questions_en if query.language == "en" else note.questions_nl
            there |= _terms(" ".join([*questions, *(c.in_language(query.language) for c in note.claims)]), query.language)
    return there


def name_elsewhere(query: Query, found: Found, tools: Tools) -> str:
    """Return a name in the question that stands somewhere in the documents but nowhere near what was found, or "".

    "Hoeveel subsidie kreeg Groningen?" must not be answered with what Utrecht got.
    """
    store = tools.index.store
    there = _around(query, found, tools)
    for hit in found.hits[:6]:
        passage, source = store.passage(hit.passage), store.source(hit.source)
        if passage and source:
            there |= {
                analysis.stem(w, la)
                for la in ("nl", "en")
                for w in analysis.words(" ".join([passage.text, *passage.path, source.title, source.author]))
            }
            there |= {analysis.stem(w, query.language) for w in analysis.words(source.method.get(query.language, ""))}
    for name in re.findall(r"(?<![.?!:] )(?<!^)\b[A-ZÀ-Ý]\w{3,}\b(?!-)", query.asked):
        word = analysis.fold_word(name)
        term = analysis.stem(word, query.language)
        if (
            word not in _CAPITALISED
            and not tools.glossary.kin(term, query.language) & there
            and tools.index.lexical.rarity(term, "nl") > 0.5
        ):
            return str(name)
    return ""


def subject_absent(query: Query, found: Found, tools: Tools) -> bool:
    """True for a short question of which nothing but names stands near what was found ("Wie is de burgemeester van Utrecht?")."""
    names = {analysis.stem(analysis.fold_word(n), query.language) for n in re.findall(r"(?<!^)\b[A-ZÀ-Ý][\w-]+", query.asked)}
    subject = [t for t in _wanted(query) if t not in names]
    if not 1 <= len(subject) <= 2:
        return False
    there = _around(query, found, tools)
    return not any(tools.glossary.kin(t, query.language) & there for t in subject)


def _bare_cover(query: Query, found: Found, tools: Tools) -> float:
    """Return, for the first passage if it has no notes, the share of the question's weight that stands in it, else 0.

    A user's own document has no notes at first, and the regression, which was fitted on documents with notes, says nothing on it.
    """
    if not found.hits or tools.index.store.notes_of(found.hits[0].passage):
        return 0.0
    return tools.searcher.cover(query, found.hits[0].passage)


def names_topic(query: Query, tools: Tools) -> bool:
    """True when the question calls a barrier or strategy by one of its names: then it is what the documents are about."""
    own = set(_wanted(query))
    return any(topic <= own for topic in tools.topics)


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
            r"prijs|price|"
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

    for hit in found.hits[:6]:
        notes = tools.index.store.notes_of(hit.passage)
        texts = [c.in_language(language) for n in notes for c in n.claims] or [hit.text]
        for text in texts:
            value = share(text)
            claim_best = max(claim_best, value)
            if given is None or given.search(text):
                form_best = max(form_best, value)
        for note in notes:
            questions = note.questions_en if language == "en" else note.questions_nl
            note_best = max(note_best, share(" ".join([*questions, *(c.in_language(language) for c in note.claims)])))
    return max(note_best, claim_best), 1.0 if given is None else form_best / (claim_best or 1.0)


@lru_cache(maxsize=20000)
def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(analysis.terms(text, language, keep_stopwords=False))


def missing_name(query: Query, tools: Tools) -> str:
    """Return a proper name or number-like code in the question that stands in no document or note, or an empty string."""
    lexical = tools.index.lexical
    for match in re.finditer(r"(?<![.?!:] )(?<!^)(?<!['\"“‘])\b[A-ZÀ-Ý][\w-]{2,}", query.asked):
        word = analysis.fold_word(match.group())
        if word in _CAPITALISED or all(part in lexical.everything for part in analysis.words(match.group())):
            continue
        if analysis.split_compound(word, lexical.vocabulary["nl"]) or analysis.stem(word, "en") in lexical.everything:
            continue
        return match.group()
    return ""


def assess(query: Query, found: Found, tools: Tools) -> Verdict:
    """Return the verdict on a search."""
    weights = tools.weights["confidence"]
    values = features(query, found, tools)
    z = float(weights["bias"]) + sum(float(weights[name]) * values[name] for name in FEATURES)
    confidence = 1.0 / (1.0 + math.exp(-z))
    missing = missing_name(query, tools)
    if missing:
        return Verdict("not_in_sources", min(confidence, 0.1), missing)
    elsewhere = name_elsewhere(query, found, tools)
    if elsewhere:
        return Verdict("not_in_sources", min(confidence, 0.2))
    if subject_absent(query, found, tools):
        return Verdict("not_in_sources", min(confidence, 0.2))
    confidence = max(confidence, _bare_cover(query, found, tools))
    if names_topic(query, tools) and values["form"] > 0:
        confidence = max(confidence, float(tools.weights["partial"]))
    if confidence >= float(tools.weights["partial"]):
        return Verdict("answered", confidence)
    if confidence >= float(tools.weights["threshold"]):
        return Verdict("partial", confidence)
    return Verdict("out_of_scope" if values["note_cover"] < 0.35 and values["dense_question"] < 0.45 else "not_in_sources", confidence)
