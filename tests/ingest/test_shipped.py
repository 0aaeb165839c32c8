"""Vectors shipped with the project: near what the encoder makes, and never used for another model or text."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ingest.cache import cached
from ingest.shipped import Shipped, open_shipped, pack
from tests.fakes import FakeEmbedder

TEXTS = ["wie beslist hier", "who decides here", "geld is op"]


def made(tmp_path: Path, model: str = "fake-1") -> Path:
    file = tmp_path / "vectors.npz"
    pack(file, model, [*TEXTS, TEXTS[0]], FakeEmbedder().base([*TEXTS, TEXTS[0]]))
    return file


def test_a_vector_comes_back_nearly_the_same(tmp_path: Path) -> None:
    shipped = Shipped(made(tmp_path))
    for text, vector in zip(TEXTS, FakeEmbedder().base(TEXTS), strict=True):
        found = shipped.find(text)
        assert found is not None
        assert found @ vector > 0.999
    assert shipped.find("iets anders") is None


def test_another_model_does_not_get_them(tmp_path: Path) -> None:
    file = made(tmp_path, "other")
    assert open_shipped(file, "fake-1") is None
    assert open_shipped(tmp_path / "absent.npz", "fake-1") is None


def test_only_what_is_not_shipped_is_embedded(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    vectors = cached(tmp_path / "cache.sqlite", "fake-1", [*TEXTS, "nieuw"], lambda: embedder, lambda d, t: None, made(tmp_path))
    assert embedder.embedded == ["nieuw"]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
