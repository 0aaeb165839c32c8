"""Vectors already made, by text and model, so that a change re-embeds only what changed. Holds no text, only hashes.

What is embedded is kept at once, batch by batch: an ingest that was stopped goes on where it was. Each vector has a
checksum, so that a damaged one is made again; a file that cannot be read at all is begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from ingest.embed import Embedder
from ingest.shipped import open_shipped

_BATCH = 256
_MARKS = 500  # values in one statement


def _name(model: str, text: str) -> bytes:
    return hashlib.sha256(f"{model}\0{text}".encode()).digest()


def _open(file: Path) -> sqlite3.Connection:
    for last in (False, True):
        connection = sqlite3.connect(file)
        try:
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves no trace in free pages
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (name BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
            if "sum" not in {row[1] for row in connection.execute("PRAGMA table_info(vectors)")}:
                connection.create_function("crc", 1, zlib.crc32, deterministic=True)
                connection.execute("ALTER TABLE vectors ADD COLUMN sum INTEGER")
                connection.execute("UPDATE vectors SET sum = crc(vector)")
                connection.commit()
            return connection
        except sqlite3.OperationalError:  # a disk, not the file
            connection.close()
            raise
        except sqlite3.DatabaseError:
            connection.close()
            if last:
                raise
            file.unlink()
    raise AssertionError


def cached(
    file: Path,
    embedding: str,
    texts: Sequence[str],
    load: Callable[[], Embedder],
    progress: Callable[[int, int], None],
    shipped: Path | None = None,
) -> np.ndarray:
    """Return the vectors of `texts`, shape (n, d) float32, embedding only those neither in the cache `file` nor shipped."""
    if not texts:
        return np.zeros((0, 0), np.float32)
    model = embedding.partition("+")[0]  # without the adapter, which is added to what the cache holds
    names = [_name(model, text) for text in texts]
    try:
        made = _base(file, model, names, texts, load, progress, shipped)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # pages of it are damaged: nothing is lost but time
        file.unlink(missing_ok=True)
        made = _base(file, model, names, texts, load, progress, shipped)
    return load().extend(texts, made) if "+" in embedding else made


def _base(
    file: Path, model: str, names: Sequence[bytes], texts: Sequence[str], load: Callable[[], Embedder],
    progress: Callable[[int, int], None], shipped: Path | None,
) -> np.ndarray:  # fmt: skip
    connection = _open(file)
    try:
        known: dict[bytes, bytes] = {}
        for at in range(0, len(names), _MARKS):
            part = names[at : at + _MARKS]
            marks = ",".join("?" * len(part))
            rows = connection.execute(f"SELECT name, vector, sum FROM vectors WHERE name IN ({marks})", part)
            known.update((name, vector) for name, vector, checksum in rows if zlib.crc32(vector) == checksum)
        ready = open_shipped(shipped, model) if shipped else None
        for name, text in zip(names, texts, strict=True):
            if ready and name not in known and (vector := ready.find(text)) is not None:
                known[name] = vector.tobytes()
        missing = list({n: t for n, t in zip(names, texts, strict=True) if n not in known}.items())
        missing.sort(key=lambda item: len(item[1]))  # equal lengths together waste less padding
        for at in range(0, len(missing), _BATCH):
            batch = missing[at : at + _BATCH]
            vectors = load().base([text for _, text in batch])
            made = [(name, vector.tobytes()) for (name, _), vector in zip(batch, vectors, strict=True)]
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", [(n, v, zlib.crc32(v)) for n, v in made])
            connection.commit()
            known.update(made)
            progress(min(at + _BATCH, len(missing)), len(missing))
    finally:
        connection.close()
    return np.stack([np.frombuffer(known[n], np.float32) for n in names])


def forget(file: Path, embedding: str, texts: Iterable[str]) -> None:
    """Remove the vectors of texts that are in no document any more."""
    if not file.exists():
        return
    model = embedding.partition("+")[0]
    connection = _open(file)
    try:
        connection.executemany("DELETE FROM vectors WHERE name = ?", ((_name(model, text),) for text in texts))
        connection.commit()
    finally:
        connection.close()
