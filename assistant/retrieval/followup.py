"""Questions that only make sense after the ones before them, made to stand alone without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Turn
from assistant.retrieval.enumeration import picked
from ingest.analysis import STOPWORDS, words

_REFERS = {
    "nl": re.compile(
        r"^(en|maar|dus|oké|ok|ah)\b|\b(dat|dit|die|deze|daar\w*|er(?:van|mee|over|voor|bij|tegen)|zij|ze|hij|hun|hem|zulke|dezelfde|eerste|"
        r"tweede|laatste|andere)\b|\b(?:is|was|ging|gaat|deed|doet|werkt\w*|kost\w*|duurde|heet\w*|lukte|wordt|werd) het\b|\bhet\W*$",
        re.I,
    ),
    "en": re.compile(
        r"^(and|but|so|ok|okay|then)\b|\b(that|this|those|these|they|them|their|it|its|he|she|him|her|there|such|same|first|second|latter|former|others?|ones?)\b",
        re.I,
    ),
}
_SWAP = re.compile(
    r"^(?:en|maar|and|but|what about|how about|hoe zit het (?:dan )?(?:met|in|bij)|en hoe zit het (?:met|in|bij))\b[\s,]*", re.I
)
_PLACES = r"(?:in|bij|van|voor|met|op|aan|at|for|with|about|from|of|by)"
_ELSEWHERE = re.compile(rf"^(?:(?:en|maar|and|but)\s+)?(?:(?:die|dat|the one|those)\s+)?({_PLACES})\s+([^?.!,]+)\W*$", re.I)


def readings(question: str, history: Sequence[Turn], language: str) -> tuple[str, str]:
    """Return (the question made to stand alone, another reading to search beside it or "").

    "Leg de tweede eens uit" is asked together with the second item of the list in an earlier answer, and beside that
    as that item alone; any other follow-up that names something of its own is asked by itself beside.
    """
    item, rest = picked(question, history)
    if item:
        return f"{stand_alone(history[-1].question, history[:-1], language)} {item} {rest}".strip(), f"{item} {rest}".strip()
    text = stand_alone(question, history, language)
    return text, question if text != question and _content(question) else ""


def stand_alone(question: str, history: Sequence[Turn], language: str) -> str:
    """Return the question with what it leaves out filled in from the last turns; unchanged when it stands by itself.

    "En in Rotterdam?" after a question on Amsterdam keeps the earlier question's words and puts the new name in place
    of the old one, as "En bij de overheid?" does after "bij bedrijven"; "Waarom?" keeps the earlier question whole; "Wie
    zei dat?" is asked together with it.
    """
    if not history:
        return question
    before = history[-1].question
    if _needs_context(before, language) and len(history) > 1:
        before = stand_alone(before, history[:-1], language)
    content = _content(question)
    if len(content) > 6 and not _SWAP.match(question):
        return question
    if not _needs_context(question, language) and len(content) > 3:
        return question
    elsewhere = _ELSEWHERE.match(question)
    if elsewhere and len(content) <= 3:
        place = re.compile(rf"\b{elsewhere[1]}\s+[^,?.;]+?(?=\s+(?:{_PLACES}|volgens|according)\b|[,?.;]|$)", re.I)
        same = list(place.finditer(before))
        if same:
            return f"{before[: same[-1].start()]}{elsewhere[1]} {elsewhere[2]}{before[same[-1].end() :]}"
    rest = _SWAP.sub("", question).strip(" ?.!,")
    names = re.findall(r"\b[A-Z][\w-]{2,}\b", rest)
    if _SWAP.match(question) and names and len(content) <= 4:
        old = [n for n in re.findall(r"(?<=[a-z,] )[A-Z][\w-]{2,}\b", before) if n not in names]
        swapped = before
        for name in old:
            swapped = swapped.replace(name, names[0])
        return f"{swapped} {rest}" if swapped != before else f"{before} {rest}"
    return f"{before} {question}"


def _content(question: str) -> list[str]:
    return [w for w in words(question) if w not in STOPWORDS["nl"] | STOPWORDS["en"]]


def _needs_context(question: str, language: str) -> bool:
    return len(_content(question)) <= 2 or bool(_REFERS["en" if language == "en" else "nl"].search(question))
