"""Small documents made on the spot, and a workplace with a corpus, a folder of documents and an empty index."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.manifest import Entry, entries
from ingest.records import Document
from ingest.sync import Report, read_document, sync
from tests.fakes import FakeEmbedder

ROOT = Path(__file__).resolve().parents[2]
FIVE = ("innovatiecapaciteit-2021", "meijer-vanberlo-2012", "mulder-2019", "station10-2019", "verberkt-2015")


def pdf_bytes(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with the lines of each page, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        escaped = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252") for line in lines]
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td\n" + b"".join(b"(" + line + b") Tj T*\n" for line in escaped) + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


@dataclass
class Workplace:
    """A corpus, a folder of documents, and the data folder of an index, all in a temporary folder."""

    corpus: Path
    documents: Path
    data: Path
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)

    def record(self, name: str, notes: list[dict[str, Any]] | None = None, **fields: Any) -> Path:
        """Write a source.yaml, and a notes.yaml when there are notes."""
        folder = self.corpus / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "source.yaml").write_text(yaml.safe_dump({"id": name, "title": name.title(), "author": "A. Auteur"} | fields))
        if notes is not None:
            (folder / "notes.yaml").write_text(yaml.safe_dump(notes, allow_unicode=True))
        return folder

    def file(self, name: str, text: str) -> Path:
        """Write a text file among the documents."""
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def sync(self, **options: Any) -> Report:
        """Bring the index up to date."""
        load = options.pop("load", lambda: self.embedder)
        return sync(self.corpus, [self.documents], self.data, options.pop("embedding", "fake-1"), load, **options)

    def entry(self, name: str) -> Entry:
        """Return the entry of one source."""
        return next(e for e in entries(self.corpus, [self.documents]) if e.source.id == name)

    @property
    def current(self) -> str:
        """Name of the serving generation."""
        return (self.data / "current").read_text()


def workplace(root: Path) -> Workplace:
    """Make the folders of a workplace, or open one that is there."""
    made = Workplace(root / "corpus", root / "documents", root / "data")
    made.corpus.mkdir(exist_ok=True)
    made.documents.mkdir(exist_ok=True)
    return made


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return workplace(tmp_path)


CYCLES = (
    "1 Fietsen\n\nDe gemeente ruimt weesfietsen op bij het station en telt ze daarna.\n\n2 Water\n\nHet waterschap meet elke dag het peil."
)


def _fill(place: Workplace) -> Workplace:
    place.record("fiets", [note("1", "weesfietsen", nl="Weesfietsen worden geteld.")])
    questions = {"nl": ["Waarvandaan?"], "en": ["Where from?"]}
    place.record("afwezig", [note("4.1", nl="Dit komt uit notities.", en="This comes from notes.", questions=questions)])
    place.file("fiets.txt", CYCLES)
    return place


@pytest.fixture
def filled(place: Workplace) -> Workplace:
    """One document with a note, and one of which there are only notes."""
    return _fill(place)


@pytest.fixture(scope="session")
def filled_and_ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = workplace(tmp_path_factory.mktemp("template"))
    _fill(place).sync()
    return place.data.parent


@pytest.fixture
def served(filled_and_ingested: Path, tmp_path: Path) -> Workplace:
    """The same, with an index made of it."""
    return workplace(Path(shutil.copytree(filled_and_ingested, tmp_path / "kopie")))


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    def make(*pages: Sequence[str], name: str = "stuk.pdf") -> Path:
        (tmp_path / name).write_bytes(pdf_bytes(pages))
        return tmp_path / name

    return make


def note(section: str, anchor: str = "", nl: str = "Een bewering.", en: str = "A claim.", **more: Any) -> dict[str, Any]:
    """A row of notes.yaml."""
    return {"section": section, "at": anchor, "claims": [{"nl": nl, "en": en}], "questions": {"nl": ["Wat dan?"], "en": ["What?"]}} | more


@pytest.fixture(scope="session")
def real_folder() -> Path:
    """Where the five documents lie; skips when they are not on this machine."""
    folder = Path(os.environ.get("WIJZER_DOCUMENTS") or ROOT.parent / "shared" / "corpus")
    missing = [name for name in FIVE if not (folder / f"{name}.txt").is_file()]
    if missing:
        pytest.skip(f"the documents are not in {folder}: {', '.join(missing)}")
    return folder


@pytest.fixture(scope="session")
def real(real_folder: Path) -> dict[str, tuple[Document, list[str]]]:
    """The five documents as read, each with the notes that found no passage."""
    return {e.source.id: read_document(e) for e in entries(ROOT / "corpus", [real_folder]) if e.source.id in FIVE}
