"""Open the index that `sync` made: the current generation, checked before use.

A data folder holds `current` (the name of the serving generation), `generations/<name>/` (store.sqlite, chroma/,
manifest.json) and `writer.lock`. A generation never changes once `current` names it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import analysis, chunk
from ingest.errors import IndexDamaged, IndexMissing, IndexStale
from ingest.lexical import Lexical
from ingest.store import Store
from ingest.vectors import Vectors

FORMAT = 3


@dataclass(frozen=True)
class Folders:
    """Where an index lives."""

    data: Path

    @property
    def current(self) -> Path:
        """The pointer file."""
        return self.data / "current"

    @property
    def generations(self) -> Path:
        """The folder with a folder per generation."""
        return self.data / "generations"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.data / "writer.lock"

    @property
    def cache(self) -> Path:
        """Vectors already made."""
        return self.data / "embeddings.sqlite"

    @property
    def added(self) -> Path:
        """Documents a user added."""
        return self.data / "added"


def recipe(embedding: str) -> dict[str, Any]:
    """Return everything, apart from the documents, that an index depends on."""
    return {"format": FORMAT, "chunking": chunk.VERSION, "analysis": analysis.VERSION, "embedding": embedding}


class Index:
    """One generation, open for reading: `store`, `lexical`, `vectors`, and the manifest's `fingerprint`."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.fingerprint = str(manifest["fingerprint"])
        self.store = Store(folder / "store.sqlite")
        self.lexical = Lexical(self.store)
        self.vectors = Vectors(folder / "chroma")

    @property
    def name(self) -> str:
        """Name of the generation."""
        return self.folder.name

    def close(self) -> None:
        """Release files."""
        self.vectors.close()
        self.store.close()


def current_manifest(data: Path) -> tuple[Path, dict[str, Any]]:
    """Return (folder, manifest) of the serving generation. Raises IndexMissing or IndexDamaged."""
    folders = Folders(data)
    try:
        name = folders.current.read_text("utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing("There is no index yet.", "Run `wijzer ingest`.") from None
    folder = folders.generations / name
    try:
        return folder, json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The index {name!r} cannot be read.", "Run `wijzer ingest --rebuild`.") from error


def open_index(data: Path, embedding: str) -> Index:
    """Open the current generation for an embedder's fingerprint.

    Raises IndexMissing, IndexStale (made with another recipe) or IndexDamaged (files changed or gone).
    """
    folder, manifest = current_manifest(data)
    if manifest.get("recipe") != recipe(embedding):
        differs = [k for k, v in recipe(embedding).items() if (manifest.get("recipe") or {}).get(k) != v]
        raise IndexStale(f"The index was made with another {' and '.join(differs)}.", "Run `wijzer ingest`.")
    for name, size in manifest["files"].items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != size:
            raise IndexDamaged(f"{name} of the index is missing or altered.", "Run `wijzer ingest --rebuild`.")
    try:
        index = Index(folder, manifest)
    except Exception as error:
        raise IndexDamaged("The index cannot be opened.", "Run `wijzer ingest --rebuild`.") from error
    counts = {name: index.vectors.count(name) for name in manifest["vectors"]}
    if counts != manifest["vectors"]:
        index.close()
        raise IndexDamaged("Vectors of the index are missing.", "Run `wijzer ingest --rebuild`.")
    return index
