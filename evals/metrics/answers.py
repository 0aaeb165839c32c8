"""Is the answer complete, short, and in the right language? And is a no a rightful no?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.records import Language
from assistant.retrieval.language import detect

MOST_WORDS = 180


def complete(texts: Sequence[str], keys: Sequence[Sequence[str]], most_words: int = MOST_WORDS) -> float:
    """Return 1 when the statements hold, within their first `most_words` words, a string of every key group (case-insensitively)."""
    text = " ".join(" ".join(texts).split()[:most_words]).lower()
    return float(bool(text) and all(any(alternative.lower() in text for alternative in group) for group in keys))


def in_language(texts: Sequence[str], language: Language) -> float | None:
    """Return the share of texts written in a language, or None for no texts. A text too short to tell counts as right."""
    return mean([float(detect(text, language) == language) for text in texts])


def exact_quotes(citations: Sequence[Mapping[str, Any]]) -> float:
    """Return 1 when every quote of a document stands letter for letter in its passage (a citation of notes has no quote)."""
    return float(all(c["quote"] and c["quote"] in c["text"] if c.get("basis") != "notes" else not c["quote"] for c in citations))


def words(texts: Sequence[str]) -> int:
    """Return the number of words in the statements."""
    return sum(len(t.split()) for t in texts)


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, or None for no values: unmeasured is not zero."""
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which `share` of the values lie (nearest rank), or None for no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def f1(expected: Sequence[set[str]], given: Sequence[set[str]]) -> float | None:
    """Return the micro-averaged F1 of sets of ids."""
    both = sum(len(e & g) for e, g in zip(expected, given, strict=True))
    total = sum(len(e) + len(g) for e, g in zip(expected, given, strict=True))
    return 2 * both / total if total else None
