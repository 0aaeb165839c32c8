"""Are the right barriers recognised, and do strategies that fit come first?"""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.retrieval import ndcg


def main_barrier(expected: Sequence[str], given: Sequence[str], k: int = 2) -> float:
    """Return 1 when the first barrier expected is among the first k given."""
    return float(bool(expected) and expected[0] in given[:k])


def set_f1(expected: Sequence[str], given: Sequence[str]) -> float:
    """Return the F1 of two sets of ids, 0 when both are empty."""
    total = len(set(expected)) + len(set(given))
    return 2 * len(set(expected) & set(given)) / total if total else 0.0


def strategy_hit(expected: Sequence[str], given: Sequence[str], k: int = 3) -> float:
    """Return 1 when one of the first two strategies expected is among the first k given."""
    return float(bool(set(expected[:2]) & set(given[:k])))


def strategy_ndcg(expected: Sequence[str], given: Sequence[str], k: int = 5) -> float:
    """Return nDCG at k of the strategies, every expected one worth the same."""
    return ndcg([given.index(s) + 1 if s in given else None for s in dict.fromkeys(expected)], k)
