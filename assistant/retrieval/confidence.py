"""How sure are we that the documents answer this? One number from a few features, and the status that follows from it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.records import Query, Status
from assistant.retrieval.features import FEATURES, covered, features, terms_around, wanted_terms
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


@dataclass(frozen=True)
class Verdict:
    """The status a search deserves, how sure we are (0-1), and the name that stands nowhere in the documents, if any."""

    status: Status
    confidence: float
    missing: str = ""


def name_elsewhere(query: Query, found: Found, tools: Tools) -> str:
    """Return a name in the question that stands somewhere in the documents but nowhere near what was found, or "".

    "Hoeveel subsidie kreeg Groningen?" must not be answered with what Utrecht got.
    """
    store = tools.index.store
    there = terms_around(query, found, tools)
    for hit in found.direct[:6]:
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
    subject = [t for t in wanted_terms(query) if t not in names]
    if not 1 <= len(subject) <= 2:
        return False
    there = terms_around(query, found, tools)
    return not any(tools.glossary.kin(t, query.language) & there for t in subject)


def _bare_cover(query: Query, found: Found, tools: Tools) -> float:
    """Return, for the first passage if it has no notes, the share of the question's weight that stands in it, else 0.

    A user's own document has no notes at first, and the regression, which was fitted on documents with notes, says nothing on it.
    """
    if not found.direct or tools.index.store.notes_of(found.direct[0].passage):
        return 0.0
    return tools.searcher.cover(query, found.direct[0].passage)


def names_topic(query: Query, tools: Tools) -> bool:
    """True when the question calls a barrier or strategy by one of its names: then it is what the documents are about."""
    own = set(wanted_terms(query))
    return any(topic <= own for topic in tools.topics)


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


def _probability(values: Mapping[str, float], tools: Tools) -> float:
    weights = tools.weights["confidence"]
    z = float(weights["bias"]) + sum(float(weights[name]) * values[name] for name in FEATURES)
    return 1.0 / (1.0 + math.exp(-z))


def assess(query: Query, found: Found, tools: Tools) -> Verdict:
    """Return the verdict on a search."""
    values = {} if found.by_words else features(query, found, tools)
    confidence = covered(query, found, tools) if found.by_words else _probability(values, tools)
    if query.beside is not None and not found.by_words:
        alone = _probability(features(query.beside, found, tools), tools)
        # A follow-up with words that stand in no document is not saved by the question before it.
        confidence = alone if query.beside.unknown else max(confidence, alone)
    missing = missing_name(query, tools)
    if missing:
        return Verdict("not_in_sources", min(confidence, 0.1), missing)
    elsewhere = name_elsewhere(query, found, tools)
    if elsewhere:
        return Verdict("not_in_sources", min(confidence, 0.2))
    if subject_absent(query, found, tools):
        return Verdict("not_in_sources", min(confidence, 0.2))
    if found.by_words:  # never "answered", and never "that is not in here": for both, half of the search is missing
        return Verdict("partial" if confidence >= float(tools.weights["by_words"]) else "not_in_sources", confidence)
    confidence = max(confidence, _bare_cover(query, found, tools))
    # Who asks on about an answer leaves out what the regression looks for; the answer before said that the subject is here.
    if query.leans and not query.unknown:
        confidence = max(confidence, float(tools.weights["partial"]))
    elif names_topic(query, tools) and values["form"] > 0:
        confidence = max(confidence, float(tools.weights["threshold"]))
    if confidence >= float(tools.weights["partial"]):
        return Verdict("answered", confidence)
    if confidence >= float(tools.weights["threshold"]):
        return Verdict("partial", confidence)
    return Verdict("out_of_scope" if values["note_cover"] < 0.35 and values["dense_question"] < 0.45 else "not_in_sources", confidence)
