"""Find passages: two lexical and three dense legs, fused by a weighted sum of scores that are comparable within a leg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.records import Hit, Query
from assistant.retrieval.kin import Kin
from ingest.analysis import terms
from ingest.embed import CrossEncoderReranker, Embedder
from ingest.errors import IndexUnavailable
from ingest.index import Index

WEIGHTS = Path(__file__).with_name("weights.yaml")


@cache
def load_weights(file: Path = WEIGHTS) -> Mapping[str, Any]:
    """Return the numbers in `weights.yaml`."""
    weights: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return weights


@dataclass(frozen=True)
class Found:
    """Hits best first, the ones that did not make it, the question's vector, and scores per note and per claim.

    `direct`: the hits by what the question itself finds, without the kin of the first one; how sure we are is judged by
    these, and quote mode makes its statements from them.
    `by_words`: the server with the vectors did not answer, so only the lexical legs were searched.
    """

    hits: list[Hit]
    rejected: list[Hit]
    direct: list[Hit]
    vector: np.ndarray
    notes: dict[str, float]
    claims: dict[str, float]
    by_words: bool = False


class Searcher:
    """Search one index with one embedder."""

    def __init__(
        self, index: Index, embedder: Embedder, weights: Mapping[str, Any] | None = None, reranker: CrossEncoderReranker | None = None
    ) -> None:
        self.index = index
        self.embedder = embedder
        self.reranker = reranker
        self.weights = weights or load_weights()
        self._owner = dict(index.store.rows("SELECT id, passage FROM notes WHERE passage IS NOT NULL"))
        self._noted = frozenset(self._owner.values())

    @cached_property
    def _kin(self) -> Kin:
        return Kin(self.index.vectors, self._owner)

    def search(self, query: Query, k: int = 10) -> Found:
        """Return the k best passages and as many rejected ones."""
        readings = [query] if query.beside is None else [query, query.beside]
        vectors = self.vectors(readings)
        by_words = False
        try:
            searched = [self.legs(q, v) for q, v in zip(readings, vectors, strict=True)]
        except IndexUnavailable:
            by_words = True
            searched = [self.legs(q, v, dense=False) for q, v in zip(readings, vectors, strict=True)]
        legs, notes, claims = searched[0]
        fused = self.fuse(legs, query)
        if query.beside is not None:
            other = (self.fuse(searched[1][0], query.beside), *searched[1][1:])
            fused, notes, claims = (self._averaged(*pair) for pair in zip((fused, notes, claims), other, strict=True))
        if self.reranker is not None:
            fused = self._reranked(self.reranker, query, fused, _best(fused), legs)
        direct = _best(fused)[:k]
        shown = fused
        if fused and not by_words:
            with suppress(IndexUnavailable):  # the search has what it needs; only the order would be better
                shown = self._with_kin(fused, legs)
        hits = [hit for hit in (self._hit(name, shown[name], legs, notes) for name in _best(shown)[: 2 * k]) if hit]
        asked = [hit for hit in (self._hit(name, fused[name], legs, notes) for name in direct) if hit]
        return Found(hits[:k], hits[k:], asked, vectors[0], notes, claims, by_words)

    def vectors(self, queries: Sequence[Query]) -> np.ndarray:
        """Embed questions, shape (n, d). With the embedded encoder, each is mixed with its gloss in the other language.

        That encoder reads English only: its own part of an English question stays as it is.
        """
        texts, width = [q.text for q in queries], self.embedder.base_dimension
        if self.embedder.dimension == width or not any(q.gloss for q in queries):
            return self.embedder.queries(texts)
        both = self.embedder.queries([*texts, *(q.gloss or q.text for q in queries)])
        mixed, glosses = both[: len(texts)], both[len(texts) :]
        for row, query in enumerate(queries):
            start = width if query.language == "en" else 0
            mixed[row, start:] += float(self.weights["gloss"]) * glosses[row, start:]
        unit: np.ndarray = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit

    def legs(
        self, query: Query, vector: np.ndarray, dense: bool = True
    ) -> tuple[dict[str, dict[str, float]], dict[str, float], dict[str, float]]:
        """Return (scores per leg and passage, fused scores per note, stretched cosine per claim); without `dense`, of words only.

        Lexical scores are divided by the best of their leg; cosines are stretched so that `floor` is 0 and 1 stays 1.
        """
        depth, floor = int(self.weights["depth"]), float(self.weights["floor"])
        fields = self.weights["fields"]
        legs: dict[str, dict[str, float]] = {}
        note_scores: dict[str, float] = {}
        claims: dict[str, float] = {}

        def lexical(table: str) -> dict[str, float]:
            total: dict[str, float] = {}
            for language, wanted in query.terms.items():
                share = 1.0 if language == query.language else float(self.weights["other_language"])
                for name, score in self.index.lexical.search(table, language, wanted, fields[table], depth) if wanted else ():
                    total[name] = total.get(name, 0.0) + share * score
            top = max(total.values(), default=1.0) or 1.0
            return {name: score / top for name, score in total.items()}

        def nearest(collection: str) -> dict[str, float]:
            best: dict[str, float] = {}
            for name, owner, cosine in self.index.vectors.nearest(collection, vector, depth):
                score = (cosine - floor) / (1 - floor)
                best[owner] = max(best.get(owner, 0.0), score)
                if collection == "claims":
                    claims[name] = score
            return {name: score for name, score in best.items() if score > 0}

        def by_passage(scores: dict[str, float], weight: float) -> dict[str, float]:
            best: dict[str, float] = {}
            for note, score in scores.items():
                passage = self._owner.get(note)
                if passage:
                    note_scores[note] = note_scores.get(note, 0.0) + weight * score
                    best[passage] = max(best.get(passage, 0.0), score)
            return best

        weights = self.weights["note_legs"]
        legs["lexical_passages"] = lexical("passages")
        legs["lexical_notes"] = by_passage(lexical("notes"), weights["lexical_notes"])
        if not dense:
            return legs, note_scores, claims
        legs["dense_passages"] = nearest("passages")
        for leg, collection in (("dense_claims", "claims"), ("dense_questions", "questions")):
            legs[leg] = by_passage(nearest(collection), weights[leg])
        return legs, note_scores, claims

    def fuse(self, legs: Mapping[str, Mapping[str, float]], query: Query | None = None) -> dict[str, float]:
        """Return one score per passage, between 0 and 1: the weighted mean over the legs.

        A passage without notes (a user's own document) cannot be found by most legs; it is judged by its text: the
        dense leg over text, and how much of the question stands in it (`bare`). Passages of a document that the question
        names come before others as good.
        """
        weights, bare = self.weights["legs"], self.weights["bare"]
        total = sum(weights.values())
        fused: dict[str, float] = {}
        for leg, scores in legs.items():
            for passage, score in scores.items():
                if passage in self._noted:
                    fused[passage] = fused.get(passage, 0.0) + weights[leg] * score / total
                elif passage not in fused:
                    dense = legs.get("dense_passages", {}).get(passage, 0.0)
                    fused[passage] = bare["dense"] * dense + bare["cover"] * (self.cover(query, passage) if query else 0.0)
        if query and query.sources:
            named = dict(query.sources)
            for passage in fused:
                fused[passage] += self.weights["named"] * named.get(passage.split(":", 1)[0], 0.0)
        return fused

    def _with_kin(self, fused: dict[str, float], legs: dict[str, dict[str, float]]) -> dict[str, float]:
        """Return the scores with a share for how near a passage is to the first one, whose own score stays; a leg more, for the trace.

        Passages without notes (a user's own document) count as near as the others found are on average.
        """
        share, floor = float(self.weights["kin"]), float(self.weights["floor"])
        first = _best(fused)[0]
        cosines = self._kin.of(first)
        if not cosines:
            return fused
        near = {name: (cosine - floor) / (1 - floor) for name, cosine in cosines.items() if cosine > floor}
        others = [near.get(name, 0.0) for name in fused if name in cosines]
        usual = float(np.mean(others)) if others else 0.0
        near |= {first: 1.0}
        legs["kin"] = near
        return {
            name: (fused.get(name, 0.0) + share * near.get(name, 0.0 if name in cosines else usual) * fused[first]) / (1 + share)
            for name in {**fused, **near}
        }

    def _averaged(self, first: Mapping[str, float], beside: Mapping[str, float]) -> dict[str, float]:
        """Return the scores of a follow-up averaged with those of its other reading."""
        share = float(self.weights["beside"])
        return {name: (first.get(name, 0.0) + share * beside.get(name, 0.0)) / (1 + share) for name in first.keys() | beside.keys()}

    def _reranked(
        self, reranker: CrossEncoderReranker, query: Query, fused: dict[str, float], ranked: list[str], legs: dict[str, dict[str, float]]
    ) -> dict[str, float]:
        """Return the fused scores with those of the reranker mixed in for the best; its scores become a leg, for the trace."""
        depth, weight = int(self.weights["rerank"]["depth"]), float(self.weights["rerank"]["weight"])
        names = ranked[:depth]
        texts = []
        for name in names:
            passage = self.index.store.passage(name)
            claims = [c.in_language(query.language) for n in self.index.store.notes_of(name) for c in n.claims]
            texts.append(" ".join([*claims, passage.text if passage else ""]))
        scores: Sequence[float] = list(reranker.scores(query.text, texts)) if names else []
        legs["rerank"] = {name: float(score) for name, score in zip(names, scores, strict=True)}
        return {name: (1 - weight) * score + weight * legs["rerank"].get(name, 0.0) for name, score in fused.items()}

    def cover(self, query: Query, name: str) -> float:
        """Return the share of a question's weight (rare words weigh more) that stands in a passage or its headings, 0-1."""
        passage = self.index.store.passage(name)
        if passage is None:
            return 0.0
        language, lexical = query.language, self.index.lexical
        source = self.index.store.source(passage.source)
        text = " ".join([passage.text, *passage.path, source.title if source else ""])
        there = set(terms(text, language, keep_stopwords=False))
        weights = {t: lexical.rarity(t, language) for t, w in query.terms.get(language, ()) if w == 1.0}
        total = sum(weights.values())
        return sum(w for t, w in weights.items() if t in there) / total if total else 0.0

    def _hit(self, name: str, score: float, legs: Mapping[str, Mapping[str, float]], notes: Mapping[str, float]) -> Hit | None:
        passage = self.index.store.passage(name)
        if passage is None:
            return None
        own = sorted(((n.id, notes.get(n.id, 0.0)) for n in self.index.store.notes_of(name)), key=lambda item: -item[1])
        return Hit(
            passage=name, source=passage.source, section=passage.title, page=passage.page, text=passage.text, score=round(score, 4),
            scores={leg: round(scores[name], 4) for leg, scores in legs.items() if name in scores}, notes=tuple(own),
        )  # fmt: skip


def _best(scores: Mapping[str, float]) -> list[str]:
    """Return the names, best first; equal ones in the order of their names."""
    return sorted(scores, key=lambda name: (-scores[name], name))
