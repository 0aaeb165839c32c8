"""Did the search find the evidence, and how high?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sklearn.metrics import ndcg_score

SHARE = 0.6
CHARACTERS = 3000  # about what a reader, or a model, is shown
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "*": None})


@lru_cache(maxsize=20000)
def fold(text: str) -> str:
    """Return text with white space, quote marks, asterisks and tags folded, in lower case."""
    text = re.sub(r"</?\w+/?>", " ", re.sub(r"(\w)-\n\s*(\w)", r"\1\2", text))
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).strip().lower()


@lru_cache(maxsize=20000)
def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    size = min(4, len(words)) or 1
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def carries(passage: str, quote: str = "", anchor: str = "") -> bool:
    """True when a passage holds a piece of evidence: its anchor, or at least 60% of its quote's word 4-grams."""
    if anchor:
        return fold(anchor) in fold(passage)
    wanted = _grams(quote)
    if not wanted:
        return False
    size = len(next(iter(wanted)))
    words = re.findall(r"\w+", fold(passage))
    have = {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}
    return len(wanted & have) / len(wanted) >= SHARE


def ranks(passages: Sequence[str], evidence: Sequence[tuple[str, str]]) -> list[int | None]:
    """Return, per (quote, anchor), the rank (1 = first) of the first passage that carries it, or None."""
    return [next((r for r, p in enumerate(passages, 1) if carries(p, q, a)), None) for q, a in evidence]


def recall(found: Sequence[int | None], k: int) -> float:
    """Return the share of evidence found within the first k."""
    return sum(r is not None and r <= k for r in found) / len(found) if found else 0.0


def hit(found: Sequence[int | None], k: int) -> float:
    """Return 1 when any evidence is found within the first k, else 0."""
    return float(any(r is not None and r <= k for r in found))


def reciprocal_rank(found: Sequence[int | None], k: int = 10) -> float:
    """Return 1 / rank of the first evidence found within k, else 0."""
    best = min((r for r in found if r is not None and r <= k), default=None)
    return 1.0 / best if best else 0.0


def overlap(one: Sequence[str], other: Sequence[str], k: int = 5) -> float:
    """Return the share of the first k that two rankings have in common."""
    return len(set(one[:k]) & set(other[:k])) / k


def ndcg(found: Sequence[int | None], k: int = 10) -> float:
    """Return nDCG at k. A passage gains one per piece of evidence first found in it; evidence not found counts in the ideal."""
    gains = [0] * k
    absent = 0
    for rank in found:
        if rank is not None and rank <= k:
            gains[rank - 1] += 1
        else:
            absent += 1
    if not found:
        return 0.0
    relevance = gains + [1] * absent
    return float(ndcg_score([relevance], [range(len(relevance), 0, -1)], k=k, ignore_ties=True))


def recall_within(passages: Sequence[str], evidence: Sequence[tuple[str, str]], characters: int = CHARACTERS) -> float:
    """Return the share of evidence within the first `characters` of the passages: fair to passages of any length."""
    shown: list[str] = []
    left = characters
    for passage in passages:
        shown.append(passage[:left])
        left -= len(shown[-1])
        if left <= 0:
            break
    return recall(ranks(shown, evidence), len(shown))


def citation_precision(cited: Sequence[str], evidence: Sequence[tuple[str, str]]) -> float:
    """Return the share of the cited passages, each counted once, that carry a piece of evidence; 0 for none cited."""
    distinct = list(dict.fromkeys(cited))
    return sum(any(carries(p, q, a) for q, a in evidence) for p in distinct) / len(distinct) if distinct else 0.0
