from pathlib import Path

import pytest
import yaml

from assistant.retrieval.glossary import Glossary, load_glossary
from ingest.errors import CorpusError
from tests.conftest import ROOT

ROWS = [
    {"nl": ["wethouder", "stadsbestuurder"], "en": ["alderman", "deputy mayor"]},
    {"nl": ["college van burgemeester en wethouders"], "en": ["municipal executive"]},
]


def test_synonyms_and_translations_of_what_is_named() -> None:
    synonyms, translations = Glossary(ROWS).expand("Wat vond de wethouder ervan?", "nl")
    assert synonyms == ["stadsbestuurder"]
    assert {"alderman", "deputy", "mayor"} <= set(translations)


def test_inflected_forms_and_phrases_of_more_words_are_found() -> None:
    glossary = Glossary(ROWS)
    assert "alderman" in glossary.expand("de wethouders", "nl")[1]
    assert "executive" in glossary.expand("het college van burgemeester en wethouders", "nl")[1]
    assert "wethouder" in glossary.expand("what did the deputy mayor say", "en")[1]


def test_what_is_not_named_gives_nothing() -> None:
    assert Glossary(ROWS).expand("de brug over de rivier", "nl") == ([], [])
    assert Glossary([]).expand("de wethouder", "nl") == ([], [])


def test_kin_are_a_term_and_its_synonyms() -> None:
    assert Glossary([{"nl": ["baas", "chef"], "en": ["boss"]}]).kin("bas", "nl") >= {"bas"}
    assert "chef" in Glossary([{"nl": ["manager", "chef"], "en": []}]).kin("manager", "nl")
    assert Glossary([]).kin("x", "nl") == {"x"}


def test_an_absent_file_is_an_empty_glossary(tmp_path: Path) -> None:
    assert load_glossary(tmp_path / "none.yaml").expand("wethouder", "nl") == ([], [])


@pytest.mark.parametrize("text", ["a: 1", "- [x]", "- {nl: [a], de: [b]}", "- woord"])
def test_a_malformed_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "g.yaml").write_text(text, "utf-8")
    with pytest.raises(CorpusError):
        load_glossary(tmp_path / "g.yaml")


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text("- {nl: [a", "utf-8")
    with pytest.raises(CorpusError):
        load_glossary(tmp_path / "g.yaml")


def test_every_row_of_the_glossary_has_both_languages() -> None:
    rows = yaml.safe_load((ROOT / "corpus" / "glossary.yaml").read_text("utf-8"))
    assert len(rows) > 50
    assert not [row for row in rows if not row.get("nl") or not row.get("en")]
