"""Stand-ins that need no model and no network, the same on every run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from assistant.feedback import Feedback


class FakeEmbedder:
    """Words to a unit vector by their hashes: texts that share words are near. Counts what it was asked to embed."""

    fingerprint, dimension, base_dimension = "fake-1", 32, 32

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._one(text) for text in texts]).astype(np.float32)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self.extend(texts, self.base(texts))

    def base(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return self.queries(texts)

    def extend(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        return vectors

    def _one(self, text: str) -> np.ndarray:
        seeds = [int.from_bytes(hashlib.sha256(w.encode()).digest()[:8]) for w in text.lower().split() or [""]]
        vector = sum(np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds)
        return vector / np.linalg.norm(vector)


def said(**more: object) -> Feedback:
    """What a reader could say of an answer."""
    fields = {"day": "2026-01-02", "helpful": False, "question": "Wat hielp?", "answer": "Een proef."}
    return Feedback.model_validate(fields | {"language": "nl", "status": "answered"} | more)
