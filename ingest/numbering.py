"""Numbers that a word processor gives to headings and list items by itself: counted, and written as its format says.

Knows the part of a Word file that defines numbering (ECMA-376, part 1, 17.9) but no library: `docx` hands over its root.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_BULLETS = {"bullet", "none", "picture"}
_TENS, _ONES = "|x|xx|xxx|xl|l|lx|lxx|lxxx|xc".split("|"), "|i|ii|iii|iv|v|vi|vii|viii|ix".split("|")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHAPTER = re.compile(r"(?:(?:Hoofdstuk|Chapter|Paragraaf|Section|§)\s*)?(\d{1,3}(?:\.\d{1,3})*)[.:)]?$")


@dataclass(frozen=True)
class Level:
    """One level of a list: `text` holds %1 for the number of the first level, %2 for that of the second, and so on."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    plain: bool = False  # the numbers of higher levels in figures, whatever their own form


class Counter:
    """Counts the items of the lists of one document, in reading order."""

    def __init__(self, lists: Mapping[str, str], levels: Mapping[tuple[str, int], Level], restarts: Mapping[tuple[str, int], int]) -> None:
        """`lists` names the family of each list, which counts on together; `levels` are by (list, depth from 0); `restarts` by the same."""
        self._lists, self._levels, self._restarts = lists, levels, dict(restarts)
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, name: str, depth: int) -> str:
        """Return what stands before the next item of a list at a depth; empty for a bullet or an unknown list."""
        level = self._levels.get((name, depth))
        if level is None:
            return ""
        counts = self._counts.setdefault(self._lists.get(name, name), {})
        restart = self._restarts.pop((name, depth), None)
        counts[depth] = restart if restart is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            own = self._levels.get((name, at), Level())
            number = counts.setdefault(at, own.start)
            return written(number, "decimal" if level.plain else own.form)

        return "" if level.form in _BULLETS else re.sub(r"%([1-9])", shown, level.text).strip()


def written(number: int, form: str) -> str:
    """Return a number in a form: decimal, decimalZero, lowerLetter, upperLetter, lowerRoman, upperRoman; others as decimal."""
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
    elif form in {"lowerRoman", "upperRoman"} and 0 < number < 100:
        text = _TENS[number // 10] + _ONES[number % 10]
    else:
        return f"{number:02}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def section_number(label: str) -> str | None:
    """Return "1.2" of "1.2", "1.2." or "Hoofdstuk 1:"; None when the label is no number of a section."""
    match = _CHAPTER.match(label)
    return match.group(1) if match else None


def counter_of(root: Any) -> Counter:
    """Return the counter of the lists that a numbering part defines. `root` is its element, with `find` and `findall` of lxml."""
    lists: dict[str, str] = {}
    levels: dict[tuple[str, int], Level] = {}
    restarts: dict[tuple[str, int], int] = {}
    families = {_text(family, "abstractNumId"): family for family in root.findall(f"{_W}abstractNum")}
    named = {_value(family, "styleLink"): family for family in families.values()}
    for own in root.findall(f"{_W}num"):
        name = _text(own, "numId")
        family = families.get(_value(own, "abstractNumId"))
        if family is not None and (link := _value(family, "numStyleLink")):
            family = named.get(link, family)
        if family is None:
            continue
        lists[name] = _text(family, "abstractNumId")
        for level in family.findall(f"{_W}lvl"):
            levels[name, whole(_text(level, "ilvl"))] = _level(level)
        for override in own.findall(f"{_W}lvlOverride"):
            depth = whole(_text(override, "ilvl"))
            if (level := override.find(f"{_W}lvl")) is not None:
                levels[name, depth] = _level(level)
            if start := _value(override, "startOverride"):
                restarts[name, depth] = whole(start, 1)
    return Counter(lists, levels, restarts)


def _level(element: Any) -> Level:
    plain = element.find(f"{_W}isLgl") is not None
    return Level(_value(element, "numFmt") or "decimal", _value(element, "lvlText"), whole(_value(element, "start"), 1), plain)


def _text(element: Any, name: str) -> str:
    return element.get(f"{_W}{name}") or ""


def _value(element: Any, child: str) -> str:
    found = element.find(f"{_W}{child}")
    return "" if found is None else _text(found, "val")


def whole(text: str, default: int = 0) -> int:
    """Return a whole number of at most six figures, else the default: a file may hold anything."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
