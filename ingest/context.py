"""What a passage needs from elsewhere to be found and understood: the lead-in of its list, the caption and header of its table.

Context is searched with a passage and never quoted. Tables that a program flattened to loose lines are known by the caption
below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sentences import sentences
from ingest.structure import Placed

_TABLE = re.compile(r"^(?:Tabel|Table)\s+(\d+(?:\.\d+)?|[IVX]+)\b")
_PROSE = 45  # a paragraph of so many words is no cell
_MOST = 40  # words of a lead-in


@dataclass(frozen=True)
class _Flat:
    """A flattened table: its blocks are items[first:last], the caption stands below them."""

    first: int
    last: int
    caption: str
    header: str


class Contexts:
    """The contexts of the passages in one section. `items` are its blocks without headings, in order."""

    def __init__(self, items: Sequence[Placed]) -> None:
        self._items = items
        self._tables = _flat_tables(items)

    def of(self, start: int, end: int) -> str:
        """Return the context of text[start:end], empty when it needs none."""
        at = next((i for i, item in enumerate(self._items) if item.start <= start < item.end), None)
        if at is None:  # it begins with the heading
            return ""
        table = next((t for t in self._tables if t.first <= at < t.last), None)
        if table is None:
            return self._lead_in(at)
        parts = [] if self._items[table.last].end <= end else [table.caption]
        if at > table.first:
            rows = [item.block.text for item in self._items[table.first : at] if item.block.kind != "item"]
            parts += [table.header, *([_label(rows[-1])] if rows and self._items[at].block.kind == "item" else [])]
        return "\n".join(dict.fromkeys(parts))

    def _lead_in(self, at: int) -> str:
        if self._items[at].block.kind != "item":
            return ""
        back = at
        while back >= 0 and self._items[back].block.kind in {"item", "footnote"}:
            back -= 1
        text = self._items[back].block.text if back >= 0 else ""
        if not text.endswith(":"):
            return ""
        start, end = sentences(text)[-1]
        return text[start:end] if len(text[start:end].split()) <= _MOST else ""


def _label(text: str) -> str:
    """Return the first words of a row, which name it."""
    return " ".join(text.split("•")[0].split()[:4])


def _flat_tables(items: Sequence[Placed]) -> list[_Flat]:
    found = []
    for at, item in enumerate(items):
        match = _TABLE.match(item.block.text) if item.block.kind == "caption" else None
        if not match or (at + 1 < len(items) and items[at + 1].block.kind == "table"):
            continue
        named = re.compile(rf"(?i)\btab(?:el|le) {re.escape(match.group(1))}\b")
        first = at
        while first and _is_cell(items[first - 1], named):
            first -= 1
        texts = [cell.block.text for cell in items[first:at]]
        if len(texts) >= 4 and len(texts[0].split()) <= 12:
            second = len(texts[1].split()) <= 4 and len(texts[2].split()) >= 8
            found.append(_Flat(first, at, item.block.text, " ".join(texts[: 1 + second])))
    return found


def _is_cell(item: Placed, named: re.Pattern[str]) -> bool:
    block = item.block
    return block.kind == "item" or (block.kind == "paragraph" and len(block.text.split()) < _PROSE and not named.search(block.text))
