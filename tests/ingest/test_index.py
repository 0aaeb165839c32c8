import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ingest import analysis, chunk
from ingest.errors import IndexDamaged, IndexMissing, IndexStale
from ingest.index import current_manifest, open_index, recipe
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


@pytest.mark.parametrize(("module", "word"), [(chunk, "chunking"), (analysis, "analysis")])
def test_an_index_of_an_older_recipe_is_refused(built: Workplace, monkeypatch: pytest.MonkeyPatch, module: Any, word: str) -> None:
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    with pytest.raises(IndexStale, match=word):
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
    path = generation(built) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["vectors"]["claims"] += 1
    path.write_text(json.dumps(manifest))
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
    before = {f: f.stat().st_size for f in generation(built).rglob("*") if f.is_file()}
    for _ in range(2):
        open_index(built.data, "fake-1").close()
    assert before == {f: f.stat().st_size for f in generation(built).rglob("*") if f.is_file()}


def test_the_recipe_names_what_an_index_depends_on() -> None:
    assert set(recipe("x")) == {"format", "chunking", "analysis", "embedding"} and recipe("x") != recipe("y")
