from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Turn
from assistant.service import Wijzer, embedding_fingerprint
from assistant.settings import Settings
from ingest import generations
from ingest.errors import IndexDamaged, IndexMissing, IndexStale
from ingest.index import Folders
from tests.assistant.conftest import Small
from tests.fakes import FakeEmbedder

OTHER = (
    "1 Sluis\n\nDe gemeente Sluisveld verving in 2021 de knoppen van de sluis door een app, en de sluiswachter leerde die in een week.\n"
)


def _found(wijzer: Wijzer, query: str) -> set[str]:
    return {hit.source for hit in wijzer.search(query)[0]}


def test_without_an_index_it_says_what_to_run(small: Small) -> None:
    with pytest.raises(IndexMissing) as error:
        Wijzer(small.settings, small.embedder).ready()
    assert "wijzer ingest" in error.value.help


def test_an_index_by_another_model_is_refused(small: Small) -> None:
    small.ingest()

    class Other(FakeEmbedder):
        fingerprint = "fake-2"

    with pytest.raises(IndexStale) as error:
        Wijzer(small.settings, Other()).ready()
    assert "embedding" in str(error.value) and "wijzer ingest" in error.value.help


def test_a_new_index_is_picked_up_while_the_service_is_open(small: Small) -> None:
    small.ingest()
    wijzer = Wijzer(small.settings, small.embedder)
    before = wijzer.ready()
    assert before["documents"] == 1 and _found(wijzer, "sluiswachter app") <= {"lindeburg"}
    small.write("sluisveld.txt", OTHER)
    small.ingest()
    assert "sluisveld" in _found(wijzer, "sluiswachter app")
    after = wijzer.ready()
    assert after["documents"] == 2 and after["index"] != before["index"]
    assert {s.id for s in wijzer.sources()} == {"lindeburg", "sluisveld"}


def test_a_document_taken_away_is_found_no_more(small: Small) -> None:
    small.write("sluisveld.txt", OTHER)
    small.ingest()
    wijzer = Wijzer(small.settings, small.embedder)
    name = next(h.passage for h in wijzer.search("sluiswachter")[0] if h.source == "sluisveld")
    assert wijzer.passage(name)
    assert small.settings.documents
    (small.settings.documents / "sluisveld.txt").unlink()
    small.ingest()
    assert wijzer.passage(name) is None and wijzer.document("sluisveld") is None
    assert _found(wijzer, "sluiswachter app") <= {"lindeburg"}


def test_an_open_service_goes_on_when_the_new_index_is_damaged(small: Small) -> None:
    small.ingest()
    wijzer = Wijzer(small.settings, small.embedder)
    serving = wijzer.ready()
    (small.settings.data / "current").write_text("nothing-there")
    assert wijzer.ready() == serving and _found(wijzer, "deelscooters") == {"lindeburg"}
    with pytest.raises(IndexDamaged):
        Wijzer(small.settings, small.embedder).ready()


def test_a_damaged_index_is_not_checked_again_at_every_question(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.ingest()
    store = next((small.settings.data / "generations").glob("*/store.sqlite"))
    store.write_bytes(b"x" + store.read_bytes()[1:])
    checks: list[Path] = []
    check = generations.check
    monkeypatch.setattr("ingest.generations.check", lambda folder, manifest: (checks.append(folder), check(folder, manifest)))
    monkeypatch.setattr("assistant.service._PATIENCE", 1e9)
    wijzer = Wijzer(small.settings, small.embedder)
    for _ in range(5):
        with pytest.raises(IndexDamaged) as caught:
            wijzer.ready()
    assert len(checks) == 1 and "--rebuild" in caught.value.help
    small.ingest(rebuild=True)
    assert wijzer.ready()["documents"] == 1


def test_what_was_replaced_goes_from_the_disk_without_a_question(small: Small) -> None:
    small.write("geheim.txt", OTHER)
    small.ingest()
    wijzer = Wijzer(small.settings, small.embedder)
    assert "geheim" in _found(wijzer, "sluiswachter app")
    stop = threading.Event()
    follower = threading.Thread(target=wijzer.follow, args=(stop, 0.02))
    follower.start()
    assert small.settings.documents
    (small.settings.documents / "geheim.txt").unlink()
    small.ingest()
    places = Folders(small.settings.data)
    until = time.monotonic() + 20
    while len(list(places.generations.iterdir())) > 1 and time.monotonic() < until:
        time.sleep(0.02)
    stop.set()
    follower.join()
    assert [f.name for f in places.generations.iterdir()] == [places.serving]
    kept = [f for f in small.settings.data.rglob("*") if f.is_file()]
    assert kept and not [f for f in kept if b"luisveld" in f.read_bytes()]
    assert _found(wijzer, "sluiswachter app") <= {"lindeburg"}


def test_an_empty_library_is_not_ready(small: Small) -> None:
    assert small.settings.documents
    (small.settings.documents / "lindeburg.txt").unlink()
    small.ingest()
    with pytest.raises(IndexMissing, match="empty"):
        Wijzer(small.settings, small.embedder).ready()


def test_threads_ask_while_the_index_is_replaced(small: Small) -> None:
    small.ingest()
    wijzer = Wijzer(small.settings, small.embedder)
    failed: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                assert "lindeburg" in _found(wijzer, "deelscooters op het Kerkplein")
            except BaseException as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    small.write("sluisveld.txt", OTHER)
    small.ingest()
    until = time.monotonic() + 20  # one of the threads opens the new index; meanwhile the others are answered from the old one
    while "sluisveld" not in _found(wijzer, "sluiswachter app") and time.monotonic() < until:
        time.sleep(0.02)
    assert "sluisveld" in _found(wijzer, "sluiswachter app")
    stop.set()
    for thread in threads:
        thread.join(10)
    assert not failed


def test_unknown_names_are_none(wijzer: Wijzer) -> None:
    assert wijzer.passage("no:such:1") is None and wijzer.document("no-such") is None


def test_a_passage_comes_with_a_citation_that_is_in_it(wijzer: Wijzer) -> None:
    name = wijzer.search("Waterdam inkoop")[0][0].passage
    found = wijzer.passage(name)
    assert found and found[0].id == name and found[1].quote in found[0].text and found[1].quote


def test_the_conversation_counts(wijzer: Wijzer) -> None:
    history = [Turn(question="Hoeveel kostte de proeftuin in Waterdam?")]
    assert wijzer.hits("En hoe lang duurde dat?", history)[0].source == "proeftuin-waterdam-2020"


def test_the_wanted_language_is_the_language_of_the_answer(wijzer: Wijzer) -> None:
    nl = wijzer.answer("Hoeveel kostte de proeftuin in Waterdam?")
    en = wijzer.answer("Hoeveel kostte de proeftuin in Waterdam?", language="en")
    assert (nl.language, en.language) == ("nl", "en")
    assert "kostte" in nl.statements[0].text and "cost" in en.statements[0].text


def test_the_fingerprint_is_known_without_loading_the_model(settings: Settings, monkeypatch: pytest.MonkeyPatch, wijzer: Wijzer) -> None:
    def never(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr("ingest.embed.SentenceTransformerEmbedder.__init__", never)
    assert embedding_fingerprint(settings) == wijzer.embedder.fingerprint


def test_weights_can_be_given(small: Small, tmp_path: Path) -> None:
    from assistant.retrieval.search import load_weights

    small.ingest()
    never = dict(load_weights()) | {"threshold": 1.1, "partial": 1.2}
    assert Wijzer(small.settings, small.embedder, never).answer("Hoe verliep de proef met deelscooters?").status in {
        "not_in_sources",
        "out_of_scope",
    }
