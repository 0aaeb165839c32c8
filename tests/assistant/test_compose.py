from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.citations import is_verbatim
from assistant.records import Answer
from assistant.retrieval.search import load_weights
from assistant.service import Wijzer
from assistant.steps.compose import MOST_STATEMENTS, MOST_WORDS, Candidate, choose
from tests.assistant.conftest import Small

QUESTIONS = [
    "Wat ging er mis in Waterdam met de slimme lantaarnpalen?",
    "How much did the lampposts of Waterdam cost?",
    "Op welke avond liepen bewoners van de Zuiderkade met de monteurs mee?",
    "Hoe heet de windwijzer van Haakjesveen?",
    "Wat houdt ambtenaren tegen die willen innoveren?",
    "What holds civil servants back who want to innovate?",
    "Welke thema's noemen gemeenten over innovatie?",
]


@pytest.fixture(scope="module")
def answers(wijzer: Wijzer) -> list[Answer]:
    return [wijzer.answer(question) for question in QUESTIONS]


def test_most_of_these_are_answered(answers: list[Answer]) -> None:
    assert sum(a.status in {"answered", "partial"} for a in answers) >= 5
    assert [a.language for a in answers] == ["nl", "en", "nl", "nl", "nl", "en", "nl"]


def test_every_quote_is_found_letter_for_letter(wijzer: Wijzer, answers: list[Answer]) -> None:
    quoted = [c for a in answers for c in a.citations + a.nearest if c.basis == "document"]
    assert quoted
    for citation in quoted:
        stored = wijzer.tools.index.store.text(citation.source)
        assert citation.quote and stored[citation.start : citation.end] == citation.quote and citation.quote in citation.text
    assert all(is_verbatim(c, wijzer.tools.index) for a in answers for c in a.citations + a.nearest)


def test_every_statement_is_cited_and_every_citation_used(answers: list[Answer]) -> None:
    for answer in answers:
        numbers = {c.n for c in answer.citations}
        assert all(s.citations and set(s.citations) <= numbers for s in answer.statements)
        assert {n for s in answer.statements for n in s.citations} == numbers


def test_answers_are_short_and_say_nothing_twice(answers: list[Answer]) -> None:
    for answer in answers:
        texts = [s.text for s in answer.statements]
        assert len(texts) <= MOST_STATEMENTS and len(set(texts)) == len(texts)
        assert sum(len(t.split()) for t in texts) <= MOST_WORDS


def test_the_most_direct_statement_comes_first(answers: list[Answer]) -> None:
    assert any("negende maand" in s.text and s.kind == "claim" for s in answers[0].statements[:2])
    assert "82,000" in answers[1].statements[0].text


def test_a_passage_without_notes_is_quoted(wijzer: Wijzer) -> None:
    always = dict(load_weights()) | {"threshold": 0.0, "partial": 0.0}
    answer = Wijzer(wijzer.settings, wijzer.embedder, always).answer(QUESTIONS[2])
    first = answer.statements[0]
    assert first.kind == "quote" and "dinsdag" in first.text and answer.citations[first.citations[0] - 1].quote


def test_a_footnote_that_only_sends_the_reader_elsewhere_is_not_told(small: Small) -> None:
    told = "In Sluisveld telde de wethouder alle fietsen op het plein en schreef dat op in een boek."
    small.write(
        "fietsen.txt", f"1 Fietsen\n\n{told} 12 Zie voor fietsen en het plein ook het jaarverslag over parkeren, bruggen en bankjes.\n"
    )
    small.ingest()
    always = dict(load_weights()) | {"threshold": 0.0, "partial": 0.0}
    answer = Wijzer(small.settings, small.embedder, always).answer("Wie telde de fietsen op het plein in Sluisveld?")
    texts = [s.text for s in answer.statements]
    assert told in texts and not [text for text in texts if "Zie" in text]


def test_follow_ups_are_questions_other_than_the_one_asked(answers: list[Answer]) -> None:
    for question, answer in zip(QUESTIONS, answers, strict=True):
        assert len(answer.follow_ups) <= 3 and question not in answer.follow_ups
        assert all(f.endswith("?") for f in answer.follow_ups)
    assert any(a.follow_ups for a in answers)


def _candidate(text: str, score: float, *words: str) -> Candidate:
    return Candidate(text, text, None, score, "claim", frozenset(words))  # type: ignore[arg-type]


CUT = {"second": 0.5, "claim": 0.5, "quote": 0.5}


def test_choosing_leaves_out_repeats_and_what_is_far_weaker() -> None:
    best, repeat = _candidate("a", 1.0, "x", "y", "z"), _candidate("b", 0.9, "x", "y", "z", "q")
    other, weak = _candidate("c", 0.6, "p"), _candidate("d", 0.4, "r")
    assert choose([best, repeat, other, weak], CUT) == [best, other]


def test_choosing_keeps_to_the_length_but_always_says_one_thing() -> None:
    long = _candidate("woord " * (MOST_WORDS + 5), 1.0, "a")
    assert choose([long, _candidate("kort", 0.9, "b")], CUT) == [long]
    many = [_candidate("kort", 1.0, str(i)) for i in range(20)]
    assert len(choose(many, CUT)) == MOST_STATEMENTS
    assert choose([], CUT) == []


def test_what_is_beside_the_point_is_judged_by_kind_after_the_second() -> None:
    cut = {"second": 0.5, "claim": 0.8, "quote": 0.5}
    best, other, third = _candidate("a", 1.0, "x"), _candidate("b", 0.7, "y"), _candidate("c", 0.7, "z")
    assert choose([best, other, third], cut) == [best, other]
    quoted = replace(third, kind="quote")
    assert choose([best, other, quoted], cut) == [best, other, quoted]
