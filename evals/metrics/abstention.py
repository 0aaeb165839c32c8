"""How often is a no wrong, how often a yes, and how does that trade off over the confidence threshold?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LEAST = 0.2  # names that stand nowhere cap the confidence at this; the curve below it would be a guess


class Point(NamedTuple):
    """One threshold with both kinds of error there, as shares."""

    threshold: float
    false_answers: float
    false_refusals: float


def curve(answerable: Sequence[float], unanswerable: Sequence[float], step: float = 0.05) -> list[Point]:
    """Return the errors per threshold, from confidences (0-1); what was refused before any search has confidence 0."""
    points = []
    for i in range(round((1 - LEAST) / step) + 1):
        at = round(LEAST + i * step, 4)
        wrong = sum(c >= at for c in unanswerable) / len(unanswerable) if unanswerable else 0.0
        refused = sum(c < at for c in answerable) / len(answerable) if answerable else 0.0
        points.append(Point(at, wrong, refused))
    return points


def ranked_right(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """Return how often an answerable question is the surer of two (AUROC; ties count half), or None without both kinds."""
    pairs = [(a > u) + 0.5 * (a == u) for a in answerable for u in unanswerable]
    return sum(pairs) / len(pairs) if pairs else None
