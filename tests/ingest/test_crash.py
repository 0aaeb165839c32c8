"""kill -9 at any moment, several ingests at once, a disk that is full: there is always a working index.

Few rounds here; CRASH_ROUNDS=50 LOCK_ROUNDS=20 in the environment make it the whole exercise (CONTRIBUTING.md).
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import IndexLocked, IndexMissing, IndexNotWritable
from ingest.index import open_index
from ingest.lock import writing
from tests.ingest.conftest import ROOT, Workplace

CRASHES = int(os.environ.get("CRASH_ROUNDS", "3"))
ROUNDS = int(os.environ.get("LOCK_ROUNDS", "1"))


def start(place: Workplace, seconds: float = 0.0, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ingest.worker", str(place.data.parent), str(seconds)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment, **more)  # type: ignore[call-overload, no-any-return]


def begun(process: subprocess.Popen[str]) -> float:
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    return time.monotonic()


def write(place: Workplace, round_: int) -> None:
    """Some documents that stay, one that is new each round, and the one of the round before gone."""
    for n in range(2):
        if not (place.documents / f"vast{n}.txt").exists():
            place.file(f"vast{n}.txt", "\n\n".join(f"{m} Deel\n\nIn vast stuk {n} staat zin {m} over {m * n}." for m in range(1, 9)))
    for old in place.documents.glob("ronde*.txt"):
        old.unlink()
    place.file(f"ronde{round_}.txt", "\n\n".join(f"{m} Deel\n\nRonde {round_} zegt zin {m * 7 + round_}." for m in range(1, 60)))


def works(place: Workplace) -> str:
    """Open the index, look everything up, and return which round it is of."""
    index = open_index(place.data, "fake-1")
    try:
        sources = index.store.sources()
        assert [name for name in sources if name.startswith("vast")] == ["vast0", "vast1"]
        for name in sources:
            document = index.store.document(name)
            assert document and document.passages
            asked = document.passages[len(document.passages) // 2]
            (found,) = index.vectors.nearest("passages", place.embedder.queries([asked.text])[0], 1)
            passage = index.store.passage(found[1])
            assert found[2] > 0.5 and passage is not None
        counted = sum(len(index.store.passages_of(name)) for name in sources)
        assert index.vectors.count("passages") == counted
        return next(name for name in sources if name.startswith("ronde"))
    finally:
        index.close()


def test_an_ingest_killed_at_any_moment_leaves_a_working_index(place: Workplace) -> None:
    chance = random.Random(CRASHES)
    write(place, 0)
    began = time.monotonic()
    assert place.sync().built
    usual = time.monotonic() - began
    served, outcomes = works(place), {"old": 0, "new": 0}
    for number in range(1, CRASHES + 1):
        write(place, number)
        with start(place, 0.05) as process:
            began = begun(process)
            time.sleep(chance.uniform(0, 1.6) * usual)
            process.kill()
        serving = works(place)
        assert serving in {served, f"ronde{number}"}
        outcomes["new" if serving == f"ronde{number}" else "old"] += 1
        served = serving
    print(outcomes)
    place.sync()
    assert works(place) == f"ronde{CRASHES}"
    assert [f.name for f in (place.data / "generations").iterdir()] == [place.current]


@pytest.mark.parametrize("many", [2, 4] if ROUNDS > 1 else [3])
def test_of_several_ingests_at_once_one_works_and_the_others_say_who(place: Workplace, many: int) -> None:
    for number in range(ROUNDS):
        write(place, number)
        processes = [start(place, 0.8) for _ in range(many)]
        said = [process.communicate(timeout=120)[0].splitlines()[-1].split(" ", 2) for process in processes]
        built = [process.pid for process, words in zip(processes, said, strict=True) if words[0] in {"built", "same"}]
        assert sum(words[0] == "built" for words in said) == 1
        for words in said:
            if words[0] == "IndexLocked":
                assert float(words[1]) < 2 and any(f"process {pid} on" in words[2] for pid in built), words
            else:
                assert words[0] in {"built", "same"}
        assert works(place) == f"ronde{number}"


def test_a_lock_is_free_again_when_its_holder_was_killed(place: Workplace) -> None:
    write(place, 0)
    with start(place, 5) as process:
        begun(process)
        while not (place.data / "writer.pid").exists():
            time.sleep(0.01)
        with pytest.raises(IndexLocked):
            place.sync()
        process.kill()
    assert place.sync().built


def test_another_thread_of_the_same_process_waits_too(place: Workplace) -> None:
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(place.data), writing(place.data):
            inside.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(10)
    with pytest.raises(IndexLocked):
        place.sync()
    done.set()
    thread.join()
    assert place.sync().built


@pytest.mark.parametrize("most", [100, 80_000, 180_000] if CRASHES > 3 else [80_000])
def test_a_full_disk_gives_a_sentence_and_the_old_index_serves(place: Workplace, most: int) -> None:
    """A limit on file size stands in for the disk: the write that goes over it fails, wherever that is."""
    write(place, 0)
    place.sync()
    write(place, 1)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    with start(place, preexec_fn=limit) as process:
        said = process.communicate(timeout=120)[0].splitlines()[-1]
    assert said.startswith("IndexNotWritable") and "still being served" in said and "WIJZER_DATA" in said, said
    assert works(place) == "ronde0"
    assert place.sync().built and works(place) == "ronde1"


def test_little_space_is_noticed_before_anything_is_built(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place, 0)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 5 << 20})())
    with pytest.raises(IndexNotWritable, match="5 MB free"):
        place.sync()
    assert list((place.data / "generations").iterdir()) == []


def test_a_folder_that_cannot_be_written_gives_a_sentence(place: Workplace) -> None:
    place.data = Path("/proc/wijzer")
    with pytest.raises(IndexNotWritable, match="/proc/wijzer"):
        place.sync()
    (place.documents / "geen-map").write_text("x")
    place.data = place.documents / "geen-map"
    with pytest.raises(IndexNotWritable) as caught:
        place.sync()
    assert "WIJZER_DATA" in caught.value.help


def test_a_dry_run_needs_neither_the_lock_nor_a_folder(place: Workplace) -> None:
    write(place, 0)
    assert len(place.sync(dry_run=True).added) == 3 and not place.data.exists()
    with writing(place.data):
        result: list[object] = []
        thread = threading.Thread(target=lambda: result.append(place.sync(dry_run=True).added))
        thread.start()
        thread.join()
    assert len(result) == 1
    with pytest.raises(IndexMissing):
        open_index(place.data, "fake-1")


def test_vectors_of_a_reader_are_right_while_others_ingest(place: Workplace) -> None:
    write(place, 0)
    place.sync()
    reader = open_index(place.data, "fake-1")
    asked = reader.store.passages_of("ronde0")[5]
    vector = place.embedder.queries([asked.text])[0]
    write(place, 1)
    with start(place, 0.1) as process:
        begun(process)
        while process.poll() is None:
            assert reader.vectors.nearest("passages", np.asarray(vector), 1)[0][1].startswith("ronde0")
    assert reader.store.passage(asked.id) == asked
    reader.close()
    assert works(place) == "ronde1"
