"""Figures in a Dutch or English text, in digits or words, as values that can be compared: "82.000", "zesendertig", "36th"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

_UNITS_NL = "nul een twee drie vier vijf zes zeven acht negen".split()
_TEENS_NL = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS_NL = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_UNITS_EN = "zero one two three four five six seven eight nine".split()
_TEENS_EN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS_NL = "tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
_ORDINALS_EN = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_TIMES = {
    "honderd": 100, "hundred": 100, "duizend": 1000, "thousand": 1000, "miljoen": 10**6, "million": 10**6, "mln": 10**6,
    "miljard": 10**9, "billion": 10**9, "mld": 10**9,
}  # fmt: skip
# Words that are no exact number but may not be swapped for another one either.
_VAGUE = {
    "helft": "half", "half": "half", "halve": "half", "halfway": "half", "halverwege": "half", "kwart": "quarter", "quarter": "quarter",
    "driekwart": "three quarters", "anderhalf": "1.5", "anderhalve": "1.5", "eerste": "first", "first": "first",
    "tientallen": "tens", "dozens": "tens", "honderden": "hundreds", "hundreds": "hundreds", "duizenden": "thousands",
    "thousands": "thousands", "miljoenen": "millions", "millions": "millions", "verdubbeld": "double", "verdubbelde": "double",
    "verdubbelden": "double", "dubbel": "double", "dubbele": "double", "doubled": "double", "double": "double", "twice": "double",
    "gehalveerd": "half", "halveerde": "half", "halved": "half", "tripled": "triple", "verdrievoudigd": "triple",
}  # fmt: skip
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDING = re.compile(r"(?:ste|de|e|st|nd|rd|th)\b", re.I)


@cache
def _in_words() -> dict[str, int]:
    """Return every number below a hundred by its words, in one word as Dutch writes it or with a hyphen as English does."""
    known: dict[str, int] = {}
    for units, teens, tens in ((_UNITS_NL, _TEENS_NL, _TENS_NL), (_UNITS_EN, _TEENS_EN, _TENS_EN)):
        known |= {word: n for n, word in enumerate(units) if n != 1}
        known |= {word: n for n, word in enumerate(teens, 10)}
        known |= {word: n for n, word in zip(range(20, 100, 10), tens, strict=True)}
    for at, ten in zip(range(20, 100, 10), _TENS_NL, strict=True):
        known |= {f"{unit}{'ën' if unit.endswith('e') else 'en'}{ten}": at + n for n, unit in enumerate(_UNITS_NL) if n}
        known[f"éénen{ten}"] = at + 1
    for at, ten in zip(range(20, 100, 10), _TENS_EN, strict=True):
        known |= {f"{ten}-{unit}": at + n for n, unit in enumerate(_UNITS_EN) if n}
    known |= {word: n for words in (_ORDINALS_NL, _ORDINALS_EN) for n, word in enumerate(words, 2)}
    known |= {f"{word}{ending}": n for word, n in list(known.items()) for ending in ("de", "ste", "th") if 12 < n < 100}
    return known | {"dozen": 12, "dozijn": 12, "twintigtal": 20, "tiental": 10, "tweemaal": 2, "driemaal": 3}


def _digits(text: str) -> Decimal | str:
    if re.fullmatch(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*", text):
        return Decimal(re.sub(r"[.,]", "", text))
    parts = re.split(r"[.,]", text)
    return Decimal(".".join(parts)) if len(parts) <= 2 else ".".join(parts)  # "4.2.3" is a section, not a number


def _shown(value: Decimal | str) -> str:
    return value if isinstance(value, str) else format(value.normalize(), "f")


def figures(text: str) -> list[tuple[str, int, int]]:
    """Return (value, start, end) of each figure in a text, in order; equal figures have equal values, however they are written.

    "één" and "one" are left out: they are articles as often as they are numbers.
    """
    found: list[tuple[str, int, int]] = []
    matches = list(_WORD.finditer(text))
    at = 0
    while at < len(matches):
        match = matches[at]
        word = match.group().lower()
        value: Decimal | str | None = None
        end = match.end()
        if word[0].isdecimal():
            if match.start() and (text[match.start() - 1].isalpha() or text[match.start() - 1] == "_"):
                at += 1  # R5, A4: part of a name
                continue
            value = _digits(match.group())
            ending = _ENDING.match(text, end)
            end = ending.end() if ending else end
        elif word in _VAGUE:
            value = _VAGUE[word]
        elif word in _in_words():
            value = Decimal(_in_words()[word])
            follows = matches[at + 1].group().lower() if at + 1 < len(matches) else ""
            if word in _TENS_EN and follows in _UNITS_EN[1:] and text[end : matches[at + 1].start()] == " ":
                value += _UNITS_EN.index(follows)
                at, end = at + 1, matches[at + 1].end()
        elif word in {"honderd", "duizend", "hundred", "thousand"}:
            value = Decimal(_TIMES[word])
        else:
            value = _compound(word)
        while isinstance(value, Decimal) and at + 1 < len(matches) and matches[at + 1].group().lower() in _TIMES:
            at += 1
            value *= _TIMES[matches[at].group().lower()]
            end = matches[at].end()
        if value is not None:
            found.append((_shown(value), match.start(), end))
        at += 1
    return found


def _compound(word: str) -> Decimal | None:
    """Return the number of a Dutch word such as "driehonderd" or "vijftigduizend", or None."""
    for name in ("duizend", "honderd"):
        head, found, rest = word.partition(name)
        if found and (head or rest):
            before = _in_words().get(head) if head else 1
            after = _in_words().get(rest.removeprefix("en")) if rest else 0
            if before is not None and after is not None:
                return Decimal(before * _TIMES[name] + after)
    return None
