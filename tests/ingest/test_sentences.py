import itertools

import pytest

from ingest.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("  \n ", []),
        ("Een zin zonder punt", ["Een zin zonder punt"]),
        ("Dit is een. Dit is twee! En drie? Ja.", ["Dit is een.", "Dit is twee!", "En drie?", "Ja."]),
        ("Gemeenten, o.a. Utrecht, doen mee. Klaar.", ["Gemeenten, o.a. Utrecht, doen mee.", "Klaar."]),
        ("Zie par. 3 en blz. 12. Daarna verder.", ["Zie par. 3 en blz. 12.", "Daarna verder."]),
        ("Volgens dr. A. Jansen en prof. De Vries klopt het. Mooi.", ["Volgens dr. A. Jansen en prof. De Vries klopt het.", "Mooi."]),
        ("Het kost 3.500 euro. Dat is 2.5 keer zoveel.", ["Het kost 3.500 euro.", "Dat is 2.5 keer zoveel."]),
        ("Hij zei: ‘Dat mag.’ Zij niet.", ["Hij zei: ‘Dat mag.’", "Zij niet."]),
        ("Eerste zin. ‘Tweede zin.’", ["Eerste zin.", "‘Tweede zin.’"]),
        ("Eén regel\ntweede regel", ["Eén regel", "tweede regel"]),
        ("Stop. Élan begint.", ["Stop.", "Élan begint."]),
        ("en zo... maar toch verder", ["en zo... maar toch verder"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_reference_in_brackets_stays_with_its_sentence() -> None:
    assert cut("Zo gaat het. (Jansen, 2012) Verder gaat het.") == ["Zo gaat het. (Jansen, 2012)", "Verder gaat het."]


def test_offsets_are_in_order_do_not_overlap_and_lose_no_letter() -> None:
    text = "  Eén. Twee!\n\n • Drie? 4. Vijf (zes). Zeven… Acht\t"
    spans = sentences(text)
    assert spans == sorted(spans) and all(a < b <= c for (a, b), (c, _) in itertools.pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
