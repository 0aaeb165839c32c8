"""The documents of an installation: bring the index up to date, add and remove files, list what is in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from assistant.advise.build import warm
from assistant.settings import Settings
from ingest import generations
from ingest.build import Progress
from ingest.embed import SentenceTransformerEmbedder, fingerprint
from ingest.errors import IndexMissing, IndexStale, WijzerError
from ingest.index import Folders, current_manifest, reading
from ingest.lock import writing
from ingest.manifest import SUFFIXES, entries
from ingest.recipe import recipe
from ingest.store import Store
from ingest.sync import Report, sync

# Kinds that are not read but may hold a document: in a folder they are named, so that none is lost without a word.
_OTHER_DOCUMENTS = frozenset(
    (
        ".doc .docm .dot .odt .rtf .pages .wpd .epub .ppt .pptx .odp .xls .xlsx .ods .csv .xml .tex .eml .msg "
        ".zip .7z .rar .tar .gz .tif .tiff"
    ).split()
)


def ingest(
    settings: Settings, progress: Progress = lambda step, done, total: None, rebuild: bool = False, dry_run: bool = False,
    paths: Sequence[Path] = (), records: Mapping[Path, Mapping[str, Any]] | None = None,
) -> Report:  # fmt: skip
    """Add `paths`, with `records` for some of them (see `describe`), and bring the index in line with the documents.

    The model is loaded only when there is something to embed.

    Nothing is added while another ingest is running (IndexLocked). A dry run changes nothing, and reports what would be.
    """
    embedding = fingerprint(settings.embedding_model, settings.used_adapter)
    load = cache(lambda: SentenceTransformerEmbedder(settings.embedding_model, settings.used_adapter))
    places = Folders(settings.data)

    def run(added: Path) -> Report:
        refused = add_files(added, paths)
        _keep_records(added, records or {})
        report = sync(
            settings.corpus, settings.document_folders, settings.data, embedding, load, progress, rebuild, dry_run,
            settings.chroma, added,
        )  # fmt: skip
        report.failed |= refused
        return report

    if dry_run:
        with TemporaryDirectory() as folder:  # what would lie in the library's own folder
            future = Path(folder, "added")
            if places.added.is_dir():
                shutil.copytree(places.added, future)
            return run(future)
    with writing(settings.data):
        report = run(places.added)
    if report.built:
        warm(settings, load())
    return report


def ingest_if_missing(settings: Settings, say: Callable[[str], None]) -> None:
    """Make the index when there is none yet, so that the first question of a newcomer works. Raises IndexStale."""
    try:
        _, manifest = current_manifest(settings.data)
    except IndexMissing:
        say("Reading the documents for the first time; this takes a minute or two.")
        ingest(settings)
        return
    if manifest.get("recipe") != recipe(fingerprint(settings.embedding_model, settings.used_adapter), settings.chroma is not None):
        raise IndexStale("The index was made with other settings or an earlier version.", "Run `wijzer ingest`.")


def add_files(target: Path, paths: Sequence[Path]) -> dict[str, str]:
    """Copy documents into the folder `target`, those of a folder in the same folders; return what was refused and why."""
    refused: dict[str, str] = {}
    for path in paths:
        if not path.exists():
            refused[str(path)] = "there is no such file"
            continue
        for file, place in files_under(path):
            if file.suffix.lower() not in SUFFIXES:
                if not path.is_dir() or file.suffix.lower() in _OTHER_DOCUMENTS:
                    refused[str(file)] = f"this kind of file is not supported; use {', '.join(SUFFIXES)}"
                continue
            for part in (file, *_beside(file)):
                if part.exists():
                    try:
                        _copy(part, target / place.with_name(part.name))
                    except PermissionError as error:
                        if error.filename != str(part):
                            raise
                        refused[str(part)] = "it may not be read"
    return refused


def files_under(path: Path) -> list[tuple[Path, Path]]:
    """Return (file, its place in the folder of added documents) for a file, or for every file in a folder and the folders in it."""
    if not path.is_dir():
        return [(path, Path(path.name))]
    return [(file, file.relative_to(path)) for file in sorted(path.rglob("*")) if file.is_file()]


def _keep_records(target: Path, records: Mapping[Path, Mapping[str, Any]]) -> None:
    for place, record in records.items():
        beside = (target / place).with_suffix(".source.yaml")
        if (target / place).exists() and not beside.exists():
            beside.write_text(yaml.safe_dump(dict(record), allow_unicode=True, sort_keys=False), "utf-8")


def _beside(file: Path) -> tuple[Path, Path]:
    return file.with_suffix(".source.yaml"), file.with_suffix(".notes.yaml")


def _copy(file: Path, target: Path) -> None:
    """Copy at once: a copy that was cut off never has a document's name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(file, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def remove(settings: Settings, name: str) -> None:
    """Remove a document that was added, everywhere, and bring the index in line. Raises WijzerError when it was not added."""
    target = Folders(settings.data).added
    with writing(settings.data):
        known = {e.source.id: e.file for e in entries(settings.corpus, [*settings.document_folders, target])}
        file = known.get(name)
        if file is None or not file.is_relative_to(target):
            raise WijzerError(
                f"{name!r} is not a document that was added.", "`wijzer sources` lists them; remove others from their folder."
            )
        for part in (file, *_beside(file)):
            part.unlink(missing_ok=True)
        ingest(settings)


def overview(settings: Settings) -> list[dict[str, Any]]:
    """Return a row per document in the index."""
    with reading(settings.data) as (folder, manifest):
        generations.check(folder, manifest)
        store = Store(folder / "store.sqlite")
        rows = []
        for name in store.sources():
            document = store.document(name)
            assert document is not None
            source = document.source
            rows.append(
                {"id": source.id, "title": source.title, "author": source.author, "year": source.year, "kind": source.kind,
                 "present": document.present, "sections": len(document.sections), "passages": len(document.passages),
                 "notes": len(document.notes), "characters": len(document.text), "warnings": list(document.warnings)}
            )  # fmt: skip
        store.close()
        return rows
