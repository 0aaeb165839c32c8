"""A conversation that travels with the form: remembered, recalled, shown again, changed and saved as a file."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from fastapi.testclient import TestClient

from assistant.records import Answer, Citation, Statement
from assistant.web import export
from assistant.web.conversation import MOST_LETTERS, Remembered, answer_of, recall, remember, written

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"
CITATION = Citation(
    n=1, passage="stuk:1:1", source="stuk", title="Een *stuk*", author="A", year=2020, section="1 Begin", page=4, start=3, end=9,
    quote="woorden", text="x woorden",
)  # fmt: skip
ANSWER = Answer(
    status="answered",
    language="nl",
    message="",
    statements=(Statement(text="Zin.", citations=(1,)),),
    citations=(CITATION,),
    follow_ups=("En?",),
)


def carried(page: str) -> str:
    return html.unescape(re.search(r'id="vraagformulier".*?name="geschiedenis" value="([^"]*)"', page, re.S)[1])  # type: ignore[index]


def test_a_turn_comes_back_as_it_was() -> None:
    turns = recall(written(remember([], "Wat?", ANSWER)))
    again = answer_of(turns[0], lambda *_: CITATION)
    assert (turns[0].question, again.statements, again.citations, again.follow_ups) == (
        "Wat?",
        ANSWER.statements,
        ANSWER.citations,
        ("En?",),
    )
    assert turns[0].turn.answer == "Zin."


def test_a_passage_that_is_gone_is_left_out() -> None:
    again = answer_of(remember([], "Wat?", ANSWER)[0], lambda *_: None)
    assert again.citations == () and again.statements[0].citations == () and again.statements[0].text == "Zin."


def test_the_oldest_turns_make_room() -> None:
    long = ANSWER.model_copy(update={"statements": (Statement(text="w" * 3000, citations=(1,)),)})
    turns: list[Remembered] = []
    for number in range(30):
        turns = remember(turns, f"Vraag {number}?", long)
        assert len(written(turns)) <= MOST_LETTERS
    assert turns[-1].question == "Vraag 29?" and len(turns) > 5


def test_an_earlier_answer_keeps_its_passages(client: TestClient) -> None:
    first = client.post("/", data={"vraag": QUESTION}).text
    second = client.post("/", data={"vraag": "Wat ging daar mis?", "geschiedenis": carried(first)}).text
    assert re.findall(r"<blockquote.*?</blockquote>", first, re.S)[0] in second
    assert 'href="#c-1-1-t"' in second and 'href="#c-2-1-t"' in second


def test_showing_again_asks_nothing(client: TestClient, wijzer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.post("/", data={"vraag": QUESTION}).text
    monkeypatch.setattr(wijzer, "answer", lambda *_: pytest.fail("asked"))
    shown = client.post("/?lang=en", data={"toon": "1", "vraag": "Half", "geschiedenis": carried(first)})
    assert '<html lang="en"' in shown.text and "82.000 euro" in shown.text and ">Half</textarea>" in shown.text
    assert carried(shown.text) == carried(first)


@pytest.mark.parametrize("index", ["1", "0", "7", "-1", "x"])
def test_changing_a_question_takes_away_what_came_after(client: TestClient, index: str) -> None:
    turns = [*remember([], "Eerste vraag?", ANSWER), *remember([], "Tweede vraag?", ANSWER)]
    page = client.post("/", data={"wijzig": index, "geschiedenis": written(turns)})
    if index in {"0", "1"}:
        assert page.text.count('class="turn"') == int(index) == len(json.loads(carried(page.text)))
        assert f">{turns[int(index)].question}</textarea>" in page.text
    else:  # then it is an empty question
        assert page.status_code == 400 and page.text.count('class="turn"') == 2


def test_the_switch_of_language_is_a_button_where_a_link_would_lose_the_conversation(client: TestClient) -> None:
    assert 'formaction="/?lang=en"' in client.post("/", data={"vraag": QUESTION}).text
    judged = client.post("/oordeel", data={"geschiedenis": written(remember([], "Wat?", ANSWER)), "oordeel": "ja"})
    assert 'formaction="/?lang=en"' in judged.text, "a judgement is not sent again"
    assert 'formaction="/advies?lang=en"' in client.post("/advies", data={"situatie": "Niemand durft."}).text
    assert 'formaction="/?lang' not in client.get("/").text


def test_a_conversation_as_markdown_and_json(client: TestClient) -> None:
    memory = carried(client.post("/", data={"vraag": QUESTION}).text)
    markdown = client.post("/gesprek", data={"vorm": "md", "geschiedenis": memory})
    assert markdown.headers["content-disposition"] == f'attachment; filename="gesprek-{date.today().isoformat()}.md"'
    assert f"## 1. {QUESTION}" in markdown.text and "82.000 euro" in markdown.text
    assert (
        "N. Abspoel. (2020). Proeftuin Waterdam." in markdown.text
        and "http://testserver/passages/proeftuin-waterdam-2020:1:1" in markdown.text
    )
    data = client.post("/gesprek", data={"vorm": "json", "geschiedenis": memory}).json()
    assert data["turns"][0]["question"] == QUESTION and data["turns"][0]["answer"]["citations"][0]["quote"]
    assert client.post("/gesprek", data={"geschiedenis": "{"}).status_code == 200


def test_markdown_shows_words_as_they_are() -> None:
    hostile = "[klik](javascript:alert(1)) <b>*vet*</b>\n# kop"
    text = export.as_markdown(
        [(hostile, ANSWER.model_copy(update={"message": hostile}))], lambda _: None, "nl", "http://hier", date(2026, 1, 2)
    )
    assert "\\[klik\\](javascript" in text and "\\<b>\\*vet\\*" in text
    assert [line for line in text.split("\n") if line.startswith("#")][1:] == [
        f"## 1. {export._plain(hostile)}",
        "### Passages bij dit antwoord",
    ]
    assert "> woorden" in text and "1 Begin, p. 4" in text
