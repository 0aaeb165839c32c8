"""How vectors go into Chroma: in batches that make it save its graph now and then, and always with the last one."""

from pathlib import Path

import numpy as np
import pytest

from ingest.manifest import file_sha256
from ingest.vectors import SAVED, Vectors, batches, saved_after


@pytest.mark.parametrize("count", [0, 1, 99, 2_000, 2_001, SAVED - 1, SAVED, SAVED + 1, 25_003, 100_000, 123_457, 1_234_567])
def test_the_batches_end_a_save_with_the_last_vector(count: int) -> None:
    since = saves = 0
    for size in batches(count):
        assert 0 < size <= 2_000
        since += size
        if since >= saved_after(count):
            since, saves = 0, saves + 1
    assert since == 0 and sum(batches(count)) == count and saved_after(count) <= SAVED and saves == -(-count // SAVED)


def test_a_graph_saved_in_parts_is_whole_and_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.vectors.SAVED", 300)
    count, folder = 1_037, tmp_path / "g-1"
    folder.mkdir()
    vectors = np.random.default_rng(1).standard_normal((count, 8)).astype(np.float32)
    names = [f"stuk:1:{n}#0" for n in range(count)]
    made = Vectors(folder, create={"passages": count, "claims": 0, "questions": 0})
    for at in range(0, count, 250):
        part = slice(at, at + 250)
        made.add("passages", names[part], names[part], ["nl"] * len(names[part]), vectors[part])
    made.seal()
    sums = {f: file_sha256(f) for f in folder.rglob("*") if f.is_file()}
    for _ in range(2):
        reader = Vectors(folder)
        assert reader.count("passages") == count and reader.lost("passages", names, vectors) == []
        reader.close()
    assert sums == {f: file_sha256(f) for f in folder.rglob("*") if f.is_file()}


def test_vectors_come_in_the_order_asked_and_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.vectors.KEPT", 3)
    names, rows = ["a", "b", "c", "d"], np.eye(4, dtype=np.float32)
    made = Vectors(tmp_path, create={"passages": 0, "claims": 4, "questions": 0})
    made.add("claims", names, ["n1", "n1", "n2", "n3"], ["nl"] * 4, rows)
    made.seal()
    reader = Vectors(tmp_path)
    for asked in (["c", "a"], ["a", "nowhere", "c", "b"], ["d", "c"], ["b", "b"]):  # the third is more than may stay
        wanted = [rows[names.index(name)] for name in asked if name in names]
        assert np.allclose(reader.get("claims", asked), wanted) and len(reader._kept) <= 3
    monkeypatch.setattr(reader, "_collections", {})
    assert np.allclose(reader.get("claims", ["b"]), rows[1:2])
    reader.close()


@pytest.mark.parametrize("page", [1, 2, 500])
def test_everything_has_its_owners(tmp_path: Path, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.vectors.PAGE", page)
    made = Vectors(tmp_path, create={"passages": 0, "claims": 2, "questions": 0})
    made.add("claims", ["a", "b"], ["n1", "n2"], ["nl", "en"], np.eye(2, dtype=np.float32))
    made.seal()
    reader = Vectors(tmp_path)
    owners, rows = reader.everything("claims")
    assert sorted(owners) == ["n1", "n2"] and rows.shape == (2, 2) and np.allclose(rows[owners.index("n2")], [0, 1])
    assert reader.everything("questions")[0] == [] and not reader.everything("questions")[1].size
    reader.close()


def test_more_vectors_than_announced_are_refused(tmp_path: Path) -> None:
    made = Vectors(tmp_path, create={"passages": 1, "claims": 0, "questions": 0})
    with pytest.raises(Exception, match="announced"):
        made.add("passages", ["a", "b"], ["a", "b"], ["nl", "nl"], np.ones((2, 4), np.float32))
    made.close()
