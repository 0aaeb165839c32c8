"""Which barriers does a situation show? Learned from the frameworks: every signal, example and name of a barrier is an example."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from assistant.advise.classify import Classifier, Example
from ingest.embed import Embedder
from ingest.sentences import sentences

TEMPERATURE = 0.12


@dataclass(frozen=True)
class Recognised:
    """A barrier with how sure (0-1) and the sentences of the situation that point to it, strongest first."""

    id: str
    confidence: float
    signals: tuple[str, ...]


def barrier_examples(barriers: Mapping[str, Mapping[str, Any]]) -> list[Example]:
    """Return everything the frameworks say about how barriers sound."""
    rows: list[Example] = []
    for name, entry in barriers.items():
        for language in ("nl", "en"):
            for key, weight in (("signals", 1.0), ("examples", 1.5), ("also", 0.5)):
                rows += [Example(text, name, weight) for text in (entry.get(key) or {}).get(language, [])]
            rows.append(Example(f"{entry['name'][language]}. {entry['explanation'][language]}", name))
    return rows


@dataclass(frozen=True)
class Told:
    """A situation as it is read: its sentences, each pair of neighbours, and the whole; and their vectors, shape (windows, d)."""

    parts: tuple[str, ...]
    windows: tuple[str, ...]
    vectors: np.ndarray


def told(situation: str, embedder: Embedder) -> Told:
    """Return a situation cut up and embedded."""
    parts = tuple(situation[a:b] for a, b in sentences(situation)) or (situation,)
    windows = (*parts, *(f"{a} {b}" for a, b in pairwise(parts)), situation)
    return Told(parts, windows, embedder.queries(windows))


class Recogniser:
    """Scores barriers for situations, with a classifier that learned from `barrier_examples`."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self.ids = classifier.labels

    def scores(self, situation: Told) -> np.ndarray:
        """Return a row of barrier scores for each window, shape (windows, barriers)."""
        return self._classifier.scores(situation.windows, situation.vectors)

    def recognise(self, situation: Told) -> list[Recognised]:
        """Return all barriers, surest first, with their sentences."""
        parts, table = situation.parts, self.scores(situation)
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
