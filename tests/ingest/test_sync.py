import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.build import vector_texts
from ingest.errors import CorpusError, IndexLocked
from ingest.index import open_index
from ingest.manifest import file_sha256
from ingest.sync import read_document
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import Workplace, note, workplace

TEXT = (
    "1 Fietsen\n\nDe gemeente ruimt weesfietsen op bij het station en telt ze daarna.\n\n2 Water\n\nHet waterschap meet elke dag het peil."
)


def fill(place: Workplace) -> Workplace:
    place.record("fiets", [note("1", "weesfietsen", nl="Weesfietsen worden geteld.")])
    questions = {"nl": ["Waarvandaan?"], "en": ["Where from?"]}
    place.record("afwezig", [note("4.1", nl="Dit komt uit notities.", en="This comes from notes.", questions=questions)])
    place.file("fiets.txt", TEXT)
    return place


@pytest.fixture
def filled(place: Workplace) -> Workplace:
    """One document with a note, and one of which there are only notes."""
    return fill(place)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = workplace(tmp_path_factory.mktemp("template"))
    fill(place).sync()
    return place.data.parent


@pytest.fixture
def served(template: Path, tmp_path: Path) -> Workplace:
    """The same, with an index made of it."""
    return workplace(Path(shutil.copytree(template, tmp_path / "kopie")))


def test_a_first_sync_builds_an_index_that_can_be_asked(filled: Workplace) -> None:
    seen: list[str] = []
    report = filled.sync(progress=lambda step, done, total: seen.append(step))
    assert (
        report.built
        and sorted(report.added) == ["afwezig", "fiets"]
        and not (report.replaced or report.removed or report.skipped or report.failed)
    )
    assert [(row["id"], row["present"], row["notes"]) for row in report.documents] == [("afwezig", False, 1), ("fiets", True, 1)]
    assert {"read", "passages", "claims", "questions"} <= set(seen)
    index = open_index(filled.data, "fake-1")
    assert index.fingerprint == report.fingerprint and index.store.sources() == ["afwezig", "fiets"]
    vector = filled.embedder.queries(["Weesfietsen worden geteld."])[0]
    assert index.vectors.nearest("claims", vector, 1)[0][1] == "fiets#1"
    index.close()


def test_every_vector_finds_itself(served: Workplace) -> None:
    index = open_index(served.data, "fake-1")
    documents = [d for n in index.store.sources() if (d := index.store.document(n))]
    for collection, rows in vector_texts(documents).items():
        assert len(rows) == index.vectors.count(collection) > 0
        for name, owner, _, text in rows:
            found = index.vectors.nearest(collection, served.embedder.queries([text])[0], 1)[0]
            assert found[:2] == (name, owner) and found[2] == pytest.approx(1, abs=1e-4)
    index.close()


def test_passages_of_an_absent_document_are_found_by_claims_only(filled: Workplace) -> None:
    rows = vector_texts([read_document(filled.entry("afwezig"))[0]])
    assert rows["passages"] == [] and len(rows["claims"]) == 2 and len(rows["questions"]) == 2


def test_a_second_sync_skips_everything_and_loads_no_model(filled: Workplace) -> None:
    first = filled.sync()
    before = filled.current

    def refuse() -> None:
        raise AssertionError("the model is not needed")

    second = filled.sync(load=refuse)
    assert not second.built and sorted(second.skipped) == ["afwezig", "fiets"] and second.added == []
    assert second.fingerprint == first.fingerprint and filled.current == before
    assert [row["id"] for row in second.documents] == ["afwezig", "fiets"]


def test_the_fingerprint_depends_on_content_only(filled: Workplace) -> None:
    first = filled.sync().fingerprint
    assert filled.sync(rebuild=True).fingerprint == first
    filled.file("fiets.txt", TEXT + " En meer.")
    assert filled.sync().fingerprint != first


def test_changed_added_and_removed_documents_are_counted(served: Workplace) -> None:
    served.file("fiets.txt", TEXT + "\n\nEr kwam een zin bij.")
    served.file("nieuw.md", "# Nieuw\n\nEen eigen stuk.")
    report = served.sync()
    assert (report.replaced, report.added, report.removed, report.skipped) == (["fiets"], ["nieuw"], [], ["afwezig"])
    (served.documents / "nieuw.md").unlink()
    served.record("afwezig", [note("4.1", nl="Een andere bewering.")])
    report = served.sync()
    assert (report.replaced, report.added, report.removed, report.skipped) == (["afwezig"], [], ["nieuw"], ["fiets"])


def test_only_what_changed_is_embedded_again(served: Workplace) -> None:
    served.embedder.embedded.clear()
    served.record("afwezig", [note("4.1", nl="Een andere bewering.")])
    served.sync()
    assert served.embedder.embedded == ["Een andere bewering."]


def test_a_document_that_goes_is_served_from_its_notes(served: Workplace) -> None:
    (served.documents / "fiets.txt").unlink()
    assert served.sync().replaced == ["fiets"]
    index = open_index(served.data, "fake-1")
    found = index.store.document("fiets")
    assert found is not None and not found.present and found.passages[0].basis == "notes"
    index.close()


def test_a_dry_run_changes_nothing(filled: Workplace) -> None:
    report = filled.sync(dry_run=True)
    assert sorted(report.added) == ["afwezig", "fiets"] and not report.built and not (filled.data / "current").exists()


def test_a_file_that_cannot_be_read_does_not_stop_the_others(filled: Workplace) -> None:
    filled.file("kapot.pdf", "geen pdf")
    report = filled.sync()
    assert list(report.failed) == ["kapot"] and "damaged" in report.failed["kapot"] and sorted(report.added) == ["afwezig", "fiets"]
    again = filled.sync()
    assert list(again.failed) == ["kapot"] and not again.built and again.fingerprint == report.fingerprint


def test_a_file_that_becomes_unreadable_leaves_the_index(filled: Workplace) -> None:
    filled.file("extra.md", "# Extra\n\nEen eigen stuk.")
    filled.sync()
    filled.file("extra.md", " ")
    report = filled.sync()
    assert report.built and list(report.failed) == ["extra"] and report.replaced == []
    index = open_index(filled.data, "fake-1")
    assert index.store.sources() == ["afwezig", "fiets"]
    index.close()


def test_a_record_with_neither_file_nor_notes_is_no_reason_to_build_again(filled: Workplace) -> None:
    filled.record("leeg")
    filled.sync()
    assert not filled.sync().built


@pytest.mark.parametrize("error", [RuntimeError("stuk"), KeyboardInterrupt(), MemoryError()])
def test_a_crash_while_building_leaves_the_old_index_serving(filled: Workplace, error: BaseException) -> None:
    first = filled.sync()
    before = filled.current
    filled.file("fiets.txt", TEXT + "\n\nEen nieuwe zin die nog niet is ingebed.")

    def crash() -> None:
        raise error

    with pytest.raises(type(error)):
        filled.sync(load=crash)
    assert filled.current == before and [f.name for f in (filled.data / "generations").iterdir()] == [before]
    index = open_index(filled.data, "fake-1")
    assert index.fingerprint == first.fingerprint
    index.close()
    assert filled.sync().replaced == ["fiets"]


def test_a_malformed_record_stops_before_anything_is_built(served: Workplace) -> None:
    before = served.current
    served.record("fiets", [{"section": "1"}])
    with pytest.raises(CorpusError):
        served.sync()
    assert served.current == before
    served.record("fiets", [note("1")])
    served.sync()


def test_one_generation_is_kept_when_nobody_reads_the_one_before(filled: Workplace) -> None:
    for n in range(3):
        filled.file("fiets.txt", TEXT + f" Zin {n}.")
        filled.sync()
        assert [f.name for f in (filled.data / "generations").iterdir()] == [filled.current]


def test_the_text_of_a_removed_document_is_gone_from_the_disk(served: Workplace) -> None:
    served.file("geheim.txt", "1 Geheim\n\nDe Zwaluwenburgse ruilverkaveling kost veel.")
    served.sync()
    kept = {row for row in sqlite3.connect(served.data / "embeddings.sqlite").execute("SELECT name FROM vectors")}
    assert any(b"Zwaluwenburg" in f.read_bytes() for f in served.data.rglob("*") if f.is_file())
    (served.documents / "geheim.txt").unlink()
    assert served.sync().removed == ["geheim"]
    assert not [f for f in served.data.rglob("*") if f.is_file() and f.name != "data_level0.bin" and b"waluwenburg" in f.read_bytes()]
    left = {row for row in sqlite3.connect(served.data / "embeddings.sqlite").execute("SELECT name FROM vectors")}
    assert len(kept - left) == 1 and left < kept


def test_what_a_killed_ingest_left_is_removed(served: Workplace) -> None:
    left = served.data / "generations" / "building-1x2"
    left.mkdir()
    (left / "store.sqlite").write_text("half")
    assert not served.sync().built and not left.exists()


def test_an_ingest_that_was_stopped_goes_on_where_it_was(filled: Workplace) -> None:
    filled.file("lang.md", "\n\n".join(f"# Deel {n}\n\nHier staat zin nummer {n} over onderwerp {n * n}." for n in range(1, 601)))

    class Stops(FakeEmbedder):
        def base(self, texts: Sequence[str]) -> np.ndarray:
            if len(self.embedded) >= 512:
                raise KeyboardInterrupt
            return super().base(texts)

    first = Stops()
    with pytest.raises(KeyboardInterrupt):
        filled.sync(load=lambda: first)
    report = filled.sync()
    assert report.built and len(first.embedded) == 512 and not set(first.embedded) & set(filled.embedder.embedded)
    assert len(filled.embedder.embedded) > 80


def test_damaged_vectors_in_the_cache_are_made_again(served: Workplace) -> None:
    cache = served.data / "embeddings.sqlite"
    with sqlite3.connect(cache) as connection:
        count = connection.execute("UPDATE vectors SET vector = zeroblob(length(vector))").rowcount
    connection.close()
    for damage in (False, True):
        if damage:
            cache.write_bytes(b"x" * cache.stat().st_size)
        served.embedder.embedded.clear()
        assert served.sync(rebuild=True).built and len(served.embedder.embedded) == count
        open_index(served.data, "fake-1").close()


def test_a_cache_of_an_earlier_version_is_used(served: Workplace) -> None:
    with sqlite3.connect(served.data / "embeddings.sqlite") as connection:
        connection.execute("ALTER TABLE vectors DROP COLUMN sum")
    connection.close()
    served.embedder.embedded.clear()
    assert served.sync(rebuild=True).built and served.embedder.embedded == []


def test_a_document_that_may_not_be_read_is_reported(filled: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> str:
        if path.name == "fiets.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return file_sha256(path)

    monkeypatch.setattr("ingest.sync.file_sha256", refuse)
    report = filled.sync()
    assert list(report.failed) == ["fiets"] and "cannot be opened" in report.failed["fiets"] and report.added == ["afwezig"]


def test_an_index_open_for_reading_goes_on_while_another_is_made(served: Workplace) -> None:
    reader = open_index(served.data, "fake-1")
    served.file("fiets.txt", TEXT + " Meer.")
    served.sync()
    assert reader.store.text("fiets").endswith("elke dag het peil.")
    assert reader.vectors.nearest("passages", served.embedder.queries(["waterschap"])[0], 1)
    reader.close()


def test_another_process_that_writes_is_waited_out_then_named(filled: Workplace) -> None:
    filled.data.mkdir()
    script = f"""
import sys, filelock
with filelock.FileLock({str(filled.data / "writer.lock")!r}):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        (filled.data / "writer.pid").write_text(str(holder.pid))
        with pytest.raises(IndexLocked, match=str(holder.pid)) as caught:
            filled.sync()
        assert "Wait" in caught.value.help
        holder.communicate()
    assert filled.sync().built and not (filled.data / "writer.pid").exists()


def test_another_model_or_a_damaged_index_means_building_anew(served: Workplace) -> None:
    report = served.sync(embedding="fake-2")
    assert report.built and sorted(report.added) == ["afwezig", "fiets"]
    store = served.data / "generations" / served.current / "store.sqlite"
    store.write_bytes(b"x" * store.stat().st_size)
    assert served.sync(embedding="fake-2").built
    (served.data / "generations" / served.current / "manifest.json").write_text("{")
    assert served.sync(embedding="fake-2").built
    (served.data / "current").write_text("weg")
    assert served.sync(embedding="fake-2").built


def test_lost_notes_and_a_changed_file_are_reported(place: Workplace) -> None:
    place.record("fiets", [note("1", "weesfietsen"), note("2", "staat nergens")], sha256="0" * 64)
    place.file("fiets.txt", TEXT)
    report = place.sync()
    assert report.lost_notes == {"fiets": ["fiets#2 (§2, 'staat nergens')"]}
    assert "differs" in str(report.documents[0]["warnings"])


def test_title_and_author_of_ones_own_file_come_from_the_file(place: Workplace) -> None:
    place.file("pagina.html", "<title>Mooie titel</title><p>Een zin.</p>")
    document, _ = read_document(place.entry("pagina"))
    assert document.source.title == "Mooie titel"


def test_files_added_by_a_user_lie_in_the_data_folder(filled: Workplace) -> None:
    added = filled.data / "added"
    added.mkdir(parents=True)
    (added / "eigen.txt").write_text("Een eigen zin.")
    assert "eigen" in filled.sync().added


def test_an_empty_corpus_makes_an_empty_index(place: Workplace) -> None:
    report = place.sync()
    assert report.built and report.documents == []
    open_index(place.data, "fake-1").close()


def test_the_manifest_says_what_it_was_made_of(served: Workplace) -> None:
    manifest = json.loads((served.data / "generations" / served.current / "manifest.json").read_text())
    assert manifest["recipe"]["embedding"] == "fake-1" and set(manifest["documents"]) == {"afwezig", "fiets"}
    assert all((Path(served.data) / "generations" / served.current / name).is_file() for name in manifest["files"])
