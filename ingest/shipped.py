"""Vectors of the project's own texts (notes, and what the advice learns from), shipped with them so that a first start is quick.

Eight bits a number: a cosine moves by less than 0.01. A text that changed is simply not found, and is embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np


def _name(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def pack(file: Path, model: str, texts: Sequence[str], vectors: np.ndarray) -> None:
    """Write the unit vectors of `texts`, shape (n, d), made by the encoder with fingerprint `model`."""
    names = np.array([_name(t) for t in texts], dtype=np.uint64)
    names, first = np.unique(names, return_index=True)
    kept = vectors[first]
    scale = np.abs(kept).max(axis=1, keepdims=True) / 127
    with file.open("wb") as stream:
        np.savez(stream, model=np.array(model), names=names, scale=scale.astype(np.float16), vectors=np.round(kept / scale).astype(np.int8))


class Shipped:
    """Vectors in a file, looked up by text."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as data:
            self.model = str(data["model"])
            self._names: np.ndarray = data["names"]
            self._scale: np.ndarray = data["scale"]
            self._vectors: np.ndarray = data["vectors"]

    def find(self, text: str) -> np.ndarray | None:
        """Return the unit vector of a text, shape (d,), or None."""
        name = np.uint64(_name(text))
        at = int(np.searchsorted(self._names, name))
        if at == len(self._names) or self._names[at] != name:
            return None
        vector = self._vectors[at].astype(np.float32) * np.float32(self._scale[at][0])
        unit: np.ndarray = vector / np.linalg.norm(vector)
        return unit.astype(np.float32)


@lru_cache(maxsize=2)
def open_shipped(file: Path, model: str) -> Shipped | None:
    """Return the vectors in `file` when they were made by `model`; None when there are none, or of another model."""
    if not file.exists():
        return None
    shipped = Shipped(file)
    return shipped if shipped.model == model else None
