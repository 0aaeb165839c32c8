import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest import generations
from ingest.errors import IndexDamaged, IndexMissing, IndexStale
from ingest.index import Folders, current_manifest, open_index
from ingest.recipe import recipe
from ingest.vectors import COLLECTIONS
from tests.ingest.conftest import Workplace, note, workplace


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = workplace(tmp_path_factory.mktemp("template"))
    place.record("stuk", [note("1", "de raad")])
    place.file("stuk.txt", "1 Een\n\nHier besluit de raad over het plan.")
    place.sync()
    return place.data.parent


@pytest.fixture
def built(template: Path, tmp_path: Path) -> Workplace:
    """A copy of an index, to damage at will."""
    return workplace(Path(shutil.copytree(template, tmp_path / "kopie")))


def generation(place: Workplace) -> Path:
    return place.data / "generations" / place.current


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as caught:
        open_index(tmp_path, "fake-1")
    assert "wijzer ingest" in caught.value.help


def test_it_opens_with_its_name_and_fingerprint(built: Workplace) -> None:
    index = open_index(built.data, "fake-1")
    assert index.name == built.current and index.name.startswith(index.fingerprint)
    assert index.store.passage("stuk:1:1") is not None and index.lexical.everything
    index.close()


def test_another_model_is_refused_with_the_remedy(built: Workplace) -> None:
    with pytest.raises(IndexStale, match="embedding") as caught:
        open_index(built.data, "fake-2")
    assert caught.value.help == "Run `wijzer ingest`."


def test_an_index_of_an_older_recipe_is_refused(built: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.recipe.reading", lambda: "other code")
    with pytest.raises(IndexStale, match="reading"):
        open_index(built.data, "fake-1")
    assert built.sync().built
    open_index(built.data, "fake-1").close()


@pytest.mark.parametrize("change", ["longer", "shorter", "gone", "garbage"])
@pytest.mark.parametrize("name", ["store.sqlite", "chroma/chroma.sqlite3"])
def test_an_altered_file_is_detected(built: Workplace, change: str, name: str) -> None:
    file = generation(built) / name
    data = file.read_bytes()
    if change == "gone":
        file.unlink()
    else:
        file.write_bytes({"longer": data + b"x", "shorter": data[:-1], "garbage": b"x" * len(data)}[change])
    with pytest.raises(IndexDamaged) as caught:
        open_index(built.data, "fake-1")
    assert "--rebuild" in caught.value.help


def test_fewer_vectors_than_were_written_are_detected(built: Workplace) -> None:
    manifest = generations.read_manifest(generation(built))
    manifest["vectors"]["claims"] += 1
    generations.seal(generation(built), {k: v for k, v in manifest.items() if k not in {"files", "sum"}})
    with pytest.raises(IndexDamaged, match="Vectors"):
        open_index(built.data, "fake-1")


@pytest.mark.parametrize("text", ["", "{", "[1"])
def test_a_broken_manifest_is_damage(built: Workplace, text: str) -> None:
    (generation(built) / "manifest.json").write_text(text)
    with pytest.raises(IndexDamaged):
        current_manifest(built.data)


def test_a_pointer_to_nowhere_is_damage(built: Workplace) -> None:
    (built.data / "current").write_text("weg")
    with pytest.raises(IndexDamaged, match="weg"):
        open_index(built.data, "fake-1")


def test_opening_changes_no_file(built: Workplace) -> None:
    before = {f: f.read_bytes() for f in generation(built).rglob("*") if f.is_file()}
    for _ in range(3):
        index = open_index(built.data, "fake-1")
        assert all(index.vectors.nearest(name, np.ones(32, np.float32), 5) for name in COLLECTIONS)
        index.close()
    assert before == {f: f.read_bytes() for f in generation(built).rglob("*") if f.is_file()}


def test_the_recipe_names_what_an_index_depends_on() -> None:
    assert set(recipe("x")) == {"format", "reading", "embedding", "vectors"}
    assert recipe("x") != recipe("y") and recipe("x") != recipe("x", server=True)


FILES = sorted(
    ["store.sqlite", "probes.npz", "manifest.json", "chroma/chroma.sqlite3"]
    + [f"chroma/*/{name}.bin" for name in ("data_level0", "header", "length", "link_lists")]
)


@pytest.mark.parametrize("pattern", FILES)
def test_one_flipped_bit_anywhere_is_detected(built: Workplace, pattern: str) -> None:
    chance = random.Random(pattern)
    for file in generation(built).glob(pattern):
        data = file.read_bytes()
        for _ in range(4 if data else 0):
            at = chance.randrange(len(data))
            file.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
            with pytest.raises(IndexDamaged) as caught:
                open_index(built.data, "fake-1")
            assert "--rebuild" in caught.value.help
        file.write_bytes(data)
    open_index(built.data, "fake-1").close()


def test_a_file_that_sqlite_would_read_beside_its_own_is_detected(built: Workplace) -> None:
    (generation(built) / "store.sqlite-wal").write_bytes(b"x")
    with pytest.raises(IndexDamaged, match="sqlite-wal"):
        open_index(built.data, "fake-1")


def test_rebuilding_mends_any_damage_and_so_does_an_ordinary_ingest(built: Workplace) -> None:
    for rebuild in (True, False):
        (generation(built) / "store.sqlite").write_bytes(b"x")
        assert built.sync(rebuild=rebuild).built
        open_index(built.data, "fake-1").close()


def test_a_replaced_generation_goes_with_its_last_reader(built: Workplace) -> None:
    first, second = open_index(built.data, "fake-1"), open_index(built.data, "fake-1")
    built.file("stuk.txt", "1 Een\n\nNu besluit het college.")
    built.sync()
    assert first.store.text("stuk").endswith("over het plan.") and first.folder.is_dir()
    first.close()
    assert second.folder.is_dir() and second.vectors.nearest("claims", np.ones(32, np.float32), 1)
    second.close()
    assert [f.name for f in Folders(built.data).generations.iterdir()] == [built.current]


def test_an_index_nobody_refers_to_closes_itself(built: Workplace) -> None:
    index = open_index(built.data, "fake-1")
    folder = index.folder
    built.file("stuk.txt", "1 Een\n\nNu besluit het college.")
    built.sync()
    assert folder.is_dir()
    del index
    assert not folder.exists()


def test_the_serving_generation_stays_when_it_is_closed(built: Workplace) -> None:
    index = open_index(built.data, "fake-1")
    index.close()
    index.close()
    assert index.folder.is_dir()


def test_damage_after_opening_is_an_error_with_the_remedy(built: Workplace) -> None:
    index = open_index(built.data, "fake-1")
    store = index.folder / "store.sqlite"
    store.write_bytes(b"x" * store.stat().st_size)
    with pytest.raises(IndexDamaged):
        for name in ("stuk:1:1", "x"):
            index.store.passage(name)
            index.store.document("stuk")
    index.close()
