import json
from pathlib import Path

import pytest

from assistant.retrieval.translate import Translations, load_translations
from ingest.errors import CorpusError
from tests.conftest import ROOT

TABLE = {
    "nl": {"geld": [("money", 0.9)], "fiets": [("bicycle", 0.8), ("bike", 0.2)], "plan": [("plan", 1.0)]},
    "en": {"money": [("geld", 0.9)]},
}


def test_a_gloss_takes_the_likeliest_word_and_keeps_what_is_unknown() -> None:
    assert Translations(TABLE).gloss("Geld voor THOR", "nl") == "money voor thor"
    assert Translations(TABLE).gloss("Which money?", "en") == "which geld"


def test_a_compound_that_the_table_does_not_have_is_translated_by_its_parts() -> None:
    known = frozenset({"fiets", "plan"})
    assert Translations(TABLE, known).gloss("fietsplan", "nl") == "bicycle plan"
    assert Translations(TABLE).gloss("fietsplan", "nl") == "fietsplan"


def test_a_word_without_translations_is_as_good_as_absent(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"nl": {"geld": []}}')
    assert load_translations(tmp_path / "t.json", frozenset()).gloss("geld", "nl") == "geld"


def test_an_absent_table_translates_nothing(tmp_path: Path) -> None:
    assert load_translations(tmp_path / "none.json", frozenset()).gloss("Geld is er niet", "nl") == "geld is er niet"


@pytest.mark.parametrize("text", ["{", '{"nl": []}', '{"nl": {"geld": [["money"]]}}', '{"nl": {"geld": [["money", "much"]]}}'])
def test_a_damaged_table_is_named_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(CorpusError, match="wijzer eval translate"):
        load_translations(tmp_path / "t.json", frozenset())


def test_the_table_of_the_project_knows_the_words_of_its_field_in_both_directions() -> None:
    table = json.loads((ROOT / "corpus/translations.json").read_text("utf-8"))
    for dutch, english in (("gemeente", "municipality"), ("wethouder", "alderman"), ("geld", "money"), ("waarom", "why")):
        assert english in [word for word, _ in table["nl"][dutch]]
        assert dutch in [word for word, _ in table["en"][english]]
    assert all(0 < p <= 1 for rows in table.values() for row in rows.values() for _, p in row)
