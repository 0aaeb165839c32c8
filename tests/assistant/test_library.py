from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from assistant import library
from assistant.service import embedding_fingerprint
from ingest.errors import IndexLocked, IndexMissing, IndexStale, WijzerError
from ingest.lock import writing
from tests.assistant.conftest import TEXT, Small


def test_files_are_copied_with_what_lies_beside_them(small: Small, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("Plan A.txt", "Plan A.source.yaml", "Plan A.notes.yaml", "photo.bmp"):
        (folder / name).write_text("title: x", "utf-8")
    assert library.add_files(small.settings.data / "added", [folder / "Plan A.txt"]) == {}
    added = small.settings.data / "added"
    assert {f.name for f in added.iterdir()} == {"Plan A.txt", "Plan A.source.yaml", "Plan A.notes.yaml"}


def test_what_cannot_be_added_is_said_and_the_rest_goes_on(small: Small, tmp_path: Path) -> None:
    (tmp_path / "photo.bmp").write_text("x")
    (tmp_path / "goed.md").write_text("# x", "utf-8")
    refused = library.add_files(small.settings.data / "added", [tmp_path / "none.txt", tmp_path / "photo.bmp", tmp_path / "goed.md"])
    assert set(refused) == {str(tmp_path / "none.txt"), str(tmp_path / "photo.bmp")}
    assert "no such file" in refused[str(tmp_path / "none.txt")] and ".pdf" in refused[str(tmp_path / "photo.bmp")]
    assert (small.settings.data / "added" / "goed.md").is_file()


def test_a_folder_adds_what_it_can_read_in_the_same_folders(small: Small, tmp_path: Path) -> None:
    (tmp_path / "map" / "diep").mkdir(parents=True)
    (tmp_path / "map" / "a.txt").write_text("boven")
    (tmp_path / "map" / "diep" / "a.txt").write_text("onder")
    (tmp_path / "map" / "b.bmp").write_text("b")
    (tmp_path / "map" / "diep" / "oud.DOC").write_text("b")
    added = small.settings.data / "added"
    assert list(library.add_files(added, [tmp_path / "map"])) == [str(tmp_path / "map" / "diep" / "oud.DOC")]
    assert {str(f.relative_to(added)): f.read_text() for f in added.rglob("*") if f.is_file()} == {"a.txt": "boven", "diep/a.txt": "onder"}


def test_a_dry_run_says_what_would_be_done_and_does_nothing(small: Small, tmp_path: Path) -> None:
    (tmp_path / "nieuw.txt").write_text("Een nieuw stuk over de brandweer.")
    small.ingest()
    report = library.ingest(small.settings, dry_run=True, paths=[tmp_path / "nieuw.txt", tmp_path / "weg.txt"])
    assert "nieuw" in report.added and list(report.failed) == [str(tmp_path / "weg.txt")] and not report.built
    assert not (small.settings.data / "added").exists()


def test_nothing_is_added_while_another_ingest_is_running(small: Small, tmp_path: Path) -> None:
    (tmp_path / "nieuw.txt").write_text("Een nieuw stuk.")
    caught: list[BaseException] = []

    def add() -> None:
        try:
            library.ingest(small.settings, paths=[tmp_path / "nieuw.txt"])
        except IndexLocked as error:
            caught.append(error)

    with writing(small.settings.data):
        thread = threading.Thread(target=add)
        thread.start()
        thread.join()
    assert caught and not (small.settings.data / "added").exists()


def test_an_added_document_can_be_removed(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Plan A.txt").write_text(TEXT.replace("Lindeburg", "Elsdam"), "utf-8")
    (tmp_path / "Plan A.source.yaml").write_text("title: Plan", "utf-8")
    library.add_files(small.settings.data / "added", [tmp_path / "Plan A.txt"])
    small.ingest()
    assert {row["id"] for row in library.overview(small.settings)} == {"lindeburg", "plan-a"}
    monkeypatch.setattr(library, "ingest", lambda _: small.ingest())
    library.remove(small.settings, "plan-a")
    assert not list((small.settings.data / "added").iterdir())
    assert {row["id"] for row in library.overview(small.settings)} == {"lindeburg"}


@pytest.mark.parametrize("name", ["lindeburg", "none", "", "../documents/lindeburg"])
def test_only_added_documents_can_be_removed(small: Small, name: str) -> None:
    with pytest.raises(WijzerError, match="not a document that was added"):
        library.remove(small.settings, name)
    assert small.settings.documents and (small.settings.documents / "lindeburg.txt").is_file()


def test_the_overview_counts(small: Small) -> None:
    with pytest.raises(IndexMissing):
        library.overview(small.settings)
    small.ingest()
    (row,) = library.overview(small.settings)
    assert row["id"] == "lindeburg" and row["present"] is True and row["notes"] == 0
    assert row["passages"] >= 1 and row["characters"] >= len(TEXT) - 5


def test_the_first_question_makes_the_index_and_says_so(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    said: list[str] = []
    monkeypatch.setattr(library, "ingest", made.append)
    library.ingest_if_missing(small.settings, said.append)
    assert made == [small.settings] and len(said) == 1


def test_an_index_by_an_earlier_version_is_refused_not_remade(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "ingest", lambda *_: pytest.fail("made anew"))
    small.ingest()
    assert embedding_fingerprint(small.settings) != small.embedder.fingerprint
    with pytest.raises(IndexStale) as error:
        library.ingest_if_missing(small.settings, lambda _: None)
    assert "wijzer ingest" in error.value.help
