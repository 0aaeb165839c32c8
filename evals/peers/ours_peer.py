"""The product itself, measured as the others are: an index of its own in a temporary folder, and the search behind every answer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.service import Wijzer
from assistant.settings import load_settings
from evals.peers.harness import main
from ingest.embed import SentenceTransformerEmbedder
from ingest.sync import sync

# What is not copied from corpus/: our notes with the vectors made of them; the adapter was trained on the notes.
LEFT_OUT = {"notes": (), "no-notes": ("notes.yaml", "vectors.npz"), "bare": ("notes.yaml", "vectors.npz", "adapter.npz")}


class Ours:
    """Ingest and search as the product does; `variant` says what is left out."""

    packages = ("innovatiewijzer", "chromadb", "sentence-transformers")

    def __init__(self, job: dict[str, Any]) -> None:
        self.kept = tempfile.TemporaryDirectory(prefix="wijzer-peers-")  # goes with the process, documents and all
        self.folder = Path(self.kept.name)
        settings = load_settings()
        ignored = shutil.ignore_patterns("documents", *LEFT_OUT[job["variant"]])
        corpus = Path(shutil.copytree(settings.corpus, self.folder / "corpus", ignore=ignored))
        self.settings_used = settings.model_copy(
            update={"corpus": corpus, "documents": self.folder / "documents", "data": self.folder / "data"}
        )
        left_out = ", ".join(name for name in LEFT_OUT[job["variant"]] if name.endswith((".yaml", "adapter.npz"))) or "nothing"
        self.settings = f"wijzer ingest and its search, embedded default; left out: {left_out}"
        self.embedder = SentenceTransformerEmbedder(self.settings_used.embedding_model, self.settings_used.used_adapter)
        self.wijzer = Wijzer(self.settings_used, self.embedder)

    def ingest(self, documents: Sequence[Path]) -> list[str]:
        """Make the index, with its checks, and return the passages."""
        (self.folder / "documents").mkdir()
        for path in documents:
            shutil.copyfile(path, self.folder / "documents" / path.name)
        used = self.settings_used
        sync(used.corpus, used.document_folders, used.data, self.embedder.fingerprint, lambda: self.embedder)
        store = self.wijzer.tools.index.store
        return [passage.text for source in store.sources() for passage in store.passages_of(source)]

    def search(self, question: str, k: int) -> list[str]:
        """Return the passages found for a question, before anything is answered or refused."""
        return [hit.text for hit in self.wijzer.hits(question, k=k)]


if __name__ == "__main__":
    main(Ours)
