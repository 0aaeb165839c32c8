import pytest

from assistant.web.views import unbroken


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("de *New Public Management* (NPM)", "de New Public Management (NPM)"),
        ("*'Wij hebben het", "'Wij hebben het"),
        ("einde.'*", "einde.'"),
        ("van de\n\ngemeente", "van de gemeente"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("* een punt van een lijst", "* een punt van een lijst"),
        ("een 5* hotel", "een 5* hotel"),
    ],
)
def test_a_passage_is_shown_without_marks_of_the_file(stored: str, shown: str) -> None:
    assert unbroken(stored) == shown
