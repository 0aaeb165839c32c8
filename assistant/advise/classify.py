"""A small text classifier: a text is an embedding beside its stemmed words, and ridge regression gives each class a direction.

A new class needs no code, only examples. What was learned can be kept in a file, under the name of what it was learned from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_array

from ingest.analysis import STOPWORDS, stem, words

RIDGE = 1.6
_ROWS = 1000
WORDS_WEIGHT = 0.7  # length of the word part of a text's vector, beside the embedding, which has length 1


class Example(NamedTuple):
    """A text, what each class that it shows should score on it (1 = it is all about this), and how much the example counts."""

    text: str
    labels: Mapping[str, float]
    weight: float = 1.0


class Classifier:
    """Scores classes for texts. `directions`: (d, classes); `word_directions`: (words, classes); `rarity`: (words,)."""

    def __init__(
        self, labels: Sequence[str], directions: np.ndarray, vocabulary: Sequence[str], rarity: np.ndarray, word_directions: np.ndarray
    ) -> None:  # fmt: skip
        self.labels = list(labels)
        self._directions = directions
        self._columns = {word: column for column, word in enumerate(vocabulary)}
        self._rarity = rarity
        self._word_directions = word_directions

    @classmethod
    def fit(cls, examples: Sequence[Example], vectors: np.ndarray) -> Classifier:
        """Learn from examples; `vectors` embeds their texts, shape (n, d). From none: a classifier without classes."""
        if not examples:
            return cls([], np.zeros((1, 0)), [], np.zeros(0), np.zeros((0, 0)))
        labels = list(dict.fromkeys(label for e in examples for label in e.labels))
        frequency = Counter(word for e in examples for word in set(_stems(e.text)))
        vocabulary = sorted(frequency)
        rarity = np.array([math.log((len(examples) + 1) / (frequency[word] + 0.5)) for word in vocabulary])
        made = cls(labels, np.zeros(0), vocabulary, rarity, np.zeros(0))
        said = made._word_vectors([e.text for e in examples])
        wanted = np.full((len(examples), len(labels)), -1.0 / len(labels), dtype=np.float32)
        place = {label: column for column, label in enumerate(labels)}
        for row, example in enumerate(examples):
            for label, value in example.labels.items():
                wanted[row, place[label]] = value
        weights = np.array([e.weight for e in examples], dtype=np.float32)
        # Dual form: as many unknowns as examples, whatever the number of words. In place: with 10,000 examples it is 400 MB.
        kernel = vectors @ vectors.T
        for at in range(0, len(examples), _ROWS):
            kernel[at : at + _ROWS] += (said[at : at + _ROWS] @ said.T).toarray()
        kernel[np.diag_indices(len(examples))] += RIDGE / weights
        alpha = cho_solve(cho_factor(kernel.T, lower=True, overwrite_a=True), wanted, overwrite_b=True)
        made._directions, made._word_directions = vectors.T @ alpha, said.T @ alpha
        return made

    def scores(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return one row of class scores per text, shape (n, classes); about 1 = certain, 0 = nothing. `vectors` embeds the texts."""
        if not self.labels:
            return np.zeros((len(texts), 0))
        both: np.ndarray = vectors @ self._directions + self._word_vectors(texts) @ self._word_directions
        return both

    def save(self, file: Path, name: str) -> None:
        """Write what was learned, under the name of what it was learned from."""
        with file.open("wb") as stream:
            np.savez(
                stream, name=np.array(name), labels=np.array(self.labels), directions=self._directions.astype(np.float32),
                vocabulary=np.array(list(self._columns)), rarity=self._rarity, word_directions=self._word_directions.astype(np.float32),
            )  # fmt: skip

    @classmethod
    def load(cls, file: Path, name: str) -> Classifier | None:
        """Return what was learned from `name`, or None when the file holds something else or cannot be read."""
        try:
            with np.load(file) as data:
                if str(data["name"]) != name:
                    return None
                return cls(
                    data["labels"].tolist(), data["directions"], data["vocabulary"].tolist(), data["rarity"], data["word_directions"]
                )  # fmt: skip
        except Exception:  # numpy and zipfile raise many kinds on a damaged file; it is learned anew
            return None

    def _word_vectors(self, texts: Sequence[str]) -> csr_array:
        """Return the word part of the texts' vectors, shape (n, words): rarity of each known word, to length WORDS_WEIGHT."""
        known = [sorted({self._columns[w] for w in _stems(text) if w in self._columns}) for text in texts]
        lengths = [max(math.sqrt(sum(self._rarity[column] ** 2 for column in row)), 1e-6) for row in known]
        values = [WORDS_WEIGHT * self._rarity[column] / length for row, length in zip(known, lengths, strict=True) for column in row]
        starts = np.cumsum([0, *map(len, known)])
        columns = [column for row in known for column in row]
        return csr_array((np.array(values, dtype=np.float32), columns, starts), shape=(len(texts), len(self._columns)))


def _stems(text: str) -> list[str]:
    stop = STOPWORDS["nl"] | STOPWORDS["en"]
    return [stem(w, "nl") for w in words(text) if w not in stop]
