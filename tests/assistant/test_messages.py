import string
from typing import get_args

import pytest

from assistant.messages import TEXTS, message
from assistant.messages_labels import LABELS
from assistant.records import Status


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_values(key: str) -> None:
    assert set(TEXTS[key]) == {"nl", "en"}
    assert all(text.strip() for text in TEXTS[key].values())
    assert key in LABELS or TEXTS[key]["nl"] != TEXTS[key]["en"]  # a label may be the same word
    assert _fields(TEXTS[key]["nl"]) == _fields(TEXTS[key]["en"])


def test_every_status_that_says_no_has_a_text() -> None:
    assert set(get_args(Status)) - {"answered"} <= set(TEXTS)


def test_values_are_filled_in_per_language() -> None:
    assert "Kampen" in message("missing_name", "nl", name="Kampen")
    assert message("missing_name", "en", name="Kampen").startswith("These documents")
    assert "{" not in message("too_long", "nl", most=1000)


def test_an_unknown_language_reads_dutch_and_an_unknown_key_is_an_error() -> None:
    assert message("empty", "fr") == message("empty", "nl")
    with pytest.raises(KeyError):
        message("nothing", "nl")
