"""BM25 over our own index terms, in SQLite's FTS5.

Four tables: `passages_nl` and `passages_en` hold a row per passage (fields: title, text, claims, questions), `notes_nl`
and `notes_en` a row per note (fields: claims, questions). Text is analysed before it goes in, so that FTS5 only splits
at blanks.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ingest.analysis import fold_word, tokens, vocabulary, word_terms
from ingest.records import Document, Note
from ingest.store import Store

FIELDS = {"passages": ("title", "text", "claims", "questions"), "notes": ("claims", "questions")}
LANGUAGES = ("nl", "en")
MOST_SCORED = 10_000  # rows that one query may have to score


def create(connection: sqlite3.Connection) -> None:
    """Make the four tables and the vocabulary. Raises sqlite3.OperationalError where FTS5 is not built in."""
    for table, fields in FIELDS.items():
        for language in LANGUAGES:
            connection.execute(f"CREATE VIRTUAL TABLE {table}_{language} USING fts5(id UNINDEXED, {', '.join(fields)}, tokenize='ascii')")
    for language in LANGUAGES:
        connection.execute(f"CREATE VIRTUAL TABLE terms_{language} USING fts5vocab(passages_{language}, row)")
    connection.execute("CREATE TABLE vocabulary (language TEXT PRIMARY KEY, words TEXT)")


def fill(connection: sqlite3.Connection, documents: Iterable[Document], progress: Callable[[int], None] = lambda passages: None) -> None:
    """Index all passages and notes; `documents` is gone through twice. Compounds are split by the words that occur in them."""
    counts: dict[str, Counter[str]] = {"nl": Counter(), "en": Counter(), "names": Counter()}
    for document in documents:
        counts["names"].update(tokens(" ".join([document.source.title, document.source.author, *(s.title for s in document.sections)])))
        for passage in document.passages:
            counts["nl"].update(tokens(passage.text))
        for note in document.notes:
            for language in LANGUAGES:
                for text in (*_questions(note, language), *(c.in_language(language) for c in note.claims)):
                    counts[language].update(tokens(text))
    known = {language: vocabulary(counts[language]) for language in LANGUAGES}
    everything = vocabulary(counts["nl"] + counts["en"] + counts["names"], least=1, shortest=2)
    for language, words in (*known.items(), ("all", everything)):
        connection.execute("INSERT INTO vocabulary VALUES (?, ?)", (language, json.dumps(sorted(words))))
    analysers = {language: _Analyser(language, known[language]) for language in LANGUAGES}
    done = 0
    for document in documents:
        by_passage: dict[str, list[Note]] = {}
        for note in document.notes:
            if note.passage:
                by_passage.setdefault(note.passage, []).append(note)
        for language, analyser in analysers.items():
            _fill_language(connection, document, by_passage, language, analyser)
        done += len(document.passages)
        progress(done)


class _Analyser:
    """Texts to index terms, each different word analysed once."""

    def __init__(self, language: str, known: frozenset[str]) -> None:
        self._language, self._known = language, known
        self._terms: dict[str, str] = {}

    def __call__(self, texts: Iterable[str]) -> str:
        return " ".join(filter(None, (self._of(token) for text in texts for token in tokens(text))))

    def _of(self, token: str) -> str:
        if token not in self._terms:
            word = fold_word(token)
            self._terms[token] = " ".join(word_terms(word, self._language, self._known)) if word else ""
        return self._terms[token]


def _fill_language(
    connection: sqlite3.Connection, document: Document, by_passage: dict[str, list[Note]], language: str, analyser: _Analyser
) -> None:
    source = document.source
    about = [source.title, source.author, str(source.year or ""), source.kind, source.method.get(language, "")]
    for passage in document.passages:
        notes = by_passage.get(passage.id, [])
        # The author's own words are searched in the language they are in, and named things in either.
        text = [passage.text, passage.context] if language == source.language or passage.basis == "notes" else []
        row = (
            analyser([*passage.path, *about]), analyser(text),
            analyser(c.in_language(language) for n in notes for c in n.claims),
            analyser(q for n in notes for q in _questions(n, language)),
        )  # fmt: skip
        connection.execute(f"INSERT INTO passages_{language} VALUES (?,?,?,?,?)", (passage.id, *row))
    for note in document.notes:
        if note.passage:
            claims = analyser(c.in_language(language) for c in note.claims)
            connection.execute(f"INSERT INTO notes_{language} VALUES (?,?,?)", (note.id, claims, analyser(_questions(note, language))))


def _questions(note: Note, language: str) -> tuple[str, ...]:
    return note.questions_en if language == "en" else note.questions_nl


class Lexical:
    """BM25 queries over one generation's store. `vocabulary`: words that recur, per language; `everything`: all words."""

    def __init__(self, store: Store) -> None:
        self._store = store
        words = dict(store.rows("SELECT language, words FROM vocabulary"))
        self.vocabulary: dict[str, frozenset[str]] = {la: frozenset(json.loads(words[la])) for la in LANGUAGES}
        self.everything = frozenset(json.loads(words["all"]))
        self._passages = max(1, int(store.rows("SELECT count(*) FROM passages")[0][0]))
        self._frequency: dict[tuple[str, str], int] = {}

    def rarity(self, term: str, language: str) -> float:
        """Return how rare an index term is among the passages: about 0 = in all of them, 1 = in none."""
        return math.log((self._passages + 1) / (self.frequency(term, language) + 1)) / math.log(self._passages + 1)

    def frequency(self, term: str, language: str) -> int:
        """Return in how many passages an index term occurs, the notes on them included."""
        if (term, language) not in self._frequency:
            rows = self._store.rows(f"SELECT doc FROM terms_{language} WHERE term = ?", (term,))
            self._frequency[term, language] = int(rows[0][0]) if rows else 0
        return self._frequency[term, language]

    def _affordable(self, wanted: Iterable[str], language: str) -> list[str]:
        """Return the rarest terms, as many as occur in MOST_SCORED passages together, and always one.

        FTS5 scores every row that has any of the terms. In a large index the common ones make a question slow and
        hardly change the order; a small index is below the limit with all of them.
        """
        kept: list[str] = []
        total = 0
        for term in sorted(wanted, key=lambda t: (self.frequency(t, language), t)):
            total += self.frequency(term, language)
            if kept and total > MOST_SCORED:
                break
            kept.append(term)
        return kept

    def search(
        self, table: str, language: str, query: Sequence[tuple[str, float]], weights: Sequence[float], k: int
    ) -> list[tuple[str, float]]:
        """Return up to k (id, score), best first, for weighted index terms.

        `weights` has one number per field of the table. FTS5 knows no term weights: terms of weight below 1 (synonyms,
        translations) are scored in a second query and counted for their weight.
        """
        scores: dict[str, float] = {}
        for weight in sorted({w for _, w in query}, reverse=True):
            part = self._affordable({t for t, w in query if w == weight}, language)
            match = " OR ".join(f'"{t}"' for t in part)
            order = f"bm25({table}_{language}, 0, {', '.join(str(float(w)) for w in weights)})"
            rows = self._store.rows(
                f"SELECT id, -{order} AS score FROM {table}_{language} WHERE {table}_{language} MATCH ? ORDER BY score DESC LIMIT ?",
                (match, k * 2),
            )
            for name, score in rows:
                scores[name] = scores.get(name, 0.0) + weight * float(score)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k]
