"""The vector store: the one module that knows Chroma.

Three collections per generation: `passages` (windows of text), `claims` and `questions` (from the notes). Every vector's
metadata names its `owner`: a passage id, or a note id. Written once, by one process, then only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

COLLECTIONS = ("passages", "claims", "questions")
_BATCH = 2000
# A wide search makes the approximate index answer like an exact one at our sizes, so that runs repeat.
_HNSW = {"hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}}


class Vectors:
    """Nearest neighbours by cosine over one generation's collections."""

    def __init__(self, folder: Path) -> None:
        self._client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
        self._collections = {
            name: self._client.get_or_create_collection(name, configuration=_HNSW, embedding_function=None)  # type: ignore[arg-type]
            for name in COLLECTIONS
        }

    def add(self, collection: str, ids: Sequence[str], owners: Sequence[str], languages: Sequence[str], vectors: np.ndarray) -> None:
        """Store vectors of shape (n, d) under their ids."""
        for at in range(0, len(ids), _BATCH):
            part = slice(at, at + _BATCH)
            self._collections[collection].add(
                ids=list(ids[part]),
                embeddings=vectors[part],
                metadatas=[{"owner": o, "language": la} for o, la in zip(owners[part], languages[part], strict=True)],
            )

    def nearest(self, collection: str, vector: np.ndarray, k: int) -> list[tuple[str, str, float]]:
        """Return up to k (vector id, owner, cosine similarity), best first."""
        target = self._collections[collection]
        found = target.query(query_embeddings=[vector], n_results=k, include=["metadatas", "distances"])
        ids = found["ids"][0]
        metadata = (found["metadatas"] or [[]])[0]
        distances = (found["distances"] or [[]])[0]
        return [(i, str(m["owner"]), 1.0 - float(d)) for i, m, d in zip(ids, metadata, distances, strict=True)]

    def get(self, collection: str, ids: Sequence[str]) -> np.ndarray:
        """Return the vectors with these ids, in no particular order, shape (n, d); unknown ids are left out."""
        if not ids:
            return np.zeros((0, 0), np.float32)
        found = self._collections[collection].get(ids=list(ids), include=["embeddings"])
        return np.asarray(found["embeddings"], dtype=np.float32).reshape(len(found["ids"]), -1)

    def count(self, collection: str) -> int:
        """Return the number of vectors in a collection."""
        return int(self._collections[collection].count())

    def lost(self, collection: str, ids: Sequence[str], vectors: np.ndarray) -> list[str]:
        """Return the ids whose own vector does not find them (or an equal one): they are in the store but not findable."""
        missing: list[str] = []
        for at in range(0, len(ids), 500):
            found = self._collections[collection].query(query_embeddings=vectors[at : at + 500], n_results=1, include=["distances"])
            distances = found["distances"] or []
            for name, nearest, distance in zip(ids[at : at + 500], found["ids"], distances, strict=True):
                if not nearest or (nearest[0] != name and distance[0] > 1e-3):
                    missing.append(name)
        return missing

    def close(self) -> None:
        """Release the files."""
        close = getattr(self._client, "close", None)
        if close:
            close()
