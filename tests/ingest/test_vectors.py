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


def test_more_vectors_than_announced_are_refused(tmp_path: Path) -> None:
    made = Vectors(tmp_path, create={"passages": 1, "claims": 0, "questions": 0})
    with pytest.raises(Exception, match="announced"):
        made.add("passages", ["a", "b"], ["a", "b"], ["nl", "nl"], np.ones((2, 4), np.float32))
    made.close()
