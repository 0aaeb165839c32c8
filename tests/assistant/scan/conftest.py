"""A framework of our own with a document that is there: a scan needs no code for another element."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.advise.knowledge import Knowledge
from assistant.scan.scan import Scanner
from assistant.service import Wijzer


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": f"{text} (en)"}


def indicator(name: str, at: str, **more: Any) -> dict[str, Any]:
    place = {"source": "proeftuin-waterdam-2020", "section": "2", "at": at}
    texts = {key: both(f"{key} {name}") for key in ("name", "statement", "why", "helps")}
    return {"id": name, **texts, "passages": [place], "helpsPassages": [place], **more}


@pytest.fixture
def knowledge() -> Knowledge:
    elements = {
        "eerst": [
            indicator("a", "strandde de proeftuin bijna", relations=[{"barrier": "inkoop", "strategy": "bellen"}]),
            indicator("b", "x"),
        ],
        "tweede": [indicator("c", "wilde de meetgegevens niet delen"), indicator("d", "x"), indicator("e", "x")],
    }
    entries = [{"id": e, "name": both(e), "explanation": both(e), "passages": [], "indicators": rows} for e, rows in elements.items()]
    scale = [{"value": n, "label": both(str(n))} for n in range(1, 6)]
    capacity = {
        "name": both("proef"),
        "explanation": both("uitleg"),
        "scale": scale,
        "limits": both("grens"),
        "passages": [],
        "entries": entries,
    }
    position = {"id": "begin", "name": both("begin"), "explanation": both("uitleg"), "advice": both("advies"), "passages": []}
    place = {"source": "proeftuin-waterdam-2020", "section": "3.1", "at": "liepen bewoners van de Zuiderkade"}
    strategy = {"id": "bellen", "name": both("bellen"), "advice": both("bel"), "firstStep": both("nu"), "passages": [place]}
    relation = {
        "barrier": "inkoop",
        "strategy": "bellen",
        "fit": 3,
        "basis": "practice",
        "source": "proeftuin-waterdam-2020",
        "where": both("daar"),
        "what": both("dat"),
        "why": both("waarom"),
        "limits": both("grens"),
        "passages": [place],
    }
    others = {"capacity": capacity, "starting-positions": {"entries": [position]}}
    return Knowledge({"inkoop": {"id": "inkoop"}}, {"bellen": strategy}, {"inkoop": [relation]}, others)


@pytest.fixture
def scanner(wijzer: Wijzer, knowledge: Knowledge) -> Scanner:
    return Scanner(wijzer.tools.index, knowledge)
