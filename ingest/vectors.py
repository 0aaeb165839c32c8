"""The vector store: the one module that knows Chroma, as files of a generation or as a server.

Three collections per generation: `passages` (windows of text), `claims` and `questions` (from the notes). Every vector's
metadata names its `owner`: a passage id, or a note id. Written once, by one process, then only read.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import Struct
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from ingest.errors import IndexDamaged, IndexUnavailable
from ingest.generations import REBUILD
from ingest.lock import not_writable
from ingest.server import Server

COLLECTIONS = ("passages", "claims", "questions")
BATCH = 2000
SAVED = 10_000  # vectors at a time: until it saves, Chroma reads all that came since the last time again with every batch
# A wide search makes the approximate index answer like an exact one at our sizes, so that runs repeat.
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 64, "ef_search": 200}
_HEADER = Struct("<i4Q")  # of hnswlib: version, offset, room, vectors, bytes per vector
# Chroma's own client waits for ever; a reader must not.
_READ, _WRITE = httpx.Timeout(5.0, connect=2.0), httpx.Timeout(120.0, connect=2.0)
PAGE = 500  # vectors at a time, when all are asked for
KEPT = 20_000  # vectors that stay in memory once they were asked for: a fifth of a question went into asking again
PAUSE = 5.0  # seconds in which readers leave a server alone that did not answer, so that not every question waits for it
_log = logging.getLogger(__name__)


def _connect(server: Server, timeout: httpx.Timeout) -> Any:
    parts = urlsplit(server.url)
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        host=parts.hostname or "localhost", port=parts.port or (443 if secure else 80), ssl=secure,
        headers={"x-chroma-token": server.key} if server.key else {}, tenant=server.tenant, database=server.database,
        settings=ChromaSettings(anonymized_telemetry=False),
    )  # fmt: skip
    client._server._session.timeout = timeout  # type: ignore[attr-defined]  # there is no other way to set it in 1.5
    return client


def prefix(generation: str) -> str:
    """Return what a generation's collections in a server are called, up to the collection's own name.

    The part of a generation's name after its last "-" is unique and known before anything is built.
    """
    return f"wijzer-{generation.rpartition('-')[2]}-"


class Vectors:
    """Nearest neighbours by cosine over one generation's collections, in `folder`/chroma or in a server.

    Opened for reading, unless `create` says how many vectors each collection is going to have.
    """

    def __init__(self, folder: Path, server: Server | None = None, create: Mapping[str, int] | None = None) -> None:
        self._files = folder / "chroma"
        self._server = server
        self._prefix = prefix(folder.name) if server else ""
        self._writing = create is not None
        self._silent_until = 0.0
        self._kept: dict[tuple[str, str], np.ndarray] = {}
        self._waiting: dict[str, list[tuple[str, str, str, np.ndarray]]] = {name: [] for name in COLLECTIONS}
        with self._mapped():
            if server:
                self._client = _connect(server, _WRITE if self._writing else _READ)
            else:
                self._client = chromadb.PersistentClient(str(self._files), ChromaSettings(anonymized_telemetry=False))
            self._batch = min(BATCH, int(self._client.get_max_batch_size()))
            self._collections = {name: self._open(name, create) for name in COLLECTIONS}
        self._sizes = {name: iter(batches((create or {}).get(name, 0), self._batch)) for name in COLLECTIONS}
        self._next = {name: next(sizes, 0) for name, sizes in self._sizes.items()}

    def _open(self, name: str, create: Mapping[str, int] | None) -> Any:
        if create is None:
            return self._client.get_collection(self._prefix + name, embedding_function=None)
        hnsw = dict(_HNSW)
        if not self._server:
            # Saved with the last vector: what is left in Chroma's queue would be written into the files by every reader
            # that opens them, and files that change cannot be checked.
            hnsw |= {"sync_threshold": saved_after(create[name]), "batch_size": max(1, min(100, create[name]))}
        return self._client.create_collection(self._prefix + name, configuration={"hnsw": hnsw}, embedding_function=None)

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Turn what Chroma, the network or the disk raises into errors with a remedy."""
        if time.monotonic() < self._silent_until:
            raise self._unavailable()
        try:
            yield
        except NotFoundError as error:
            raise IndexDamaged("Chroma does not have the vectors of this index.", REBUILD) from error
        except (ChromaError, httpx.HTTPError, ValueError, OSError, sqlite3.Error) as error:
            raise self._error(error) from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # Rust's; not an Exception
                raise self._error(error) from error
            raise

    def _error(self, error: BaseException) -> Exception:
        if self._server:
            if not self._writing:
                self._silent_until = time.monotonic() + PAUSE
            _log.warning("The Chroma server at %s does not answer: %r", self._server.url, error)
            return self._unavailable()
        if self._writing:
            return not_writable(self._files, str(error) or type(error).__name__)
        return IndexDamaged("The vectors of the index cannot be read.", REBUILD)

    def _unavailable(self) -> IndexUnavailable:
        assert self._server
        return IndexUnavailable(f"The Chroma server at {self._server.url} does not answer.", "Start it, or mend WIJZER_CHROMA_URL.")

    def add(self, collection: str, ids: Sequence[str], owners: Sequence[str], languages: Sequence[str], vectors: np.ndarray) -> None:
        """Store vectors of shape (n, d) under their ids; some wait for more, until there are as many as `create` said."""
        waiting = self._waiting[collection]
        waiting += zip(ids, owners, languages, vectors, strict=True)
        with self._mapped():
            while waiting and len(waiting) >= self._next[collection]:
                part = waiting[: self._next[collection]]
                if not part:
                    raise ValueError("more vectors than were announced")
                self._collections[collection].add(
                    ids=[row[0] for row in part],
                    embeddings=np.stack([row[3] for row in part]),
                    metadatas=[{"owner": owner, "language": language} for _, owner, language, _ in part],
                )
                del waiting[: len(part)]
                self._next[collection] = next(self._sizes[collection], 0)

    def nearest(self, collection: str, vector: np.ndarray, k: int) -> list[tuple[str, str, float]]:
        """Return up to k (vector id, owner, cosine similarity), best first."""
        with self._mapped():
            target = self._collections[collection]
            found = target.query(query_embeddings=[vector], n_results=k, include=["metadatas", "distances"])
        ids = found["ids"][0]
        metadata = (found["metadatas"] or [[]])[0]
        distances = (found["distances"] or [[]])[0]
        return [(i, str(m["owner"]), 1.0 - float(d)) for i, m, d in zip(ids, metadata, distances, strict=True)]

    def get(self, collection: str, ids: Sequence[str]) -> np.ndarray:
        """Return the vectors with these ids, in their order, shape (n, d); unknown ids are left out. Up to KEPT stay in memory."""
        kept = self._kept
        new = [name for name in dict.fromkeys(ids) if (collection, name) not in kept]
        if len(kept) + len(new) > KEPT:
            kept = self._kept = {}
            new = list(dict.fromkeys(ids))
        if new:
            with self._mapped():
                found = self._collections[collection].get(ids=new, include=["embeddings"])
            rows = np.asarray(found["embeddings"], dtype=np.float32)
            kept.update({(collection, name): row for name, row in zip(found["ids"], rows, strict=True)})
        there = [kept[collection, name] for name in ids if (collection, name) in kept]
        return np.stack(there) if there else np.zeros((0, 0), np.float32)

    def everything(self, collection: str) -> tuple[list[str], np.ndarray]:
        """Return the owners and the vectors of a collection, row by row, shape (n, d). In pages: a server must answer each in time."""
        owners: list[str] = []
        pages: list[np.ndarray] = []
        while True:
            with self._mapped():
                found = self._collections[collection].get(include=["embeddings", "metadatas"], limit=PAGE, offset=len(owners))
            owners += [str(m["owner"]) for m in found["metadatas"] or []]
            pages.append(np.asarray(found["embeddings"], dtype=np.float32))
            if len(pages[-1]) < PAGE:
                break
        pages = [page for page in pages if len(page)]
        return owners, np.concatenate(pages) if pages else np.zeros((0, 0), np.float32)

    def count(self, collection: str) -> int:
        """Return the number of vectors in a collection."""
        with self._mapped():
            return int(self._collections[collection].count())

    def lost(self, collection: str, ids: Sequence[str], vectors: np.ndarray) -> list[str]:
        """Return the ids whose own vector does not find them (or an equal one): they are in the store but not findable."""
        missing: list[str] = []
        with self._mapped():
            for at in range(0, len(ids), 500):
                found = self._collections[collection].query(query_embeddings=vectors[at : at + 500], n_results=1, include=["distances"])
                distances = found["distances"] or []
                for name, nearest, distance in zip(ids[at : at + 500], found["ids"], distances, strict=True):
                    if not nearest or (nearest[0] != name and distance[0] > 1e-3):
                        missing.append(name)
        return missing

    def seal(self) -> None:
        """Close after writing, and make Chroma's files stay as they are however often they are opened."""
        self.close()
        if self._server:
            return
        with self._mapped():
            _blank_spare_room(self._files)
            connection = sqlite3.connect(self._files / "chroma.sqlite3", isolation_level=None)
            try:
                connection.execute("VACUUM")
                # Chroma notes every opening in this table, for which nobody has a use: the file would grow and differ.
                connection.execute("CREATE TRIGGER sealed BEFORE INSERT ON acquire_write BEGIN SELECT RAISE(IGNORE); END")
            finally:
                connection.close()

    def close(self) -> None:
        """Release the files."""
        self._client.close()


def saved_after(count: int) -> int:
    """Return after how many vectors Chroma must save its graph, so that `batches` makes it do so with the last one too."""
    return max(1, count // -(-count // SAVED)) if count else 1


def batches(count: int, most: int = BATCH) -> list[int]:
    """Return the sizes of the batches in which to add so many vectors.

    Chroma saves when at least `saved_after` vectors came since the last time. What that leaves over is in the first part,
    whose last batch takes it from too few to enough, so that every part ends with saving, and the last part with the last vector.
    """
    every = saved_after(count)
    sizes: list[int] = []
    for part in [every + count % every, *[every] * (count // every - 1)] if count else []:
        steps = -(-part // most)
        sizes += [part // steps + (step < part % steps) for step in range(steps)][::-1]
    return sizes


def _blank_spare_room(files: Path) -> None:
    """Overwrite what hnswlib saved of memory that it had reserved and not used: this process's own, removed text and all.

    It writes room for 100 vectors as it got it, and then each vector in its place (initPersistentIndex and persistDirty
    in hnswalg.h); nothing reads what lies behind the last one.
    """
    for header in files.glob("*/header.bin"):
        version, _, _, count, size = _HEADER.unpack_from(header.read_bytes())
        if version != 1:  # another hnswlib: leave alone what we do not know
            continue
        for name, width in (("data_level0.bin", size), ("length.bin", 4)):
            file = header.with_name(name)
            whole = file.stat().st_size
            if whole > count * width:
                os.truncate(file, count * width)
                os.truncate(file, whole)  # what a file grows by is zeros


def drop(server: Server, generation: str) -> bool:
    """Remove a generation's collections from a server, also a half-made one's; return whether the server could be reached."""
    try:
        client = _connect(server, _WRITE)
    except (ChromaError, httpx.HTTPError, ValueError, OSError):
        return False
    try:
        for name in COLLECTIONS:
            with suppress(NotFoundError):
                client.delete_collection(prefix(generation) + name)
    except (ChromaError, httpx.HTTPError):
        return False
    finally:
        client.close()
    return True
