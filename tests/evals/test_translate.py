import json
from pathlib import Path

import pytest

from evals.translate import kept, learn, question_pairs, twins
from ingest.records import Claim, Note

PAIRS = [(["de", "fiets"], ["the", "bicycle"]), (["de", "kar"], ["the", "cart"]), (["een", "fiets"], ["a", "bicycle"])]


def _note(questions_en: tuple[str, ...] = ("The bicycle?", "The cart?")) -> Note:
    return Note("n", "s", "1", "De fiets", (Claim("De fiets.", "The bicycle."),), ("De kar?", "De fiets?"), questions_en)


def test_words_that_stand_together_in_both_languages_become_each_others_translation() -> None:
    table = learn(PAIRS)
    assert max(table["fiets"], key=table["fiets"].__getitem__) == "bicycle"
    assert max(table["de"], key=table["de"].__getitem__) == "the"
    assert sum(table["fiets"].values()) == pytest.approx(1.0, abs=0.05)


def test_rare_translations_and_the_empty_word_are_not_kept() -> None:
    rows = kept({"": {"the": 1.0}, "fiets": {"bicycle": 0.9, "cart": 0.05}})
    assert rows == {"fiets": [["bicycle", 0.9]]}
    json.dumps(rows)


def test_the_questions_of_a_note_that_translate_each_other_are_paired_whatever_their_order() -> None:
    there, back = learn(PAIRS), learn([(en, nl) for nl, en in PAIRS])
    assert question_pairs(_note(), there, back) == [("De kar?", "The cart?"), ("De fiets?", "The bicycle?")]
    assert question_pairs(_note(()), there, back) == []
    assert question_pairs(_note(("Something else?",)), there, back) == []


def test_twins_are_found_from_claims_and_glossary_alone(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text("- {nl: [kar], en: [cart]}\n")
    assert ("De kar?", "The cart?") in twins([_note()], glossary)["n"]
    assert twins([_note()], tmp_path / "none.yaml").keys() == {"n"}
