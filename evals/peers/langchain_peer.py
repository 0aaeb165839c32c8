"""LangChain as its tutorial on semantic search has it: RecursiveCharacterTextSplitter, Chroma, similarity_search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.peers.harness import main


class LangChain:
    """The tutorial's chain, up to the search."""

    packages = (
        "langchain-core",
        "langchain-chroma",
        "langchain-huggingface",
        "langchain-text-splitters",
        "chromadb",
        "sentence-transformers",
    )
    settings = "RecursiveCharacterTextSplitter(1000, 200, add_start_index), Chroma in memory, similarity_search"

    def __init__(self, job: dict[str, Any]) -> None:
        self.store = Chroma(embedding_function=HuggingFaceEmbeddings(model_name=job["model"]))

    def ingest(self, documents: Sequence[Path]) -> list[str]:
        """Split and store."""
        loaded = [Document(page_content=path.read_text("utf-8"), metadata={"source": path.stem}) for path in documents]
        chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True).split_documents(loaded)
        self.store.add_documents(chunks)
        return [chunk.page_content for chunk in chunks]

    def search(self, question: str, k: int) -> list[str]:
        """Return the nearest chunks."""
        return [found.page_content for found in self.store.similarity_search(question, k=k)]


if __name__ == "__main__":
    main(LangChain)
