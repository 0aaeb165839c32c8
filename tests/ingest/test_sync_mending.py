"""What goes wrong on the way: files that cannot be read, crashes, damage, another writer; and removed text leaves the disk."""

import sqlite3
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import CorpusError, IndexLocked
from ingest.index import open_index
from ingest.manifest import file_sha256
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import CYCLES, Workplace, note


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


@pytest.mark.parametrize("error", [RuntimeError("stuk"), KeyboardInterrupt(), MemoryError()])
def test_a_crash_while_building_leaves_the_old_index_serving(filled: Workplace, error: BaseException) -> None:
    first = filled.sync()
    before = filled.current
    filled.file("fiets.txt", CYCLES + "\n\nEen nieuwe zin die nog niet is ingebed.")

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
        filled.file("fiets.txt", CYCLES + f" Zin {n}.")
        filled.sync()
        assert [f.name for f in (filled.data / "generations").iterdir()] == [filled.current]


def test_the_text_of_a_removed_document_is_gone_from_the_disk(served: Workplace) -> None:
    served.file("geheim.txt", "1 Geheim\n\nDe Zwaluwenburgse ruilverkaveling kost veel.")
    served.sync()
    kept = {row for row in sqlite3.connect(served.data / "embeddings.sqlite").execute("SELECT name FROM vectors")}
    assert any(b"Zwaluwenburg" in f.read_bytes() for f in served.data.rglob("*") if f.is_file())
    (served.documents / "geheim.txt").unlink()
    assert served.sync().removed == ["geheim"]
    assert not [f for f in served.data.rglob("*") if f.is_file() and b"waluwenburg" in f.read_bytes()]
    left = {row for row in sqlite3.connect(served.data / "embeddings.sqlite").execute("SELECT name FROM vectors")}
    assert len(kept - left) == 1 and left < kept


def test_room_that_the_vector_index_reserves_is_saved_empty(served: Workplace) -> None:
    """It comes from this process's memory, in which the text of a removed document may have stood."""
    headers = list((served.data / "generations" / served.current).glob("chroma/*/header.bin"))
    for header in headers:
        vectors, size = struct.unpack_from("<2Q", header.read_bytes(), 20)
        for name, width in (("data_level0.bin", size), ("length.bin", 4)):
            saved = header.with_name(name).read_bytes()
            assert len(saved) == 100 * width > vectors * width and not any(saved[vectors * width :])
    assert len(headers) == 3


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
    served.file("fiets.txt", CYCLES + " Meer.")
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
