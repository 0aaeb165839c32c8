"""Search within a text: whatever the case, accents and line breaks, and always at the right letters."""

from __future__ import annotations

import pytest

from assistant.web.find import MOST_FOUND, find, loose


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("De Proeftuin en de proeftuin", "proeftuin", ["Proeftuin", "proeftuin"]),
        ("een coördinator", "COORDINATOR", ["coördinator"]),
        ("over twee\nregels heen", "twee  regels", ["twee\nregels"]),
        ("a.b en axb", "a.b", ["a.b"]),
        ("(haakjes)", "(haakjes", ["(haakjes"]),
        ("straße İstanbul ﬁjn doel", "doel", ["doel"]),
        ("niets hier", "weg", []),
        ("niets hier", "   ", []),
    ],
)
def test_find(text: str, query: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in find(text, query)] == found


def test_single_words_when_the_whole_is_not_there() -> None:
    text = "Het bestuur wil garanties; de garanties kwamen van het bestuur."
    assert find(text, "bestuur garanties") == ()
    assert [text[a:b] for a, b in loose(text, "bestuur of garanties")] == ["bestuur", "garanties", "garanties", "bestuur"]


def test_no_more_than_so_many() -> None:
    assert len(find("ab " * 1000, "ab")) == MOST_FOUND and len(loose("abcd efgh " * 1000, "efgh abcd")) == MOST_FOUND
