"""A conversation as a file to keep: Markdown to read, JSON for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from assistant.records import Answer, Citation, Language
from assistant.web.texts import text
from assistant.web.views import Find, apa, passage_address, unbroken

_MARKS = re.compile(r"([\\`*_\[\]<])")
Told = Sequence[tuple[str, Answer]]


def as_json(turns: Told) -> str:
    """Return the questions with their whole answers."""
    rows = [{"question": question, "answer": answer.json_dict()} for question, answer in turns]
    return json.dumps({"turns": rows}, ensure_ascii=False, indent=1)


def as_markdown(turns: Told, find: Find, language: Language, origin: str, today: date) -> str:
    """Return the conversation as Markdown. `origin` (scheme and host) makes links to passages work from elsewhere."""
    lines = [f"# {text('export_title', language)}", "", f"{today.isoformat()}. {text('footer', language)}"]
    for number, (question, answer) in enumerate(turns, 1):
        lines += ["", f"## {number}. {_plain(question)}"]
        if answer.message:
            lines += ["", _plain(answer.message)]
        for statement in answer.statements:
            said = f"“{_plain(statement.text)}”" if statement.kind == "quote" else _plain(statement.text)
            lines += ["", said + "".join(f" [{n}]" for n in statement.citations)]
        shown = answer.citations or answer.nearest
        if shown:
            lines += ["", f"### {text('sources_of' if answer.citations else 'nearest', language)}"]
        for citation in shown:
            lines += ["", *_passage(citation, find, language, origin)]
    return "\n".join(lines) + "\n"


def _passage(citation: Citation, find: Find, language: Language, origin: str) -> list[str]:
    place = [_plain(citation.section), *([text("page_short", language, n=citation.printed)] if citation.printed else [])]
    told = f"{_plain(apa(find(citation.source), language))} {', '.join(filter(None, place))}."
    lines = [f"[{citation.n}] {told} {origin}{passage_address(citation)}"]
    if citation.quote:
        lines += ["", *(f"> {_plain(line)}" for line in unbroken(citation.quote).split("\n"))]
    return lines


def _plain(words: str) -> str:
    """Return words that Markdown shows as they are, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))
