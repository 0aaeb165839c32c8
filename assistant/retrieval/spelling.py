"""Is it a word at all? Common Dutch and English words, so that only what is none is taken for a typing error."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker


@cache
def common_words() -> frozenset[str]:
    """Return the words of both languages in lower case, about 450,000; reading them takes part of a second, once."""
    return frozenset(word for language in ("nl", "en") for word in SpellChecker(language=language).word_frequency.dictionary)


def is_word(word: str) -> bool:
    """True for a common Dutch or English word, whatever its capitals."""
    return word.lower() in common_words()
