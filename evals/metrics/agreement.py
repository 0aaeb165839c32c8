"""Do two judges agree, beyond what chance would give?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def share_equal(one: Mapping[str, str], other: Mapping[str, str]) -> float | None:
    """Return how often two judges gave the same mark, over the cases both judged, or None for none."""
    common = [name for name in one if name in other]
    return sum(one[i] == other[i] for i in common) / len(common) if common else None


def kappa(one: Mapping[str, str], other: Mapping[str, str]) -> float | None:
    """Return Cohen's kappa: 1 = always the same, 0 = as chance would have it; None where chance explains everything."""
    common = [name for name in one if name in other]
    seen = share_equal(one, other)
    if seen is None:
        return None
    first, second = Counter(one[i] for i in common), Counter(other[i] for i in common)
    chance = sum(first[mark] * second[mark] for mark in first) / len(common) ** 2
    return (seen - chance) / (1 - chance) if chance < 1 else None
