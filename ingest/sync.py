"""Make the index fit the documents: read what changed, build a new generation aside, check it, switch to it.

A crash at any moment leaves the old generation serving: the only change readers see is the rename of `current`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest import chunk, generations, structure
from ingest.build import Building, Progress, vector_texts
from ingest.cache import forget
from ingest.embed import Embedder
from ingest.errors import IndexDamaged, IndexMissing, ReadError
from ingest.index import Folders, current_manifest, remove_generation
from ingest.isolate import read_isolated
from ingest.lock import not_writable, writing
from ingest.manifest import Entry, entries, file_sha256, given
from ingest.notes import attach, note_passages, read_notes
from ingest.recipe import recipe
from ingest.records import Document, Source
from ingest.server import Server
from ingest.store import Store
from ingest.vectors import drop

_LEAST_SPACE = 64 << 20  # bytes; a generation of the five documents takes about that


@dataclass
class Report:
    """What a sync did. `documents` has a row per document: id, sections, passages, notes, seconds, status, warnings."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    lost_notes: dict[str, list[str]] = field(default_factory=dict)
    documents: list[dict[str, object]] = field(default_factory=list)
    fingerprint: str = ""
    seconds: float = 0.0
    built: bool = False


def sync(
    corpus: Path,
    folders: list[Path],
    data: Path,
    embedding: str,
    load_embedder: Callable[[], Embedder],
    progress: Progress = lambda step, done, total: None,
    rebuild: bool = False,
    dry_run: bool = False,
    server: Server | None = None,
    added: Path | None = None,
) -> Report:
    """Bring the index under `data` in line with the records in `corpus` and the files in `folders` and `added`.

    `embedding` is the embedder's fingerprint; the embedder itself is only loaded when there is something to embed.
    `server` holds the vectors when given. A dry run writes nothing and needs no lock.
    Raises IndexLocked when another process is writing, IndexNotWritable when the disk is full or may not be written,
    IndexUnavailable when the server does not answer, and CorpusError when a record or notes file is malformed.
    """
    began = time.perf_counter()
    places = Folders(data)
    report = Report()
    work = _Work(corpus, [*folders, added or places.added], places, embedding, load_embedder, progress, server, report)
    if dry_run:
        work.plan(rebuild)
        work.carried_over()
    else:
        with writing(data):
            work.tidy()
            work.plan(rebuild)
            work.do()
    work.close()
    report.seconds = time.perf_counter() - began
    return report


@dataclass
class _Work:
    """One run of `sync`."""

    corpus: Path
    folders: list[Path]
    places: Folders
    embedding: str
    load: Callable[[], Embedder]
    progress: Progress
    server: Server | None
    report: Report
    old: Store | None = None
    found: list[Entry] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def plan(self, rebuild: bool) -> None:
        """Compare the documents there are with the ones in the index, and fill the report's lists."""
        if not rebuild:
            self._open_old()
        self.found = entries(self.corpus, self.folders)
        self.keys = {entry.source.id: _key(entry) for entry in self.found}
        report = self.report
        for name, key in self.keys.items():
            known = self.before.get(name)
            (report.skipped if known == key else report.replaced if known else report.added).append(name)
        report.removed = [name for name in self.before if name not in self.keys]

    def do(self) -> None:
        """Build and switch when something changed."""
        report = self.report
        if self.old and not report.added and not report.replaced and not report.removed:
            self.carried_over()
            return
        self._check_space()
        unique = f"{os.getpid():x}x{time.time_ns():x}"
        building = Building(self.places.generations / f"building-{unique}")
        try:
            self._read(building)
            if self.old and self.keys == self.before:  # the only news is a file that cannot be read
                building.discard()
                self.carried_over()
                return
            shipped = self.corpus / "vectors.npz"
            report.fingerprint = building.finish(
                self.keys, self.embedding, self.load, self.progress, self.places.cache, shipped, self.server
            )
            folder = building.folder.rename(self.places.generations / f"{report.fingerprint}-{unique}")
        except BaseException:
            building.discard()
            if self.server:
                drop(self.server, building.folder.name)
            raise
        self._switch(folder)
        report.built = True
        self._forget(folder)

    def carried_over(self) -> None:
        """Report on the index as it is."""
        if self.old:
            self.report.fingerprint = str(current_manifest(self.places.data)[1]["fingerprint"])
            self.report.documents = [_row(d, 0.0) for d in (self.old.document(n) for n in self.old.sources()) if d]

    def tidy(self) -> None:
        """Remove what earlier ingests left: half-made generations, and replaced ones that nobody reads any more."""
        if not self.places.generations.is_dir():
            return
        serving = self.places.serving
        for other in self.places.generations.iterdir():
            if other.name == serving:
                continue
            if (other / generations.MANIFEST).exists():
                remove_generation(other, self.server)
            elif self.server is None or drop(self.server, other.name):  # we hold the lock: nobody is building it
                generations.erase(other)

    def close(self) -> None:
        """Let go of the old index."""
        if self.old:
            self.old.close()

    def _open_old(self) -> None:
        """Open the serving generation to carry documents over; leave it when it is damaged or made in another way."""
        try:
            folder, manifest = current_manifest(self.places.data)
            if manifest.get("recipe") != recipe(self.embedding, self.server is not None):
                return
            generations.check(folder, manifest)
            self.old, self.before = Store(folder / "store.sqlite"), dict(manifest["documents"])
        except (IndexMissing, IndexDamaged, sqlite3.DatabaseError, KeyError):
            self.old = None  # whatever is wrong with the old one, a new one can be made

    def _check_space(self) -> None:
        self.places.generations.mkdir(parents=True, exist_ok=True)
        needed = _LEAST_SPACE
        if self.old:
            needed = max(needed, sum(size for size, _ in current_manifest(self.places.data)[1]["files"].values()))
        free = shutil.disk_usage(self.places.generations).free
        if free < needed:
            raise not_writable(self.places.data, f"{free >> 20} MB free, about {needed >> 20} MB needed")

    def _read(self, building: Building) -> None:
        """Put every document into the new generation: first those that must be read, then those carried over as they are."""
        report = self.report
        skipped = set(report.skipped)
        rows: dict[int, dict[str, object]] = {}
        order = sorted(enumerate(self.found), key=lambda item: item[1].source.id in skipped)
        for done, (position, entry) in enumerate(order):
            name = entry.source.id
            if name in skipped and self.keys == self.before:  # nothing that is new could be read
                return
            self.progress("read", done, len(self.found))
            began = time.perf_counter()
            document = self.old.document(name) if self.old and name in skipped else None
            if document is None:
                try:
                    document, lost = read_document(entry)
                except ReadError as error:
                    report.failed[name] = f"{error}. {error.help}".strip()
                    self.keys.pop(name)
                    for names in (report.added, report.replaced):
                        if name in names:
                            names.remove(name)
                    continue
                if lost:
                    report.lost_notes[name] = lost
            if document.passages:
                building.add(document, position, self.keys[name])
                rows[position] = _row(document, time.perf_counter() - began)
        report.documents = [rows[position] for position in sorted(rows)]
        self.progress("read", len(self.found), len(self.found))

    def _switch(self, folder: Path) -> None:
        """Point `current` at the new generation, then remove the one before, unless it is being read: then its readers do."""
        pointer = self.places.data / "current.new"
        with pointer.open("w", encoding="utf-8") as stream:
            stream.write(folder.name)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(pointer, self.places.current)
        descriptor = os.open(self.places.data, os.O_RDONLY)  # the rename itself must survive a power cut
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _forget(self, folder: Path) -> None:
        """Take from the cache the vectors of texts that were removed or replaced, then the old generation from the disk."""
        gone = [*self.report.removed, *self.report.replaced]
        if self.old and gone:
            new = Store(folder / "store.sqlite")
            for name in gone:
                forget(self.places.cache, self.embedding, _texts(self.old.document(name)) - _texts(new.document(name)))
            new.close()
        self.close()
        self.tidy()


def _texts(document: Document | None) -> set[str]:
    return {row[3] for rows in vector_texts([document] if document else []).values() for row in rows}


def _key(entry: Entry) -> str:
    notes = file_sha256(entry.notes) if entry.notes.exists() else "-"
    try:
        file = file_sha256(entry.file) if entry.file else "absent"
    except OSError:
        file = "unreadable"
    return hashlib.sha256(f"{entry.source}\0{file}\0{notes}".encode()).hexdigest()


def read_document(entry: Entry) -> tuple[Document, list[str]]:
    """Read one source into a Document, and the anchors of notes that found no passage. Raises ReadError."""
    notes = read_notes(entry.notes, entry.source.id)
    if entry.file is None:
        passages, attached = note_passages(notes, {}, entry.source.language)
        return Document(entry.source, "", "", (), tuple(passages), tuple(attached), ()), []
    reading = read_isolated(entry.file)
    try:
        digest = file_sha256(entry.file)
    except OSError as error:
        raise ReadError(f"the file cannot be opened ({error.strerror})") from error
    source = completed(entry.source, reading.metadata, given(entry.file))
    warnings = list(reading.warnings)
    if source.sha256 and source.sha256 != digest:
        warnings.append("the file differs from the one our notes were written for")
    text, sections, placed = structure.build(reading.blocks, source.title, source.id)
    passages = chunk.passages(text, sections, placed, source.id, reading.labels)
    attached, lost = attach(notes, text, sections, passages)
    document = Document(source, text, digest, tuple(sections), tuple(passages), tuple(attached), tuple(warnings))
    return document, [f"{n.id} (§{n.section}, {n.anchor!r})" for n in lost]


def completed(source: Source, metadata: dict[str, str], told: frozenset[str] = frozenset()) -> Source:
    """Fill what the record leaves open from the file's own metadata; the fields `told` stand, also when they are empty."""
    if source.author:
        return source
    title, author, year = (metadata.get(name, "") if name not in told else "" for name in ("title", "author", "year"))
    return replace(source, title=title or source.title, author=author, year=source.year or (int(year) if year.isdecimal() else None))


def _row(document: Document, seconds: float) -> dict[str, object]:
    return {
        "id": document.source.id, "title": document.source.title, "present": document.present,
        "sections": len(document.sections), "passages": len(document.passages), "notes": len(document.notes),
        "seconds": round(seconds, 2), "warnings": list(document.warnings),
    }  # fmt: skip
