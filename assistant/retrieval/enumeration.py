"""Which one is "the third one"? Lists in an earlier answer, and what a follow-up picks from them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Turn

_WORDS = (
    ("eerste", "first", "een", "one"),
    ("tweede", "second", "twee", "two"),
    ("derde", "third", "drie", "three"),
    ("vierde", "fourth", "vier", "four"),
    ("vijfde", "fifth", "vijf", "five"),
    ("zesde", "sixth", "zes", "six"),
    ("zevende", "seventh", "zeven", "seven"),
    ("achtste", "eighth", "acht", "eight"),
)
_ORDINALS = {word: place for place, forms in enumerate(_WORDS) for word in forms[:2]}
_CARDINALS = {word: place + 1 for place, forms in enumerate(_WORDS) for word in forms[2:] if word not in {"een", "one"}}
_NUMBERED = {word: place for place, forms in enumerate(_WORDS) for word in forms[2:]}
# "the first one", "nummer vier", "de laatste eens": an ordinal that stands for a thing of its own. Before a noun of the
# reader's own ("de eerste proef", "the first pilot") it need not be.
_PICKED = re.compile(
    r"\b(?:(?:de|het|the|that|die|dat|deze)\s+(?P<ordinal>" + "|".join(_ORDINALS) + r"|laatste|last)\b(?:\s+one\b)?"
    r"|(?:nummer|number|nr\.?|punt|point)\s+(?P<number>[1-9]|" + "|".join(_NUMBERED) + r")\b)",
    re.I,
)
_ENDS = re.compile(
    r"^\s*(?:$|[?,.:;!]|(?:eens|dan|ook|nou|nog|wat|precies|uit|in|please|then|mean|about|what|who|how|for|liefst|exactly)\b)", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý0-9'‘\"“])")
_LAST = re.compile(r"\s+(?:en|and)\s+", re.I)
_LEAD = re.compile(r"\b(?:van|of|zijn|are|zoals|namelijk|namely|as|include|includes)\s+", re.I)
_MOST_WORDS, _FEW_WORDS = 14, 5  # in an item after a colon, and elsewhere: what is longer is a sentence with commas, not a list
_FILLER = re.compile(  # "explain ... please": asks nothing beside the item
    r"(?:leg|licht|vertel|wat|houdt|betekent|is|was|en|in|uit|toe|eens|meer|over|dan|me|mij|graag|nog|what|does|mean|explain|tell|more|about|please|"
    r"and|of|that|on|elaborate|\W)*",
    re.I,
)
_RETURNS = re.compile(r"\b(?:back to|terug naar|terug op|question|vraag)\b", re.I)


def picked(question: str, history: Sequence[Turn]) -> tuple[str, str]:
    """Return (the item of an earlier answer that the question picks by its place, what else it asks), or ("", the question)."""
    match = _PICKED.search(question)
    if not match or not history or _RETURNS.search(question):
        return "", question
    if match["ordinal"] and not _ENDS.match(question[match.end() :]):
        return "", question
    word = (match["ordinal"] or match["number"]).lower()
    place = -1 if word in {"laatste", "last"} else int(word) - 1 if word.isdigit() else _ORDINALS.get(word, _NUMBERED.get(word, 0))
    for turn in reversed(history):
        items = best_list(turn.question, turn.answer, place)
        if items and len(items) > place:
            rest = f"{question[: match.start()]} {question[match.end() :]}"
            return items[place], "" if _FILLER.fullmatch(rest.strip(" ,.?")) else " ".join(rest.split()).strip(" ,.?")
    return "", question


def best_list(question: str, answer: str, place: int) -> list[str]:
    """Return the list in an answer that is as long as the question asked for, or long enough; empty when there is none."""
    count = next((n for word, n in _CARDINALS.items() if re.search(rf"\b{word}\b", question, re.I)), 0)
    lists = [items for sentence in _SENTENCE.split(answer) if len(items := items_of(sentence)) >= 2]
    right = [items for items in lists if len(items) == count]
    found = right or ([] if count else [items for items in lists if len(items) > place])
    return found[0] if found else []


def items_of(sentence: str) -> list[str]:
    """Return what a sentence lists: "three roles: a, b and c", "a combination of a, b and c"; empty when it lists nothing."""
    head, colon, tail = sentence.strip().rstrip(".").rpartition(": ")
    items = _split(tail)
    if colon and len(items) >= 2 and all(len(item.split()) <= _MOST_WORDS for item in items):
        return items
    items = _split(f"{head}{colon}{tail}".rpartition("; ")[2])
    if len(items) < 3:
        return []
    items[0] = _LEAD.split(items[0])[-1]
    return items if all(len(item.split()) <= _FEW_WORDS for item in items) else []


def _split(text: str) -> list[str]:
    pieces = [p for p in re.split(r"\s*[;,]\s+", text) if p]
    if not pieces:
        return []
    return [p.strip() for p in (*pieces[:-1], *_LAST.split(f" {pieces[-1]}", maxsplit=1)) if p.strip()]
