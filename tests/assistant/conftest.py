"""A library of two invented notes with stand-in vectors: made in a second, changed at will."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from assistant.state import State
from ingest.sync import Report, sync
from tests.fakes import FakeEmbedder

TEXT = """1 Proef

De gemeente Lindeburg hield in 2017 een proef met deelscooters op het Kerkplein. Zestien bewoners deden mee aan de proef en
zij betaalden niets. De wethouder sloot de proef af met een ontbijt voor iedereen.

2 Lessen

De afdeling parkeren wilde eerst garanties van de leverancier voordat de deelscooters mochten rijden. Pas na een gesprek met
de gemeentesecretaris kwam de vergunning er toch.
"""


@dataclass
class Small:
    settings: Settings
    embedder: FakeEmbedder

    def write(self, name: str, text: str) -> None:
        assert self.settings.documents
        (self.settings.documents / name).write_text(text, "utf-8")

    def ingest(self, **options: Any) -> Report:
        s = self.settings
        return sync(s.corpus, s.document_folders, s.data, self.embedder.fingerprint, lambda: self.embedder, **options)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    for name in ("corpus", "documents"):
        (tmp_path / name).mkdir()
    settings = Settings(corpus=tmp_path / "corpus", documents=tmp_path / "documents", data=tmp_path / "data")
    made = Small(settings, FakeEmbedder())
    made.write("lindeburg.txt", TEXT)
    return made


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No WIJZER_ setting from outside."""
    import os

    for name in list(os.environ):
        if name.startswith("WIJZER_"):
            monkeypatch.delenv(name)
    return monkeypatch


def asked(question: str, **more: Any) -> State:
    return replace(State(question), **more)
