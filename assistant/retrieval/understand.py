"""A question as typed to a Query: language, stand-alone text, weighted index terms, typos mended, named sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.records import Language, Query, Turn
from assistant.retrieval.followup import readings
from assistant.retrieval.glossary import Glossary
from assistant.retrieval.language import detect
from assistant.retrieval.named import Named
from assistant.retrieval.spelling import is_word
from assistant.retrieval.translate import Translations
from ingest import analysis
from ingest.index import Index


class Understanding:
    """Turn questions into queries for one index."""

    def __init__(self, index: Index, glossary: Glossary, translations: Translations, weights: Mapping[str, Any]) -> None:
        lexical = index.lexical
        self._named = Named([s for s in map(index.store.source, index.store.sources()) if s])
        self._vocabulary = lexical.vocabulary
        self._known = {la: frozenset(analysis.stem(w, la) for w in words) for la, words in lexical.vocabulary.items()}
        self._glossary = glossary
        self._translations = translations
        self._weights = weights

    def query(self, question: str, history: Sequence[Turn] = (), language: Language | None = None) -> Query:
        """Return the Query for a question in its conversation."""
        before: Language = detect(history[-1].question, "nl", self._vocabulary) if history else "nl"
        spoken = language or detect(question, before, self._vocabulary)
        text, beside = readings(question, history, spoken)
        query = self._read(text, question, spoken)
        if text == question:
            return query
        other = self._read(beside, question, spoken) if beside else None
        return query.model_copy(update={"beside": other, "leans": bool(history[-1].answer)})

    def _read(self, text: str, asked: str, language: Language) -> Query:
        mended, unknown = self._mend(text, language)
        return Query(
            text=mended,
            asked=asked,
            language=language,
            kind=kind_of(mended, language),
            terms=self._terms(mended, language),
            gloss=self._translations.gloss(mended, language),
            sources=self._named(mended),
            unknown=tuple(unknown),
        )

    def _terms(self, text: str, language: Language) -> dict[str, tuple[tuple[str, float], ...]]:
        other: Language = "en" if language == "nl" else "nl"
        own = analysis.terms(text, language, self._vocabulary[language], keep_stopwords=False)
        synonyms, translations = self._glossary.expand(text, language)
        weighted: dict[str, float] = {}
        for word in synonyms:
            for term in analysis.terms(word, language, keep_stopwords=False):
                weighted.setdefault(term, float(self._weights["synonym"]))
        for term in own:
            weighted[term] = 1.0
        translated = self._translated(text, language, other)
        for word in translations:
            for term in analysis.terms(word, other, keep_stopwords=False):
                translated[term] = max(translated.get(term, 0.0), float(self._weights["translation"]))
        for word in analysis.words(text):  # names and numbers are the same in both languages
            if word.isdigit() or (word not in self._vocabulary[language] and word in self._vocabulary[other]):
                translated[analysis.stem(word, other)] = 1.0
        return {language: tuple(weighted.items()), other: tuple(translated.items())}

    def _translated(self, text: str, language: Language, other: Language) -> dict[str, float]:
        """Return the index terms of the words' translations; a likelier one weighs more."""
        weighted: dict[str, float] = {}
        for word in analysis.words(text):
            if word in analysis.STOPWORDS[language]:
                continue
            for translated, probability in (pair for row in self._translations.of(word, language) for pair in row):
                weight = next((float(w) for least, w in self._weights["translated"] if probability >= least), 0.0)
                for term in analysis.terms(translated, other, keep_stopwords=False) if weight else ():
                    weighted[term] = max(weighted.get(term, 0.0), weight)
        return weighted

    def _mend(self, text: str, language: Language) -> tuple[str, list[str]]:
        """Replace what is no word by one of the documents that differs by a letter or two; return what no document has as unknown."""
        unknown: list[str] = []
        known = self._vocabulary[language]
        other = self._vocabulary["en" if language == "nl" else "nl"]

        def mend(match: re.Match[str]) -> str:
            word = match.group()
            folded = analysis.fold_word(word)
            if (
                len(folded) < 5 or folded.isdigit() or folded in known or folded in other or folded in analysis.STOPWORDS[language]
                or analysis.stem(folded, language) in self._known[language] or analysis.split_compound(folded, known)
            ):  # fmt: skip
                return word
            if not is_word(word) and not (word[0].isupper() and match.start() > 0):
                most = 1 if len(folded) < 8 else 2
                close = process.extractOne(folded, known, scorer=OSA.distance, score_cutoff=most)
                if close and close[0][0] == folded[0]:
                    return str(close[0])
            unknown.append(word)
            return word

        return re.sub(r"[^\W\d_]+", mend, text), unknown


_KINDS = (
    ("comparison", r"\b(verschil\w*|vergelijk\w*|overeenkomst\w*|versus|differ\w*|compar\w*|both|beide)\b"),
    ("number", r"\b(hoeveel|how many|how much|aantal|percentage|number of)\b"),
    ("who", r"\b(wie|who|whom|door wie)\b"),
    ("why", r"\b(waarom|waardoor|why|reden\w*|hoe komt het)\b"),
    ("list", r"\b(welke|which|noem|list|opsomming|wat zijn|what are)\b"),
    ("definition", r"\b(wat is|wat betekent|wat wordt .* bedoeld|what is|what does .* mean|definiti\w+|define\w*)\b"),
    ("when", r"\b(wanneer|when|welk jaar|what year)\b"),
    ("how", r"\b(hoe|how)\b"),
)


def kind_of(text: str, language: str) -> str:
    """Return what kind of answer a question asks for: number, who, why, list, definition, comparison, when, how or open."""
    low = text.lower()
    return next((kind for kind, pattern in _KINDS if re.search(pattern, low)), "open")
