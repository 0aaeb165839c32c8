"""Put an Adviser together: read the frameworks, embed what has to be compared (once; vectors are kept in the cache)."""

from __future__ import annotations

from assistant.advise.advise import Adviser
from assistant.advise.knowledge import load_knowledge
from assistant.advise.recognise import Recogniser, training_texts
from assistant.settings import Settings
from ingest.cache import cached
from ingest.embed import Embedder
from ingest.index import Folders, Index


def build_adviser(settings: Settings, index: Index, embedder: Embedder) -> Adviser:
    """Return the Adviser for an index."""
    knowledge = load_knowledge(settings.corpus / "frameworks")
    file = Folders(settings.data).cache

    def embed(texts: list[str]):  # type: ignore[no-untyped-def]
        return cached(file, embedder.fingerprint, texts, lambda: embedder, lambda done, total: None)

    recogniser = Recogniser(knowledge.barriers, embedder, embed([t for t, _, _ in training_texts(knowledge.barriers)]))
    relations = [r for rows in knowledge.relations.values() for r in rows]
    texts = [f"{knowledge.strategies[r['strategy']]['explanation']['nl']} {r['what']['nl']} {r['why']['nl']}" for r in relations]
    cases = {id(r): v for r, v in zip(relations, embed(texts), strict=True)} if relations else {}
    return Adviser(index, embedder, knowledge, recogniser, cases)
