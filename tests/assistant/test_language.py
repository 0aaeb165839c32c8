import pytest

from assistant.records import Language
from assistant.retrieval.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wat houdt innovatie bij gemeenten tegen?", "nl"),
        ("What holds back innovation in municipalities?", "en"),
        ("Wie was de projectleider?", "nl"),
        ("Who was the project leader?", "en"),
        ("Hoe kwam het living lab aan steun van management?", "nl"),
        ("How did the gemeentesecretaris help?", "en"),
        ("WAAROM LUKTE HET NIET?", "nl"),
        ("Tell me about Rotterdam", "en"),
    ],
)
def test_function_words_decide(text: str, language: Language) -> None:
    assert detect(text, "en" if language == "nl" else "nl") == language


@pytest.mark.parametrize("text", ["", "12345", "RUGGEDISED", "?!", "日本語"])
def test_a_tie_leaves_the_language_as_it_was(text: str) -> None:
    assert detect(text, "nl") == "nl" and detect(text, "en") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Wat houdt Right 2 Challenge in Rotterdam in?", "nl"), ("aim of Netwerk 02025", "en"), ("taken van Netwerk Noord", "nl")],
)
def test_words_that_stand_in_one_language_decide_where_function_words_do_not(text: str, language: Language) -> None:
    vocabulary = {"nl": frozenset({"taken", "regeling", "netwerk"}), "en": frozenset({"aim", "scheme", "netwerk"})}
    assert detect(text, "en" if language == "nl" else "nl", vocabulary) == language
