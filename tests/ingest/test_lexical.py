from pathlib import Path

import pytest

from ingest import lexical
from ingest.analysis import terms
from ingest.lexical import FIELDS, Lexical
from ingest.records import Claim, Document, Note, Passage, Source
from ingest.store import Store


def passage(n: int, text: str, path: str = "Deel", source: str = "stuk") -> Passage:
    return Passage(f"{source}:1:{n}", source, "1", path, (path,), 0, len(text), text)


def index(folder: Path, *documents: Document) -> Lexical:
    store = Store(folder / "s.sqlite", create=True)
    for position, document in enumerate(documents):
        store.add(document, position, "k")
    lexical.create(store.connection)
    lexical.fill(store.connection, documents)
    return Lexical(store)


@pytest.fixture
def found(tmp_path: Path) -> Lexical:
    passages = tuple(
        passage(n, t)
        for n, t in enumerate(
            [
                "De fietsen staan bij het station.",
                "De raad stelt het innovatieproces vast.",
                "Innovatie is een proces.",
                "Over water en groen.",
            ],
            1,
        )
    )
    note = Note(
        "stuk#1",
        "stuk",
        "1",
        "",
        (Claim("Weesfietsen hinderen.", "Orphan bikes hinder."),),
        ("Wie ruimt op?",),
        ("Who cleans up?",),
        "stuk:1:1",
    )
    lost = Note("stuk#2", "stuk", "1", "", (Claim("Verdwaald.", "Astray."),), (), (), None)
    english = Document(
        Source("paper", "Paper", "B", language="en"), "x", "", (), (passage(1, "Bicycles at the station.", source="paper"),), ()
    )
    return index(tmp_path, Document(Source("stuk", "Titel", "A"), "x", "", (), passages, (note, lost)), english)


def ask(found: Lexical, question: str, language: str = "nl", table: str = "passages", weight: float = 1.0) -> list[str]:
    query = [(t, weight) for t in terms(question, language, found.vocabulary[language], keep_stopwords=False)]
    return [name for name, _ in found.search(table, language, query, [1.0] * len(FIELDS[table]), 10)]


def test_inflected_words_find_each_other(found: Lexical) -> None:
    assert ask(found, "Welke raden zijn er?")[0] == "stuk:1:2"
    assert ask(found, "stationnen en fietsen")[0] == "stuk:1:1"


def test_a_compound_is_found_by_its_parts(found: Lexical) -> None:
    known = found.vocabulary["nl"]
    assert "innovatie" not in known or ask(found, "innovatie")
    assert "stuk:1:3" in ask(found, "innovatie")


def test_notes_are_searched_in_either_language(found: Lexical) -> None:
    assert ask(found, "opruimen ruimt", "nl", "notes") == ["stuk#1"]
    assert ask(found, "orphan bike", "en", "notes") == ["stuk#1"]
    assert ask(found, "orphan bike", "en") == ["stuk:1:1"]


def test_a_note_without_passage_is_not_found(found: Lexical) -> None:
    assert ask(found, "verdwaald", "nl", "notes") == [] == ask(found, "verdwaald")


def test_text_is_searched_in_its_own_language(found: Lexical) -> None:
    assert ask(found, "bicycle", "en") == ["paper:1:1"]
    assert ask(found, "bicycles", "nl") == []


def test_no_terms_and_odd_terms_find_nothing(found: Lexical) -> None:
    assert ask(found, "") == [] and ask(found, "de het een") == [] and ask(found, '"; DROP TABLE x; -- * NEAR(') == []


def test_weights_of_terms_and_fields_count(found: Lexical) -> None:
    term = terms("water", "nl")[0]
    whole = dict(found.search("passages", "nl", [(term, 1.0)], [1, 1, 1, 1], 5))
    half = dict(found.search("passages", "nl", [(term, 0.5)], [1, 1, 1, 1], 5))
    none = dict(found.search("passages", "nl", [(term, 1.0)], [1, 0, 1, 1], 5))
    assert half["stuk:1:4"] == pytest.approx(whole["stuk:1:4"] / 2)
    assert none["stuk:1:4"] == pytest.approx(0) and whole["stuk:1:4"] > 0


def test_results_are_ordered_and_cut_at_k(found: Lexical) -> None:
    query = [(t, 1.0) for t in terms("raad innovatie water fietsen", "nl")]
    rows = found.search("passages", "nl", query, [1, 1, 1, 1], 2)
    assert len(rows) == 2 and rows[0][1] >= rows[1][1]


def test_all_words_are_known_for_naming_unknown_ones(found: Lexical) -> None:
    assert {"station", "water", "hinder", "titel"} <= found.everything and "belastingdienst" not in found.everything


def test_an_empty_collection(tmp_path: Path) -> None:
    assert ask(index(tmp_path), "iets") == []


def test_the_rarest_words_are_scored_when_all_would_be_too_many(found: Lexical, monkeypatch: pytest.MonkeyPatch) -> None:
    query = [(term, 1.0) for term in terms("raad deel", "nl")]
    both = [name for name, _ in found.search("passages", "nl", query, [1.0] * 4, 10)]
    rare = min(query, key=lambda item: found.frequency(item[0], "nl"))
    assert found.frequency(query[0][0], "nl") != found.frequency(query[1][0], "nl")
    monkeypatch.setattr(lexical, "MOST_SCORED", 0)
    fewer = [name for name, _ in found.search("passages", "nl", query, [1.0] * 4, 10)]
    assert fewer == [name for name, _ in found.search("passages", "nl", [rare], [1.0] * 4, 10)] and 0 < len(fewer) < len(both)
