"""Which barriers does a situation show? A small classifier over what people say, learned from the frameworks themselves.

Every signal, example and name of a barrier is a training text. Texts become an embedding beside their stemmed words,
and a ridge regression gives each barrier a direction; no weights are stored, a new barrier needs no code.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.linalg import solve
from scipy.sparse import csr_array

from ingest.analysis import STOPWORDS, stem, words
from ingest.embed import Embedder
from ingest.sentences import sentences

RIDGE = 1.6
WORDS_WEIGHT = 0.7  # length of the word part of a text's vector, beside the embedding, which has length 1
TEMPERATURE = 0.12


@dataclass(frozen=True)
class Recognised:
    """A barrier with how sure (0-1) and the sentences of the situation that point to it, strongest first."""

    id: str
    confidence: float
    signals: tuple[str, ...]


def training_texts(barriers: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, float]]:
    """Return (text, barrier id, weight) of everything the frameworks say about how barriers sound."""
    rows: list[tuple[str, str, float]] = []
    for name, entry in barriers.items():
        for language in ("nl", "en"):
            for key, weight in (("signals", 1.0), ("examples", 1.5), ("also", 0.5)):
                rows += [(text, name, weight) for text in (entry.get(key) or {}).get(language, [])]
            rows.append((f"{entry['name'][language]}. {entry['explanation'][language]}", name, 1.0))
    return rows


class Recogniser:
    """Scores barriers for texts."""

    def __init__(self, barriers: Mapping[str, Mapping[str, Any]], embedder: Embedder, vectors: np.ndarray) -> None:
        """`vectors`: embeddings of `training_texts(barriers)`, shape (n, d)."""
        rows = training_texts(barriers)
        self.ids = list(barriers)
        self._embedder = embedder
        frequency = Counter(w for text, _, _ in rows for w in set(_stems(text)))
        self._columns = {w: i for i, w in enumerate(sorted(frequency))}
        self._idf = {w: math.log((len(rows) + 1) / (n + 0.5)) for w, n in frequency.items()}
        said = self._word_vectors([t for t, _, _ in rows])
        y = np.full((len(rows), len(self.ids)), -1.0 / len(self.ids), dtype=np.float32)
        for row, (_, name, _) in enumerate(rows):
            y[row, self.ids.index(name)] = 1.0
        weights = np.array([w for _, _, w in rows], dtype=np.float32)
        # Dual form: as many unknowns as training texts, whatever the number of words.
        kernel = vectors @ vectors.T + (said @ said.T).toarray()
        alpha = solve(kernel + RIDGE * np.diag(1.0 / weights), y, assume_a="pos")
        self._directions, self._word_directions = vectors.T @ alpha, said.T @ alpha

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of barrier scores per text, shape (n, barriers); about 1 = certain, 0 = nothing."""
        vectors = self._embedder.queries(list(texts))
        both: np.ndarray = vectors @ self._directions + self._word_vectors(texts) @ self._word_directions
        return both

    def recognise(self, situation: str) -> list[Recognised]:
        """Return all barriers, surest first, with their sentences."""
        parts = [situation[a:b] for a, b in sentences(situation)] or [situation]
        windows = parts + [f"{a} {b}" for a, b in pairwise(parts)] + [situation]
        table = self.scores(windows)
        single, pairs, whole = table[: len(parts)], table[len(parts) : -1], table[-1]
        best = np.sort(np.vstack([single, pairs]) if len(pairs) else single, axis=0)[::-1]
        total = 0.5 * whole + 0.35 * best[0] + 0.15 * (best[1] if len(best) > 1 else best[0])
        odds = np.exp((total - total.max()) / TEMPERATURE)
        strength = np.clip(total / 0.5, 0.0, 1.0)
        share = odds / odds.sum()
        result = []
        for i in np.argsort(-total):
            order = np.argsort(-single[:, i])
            signals = tuple(parts[j] for j in order[:2] if single[j, i] > 0.1) or (parts[int(order[0])],)
            result.append(Recognised(self.ids[i], float(round(math.sqrt(share[i] * strength[i]), 3)), signals))
        return result

    def _word_vectors(self, texts: Sequence[str]) -> csr_array:
        """Return the word part of the texts' vectors, shape (n, words): rarity of each known word, to length WORDS_WEIGHT."""
        known = [sorted({self._columns[w]: self._idf[w] for w in _stems(text) if w in self._columns}.items()) for text in texts]
        lengths = [max(math.sqrt(sum(rarity**2 for _, rarity in row)), 1e-6) for row in known]
        values = [WORDS_WEIGHT * rarity / length for row, length in zip(known, lengths, strict=True) for _, rarity in row]
        starts = np.cumsum([0, *map(len, known)])
        columns = [column for row in known for column, _ in row]
        return csr_array((np.array(values, dtype=np.float32), columns, starts), shape=(len(texts), len(self._columns)))


def _stems(text: str) -> list[str]:
    stop = STOPWORDS["nl"] | STOPWORDS["en"]
    return [stem(w, "nl") for w in words(text) if w not in stop]
