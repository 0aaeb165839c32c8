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
