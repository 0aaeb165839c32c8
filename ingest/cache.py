"""Vectors already made, by text and model, so that a change re-embeds only what changed. Holds no text, only hashes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ingest.embed import Embedder
from ingest.shipped import open_shipped

_BATCH = 256


def cached(
    file: Path,
    embedding: str,
    texts: Sequence[str],
    load: Callable[[], Embedder],
    progress: Callable[[int, int], None],
    shipped: Path | None = None,
) -> np.ndarray:
    """Return the vectors of `texts`, shape (n, d) float32, embedding only those neither in the cache `file` nor shipped."""
    model = embedding.partition("+")[0]  # without the adapter, which is added to what the cache holds
    names = [hashlib.sha256(f"{model}\0{text}".encode()).digest() for text in texts]
    connection = sqlite3.connect(file)
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (name BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        known: dict[bytes, bytes] = {}
        for at in range(0, len(names), 500):
            part = names[at : at + 500]
            marks = ",".join("?" * len(part))
            known.update(connection.execute(f"SELECT name, vector FROM vectors WHERE name IN ({marks})", part))
        ready = open_shipped(shipped, model) if shipped else None
        for name, text in zip(names, texts, strict=True):
            if ready and name not in known and (vector := ready.find(text)) is not None:
                known[name] = vector.tobytes()
        missing = list({n: t for n, t in zip(names, texts, strict=True) if n not in known}.items())
        missing.sort(key=lambda item: len(item[1]))  # equal lengths together waste less padding
        for at in range(0, len(missing), _BATCH):
            batch = missing[at : at + _BATCH]
            made = load().base([text for _, text in batch])
            rows = [(name, vector.tobytes()) for (name, _), vector in zip(batch, made, strict=True)]
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            connection.commit()
            known.update(rows)
            progress(min(at + _BATCH, len(missing)), len(missing))
    finally:
        connection.close()
    if not names:
        return np.zeros((0, 0), np.float32)
    made = np.stack([np.frombuffer(known[n], np.float32) for n in names])
    return load().extend(texts, made) if "+" in embedding else made
