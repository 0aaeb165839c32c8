from __future__ import annotations

import pytest

from assistant.messages import message
from assistant.records import Turn
from assistant.retrieval.confidence import Verdict, assess
from assistant.retrieval.features import FEATURES, features
from assistant.service import Wijzer


def _verdict(wijzer: Wijzer, question: str) -> Verdict:
    tools = wijzer.tools
    query = tools.understanding.query(question)
    return assess(query, tools.searcher.search(query, 12), tools)


@pytest.mark.parametrize(
    "question",
    [
        "Wat ging er mis in Waterdam met de slimme lantaarnpalen?",
        "What went wrong in Waterdam with the smart lampposts?",
        "Hoeveel kostte de proeftuin in Waterdam?",
        "Hoe heet de windwijzer van Haakjesveen?",
    ],
)
def test_what_is_there_is_answered(wijzer: Wijzer, question: str) -> None:
    verdict = _verdict(wijzer, question)
    assert verdict.status in {"answered", "partial"} and not verdict.missing


@pytest.mark.parametrize(
    "question",
    [
        "Hoe bak ik een appeltaart met kaneel?",
        "What is the capital of Mongolia?",
        "Wie won de wedstrijd gisteren?",
        "How do I repair a flat bicycle tyre?",
        "Wat is de wortel uit 144?",
    ],
)
def test_what_is_not_there_gets_a_no(wijzer: Wijzer, question: str) -> None:
    verdict = _verdict(wijzer, question)
    assert verdict.status in {"not_in_sources", "out_of_scope"} and verdict.confidence < 0.5


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Wat deed de gemeente Groenmeerveen met de lantaarnpalen?", "Groenmeerveen"),
        ("What did the municipality of Groenmeerveen do with the lampposts?", "Groenmeerveen"),
        ("Wat zei wethouder Xavrinski over de proeftuin?", "Xavrinski"),
    ],
)
def test_a_name_that_stands_nowhere_is_named(wijzer: Wijzer, question: str, name: str) -> None:
    assert _verdict(wijzer, question).missing == name
    answer = wijzer.answer(question)
    assert answer.status == "not_in_sources" and answer.message == message("missing_name", answer.language, name=name)
    assert answer.nearest and not answer.statements


@pytest.mark.parametrize(
    "question", ["Wat deed Noor Abspoel in Waterdam?", "Hoe ging het in Zuiderkade?", "What do Dutch municipalities do?"]
)
def test_a_name_that_is_there_is_not_missing(wijzer: Wijzer, question: str) -> None:
    assert not _verdict(wijzer, question).missing


def test_a_figure_that_no_claim_gives_makes_it_less_sure(wijzer: Wijzer) -> None:
    tools = wijzer.tools
    values = {}
    for question in ("Waarom liep de proeftuin van Waterdam vast?", "Hoeveel procent van de proeftuin in Waterdam liep vast?"):
        query = tools.understanding.query(question)
        values[question] = features(query, tools.searcher.search(query, 12), tools)
    plain, share = values.values()
    assert set(plain) == set(FEATURES)
    assert plain["form"] == 1.0 and share["form"] < 0.7


@pytest.mark.parametrize(
    "question", ["Wat is het budget van het meldpunt van Waterdam?", "What is the budget of the Waterdam report desk?"]
)
def test_a_question_for_a_budget_asks_for_a_figure(wijzer: Wijzer, question: str) -> None:
    query = wijzer.tools.understanding.query(question)
    assert features(query, wijzer.tools.searcher.search(query, 12), wijzer.tools)["form"] < 1.0


def test_words_that_nobody_knows_are_counted(wijzer: Wijzer) -> None:
    tools = wijzer.tools
    query = tools.understanding.query("kwantumxylofonie zwubbelpraktijk")
    values = features(query, tools.searcher.search(query, 12), tools)
    assert values["unknown"] == 1.0 and values["absent"] == 1.0


def test_a_name_of_a_barrier_is_a_topic_of_these_documents(wijzer: Wijzer) -> None:
    assert _verdict(wijzer, "Wat kun je doen tegen risicomijding?").status in {"answered", "partial"}


def test_a_name_that_stands_elsewhere_is_not_answered_with_another(wijzer) -> None:  # type: ignore[no-untyped-def]
    from assistant.retrieval.confidence import name_elsewhere

    tools = wijzer.tools
    query = tools.understanding.query("Wat ging er mis in Waterdam met de slimme lantaarnpalen?")
    found = tools.searcher.search(query, 6)
    assert name_elsewhere(query, found, tools) == ""
    moved = query.model_copy(update={"asked": "Wat ging er mis in Groningen met de slimme lantaarnpalen?"})
    assert name_elsewhere(moved, found, tools) == "Groningen"


def test_who_asks_on_about_an_answer_is_answered(wijzer: Wijzer) -> None:
    before = Turn(question="Wat ging er mis in Waterdam met de slimme lantaarnpalen?", answer="Er ging iets mis.")
    tools = wijzer.tools

    def status(asked: str, **more: object) -> str:
        query = tools.understanding.query(asked, [before]).model_copy(update=more)
        return assess(query, tools.searcher.search(query, 12), tools).status

    weak = "Hoe verhelp je dat?"
    assert status(weak, unknown=(), leans=False) != "answered" and status(weak, unknown=(), leans=True) == "answered"
    assert status(weak, unknown=("verhelp",), leans=True) != "answered"
    assert status("Wie zei dat?") == "answered"
    assert status("En in Groenmeerveen?") == "not_in_sources"  # a name that stands nowhere
    assert status("En hoe bak ik een appeltaart?") in {"not_in_sources", "out_of_scope"}
