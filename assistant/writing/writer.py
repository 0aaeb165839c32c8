"""What is asked of the language model in writing mode: an answer from passages, a second reading, a question made to stand alone.

Everything that comes from a document or a user goes between tags with a name that cannot be guessed, so it cannot end them.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.model import ChatModel, Message, stream
from assistant.prompts import Prompt
from assistant.records import Language, Turn
from assistant.writing.evidence import Evidence
from assistant.writing.reply import without_thinking

MOST_TOKENS = 1500
NO_ANSWER = "NO_ANSWER"
_IN_ENGLISH = {"nl": "Dutch", "en": "English"}
_TURNS = 4
_MOST_TURN = 1200  # characters of an earlier answer
_VERDICT = re.compile(r"\b(UNSUPPORTED|NOT[ _]SUPPORTED|SUPPORTED)\b", re.I)


@dataclass(frozen=True)
class Writer:
    """The model, its prompts by name, the most seconds for all that one answer asks of it, and whether it reads its own work again."""

    model: ChatModel
    prompts: Mapping[str, Prompt]
    seconds: float
    second_reader: bool = False

    def answer(
        self, question: str, given: Iterable[Evidence], language: Language, seconds: float, stopped: threading.Event | None
    ) -> Iterator[str]:
        """Yield the model's answer in pieces. Raises ModelUnavailable."""
        fence = _fence()
        told = self.prompts["answer"].render(language=_IN_ENGLISH[language], fence=fence)
        data = [*(_passage(e, fence, language) for e in given), _tagged("question", fence, _data(question))]
        return stream(self.model, _messages(told, data), seconds, MOST_TOKENS, stopped)

    def advice(
        self,
        situation: str,
        cards: Sequence[str],
        given: Iterable[Evidence],
        language: Language,
        seconds: float,
        stopped: threading.Event | None,
    ) -> str:
        """Return the model's words for the cards of an advice, unchecked. Raises ModelUnavailable."""  # fmt: skip
        fence = _fence()
        told = self.prompts["advise"].render(language=_IN_ENGLISH[language], fence=fence)
        data = [_tagged("card", fence, _data(card), f' number="{n}"') for n, card in enumerate(cards, 1)]
        data += [*(_passage(e, fence, language) for e in given), _tagged("situation", fence, _data(situation))]
        return without_thinking("".join(stream(self.model, _messages(told, data), seconds, MOST_TOKENS, stopped)))

    def supported(self, sentence: str, cited: Sequence[Evidence], seconds: float, stopped: threading.Event | None) -> bool:
        """Return what the model says of a sentence on a second reading; an unclear reply is a no. Raises ModelUnavailable."""
        fence = _fence()
        data = [*(_passage(e, fence, e.language) for e in cited), _tagged("sentence", fence, _data(sentence))]
        told = self.prompts["verify"].render(fence=fence)
        reply = "".join(stream(self.model, _messages(told, data), seconds, MOST_TOKENS, stopped))
        words = _VERDICT.findall(reply)
        return bool(words) and str(words[-1]).upper() == "SUPPORTED"

    def rephrased(self, question: str, history: Sequence[Turn], language: Language, seconds: float, stopped: threading.Event | None) -> str:
        """Return the last question as the model makes it stand alone, unchecked. Raises ModelUnavailable."""
        fence = _fence()
        turns = [_tagged("turn", fence, _data(f"{t.question}\n{t.answer[:_MOST_TURN]}")) for t in history[-_TURNS:]]
        told = self.prompts["rephrase"].render(language=_IN_ENGLISH[language], fence=fence)
        reply = "".join(stream(self.model, _messages(told, [*turns, _tagged("question", fence, _data(question))]), seconds, 300, stopped))
        return without_thinking(reply).strip("\"'“”")


def _fence() -> str:
    return secrets.token_hex(6)


def _messages(told: str, data: Sequence[str]) -> list[Message]:
    return [("system", told), ("user", "\n\n".join(data))]


def _tagged(name: str, fence: str, text: str, attributes: str = "") -> str:
    return f"<{name}-{fence}{attributes}>\n{text}\n</{name}-{fence}>"


def _data(text: str) -> str:
    """Return text in which a number between brackets is no label: footnotes look like one, and so do made-up citations."""
    return re.sub(r"[\[【](\s*\d[\d\s,;–-]*)[\]】]", r"(\1)", text)


def _passage(evidence: Evidence, fence: str, language: Language) -> str:
    source = evidence.source
    where = ", ".join(filter(None, [source.author, str(source.year or ""), source.title, evidence.passage.title]))
    claims = [c.in_language(language) for n in evidence.notes for c in n.claims]
    parts = ["From: " + where]
    if claims:
        parts.append("Summary:\n" + "\n".join(f"- {c}" for c in claims))
    if evidence.passage.basis == "document":
        parts.append("Text:\n" + evidence.passage.text)
    return _tagged("passage", fence, _data("\n".join(parts)), f' number="{evidence.label}"')
