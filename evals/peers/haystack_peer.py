"""Haystack as its tutorials on indexing and hybrid retrieval have it: DocumentSplitter, an in-memory store, its retrievers.

`variant` dense: embeddings alone; hybrid: BM25 beside them, joined by reciprocal rank. The tutorial's ranker, which is another
model, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from haystack import Pipeline
from haystack.components.converters import TextFileToDocument
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evals.peers.harness import main


class Haystack:
    """The tutorials' two pipelines, up to the search."""

    packages = ("haystack-ai", "sentence-transformers-haystack", "sentence-transformers")

    def __init__(self, job: dict[str, Any]) -> None:
        self.hybrid = job["variant"] == "hybrid"
        retrievers = "BM25 and embedding retriever, DocumentJoiner(reciprocal_rank_fusion)" if self.hybrid else "embedding retriever"
        self.settings = f"DocumentSplitter() of 200 words, InMemoryDocumentStore, {retrievers}"
        self.store = InMemoryDocumentStore()
        self.documents = SentenceTransformersDocumentEmbedder(model=job["model"], progress_bar=False)
        self.text = SentenceTransformersTextEmbedder(model=job["model"], progress_bar=False)
        self.documents.warm_up()
        self.text.warm_up()
        self.query: Any = None

    def ingest(self, documents: Sequence[Path]) -> list[str]:
        """Split and store, and make the pipeline that asks."""
        indexing = Pipeline()
        indexing.add_component("read", TextFileToDocument())
        indexing.add_component("split", DocumentSplitter())
        indexing.add_component("embed", self.documents)
        indexing.add_component("write", DocumentWriter(self.store))
        for one, other in (("read", "split"), ("split", "embed"), ("embed", "write")):
            indexing.connect(one, other)
        indexing.run({"read": {"sources": list(documents)}})
        self.query = Pipeline()
        self.query.add_component("embed", self.text)
        self.query.add_component("dense", InMemoryEmbeddingRetriever(self.store))
        self.query.connect("embed.embedding", "dense.query_embedding")
        if self.hybrid:
            self.query.add_component("bm25", InMemoryBM25Retriever(self.store))
            self.query.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
            self.query.connect("dense", "join")
            self.query.connect("bm25", "join")
        return [document.content or "" for document in self.store.filter_documents()]

    def search(self, question: str, k: int) -> list[str]:
        """Return what the pipeline finds."""
        asked: dict[str, Any] = {"embed": {"text": question}, "dense": {"top_k": k}}
        if self.hybrid:
            asked |= {"bm25": {"query": question, "top_k": k}, "join": {"top_k": k}}
        found = self.query.run(asked)["join" if self.hybrid else "dense"]["documents"]
        return [document.content or "" for document in found]


if __name__ == "__main__":
    main(Haystack)
