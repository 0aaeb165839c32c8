"""Open the index that `sync` made: the current generation, checked before use.

A data folder holds `current` (the name of the serving generation), `generations/<name>/` (store.sqlite, chroma/,
probes.npz, manifest.json), `added/`, the cache of vectors and the writer's lock. A generation never changes once
`current` names it; with a Chroma server its vectors are there, in collections that carry the generation's name.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest import generations
from ingest.errors import IndexDamaged, IndexMissing, IndexStale
from ingest.generations import REBUILD, Lease
from ingest.lexical import Lexical
from ingest.recipe import recipe
from ingest.server import Server
from ingest.store import Store
from ingest.vectors import COLLECTIONS, Vectors, drop

PROBES = "probes.npz"  # a few vectors of each collection, which must find themselves when an index is opened


@dataclass(frozen=True)
class Folders:
    """Where an index lives."""

    data: Path

    @property
    def current(self) -> Path:
        """The pointer file."""
        return self.data / "current"

    @property
    def serving(self) -> str:
        """Name of the serving generation; empty when there is none."""
        try:
            return self.current.read_text("utf-8").strip()
        except (OSError, ValueError):
            return ""

    @property
    def generations(self) -> Path:
        """The folder with a folder per generation."""
        return self.data / "generations"

    @property
    def cache(self) -> Path:
        """Vectors already made."""
        return self.data / "embeddings.sqlite"

    @property
    def learned(self) -> Path:
        """What classifiers learned from the frameworks."""
        return self.data / "learned"

    @property
    def added(self) -> Path:
        """Documents a user added."""
        return self.data / "added"


class Index:
    """One generation, open for reading: `store`, `lexical`, `vectors`, and the manifest's `fingerprint`.

    It closes itself when nobody refers to it any more, so that a question under way keeps the index it began with.
    A generation that was replaced meanwhile goes from the disk with its last reader.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any], lease: Lease, server: Server | None = None) -> None:
        self.folder = folder
        self.manifest = manifest
        self.fingerprint = str(manifest["fingerprint"])
        self.store = Store(folder / "store.sqlite")
        self.lexical = Lexical(self.store)
        self.vectors = Vectors(folder, server)
        self.close = weakref.finalize(self, _close, self.vectors, self.store, lease, folder, server)

    @property
    def name(self) -> str:
        """Name of the generation."""
        return self.folder.name


def _close(vectors: Vectors, store: Store, lease: Lease, folder: Path, server: Server | None) -> None:
    vectors.close()
    store.close()
    lease.release()
    places = Folders(folder.parent.parent)
    if places.serving not in {"", folder.name}:
        remove_generation(folder, server)


def remove_generation(folder: Path, server: Server | None) -> bool:
    """Remove a generation that nobody reads, with its vectors in a server; return whether it is gone.

    Its vectors go first: a folder whose server does not answer is kept, so that a later ingest can do both.
    """
    alone = generations.alone(folder)
    if alone is None:
        return not folder.exists()
    try:
        return (server is None or drop(server, folder.name)) and generations.erase(folder)
    finally:
        alone.release()


def current_manifest(data: Path) -> tuple[Path, dict[str, Any]]:
    """Return (folder, manifest) of the serving generation. Raises IndexMissing or IndexDamaged."""
    places = Folders(data)
    if not places.current.exists():
        raise IndexMissing("There is no index yet.", "Run `wijzer ingest`.")
    folder = places.generations / places.serving
    return folder, generations.read_manifest(folder)


@contextmanager
def reading(data: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give (folder, manifest) of the serving generation, which stays while it is used. Raises as `current_manifest`."""
    folder, manifest, lease = _held(data)
    try:
        yield folder, manifest
    finally:
        lease.release()


def _held(data: Path) -> tuple[Path, dict[str, Any], Lease]:
    for _ in range(10):  # an ingest may replace it between reading its name and holding it
        folder, manifest = current_manifest(data)
        lease = generations.hold(folder)
        if lease is not None:
            return folder, manifest, lease
    raise IndexDamaged(f"The index {folder.name!r} cannot be held for reading.", REBUILD)


def open_index(data: Path, embedding: str | None, server: Server | None = None) -> Index:
    """Open the current generation for an embedder's fingerprint (None: any); every file is compared with its checksum first.

    Raises IndexMissing, IndexStale (made with another recipe), IndexDamaged (files changed or gone) or IndexUnavailable.
    """
    folder, manifest, lease = _held(data)
    try:
        wanted = recipe(embedding or str(manifest["recipe"]["embedding"]), server is not None)
        if manifest.get("recipe") != wanted:
            differs = [k for k, v in wanted.items() if (manifest.get("recipe") or {}).get(k) != v]
            raise IndexStale(f"The index was made with another {' and '.join(differs)}.", "Run `wijzer ingest`.")
        generations.check(folder, manifest)
        try:
            index = Index(folder, manifest, lease, server)
        except (sqlite3.Error, ValueError, KeyError) as error:
            raise IndexDamaged("The index cannot be opened.", REBUILD) from error
    except BaseException:
        lease.release()
        raise
    try:
        _probe(index)
    except BaseException:
        index.close()
        raise
    return index


def _probe(index: Index) -> None:
    """Count the vectors and let a few find themselves. Raises IndexDamaged."""
    with np.load(index.folder / PROBES, allow_pickle=False) as probes:
        for name in COLLECTIONS:
            if index.vectors.count(name) != index.manifest["vectors"][name]:
                raise IndexDamaged("Vectors of the index are missing.", REBUILD)
            ids = probes[f"{name}_ids"].tolist()
            if ids and index.vectors.lost(name, ids, probes[name]):
                raise IndexDamaged("Vectors of the index cannot be found.", REBUILD)
