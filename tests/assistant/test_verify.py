from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.citations import Citer
from assistant.records import Answer, Citation, Statement
from assistant.service import Wijzer
from assistant.state import State
from assistant.steps.verify import verify


@pytest.fixture
def cited(wijzer: Wijzer) -> Citation:
    index = wijzer.tools.index
    return Citer(index, "nl").cite(index.store.passages_of("proeftuin-waterdam-2020")[0], "Waterdam")


def _verify(wijzer: Wijzer, statements: list[Statement], citations: list[Citation]) -> Any:
    answer = Answer(status="answered", language="nl", statements=tuple(statements), citations=tuple(citations))
    return verify(replace(State("vraag"), answer=answer), wijzer.tools)


def _said(*citations: int) -> Statement:
    return Statement(text="Waterdam begon.", citations=citations)


def test_what_is_cited_rightly_stays(wijzer: Wijzer, cited: Citation) -> None:
    state = _verify(wijzer, [_said(1)], [cited])
    assert isinstance(state, State) and state.answer
    assert state.answer.statements == (_said(1),) and state.answer.citations == (cited,)
    assert state.answer.receipt.checks == {"statements": 1, "dropped": 0, "badQuotes": 0}


@pytest.mark.parametrize("citations", [(), (2,), (0, 7)])
def test_an_answer_without_a_citation_is_not_an_answer(wijzer: Wijzer, cited: Citation, citations: tuple[int, ...]) -> None:
    answer = _verify(wijzer, [_said(*citations)], [cited])
    assert isinstance(answer, Answer)
    assert answer.status == "not_in_sources" and not answer.statements and not answer.citations


def test_nothing_said_is_not_an_answer(wijzer: Wijzer) -> None:
    answer = _verify(wijzer, [], [])
    assert isinstance(answer, Answer) and answer.status == "not_in_sources"


def test_a_quote_that_is_not_there_is_never_shown(wijzer: Wijzer, cited: Citation) -> None:
    answer = _verify(wijzer, [_said(1)], [cited.model_copy(update={"quote": "Dat heeft niemand gezegd."})])
    assert isinstance(answer, Answer) and answer.status == "not_in_sources"


def test_only_the_bad_ones_are_dropped(wijzer: Wijzer, cited: Citation) -> None:
    invented = cited.model_copy(update={"n": 2, "quote": "verzonnen"})
    unused = cited.model_copy(update={"n": 3})
    state = _verify(wijzer, [_said(1, 2, 9), _said(2), _said()], [cited, invented, unused])
    assert isinstance(state, State) and state.answer
    assert state.answer.statements == (_said(1),) and [c.n for c in state.answer.citations] == [1]
    assert state.answer.receipt.checks == {"statements": 3, "dropped": 2, "badQuotes": 1}
