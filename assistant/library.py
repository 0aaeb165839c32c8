"""The documents of an installation: bring the index up to date, add and remove files, list what is in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from assistant.advise.build import warm
from assistant.settings import Settings
from ingest.embed import SentenceTransformerEmbedder, fingerprint
from ingest.errors import IndexMissing, IndexStale, WijzerError
from ingest.index import Folders, current_manifest, recipe
from ingest.manifest import SUFFIXES
from ingest.store import Store
from ingest.sync import Progress, Report, sync


def ingest(settings: Settings, progress: Progress = lambda step, done, total: None, rebuild: bool = False, dry_run: bool = False) -> Report:
    """Bring the index in line with the documents; the model is loaded only when there is something to embed."""
    embedding = fingerprint(settings.embedding_model, settings.used_adapter)
    load = cache(lambda: SentenceTransformerEmbedder(settings.embedding_model, settings.used_adapter))
    report = sync(settings.corpus, settings.document_folders, settings.data, embedding, load, progress, rebuild, dry_run)
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
    if manifest.get("recipe") != recipe(fingerprint(settings.embedding_model, settings.used_adapter)):
        raise IndexStale("The index was made with other settings or an earlier version.", "Run `wijzer ingest`.")


def add_files(settings: Settings, paths: list[Path], dry_run: bool = False) -> dict[str, str]:
    """Copy documents into the library's own folder; return what was refused and why."""
    target = Folders(settings.data).added
    refused: dict[str, str] = {}
    for path in paths:
        if not path.exists():
            refused[str(path)] = "there is no such file"
            continue
        files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix.lower() not in SUFFIXES:
                if not path.is_dir():
                    refused[str(file)] = f"this kind of file is not supported; use {', '.join(SUFFIXES)}"
                continue
            if not dry_run:
                target.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target / file.name)
                for beside in (file.with_suffix(".source.yaml"), file.with_suffix(".notes.yaml")):
                    if beside.exists():
                        shutil.copyfile(beside, target / beside.name)
    return refused


def remove(settings: Settings, name: str) -> None:
    """Remove a document that was added. Raises WijzerError when it was not."""
    from ingest.structure import slug

    target = Folders(settings.data).added
    found = [f for f in target.glob("*") if f.suffix.lower() in SUFFIXES and slug(f.stem) == name] if target.is_dir() else []
    if not found:
        raise WijzerError(f"{name!r} is not a document that was added.", "`wijzer sources` lists them; remove others from their folder.")
    for file in found:
        for part in (file, file.with_suffix(".source.yaml"), file.with_suffix(".notes.yaml")):
            part.unlink(missing_ok=True)


def overview(settings: Settings) -> list[dict[str, Any]]:
    """Return a row per document in the index."""
    folder, _ = current_manifest(settings.data)
    store = Store(folder / "store.sqlite")
    try:
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
        return rows
    finally:
        store.close()
