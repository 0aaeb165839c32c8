"""Build a generation of the index aside, in bounded memory: store, lexical index, vectors, self-check, seal.

Documents are written one at a time and read back one at a time; what grows with the number of passages is Chroma's own
index, and the word counts of the lexical one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from time import time

import numpy as np

from ingest import generations, lexical
from ingest.cache import cached
from ingest.embed import Embedder, windows
from ingest.errors import IndexDamaged
from ingest.index import PROBES
from ingest.recipe import recipe
from ingest.records import Document
from ingest.server import Server
from ingest.store import Store
from ingest.vectors import COLLECTIONS, Vectors

Progress = Callable[[str, int, int], None]
MISSED = 0.01  # share of the vectors tried that may not find themselves: the graph is approximate, a loss is far larger or a wrong count
_BUFFER = 4096  # texts embedded together: enough to sort by length, little enough to hold
_TRIED = 500  # vectors per collection that must find themselves: all of a small index, an even sample of a large one
_PROBES = 20


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


class Building:
    """A generation under way in `folder`; `discard` it, or `finish` it and rename the folder to what `finish` returns."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._counts = dict.fromkeys(COLLECTIONS, 0)
        self._passages = 0
        self._store = Store(folder / "store.sqlite", create=True)

    def add(self, document: Document, position: int, key: str) -> None:
        """Write a document; `position` is its place among the documents, `key` says what it was made from."""
        self._store.add(document, position, key)
        self._passages += len(document.passages)
        for name, rows in vector_texts([document]).items():
            self._counts[name] += len(rows)

    def discard(self) -> None:
        """Remove what was made."""
        self._store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def finish(
        self, keys: dict[str, str], embedding: str, load: Callable[[], Embedder], progress: Progress,
        cache: Path, shipped: Path, server: Server | None,
    ) -> str:  # fmt: skip
        """Make the indexes over what was added, check and seal them; return the fingerprint. Raises IndexDamaged."""
        store = self._store
        lexical.create(store.connection)
        lexical.fill(store.connection, self, lambda done: progress("lexical", done, self._passages))
        store.connection.commit()
        probes = self._vectors(embedding, load, progress, cache, shipped, server)
        store.close()
        with (self.folder / PROBES).open("wb") as stream:
            np.savez(stream, **probes)  # type: ignore[arg-type]
        content = {"recipe": recipe(embedding, server is not None), "documents": keys}
        fingerprint = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
        generations.seal(self.folder, content | {"fingerprint": fingerprint, "vectors": self._counts, "made": time()})
        return fingerprint

    def __iter__(self) -> Iterator[Document]:
        for name in self._store.sources():
            document = self._store.document(name)
            assert document is not None
            yield document

    def _vectors(
        self, embedding: str, load: Callable[[], Embedder], progress: Progress, cache: Path, shipped: Path, server: Server | None
    ) -> dict[str, np.ndarray]:
        """Embed and store everything; return the probes. Raises IndexDamaged when vectors cannot be found again."""
        target = Vectors(self.folder, server, create=self._counts)
        sample: dict[str, list[tuple[str, np.ndarray]]] = {name: [] for name in COLLECTIONS}
        steps = {name: max(1, count // _TRIED) for name, count in self._counts.items()}
        done = dict.fromkeys(COLLECTIONS, 0)

        def flush(name: str, rows: list[tuple[str, str, str, str]]) -> None:
            start, total = done[name], self._counts[name]
            vectors = cached(cache, embedding, [r[3] for r in rows], load, lambda n, of: progress(name, start + n, total), shipped)
            target.add(name, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], vectors)
            for at in range(-start % steps[name], len(rows), steps[name]):
                sample[name].append((rows[at][0], vectors[at].copy()))
            done[name] = start + len(rows)
            progress(name, done[name], total)

        waiting: dict[str, list[tuple[str, str, str, str]]] = {name: [] for name in COLLECTIONS}
        for document in self:
            for name, rows in vector_texts([document]).items():
                waiting[name] += rows
                while len(waiting[name]) >= _BUFFER:
                    flush(name, waiting[name][:_BUFFER])
                    del waiting[name][:_BUFFER]
        for name, rows in waiting.items():
            if rows:
                flush(name, rows)
        target.seal()
        return self._check(sample, progress, server)

    def _check(self, sample: dict[str, list[tuple[str, np.ndarray]]], progress: Progress, server: Server | None) -> dict[str, np.ndarray]:
        reader = Vectors(self.folder, server)
        probes: dict[str, np.ndarray] = {}
        try:
            for name, tried in sample.items():
                ids, vectors = [i for i, _ in tried], np.array([v for _, v in tried], np.float32)
                lost = set(reader.lost(name, ids, vectors))
                if reader.count(name) != self._counts[name] or len(lost) > MISSED * len(ids):
                    raise IndexDamaged(f"{len(lost)} vectors of {name} cannot be found again.", "Run `wijzer ingest` again.")
                kept = [at for at, i in enumerate(ids) if i not in lost]
                kept = kept[:: max(1, len(kept) // _PROBES)][:_PROBES]
                probes[f"{name}_ids"], probes[name] = np.array([ids[at] for at in kept], dtype=str), vectors[kept]
                progress("check", len(probes) // 2, len(sample))
        finally:
            reader.close()
        return probes
