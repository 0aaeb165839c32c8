"""Which barriers does a situation show? Learned from the frameworks: what is said there of each barrier, and whole situations."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.advise.classify import Classifier, Example
from assistant.advise.knowledge import Knowledge
from ingest.embed import Embedder
from ingest.sentences import sentences

TEMPERATURE = 0.12
WHOLE = 0.85  # share of the whole situation in a score; the rest is of its strongest sentence or pair
VALUES = (1.0, 0.7, 0.5)  # what the main barrier of a situation should score on it, the second and the third
SITUATION_WEIGHT = 4.0  # of a whole situation, beside stories of a sentence or two


@dataclass(frozen=True)
class Recognised:
    """A barrier with how sure (0-1) and the sentences of the situation that point to it, strongest first."""

    id: str
    confidence: float
    signals: tuple[str, ...]


def barrier_examples(knowledge: Knowledge) -> list[Example]:
    """Return everything the frameworks say about how barriers sound, and the whole situations with the barriers in them."""
    rows: list[Example] = []
    for name, entry in knowledge.barriers.items():
        for language in ("nl", "en"):
            for key, weight in (("signals", 1.0), ("statements", 3.0), ("examples", 1.5), ("also", 0.5)):
                rows += [Example(text, {name: 1.0}, weight) for text in (entry.get(key) or {}).get(language, [])]
            rows.append(Example(f"{entry['name'][language]}. {entry['explanation'][language]}", {name: 1.0}))
    for told_before in knowledge.situations:
        shown = dict(zip(told_before["barriers"], VALUES, strict=False))
        rows.append(Example(told_before["text"], shown, SITUATION_WEIGHT))
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
        single, whole = table[: len(parts)], table[-1]
        total = WHOLE * whole + (1 - WHOLE) * table[:-1].max(axis=0)
        odds = np.exp((total - total.max()) / TEMPERATURE)
        strength = np.clip(total / 0.5, 0.0, 1.0)
        share = odds / odds.sum()
        result = []
        for i in np.argsort(-total):
            order = np.argsort(-single[:, i])
            signals = tuple(parts[j] for j in order[:2] if single[j, i] > 0.1) or (parts[int(order[0])],)
            result.append(Recognised(self.ids[i], float(round(math.sqrt(share[i] * strength[i]), 3)), signals))
        return result
