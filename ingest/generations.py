"""A generation of an index on disk: sealed with a checksum per file, checked before it is opened, kept while it is read.

A reader holds a shared lock on the generation's manifest; who wants to remove the generation needs that lock alone. So
the text of a removed document goes from the disk when the last reader has moved on, and never under a reader's feet.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from ingest.errors import IndexDamaged
from ingest.manifest import file_sha256

MANIFEST = "manifest.json"
REBUILD = "Run `wijzer ingest --rebuild`."
_SIDES = ("-wal", "-shm", "-journal")  # SQLite would read these too


class Lease:
    """A lock on a generation's manifest, shared by readers; `hold` and `alone` make one."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(folder: Path, kind: int) -> Lease | None:
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        if os.stat(folder / MANIFEST).st_ino == os.fstat(descriptor).st_ino:
            return Lease(descriptor)
    except OSError:  # held by others, or removed between opening and locking
        pass
    os.close(descriptor)
    return None


def hold(folder: Path) -> Lease | None:
    """Keep a generation from being removed; None when it is gone or going."""
    return _lock(folder, fcntl.LOCK_SH)


def alone(folder: Path) -> Lease | None:
    """Hold a sealed generation for oneself, to remove it; None when someone reads it, or it is gone."""
    return _lock(folder, fcntl.LOCK_EX)


def erase(folder: Path) -> bool:
    """Remove the files of a generation; return whether they are gone."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def seal(folder: Path, content: dict[str, Any]) -> None:
    """Write the manifest: `content`, size and sha256 of every file, and a checksum over it all. Everything is flushed to disk."""
    files = {}
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and f.name != MANIFEST):
        with file.open("rb") as stream:
            os.fsync(stream.fileno())
        files[str(file.relative_to(folder))] = [file.stat().st_size, file_sha256(file)]
    manifest = content | {"files": files}
    with (folder / MANIFEST).open("w", encoding="utf-8") as stream:
        json.dump(manifest | {"sum": _sum(manifest)}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())


def _sum(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps({k: v for k, v in manifest.items() if k != "sum"}, sort_keys=True).encode()).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a generation. Raises IndexDamaged when it is gone or not what was written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["sum"] == _sum(manifest):
            return dict(manifest)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"The index {folder.name!r} cannot be read.", REBUILD) from error
    raise IndexDamaged(f"The description of the index {folder.name!r} was altered.", REBUILD)


def check(folder: Path, manifest: dict[str, Any]) -> None:
    """Compare every file with its checksum (about a second per GB). Raises IndexDamaged naming the first that differs."""
    for name, (size, _) in manifest["files"].items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != size:
            raise IndexDamaged(f"{name} of the index is missing or altered.", REBUILD)
        for side in _SIDES:
            if file.with_name(file.name + side).exists():
                raise IndexDamaged(f"{name}{side} does not belong to the index.", REBUILD)
    for name, (_, digest) in manifest["files"].items():
        try:
            same = file_sha256(folder / name) == digest
        except OSError as error:
            raise IndexDamaged(f"{name} of the index cannot be read ({error.strerror}).", REBUILD) from error
        if not same:
            raise IndexDamaged(f"{name} of the index was altered.", REBUILD)
