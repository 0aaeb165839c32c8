"""Put an Adviser together: read the frameworks, embed what has to be compared (once; vectors are kept in the cache)."""

from __future__ import annotations

import numpy as np

from assistant.advise.advise import Adviser
from assistant.advise.knowledge import Knowledge, load_knowledge
from assistant.advise.recognise import Recogniser, training_texts
from assistant.settings import Settings
from ingest.cache import cached
from ingest.embed import Embedder
from ingest.index import Folders, Index


def build_adviser(settings: Settings, index: Index, embedder: Embedder) -> Adviser:
    """Return the Adviser for an index."""
    knowledge = load_knowledge(settings.corpus / "frameworks")
    recogniser = Recogniser(knowledge.barriers, embedder, _embed(settings, embedder, [t for t, _, _ in training_texts(knowledge.barriers)]))
    relations = [r for rows in knowledge.relations.values() for r in rows]
    vectors = _embed(settings, embedder, _relation_texts(knowledge))
    return Adviser(index, embedder, knowledge, recogniser, {id(r): v for r, v in zip(relations, vectors, strict=True)})


def warm(settings: Settings, embedder: Embedder) -> None:
    """Embed what an Adviser compares with, so that the first advice does not have to."""
    knowledge = load_knowledge(settings.corpus / "frameworks")
    _embed(settings, embedder, own_texts(knowledge))


def own_texts(knowledge: Knowledge) -> list[str]:
    """Return every text that an Adviser compares with."""
    return [t for t, _, _ in training_texts(knowledge.barriers)] + _relation_texts(knowledge)


def _relation_texts(knowledge: Knowledge) -> list[str]:
    rows = [r for own in knowledge.relations.values() for r in own]
    return [f"{knowledge.strategies[r['strategy']]['explanation']['nl']} {r['what']['nl']} {r['why']['nl']}" for r in rows]


def _embed(settings: Settings, embedder: Embedder, texts: list[str]) -> np.ndarray:
    file = Folders(settings.data).cache
    return cached(file, embedder.fingerprint, texts, lambda: embedder, lambda done, total: None, settings.corpus / "vectors.npz")
