"""A small bilingual addition to an encoder that knows no Dutch: a table of word vectors and a projection, learned from our notes.

Beside the encoder's vector v each text gets u = unit(sum of its terms' rows + v·P); the whole is [√s·v, √(1-s)·u], so
that a cosine is s times the encoder's and 1-s times the addition's. `evals/adapt.py` makes the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.analysis import STOPWORDS, stem, words

_STOP = STOPWORDS["nl"] | STOPWORDS["en"]
SHARE = 0.3  # of the encoder in a cosine; chosen on the development split


@lru_cache(maxsize=65536)
def _word_terms(word: str) -> tuple[str, ...]:
    """Return a word's terms: its stem, and its runs of four letters, which compounds share with their parts."""
    runs = tuple(f"c{word[i : i + 4]}" for i in range(len(word) - 3)) if len(word) > 5 else ()
    return (f"n{stem(word, 'nl')}", *runs)


def text_terms(text: str) -> list[str]:
    """Return the terms of a text that may have a row in the table."""
    return [term for word in words(text) if word not in _STOP for term in _word_terms(word)]


class Adapter:
    """The addition, read from a file with `terms`, `table` (n, d) and `projection` (encoder dimension, d)."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as data:
            self._rows = {str(term): row for row, term in enumerate(data["terms"].tolist())}
            self._table = data["table"].astype(np.float32)
            self._projection = data["projection"].astype(np.float32)

    @property
    def dimension(self) -> int:
        """Length of the addition."""
        return int(self._table.shape[1])

    def extend(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the encoder's unit vectors of shape (n, e) with the addition, shape (n, e + d), unit length."""
        added = vectors @ self._projection
        for row, text in enumerate(texts):
            known = [self._rows[term] for term in text_terms(text) if term in self._rows]
            if known:
                added[row] += self._table[known].sum(axis=0)
        added /= np.linalg.norm(added, axis=1, keepdims=True) + 1e-9
        both: np.ndarray = np.hstack([SHARE**0.5 * vectors, (1 - SHARE) ** 0.5 * added])
        return both.astype(np.float32)
