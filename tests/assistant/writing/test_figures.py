from __future__ import annotations

import pytest

from assistant.writing.figures import figures


def values(text: str) -> list[str]:
    return [value for value, _, _ in figures(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("82.000 euro", "82,000 euros"),
        ("veertien maanden", "fourteen months"),
        ("de negende maand", "the 9th month"),
        ("zesendertig klachten", "thirty-six complaints"),
        ("zesendertig", "thirty six"),
        ("2,5 miljoen", "2.5 million"),
        ("tweeëntwintig", "22"),
        ("driehonderdvijftig", "350"),
        ("vijftigduizend", "50.000"),
        ("two hundred", "200"),
        ("de helft", "half of it"),
        ("anderhalf jaar", "1.5 years"),
    ],
)
def test_the_same_figure_in_another_form(one: str, other: str) -> None:
    assert values(one) == values(other) and len(values(one)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("één van de wijken, one of them, een ander", []),
        ("volgens R5 op een A4", []),
        ("paragraaf 4.2.3 uit 2018", ["4.2.3", "2018"]),
        ("1.500 en 1.5", ["1500", "1.5"]),
        ("12²", ["12"]),
        ("", []),
    ],
)
def test_what_is_a_figure(text: str, found: list[str]) -> None:
    assert values(text) == found


def test_places_are_those_in_the_text() -> None:
    text = "Het kostte 82.000 euro in de negende maand."
    assert [text[a:b] for _, a, b in figures(text)] == ["82.000", "negende"]
