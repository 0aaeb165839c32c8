import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.records import Claim, Document, Note, Passage, Section, Source
from ingest.store import Store

TEXT = "Ünïcode €uro’s 😀 en de rest."
SOURCE = Source("stuk", "Tïtel", "A", 2012, method={"nl": "x"})
SECTION = Section("1", "stuk", "1 Een", ("1 Een",), 0, len(TEXT))
PASSAGE = Passage("stuk:1:1", "stuk", "1", "1 Een", ("1 Een",), 8, 16, TEXT[8:16], page=2)
NOTE = Note("stuk#1", "stuk", "1", "anker", (Claim("ja", "yes"),), ("Wat?",), (), "stuk:1:1")
DOCUMENT = Document(SOURCE, TEXT, "0f", (SECTION,), (PASSAGE,), (NOTE,), ("let op",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "store.sqlite", create=True)
    made.add(Document(Source("later", "t", "a"), "", "", (), (), ()), 1, "k2")
    made.add(DOCUMENT, 0, "k1")
    made.connection.commit()
    made.close()
    opened = Store(tmp_path / "store.sqlite")
    yield opened
    opened.close()


def test_what_goes_in_comes_out(store: Store) -> None:
    assert store.document("stuk") == DOCUMENT
    assert store.source("stuk") == SOURCE and store.passage("stuk:1:1") == PASSAGE and store.note("stuk#1") == NOTE
    assert store.notes_of("stuk:1:1") == [NOTE] and store.sections("stuk") == [SECTION] and store.passages_of("stuk") == [PASSAGE]


def test_documents_keep_their_order_and_keys(store: Store) -> None:
    assert store.sources() == ["stuk", "later"]
    assert store.keys() == {"stuk": "k1", "later": "k2"}


def test_what_is_not_there(store: Store) -> None:
    assert store.document("x") is store.source("x") is store.passage("x") is store.note("x") is None
    assert store.text("x") == "" and store.notes_of("x") == [] and store.sections("x") == []


def test_slices_count_characters_not_bytes(store: Store) -> None:
    assert store.text("stuk") == TEXT and store.text("stuk", 5) == TEXT[5:]
    for start, end in ((0, 0), (0, 7), (8, 16), (16, len(TEXT))):
        assert store.text("stuk", start, end) == TEXT[start:end]


def test_a_store_opened_for_reading_cannot_be_written(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        store.add(DOCUMENT, 3, "k")


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        Store(tmp_path / "absent.sqlite")
    assert not (tmp_path / "absent.sqlite").exists()


def test_reading_from_several_threads(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: store.document("stuk") == DOCUMENT, range(40))) == {True}


def test_a_document_without_text_is_not_present(store: Store) -> None:
    found = store.document("later")
    assert found is not None and not found.present and DOCUMENT.present
