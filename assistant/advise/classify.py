"""A small text classifier: a text is an embedding beside its words and pairs of words, and ridge regression gives each class a direction.

A new class needs no code, only examples. What was learned can be kept in a file, under the name of what it was learned from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from sklearn.feature_extraction.text import TfidfVectorizer

RIDGE = 1.6
_ROWS = 1000
WORDS_WEIGHT = 1.1  # length of the word part of a text's vector, beside the embedding, which has length 1
# Pairs hold what single words do not ("no one", "wil niet"), so words that mean little alone stay, unless every fifth text has them.
_WORDS: Mapping[str, Any] = {"ngram_range": (1, 2), "sublinear_tf": True, "dtype": np.float32}
_PRUNED: Mapping[str, Any] = {"min_df": 2, "max_df": 0.2}
_FEW = 100  # examples, below which every word counts


class Example(NamedTuple):
    """A text, what each class that it shows should score on it (1 = it is all about this), and how much the example counts."""

    text: str
    labels: Mapping[str, float]
    weight: float = 1.0


class Classifier:
    """Scores classes for texts. `directions`: (d, classes), of the embedding; `word_directions`: (words and pairs, classes)."""

    def __init__(self, labels: Sequence[str], directions: np.ndarray, words: TfidfVectorizer, word_directions: np.ndarray) -> None:
        self.labels = list(labels)
        self._directions = directions
        self._words = words
        self._word_directions = word_directions.astype(np.float16).astype(np.float32)  # as the file keeps them: scores are the same from it

    @classmethod
    def fit(cls, examples: Sequence[Example], vectors: np.ndarray) -> Classifier:
        """Learn from examples; `vectors` embeds their texts, shape (n, d). From none: a classifier without classes."""
        if not examples:
            return cls([], np.zeros((1, 0)), TfidfVectorizer(**_WORDS).fit(["nothing"]), np.zeros((1, 0)))
        labels = list(dict.fromkeys(label for e in examples for label in e.labels))
        texts = [e.text for e in examples]
        words = TfidfVectorizer(**_WORDS, **(_PRUNED if len(examples) > _FEW else {}))
        said = WORDS_WEIGHT * words.fit_transform(texts)
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
        return cls(labels, vectors.T @ alpha, words, said.T @ alpha)

    def scores(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return one row of class scores per text, shape (n, classes); about 1 = certain, 0 = nothing. `vectors` embeds the texts."""
        if not self.labels:
            return np.zeros((len(texts), 0))
        both: np.ndarray = vectors @ self._directions + WORDS_WEIGHT * (self._words.transform(texts) @ self._word_directions)
        return both

    def save(self, file: Path, name: str) -> None:
        """Write what was learned, under the name of what it was learned from."""
        words = self._words.get_feature_names_out().astype(str)
        with file.open("wb") as stream:
            np.savez(
                stream, name=np.array(name), labels=np.array(self.labels), directions=self._directions.astype(np.float32),
                words=words, rarity=self._words.idf_, word_directions=self._word_directions.astype(np.float16),
            )  # fmt: skip

    @classmethod
    def load(cls, file: Path, name: str) -> Classifier | None:
        """Return what was learned from `name`, or None when the file holds something else or cannot be read."""
        try:
            with np.load(file) as data:
                if str(data["name"]) != name:
                    return None
                words = TfidfVectorizer(**_WORDS, vocabulary=data["words"].tolist())
                words.idf_ = data["rarity"]
                return cls(data["labels"].tolist(), data["directions"], words, data["word_directions"])
        except Exception:  # numpy and zipfile raise many kinds on a damaged file; it is learned anew
            return None
