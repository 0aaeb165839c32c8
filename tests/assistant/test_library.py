from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import library
from assistant.service import embedding_fingerprint
from ingest.errors import IndexMissing, IndexStale, WijzerError
from tests.assistant.conftest import TEXT, Small


def test_files_are_copied_with_what_lies_beside_them(small: Small, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("Plan A.txt", "Plan A.source.yaml", "Plan A.notes.yaml", "photo.bmp"):
        (folder / name).write_text("title: x", "utf-8")
    assert library.add_files(small.settings, [folder / "Plan A.txt"]) == {}
    added = small.settings.data / "added"
    assert {f.name for f in added.iterdir()} == {"Plan A.txt", "Plan A.source.yaml", "Plan A.notes.yaml"}


def test_what_cannot_be_added_is_said_and_the_rest_goes_on(small: Small, tmp_path: Path) -> None:
    (tmp_path / "photo.bmp").write_text("x")
    (tmp_path / "goed.md").write_text("# x", "utf-8")
    refused = library.add_files(small.settings, [tmp_path / "none.txt", tmp_path / "photo.bmp", tmp_path / "goed.md"])
    assert set(refused) == {str(tmp_path / "none.txt"), str(tmp_path / "photo.bmp")}
    assert "no such file" in refused[str(tmp_path / "none.txt")] and ".pdf" in refused[str(tmp_path / "photo.bmp")]
    assert (small.settings.data / "added" / "goed.md").is_file()


def test_a_folder_adds_what_it_can_read(small: Small, tmp_path: Path) -> None:
    (tmp_path / "map" / "diep").mkdir(parents=True)
    (tmp_path / "map" / "diep" / "a.txt").write_text("a")
    (tmp_path / "map" / "b.bmp").write_text("b")
    assert library.add_files(small.settings, [tmp_path / "map"]) == {}
    assert [f.name for f in (small.settings.data / "added").iterdir()] == ["a.txt"]


def test_a_dry_run_copies_nothing(small: Small, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    assert library.add_files(small.settings, [tmp_path / "a.txt"], dry_run=True) == {}
    assert not (small.settings.data / "added").exists()


def test_an_added_document_can_be_removed(small: Small, tmp_path: Path) -> None:
    (tmp_path / "Plan A.txt").write_text(TEXT.replace("Lindeburg", "Elsdam"), "utf-8")
    (tmp_path / "Plan A.source.yaml").write_text("title: Plan", "utf-8")
    library.add_files(small.settings, [tmp_path / "Plan A.txt"])
    small.ingest()
    assert {row["id"] for row in library.overview(small.settings)} == {"lindeburg", "plan-a"}
    library.remove(small.settings, "plan-a")
    assert not list((small.settings.data / "added").iterdir())
    small.ingest()
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
