"""LlamaIndex as its starter has it: VectorStoreIndex.from_documents and the retriever of that index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evals.peers.harness import main


class LlamaIndex:
    """The starter's index, up to the search."""

    packages = ("llama-index-core", "llama-index-embeddings-huggingface", "sentence-transformers")
    settings = "SimpleDirectoryReader, VectorStoreIndex.from_documents (SentenceSplitter(1024 tokens, 200), in memory), as_retriever"

    def __init__(self, job: dict[str, Any]) -> None:
        self.model = HuggingFaceEmbedding(model_name=job["model"])
        self.index: Any = None

    def ingest(self, documents: Sequence[Path]) -> list[str]:
        """Split and store."""
        loaded = SimpleDirectoryReader(input_files=[str(path) for path in documents]).load_data()
        self.index = VectorStoreIndex.from_documents(loaded, embed_model=self.model)
        return [node.get_content() for node in self.index.docstore.docs.values()]

    def search(self, question: str, k: int) -> list[str]:
        """Return the nearest nodes."""
        return [found.node.get_content() for found in self.index.as_retriever(similarity_top_k=k).retrieve(question)]


if __name__ == "__main__":
    main(LlamaIndex)
