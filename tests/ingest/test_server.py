"""Everything against a real Chroma server: a process of its own on the loopback address."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from assistant.messages import message
from assistant.service import Wijzer
from assistant.settings import Settings
from ingest.errors import IndexDamaged, IndexStale, IndexUnavailable
from ingest.index import Folders, open_index
from ingest.server import Server
from ingest.vectors import drop
from tests.ingest.conftest import Workplace, note

ONES = np.ones(32, np.float32)


class Running:
    """A `chroma run` process."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server = Server(f"http://127.0.0.1:{self.port}")
        self._folder = folder
        self.start()

    def start(self) -> None:
        command = [Path(sys.executable).with_name("chroma"), "run", "--host", "127.0.0.1", "--port", str(self.port), "--path", self._folder]
        self.process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("chroma did not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def collections(self) -> set[str]:
        client = chromadb.HttpClient("127.0.0.1", self.port, settings=ChromaSettings(anonymized_telemetry=False))
        return {c.name for c in client.list_collections()}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    if not shutil.which("chroma", path=str(Path(sys.executable).parent)):
        pytest.skip("the chroma command is not installed")
    made = Running(tmp_path_factory.mktemp("chroma"))
    yield made
    made.stop()


@pytest.fixture
def asked(filled: Workplace, running: Running) -> Wijzer:
    """A service over two documents, with its vectors in the server."""
    filled.file("water.txt", "1 Water\n\nHet waterschap meet elke dag het peil.")
    filled.sync(server=running.server)
    settings = Settings(corpus=filled.corpus, documents=filled.documents, data=filled.data, chroma_url=running.server.url)
    return Wijzer(settings, filled.embedder)


@pytest.fixture
def filled(place: Workplace) -> Workplace:
    place.record("fiets", [note("1", "weesfietsen", nl="Weesfietsen worden geteld.")])
    place.file("fiets.txt", "1 Fietsen\n\nDe gemeente ruimt weesfietsen op bij het station en telt ze daarna.")
    return place


def test_an_index_with_its_vectors_in_a_server(filled: Workplace, running: Running) -> None:
    report = filled.sync(server=running.server)
    assert report.built and not (filled.data / "generations" / filled.current / "chroma").exists()
    index = open_index(filled.data, "fake-1", running.server)
    vector = filled.embedder.queries(["Weesfietsen worden geteld."])[0]
    assert index.vectors.nearest("claims", vector, 1)[0][1] == "fiets#1"
    assert index.vectors.get("claims", ["fiets#1/0nl"]).shape == (1, 32)
    assert not filled.sync(server=running.server).built
    index.close()


def test_a_new_generation_has_its_own_collections_and_the_old_ones_go_with_their_readers(filled: Workplace, running: Running) -> None:
    filled.sync(server=running.server)
    mine = {name for name in running.collections() if filled.current.rpartition("-")[2] in name}
    assert len(mine) == 3
    readers = [open_index(filled.data, "fake-1", running.server) for _ in range(2)]
    filled.file("fiets.txt", "1 Fietsen\n\nDe gemeente heeft geen weesfietsen meer.")
    filled.sync(server=running.server)
    assert readers[0].vectors.nearest("passages", ONES, 1) and mine < running.collections()
    for reader in readers:
        reader.close()
    assert not mine & running.collections() and len([n for n in running.collections() if filled.current.rpartition("-")[2] in n]) == 3
    assert [f.name for f in Folders(filled.data).generations.iterdir()] == [filled.current]


def test_moving_to_a_server_and_back_embeds_nothing_again(filled: Workplace, running: Running) -> None:
    filled.sync()
    with pytest.raises(IndexStale, match="vectors"):
        open_index(filled.data, "fake-1", running.server)
    filled.embedder.embedded.clear()
    assert filled.sync(server=running.server).built
    open_index(filled.data, "fake-1", running.server).close()
    assert filled.sync().built and filled.embedder.embedded == []
    open_index(filled.data, "fake-1").close()


def test_a_failed_ingest_leaves_nothing_in_the_server(filled: Workplace, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    before = running.collections()
    monkeypatch.setattr("ingest.generations.seal", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        filled.sync(server=running.server)
    assert running.collections() == before


def test_what_a_killed_ingest_left_in_the_server_is_removed(filled: Workplace, running: Running) -> None:
    client = chromadb.HttpClient("127.0.0.1", running.port, settings=ChromaSettings(anonymized_telemetry=False))
    client.create_collection("wijzer-1x2-passages", embedding_function=None)
    (filled.data / "generations" / "building-1x2").mkdir(parents=True)
    filled.sync(server=running.server)
    assert "wijzer-1x2-passages" not in running.collections()
    assert [f.name for f in Folders(filled.data).generations.iterdir()] == [filled.current]


def test_vectors_gone_from_the_server_are_noticed_and_mended(filled: Workplace, running: Running) -> None:
    filled.sync(server=running.server)
    assert drop(running.server, filled.current)
    with pytest.raises(IndexDamaged) as caught:
        open_index(filled.data, "fake-1", running.server)
    assert "--rebuild" in caught.value.help
    assert filled.sync(server=running.server, rebuild=True).built
    open_index(filled.data, "fake-1", running.server).close()


def test_two_services_share_one_index_and_follow_it(filled: Workplace, running: Running) -> None:
    settings = Settings(corpus=filled.corpus, documents=filled.documents, data=filled.data, chroma_url=running.server.url)
    filled.sync(server=running.server)
    both = [Wijzer(settings, filled.embedder) for _ in range(2)]
    assert all(w.ready()["documents"] == 1 for w in both)
    filled.file("water.txt", "1 Water\n\nHet waterschap meet elke dag het peil.")
    filled.sync(server=running.server)
    for wijzer in both:
        assert "water" in {hit.source for hit in wijzer.search("waterschap peil")[0]} and wijzer.ready()["documents"] == 2


def test_a_server_that_stops_or_hangs_is_told_and_found_again(filled: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.vectors.PAUSE", 0.0)
    running = Running(tmp_path / "eigen")
    try:
        filled.sync(server=running.server)
        index = open_index(filled.data, "fake-1", running.server)
        os.kill(running.process.pid, signal.SIGSTOP)
        os.waitpid(running.process.pid, os.WUNTRACED)  # until it has stopped: a thread of it may still be answering
        began = time.monotonic()
        with pytest.raises(IndexUnavailable, match=str(running.port)):
            index.vectors.nearest("claims", ONES, 1)
        assert time.monotonic() - began < 30
        os.kill(running.process.pid, signal.SIGCONT)
        assert index.vectors.nearest("claims", ONES, 1)
        running.stop()
        with pytest.raises(IndexUnavailable) as caught:
            index.vectors.nearest("claims", ONES, 1)
        assert "WIJZER_CHROMA_URL" in caught.value.help
        with pytest.raises(IndexUnavailable):
            open_index(filled.data, "fake-1", running.server)
        filled.file("meer.txt", "Nog een stuk over water.")
        with pytest.raises(IndexUnavailable):
            filled.sync(server=running.server)
        running.start()
        assert index.vectors.nearest("claims", ONES, 1)
        assert filled.sync(server=running.server).built
        index.close()
    finally:
        running.stop()


def test_without_the_server_questions_are_answered_by_words(asked: Wijzer, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.vectors.PAUSE", 1.0)
    question = "Wat doet het waterschap met het peil?"
    usual = asked.answer(question)
    assert not usual.receipt.by_words and "dense_passages" in asked.search(question)[0][0].scores
    running.stop()
    try:
        found = asked.answer(question)
        assert found.status == "partial" and found.receipt.by_words and found.message == message("by_words", "nl")
        assert "peil" in found.statements[0].text and found.citations[0].quote in found.citations[0].text
        nothing = asked.answer("Why do cats sleep?")
        assert nothing.status == "not_in_sources" and nothing.receipt.by_words and nothing.message == message("not_by_words", "en")
        assert asked.tools.index.vectors._silent_until > time.monotonic()  # so that not every question waits for it
    finally:
        running.start()
    until = time.monotonic() + 30
    while (back := asked.answer(question)).receipt.by_words and time.monotonic() < until:
        time.sleep(0.1)
    assert (back.status, back.statements, back.receipt.by_words) == (usual.status, usual.statements, False)


def test_collections_that_could_not_be_removed_are_not_taken_for_removed(running: Running) -> None:
    other = replace(running.server, tenant="nergens", key="geheim")
    assert not drop(other, "x-1")
