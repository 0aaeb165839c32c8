"""Means with their uncertainty, by resampling. The same input gives the same numbers: the seed is fixed.

A question and its translation rise and fall together, so whole pairs are drawn (a cluster bootstrap).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

DRAWS = 2000
SEED = 7
LEVEL = 0.95


class Interval(NamedTuple):
    """A mean with the bounds between which 95% of the resampled means lie."""

    mean: float
    low: float
    high: float


def cluster(name: str) -> str:
    """Return what a case belongs to: a question and its translation are named alike but for -nl or -en."""
    return name[:-3] if name.endswith(("-nl", "-en")) else name


def interval(values: Mapping[str, float]) -> Interval | None:
    """Return the mean of values per case with its interval, or None for no values."""
    if not values:
        return None
    groups: dict[str, list[float]] = {}
    for name, value in values.items():
        groups.setdefault(cluster(name), []).append(value)
    sums = np.array([sum(own) for own in groups.values()])
    sizes = np.array([len(own) for own in groups.values()])
    drawn = np.random.default_rng(SEED).integers(0, len(sums), size=(DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(sums.sum() / sizes.sum()), float(low), float(high))


def paired(before: Mapping[str, float], after: Mapping[str, float]) -> Interval | None:
    """Return the mean difference (after - before) over the cases in both, with its interval, or None when there are none."""
    return interval({name: after[name] - value for name, value in before.items() if name in after})
