from __future__ import annotations

import numpy as np
import pytest

from assistant.advise.classify import Classifier
from assistant.advise.knowledge import Knowledge
from assistant.advise.recognise import Recognised, Recogniser, barrier_examples, told
from assistant.service import Wijzer
from tests.fakes import FakeEmbedder

BARRIERS = {
    "time": {
        "name": {"nl": "Tijd", "en": "Time"}, "explanation": {"nl": "Te weinig uren.", "en": "Too few hours."},
        "signals": {"nl": ["Mijn agenda zit vol"], "en": ["My calendar is full"]}, "also": {"nl": ["tijdgebrek"]},
        "examples": {"nl": ["Niemand krijgt uren om iets te proberen"]},
    },
    "finance": {
        "name": {"nl": "Geld", "en": "Money"}, "explanation": {"nl": "Te weinig budget.", "en": "Too little budget."},
        "signals": {"nl": ["Er is geen budget voor een proef"], "en": ["There is no budget"]},
    },
}  # fmt: skip


TOLD = {"text": "Er is geld noch tijd voor", "barriers": ["finance", "time"], "strategies": []}
KNOWLEDGE = Knowledge(BARRIERS, {}, {}, {}, situations=[TOLD])  # type: ignore[arg-type]


def test_everything_said_about_a_barrier_is_learned_from() -> None:
    rows = barrier_examples(KNOWLEDGE)
    assert ("Mijn agenda zit vol", {"time": 1.0}, 1.0) in rows and ("tijdgebrek", {"time": 1.0}, 0.5) in rows
    assert ("Niemand krijgt uren om iets te proberen", {"time": 1.0}, 1.5) in rows
    assert ("Geld. Te weinig budget.", {"finance": 1.0}, 1.0) in rows and len(rows) == 11
    assert list(rows[-1].labels) == ["finance", "time"] and rows[-1].labels["finance"] > rows[-1].labels["time"]


def test_a_small_recogniser_tells_two_barriers_apart() -> None:
    embedder = FakeEmbedder()
    examples = barrier_examples(KNOWLEDGE)
    recogniser = Recogniser(Classifier.fit(examples, embedder.queries([e.text for e in examples])))
    assert recogniser.recognise(told("Er is geen budget. Dat zegt iedereen.", embedder))[0].id == "finance"
    found = recogniser.recognise(told("Vandaag regent het. Mijn agenda zit vol.", embedder))
    assert found[0].id == "time" and found[0].signals[0] == "Mijn agenda zit vol."
    assert {r.id for r in found} == {"time", "finance"}
    assert recogniser.scores(told("Een. Twee. Drie.", embedder)).shape == (6, 2)


@pytest.fixture(scope="module")
def recogniser(wijzer: Wijzer) -> Recogniser:
    wijzer.advise("Er is geen geld voor een proef met bewoners.")
    assert wijzer._adviser
    return wijzer._adviser._recogniser


def _recognised(recogniser: Recogniser, wijzer: Wijzer, situation: str) -> list[Recognised]:
    return recogniser.recognise(told(situation, wijzer.embedder))


@pytest.mark.parametrize(
    ("situation", "barrier"),
    [
        ("Niemand durft een proef te beginnen. Iedereen is bang dat het misgaat en dat hij de schuld krijgt.", "risk-aversion"),
        ("Nobody dares to start a pilot. Everyone fears that it fails and that they get the blame.", "risk-aversion"),
        ("Er is geen geld voor de proef. De begroting zit dicht en subsidie krijgen we niet.", "finance"),
        ("De functionaris gegevensbescherming houdt de proef tegen vanwege de privacy van bewoners.", "privacy-ethics"),
        ("De aanbesteding duurt een jaar en kleine bedrijven kunnen niet inschrijven.", "procurement"),
        ("We have no time for new things. My calendar is full and the daily work comes first.", "time"),
    ],
)
def test_a_plain_situation_shows_its_barrier_among_the_first_two(
    recogniser: Recogniser, wijzer: Wijzer, situation: str, barrier: str
) -> None:
    found = _recognised(recogniser, wijzer, situation)
    assert barrier in [r.id for r in found[:2]]
    assert len(found) == len(recogniser.ids) and all(0 <= r.confidence <= 1 for r in found)
    assert all(signal in situation for r in found[:3] for signal in r.signals)


def test_what_is_no_situation_is_recognised_weakly(recogniser: Recogniser, wijzer: Wijzer) -> None:
    there = _recognised(recogniser, wijzer, "Er is geen geld voor de proef. De begroting zit dicht.")[0].confidence
    assert _recognised(recogniser, wijzer, "xq zwrp blonk")[0].confidence < there
    assert all(np.isfinite(recogniser.scores(told(text, wijzer.embedder))).all() for text in ("", "."))
