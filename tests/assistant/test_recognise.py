from __future__ import annotations

import numpy as np
import pytest

from assistant.advise.recognise import Recogniser, training_texts
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


def test_everything_said_about_a_barrier_is_learned_from() -> None:
    rows = training_texts(BARRIERS)
    assert ("Mijn agenda zit vol", "time", 1.0) in rows and ("tijdgebrek", "time", 0.5) in rows
    assert ("Niemand krijgt uren om iets te proberen", "time", 1.5) in rows
    assert ("Geld. Te weinig budget.", "finance", 1.0) in rows and len(rows) == 10


def test_a_small_recogniser_tells_two_barriers_apart() -> None:
    embedder = FakeEmbedder()
    recogniser = Recogniser(BARRIERS, embedder, embedder.queries([t for t, _, _ in training_texts(BARRIERS)]))
    assert recogniser.recognise("Er is geen budget. Dat zegt iedereen.")[0].id == "finance"
    found = recogniser.recognise("Vandaag regent het. Mijn agenda zit vol.")
    assert found[0].id == "time" and found[0].signals[0] == "Mijn agenda zit vol."
    assert {r.id for r in found} == {"time", "finance"}
    assert recogniser.scores(["een", "twee", "drie"]).shape == (3, 2)


@pytest.fixture(scope="module")
def recogniser(wijzer: Wijzer) -> Recogniser:
    wijzer.advise("Er is geen geld voor een proef met bewoners.")
    assert wijzer._adviser
    return wijzer._adviser._recogniser


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
def test_a_plain_situation_shows_its_barrier_among_the_first_two(recogniser: Recogniser, situation: str, barrier: str) -> None:
    found = recogniser.recognise(situation)
    assert barrier in [r.id for r in found[:2]]
    assert len(found) == len(recogniser.ids) and all(0 <= r.confidence <= 1 for r in found)
    assert all(signal in situation for r in found[:3] for signal in r.signals)


def test_what_is_no_situation_is_recognised_weakly(recogniser: Recogniser) -> None:
    there = recogniser.recognise("Er is geen geld voor de proef. De begroting zit dicht.")[0].confidence
    assert recogniser.recognise("xq zwrp blonk")[0].confidence < there
    assert np.isfinite(recogniser.scores(["", "."])).all()
