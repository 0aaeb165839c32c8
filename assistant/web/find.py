"""Search within one text: the words as they were typed, whatever their case, accents and line breaks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Span = tuple[int, int]
MOST_QUERY = 200
MOST_FOUND = 300


def find(text: str, query: str) -> tuple[Span, ...]:
    """Return where `query` stands in `text`, at most MOST_FOUND places; "" is found nowhere."""
    words = [re.escape(word) for word in _folded(query[:MOST_QUERY]).split()]
    if not words:
        return ()
    spans = []
    for match in re.finditer(r"\s+".join(words), _folded(text)):
        spans.append(match.span())
        if len(spans) == MOST_FOUND:
            break
    return tuple(spans)


def loose(text: str, query: str) -> tuple[Span, ...]:
    """Return where the single words of `query` stand, for when the whole stands nowhere; short words are left out."""
    words = {word for word in _folded(query[:MOST_QUERY]).split() if len(word) > 3}
    return tuple(sorted(span for word in words for span in find(text, word)))[:MOST_FOUND]


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    """Return a text of the same length in small letters without accents."""
    return "".join(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    small = unicodedata.normalize("NFD", letter)[0].lower()
    return small if len(small) == 1 else letter
