from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.advise.build import build_adviser, warm
from assistant.advise.classify import Classifier, Example
from assistant.service import Wijzer
from tests.fakes import FakeEmbedder

EXAMPLES = [
    Example("er is geen geld", {"finance": 1.0}),
    Example("no budget left", {"finance": 1.0}),
    Example("mijn agenda zit vol", {"time": 1.0}, 0.5),
]


def _vectors(texts: list[str]) -> np.ndarray:
    return FakeEmbedder().queries(texts)


@pytest.fixture
def learned() -> Classifier:
    return Classifier.fit(EXAMPLES, _vectors([e.text for e in EXAMPLES]))


def test_the_class_of_an_example_scores_best_on_it(learned: Classifier) -> None:
    texts = [e.text for e in EXAMPLES]
    scores = learned.scores(texts, _vectors(texts))
    assert learned.labels == ["finance", "time"] and scores.argmax(axis=1).tolist() == [0, 0, 1]


def test_what_was_learned_is_the_same_from_its_file(learned: Classifier, tmp_path: Path) -> None:
    learned.save(tmp_path / "c.npz", "these examples")
    again = Classifier.load(tmp_path / "c.npz", "these examples")
    assert again and again.labels == learned.labels
    texts = ["geen geld meer", "onbekend", ""]
    assert np.allclose(again.scores(texts, _vectors(texts)), learned.scores(texts, _vectors(texts)), atol=1e-6)


def test_a_file_that_learned_from_something_else_or_is_damaged_is_not_used(learned: Classifier, tmp_path: Path) -> None:
    file = tmp_path / "c.npz"
    assert Classifier.load(file, "these examples") is None
    learned.save(file, "these examples")
    assert Classifier.load(file, "other examples") is None
    file.write_bytes(file.read_bytes()[:-200])
    assert Classifier.load(file, "these examples") is None


def test_no_examples_give_no_classes(tmp_path: Path) -> None:
    nothing = Classifier.fit([], np.zeros((0, 0)))
    nothing.save(tmp_path / "c.npz", "no examples")
    for made in (nothing, Classifier.load(tmp_path / "c.npz", "no examples")):
        assert made and made.scores(["iets", "anders"], np.zeros((2, 3))).shape == (2, 0)


def test_the_adviser_learns_once(wijzer: Wijzer, monkeypatch: pytest.MonkeyPatch) -> None:
    warm(wijzer.settings, wijzer.embedder)
    monkeypatch.setattr(Classifier, "fit", lambda *given: pytest.fail("learned anew"))
    situation = "Er is geen geld voor de proef. De begroting zit dicht en subsidie krijgen we niet."
    assert build_adviser(wijzer.settings, wijzer.tools.index, wijzer.embedder).advise(situation).barriers[0].id == "finance"
