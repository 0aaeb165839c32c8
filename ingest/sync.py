"""Make the index fit the documents: read what changed, build a new generation aside, check it, switch to it.

A crash at any moment leaves the old generation serving: the only change readers see is the rename of `current`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from ingest import chunk, lexical, structure
from ingest.cache import cached
from ingest.embed import Embedder, windows
from ingest.errors import IndexDamaged, IndexLocked, IndexMissing, ReadError
from ingest.index import Folders, current_manifest, recipe
from ingest.isolate import read_isolated
from ingest.manifest import Entry, entries, file_sha256
from ingest.notes import attach, note_passages, read_notes
from ingest.records import Document, Source
from ingest.store import Store
from ingest.vectors import COLLECTIONS, Vectors

Progress = Callable[[str, int, int], None]


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
) -> Report:
    """Bring the index under `data` in line with the records in `corpus` and the files in `folders`.

    `embedding` is the embedder's fingerprint; the embedder itself is only loaded when there is something to embed.
    Raises IndexLocked when another process is writing, and CorpusError when a record or notes file is malformed.
    """
    began = time.perf_counter()
    data.mkdir(parents=True, exist_ok=True)
    places = Folders(data)
    lock = FileLock(places.lock)
    try:
        lock.acquire(timeout=1)
    except Timeout:
        raise IndexLocked(f"Another ingest is running ({_holder(places)}).", "Wait until it has finished.") from None
    try:
        (data / "writer.pid").write_text(str(os.getpid()))
        report = Report()
        old = None if rebuild else _open_old(data, embedding)
        before = dict(current_manifest(data)[1]["documents"]) if old else {}
        found = entries(corpus, [*folders, places.added])
        keys = {entry.source.id: _key(entry) for entry in found}
        for name, key in keys.items():
            (report.skipped if before.get(name) == key else report.replaced if name in before else report.added).append(name)
        report.removed = [name for name in before if name not in keys]
        if dry_run or (old and not report.added and not report.replaced and not report.removed):
            report.fingerprint = "" if old is None else str(current_manifest(data)[1]["fingerprint"])
            report.documents = [_row(d, 0.0) for d in (old.document(n) for n in old.sources()) if d] if old else []
        else:
            documents = _documents(found, keys, report, old, progress)
            if old and keys == before:  # the only news is a file that cannot be read
                report.fingerprint = str(current_manifest(data)[1]["fingerprint"])
            else:
                _build(places, documents, keys, embedding, load_embedder, report, progress, corpus / "vectors.npz")
        if old:
            old.close()
        report.seconds = time.perf_counter() - began
        return report
    finally:
        (data / "writer.pid").unlink(missing_ok=True)
        lock.release()


def _holder(places: Folders) -> str:
    try:
        return f"process {(places.data / 'writer.pid').read_text()}"
    except OSError:
        return "process unknown"


def _open_old(data: Path, embedding: str) -> Store | None:
    try:
        folder, manifest = current_manifest(data)
        intact = all((folder / n).is_file() and (folder / n).stat().st_size == s for n, s in manifest["files"].items())
        if not intact or manifest.get("recipe") != recipe(embedding):
            return None
        store = Store(folder / "store.sqlite")
        store.keys()
        return store
    except (IndexMissing, IndexDamaged, sqlite3.DatabaseError, KeyError):
        return None  # whatever is wrong with the old one, a new one can be made


def _key(entry: Entry) -> str:
    notes = file_sha256(entry.notes) if entry.notes.exists() else "-"
    file = file_sha256(entry.file) if entry.file else "absent"
    return hashlib.sha256(f"{entry.source}\0{file}\0{notes}".encode()).hexdigest()


def read_document(entry: Entry) -> tuple[Document, list[str]]:
    """Read one source into a Document, and the anchors of notes that found no passage. Raises ReadError."""
    notes = read_notes(entry.notes, entry.source.id)
    if entry.file is None:
        passages, attached = note_passages(notes, {}, entry.source.language)
        return Document(entry.source, "", "", (), tuple(passages), tuple(attached), ()), []
    reading = read_isolated(entry.file)
    digest = file_sha256(entry.file)
    source = _completed(entry.source, reading.metadata)
    warnings = list(reading.warnings)
    if source.sha256 and source.sha256 != digest:
        warnings.append("the file differs from the one our notes were written for")
    text, sections, placed = structure.build(reading.blocks, source.title, source.id)
    passages = chunk.passages(text, sections, placed, source.id)
    attached, lost = attach(notes, text, sections, passages)
    document = Document(source, text, digest, tuple(sections), tuple(passages), tuple(attached), tuple(warnings))
    return document, [f"{n.id} (§{n.section}, {n.anchor!r})" for n in lost]


def _completed(source: Source, metadata: dict[str, str]) -> Source:
    """Fill what the record leaves open from the file's own metadata."""
    title = metadata.get("title") or source.title
    return source if source.author else replace(source, title=title, author=metadata.get("author", ""))


def _documents(found: list[Entry], keys: dict[str, str], report: Report, old: Store | None, progress: Progress) -> list[Document]:
    documents = []
    for done, entry in enumerate(found):
        name = entry.source.id
        progress("read", done, len(found))
        began = time.perf_counter()
        document = old.document(name) if old and name in report.skipped else None
        if document is None:
            try:
                document, lost = read_document(entry)
            except ReadError as error:
                report.failed[name] = f"{error}. {error.help}".strip()
                keys.pop(name)
                for names in (report.added, report.replaced):
                    if name in names:
                        names.remove(name)
                continue
            if lost:
                report.lost_notes[name] = lost
        if not document.passages:
            continue
        documents.append(document)
        report.documents.append(_row(document, time.perf_counter() - began))
    progress("read", len(found), len(found))
    return documents


def _row(document: Document, seconds: float) -> dict[str, object]:
    return {
        "id": document.source.id, "title": document.source.title, "present": document.present,
        "sections": len(document.sections), "passages": len(document.passages), "notes": len(document.notes),
        "seconds": round(seconds, 2), "warnings": list(document.warnings),
    }  # fmt: skip


def vector_texts(documents: list[Document]) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return, per collection, (vector id, owner, language, text) of everything that is embedded."""
    texts: dict[str, list[tuple[str, str, str, str]]] = {name: [] for name in COLLECTIONS}
    for document in documents:
        for p in document.passages:
            if p.basis == "document":
                pieces = windows(f"{p.context}\n{p.text}".strip() if p.context else p.text)
                texts["passages"] += [(f"{p.id}#{i}", p.id, document.source.language, t) for i, t in enumerate(pieces)]
        for n in document.notes:
            if n.passage is None:
                continue
            for i, claim in enumerate(n.claims):
                texts["claims"] += [(f"{n.id}/{i}{la}", n.id, la, claim.in_language(la)) for la in ("nl", "en")]
            for la, questions in (("nl", n.questions_nl), ("en", n.questions_en)):
                texts["questions"] += [(f"{n.id}/q{i}{la}", n.id, la, q) for i, q in enumerate(questions)]
    return texts


def _build(
    places: Folders, documents: list[Document], keys: dict[str, str], embedding: str,
    load_embedder: Callable[[], Embedder], report: Report, progress: Progress,
    shipped: Path,
) -> None:  # fmt: skip
    content = {"recipe": recipe(embedding), "documents": keys}
    fingerprint = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    folder = places.generations / f"{fingerprint}-{os.getpid()}-{time.time_ns():x}"
    folder.mkdir(parents=True)
    try:
        store = Store(folder / "store.sqlite", create=True)
        for position, document in enumerate(documents):
            store.add(document, position, keys[document.source.id])
        lexical.create(store.connection)
        lexical.fill(store.connection, documents)
        store.connection.commit()
        store.close()
        vectors = Vectors(folder / "chroma")
        counts = {}
        for collection, rows in vector_texts(documents).items():

            def told(done: int, total: int, step: str = collection) -> None:
                progress(step, done, total)

            made = cached(places.cache, embedding, [r[3] for r in rows], load_embedder, told, shipped)
            ids = [r[0] for r in rows]
            vectors.add(collection, ids, [r[1] for r in rows], [r[2] for r in rows], made)
            lost = vectors.lost(collection, ids, made)
            if len(lost) > len(ids) // 500:
                raise IndexDamaged(f"{len(lost)} vectors of {collection} cannot be found again.", "Run `wijzer ingest` again.")
            counts[collection] = len(ids)
        vectors.close()
        files = {str(f.relative_to(folder)): f.stat().st_size for f in sorted(folder.rglob("*")) if f.is_file()}
        manifest = content | {"fingerprint": fingerprint, "files": files, "vectors": counts, "made": time.time()}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _switch(places, folder)
    report.fingerprint, report.built = fingerprint, True


def _switch(places: Folders, folder: Path) -> None:
    """Point `current` at the new generation, then remove all but it and the one before, which readers may still use."""
    before = places.current.read_text("utf-8").strip() if places.current.exists() else ""
    pointer = places.data / "current.new"
    with pointer.open("w", encoding="utf-8") as stream:
        stream.write(folder.name)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(pointer, places.current)
    for other in places.generations.iterdir():
        if other.name not in {folder.name, before}:
            shutil.rmtree(other, ignore_errors=True)
