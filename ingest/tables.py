"""Rows of words on a page, and the tables among them. Pure geometry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.clean import CELL_END
from ingest.glyphs import Rule, Word

_BLANK = 0.15  # a wider gap, in parts of the letter size, is a blank
_CELL = 1.5  # and a wider one than this sets cells apart
_MARK = re.compile(r"(?:[•·–▪◦*o-]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[a-z][.)])$")
_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}")


@dataclass(frozen=True)
class Row:
    """Words on one line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def y(self) -> float:
        """The line they stand on: that of the largest letters, not of a raised footnote mark."""
        return max(self.words, key=lambda w: (round(w.size, 1), len(w.text))).y

    @cached_property
    def size(self) -> float:
        """The letter size that most of it has."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[round(word.size, 1)] = sizes.get(round(word.size, 1), 0) + len(word.text)
        return max(sizes, key=lambda s: sizes[s])

    @cached_property
    def bold(self) -> bool:
        """True when all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @cached_property
    def text(self) -> str:
        """The words with blanks where there are blanks on paper."""
        return joined(self.words)

    @cached_property
    def segments(self) -> list[tuple[Word, ...]]:
        """The words in groups set apart by wide gaps; a bullet or number belongs to what follows it."""
        groups: list[list[Word]] = []
        for word in self.words:
            near = groups and word.x0 - groups[-1][-1].x1 <= _CELL * max(self.size, 4.0)
            if near or (len(groups) == 1 and _MARK.match(joined(groups[0]))):
                groups[-1].append(word)
            else:
                groups.append([word])
        return [tuple(group) for group in groups]


def joined(words: Sequence[Word]) -> str:
    """Return the words as text; a footnote mark stays against its word."""
    parts: list[str] = []
    for before, word in zip((None, *words), words, strict=False):
        if before is not None and (word.spaced or word.x0 - before.x1 > _BLANK * min(word.size, before.size)):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Return words as rows from top to bottom. Text drawn twice to look bold is taken once."""
    rows: list[list[Word]] = []
    base, size = 0.0, 0.0
    for word in sorted(words, key=lambda w: (-w.y, w.x0)):
        if rows and base - word.y <= 0.45 * max(size, word.size):
            rows[-1].append(word)
            if word.size > 1.05 * size:
                base, size = word.y, word.size
        else:
            rows.append([word])
            base, size = word.y, word.size
    return [Row(tuple(_once(sorted(row, key=lambda w: w.x0)))) for row in rows]


def _once(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in words:
        for twin in kept[-3:]:
            if twin.text == word.text and abs(twin.x0 - word.x0) + abs(twin.y - word.y) < 0.2 * word.size:
                break
        else:
            kept.append(word)
    return kept


def find_tables(rows: Sequence[Row], rules: Sequence[Rule]) -> list[tuple[int, int, str]]:
    """Return (first row, end row, text) of each table: table rows by newline, cells by tab, lines in a cell by CELL_END.

    A table is two or more rows in a run with cells that stand below each other. A table of contents is none.
    """
    found = []
    at = 0
    while at < len(rows):
        if not _has_cells(rows[at]):
            at += 1
            continue
        end = _extent(rows, at, rules)
        columns = _columns(rows[at:end])
        if len(columns) >= 2 and sum(_has_cells(r) for r in rows[at:end]) >= 2 and not _is_contents(rows[at:end]):
            found.append((at, end, _text(rows[at:end], columns, rules)))
        at = end
    return found


def _is_contents(rows: Sequence[Row]) -> bool:
    """True for headings with the page they stand on: each line ends in a number, and they do not go down."""
    last = [joined(row.segments[-1]) for row in rows if _has_cells(row)]
    numbers = [int(text) for text in last if text.isdecimal() and len(text) < 5]
    return len(rows) >= 4 and len(numbers) >= 0.9 * len(rows) and numbers == sorted(numbers) and numbers[0] < numbers[-1]


def _has_cells(row: Row) -> bool:
    return len(row.segments) > 1 and not _LEADER.search(row.text)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return the left and right edges of the columns: what is taken up by the cells of all rows together."""
    spans = sorted((segment[0].x0, max(w.x1 for w in segment)) for row in rows if _has_cells(row) for segment in row.segments)
    merged: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if merged and x0 < merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _extent(rows: Sequence[Row], start: int, rules: Sequence[Rule]) -> int:
    """Return where the table that begins at `start` ends: rows of one cell belong to it while they keep to one column."""
    end = last = start + 1
    leading = 0.0
    while end < len(rows):
        step = rows[end - 1].y - rows[end].y
        if step > 3.2 * max(rows[end].size, rows[end - 1].size):
            break
        if _has_cells(rows[end]):
            together = _columns(rows[start : end + 1])
            if len(together) < 2:
                break
            leading = step if not leading else min(leading, step)
            last = end + 1
        else:
            columns = _columns(rows[start:last])
            inside = [i for i, (x0, x1) in enumerate(columns) if rows[end].x0 > x0 - 6 and rows[end].x0 < x1]
            free = [columns[i + 1][0] if i + 1 < len(columns) else columns[i][1] + 30 for i in inside]
            if not inside or rows[end].x1 > free[0]:
                break
        end += 1
    # trailing rows of one cell belong to it only when they go on closely under a cell other than the first, or above its frame
    while end > last:
        columns = _columns(rows[start:last])
        step = rows[last - 1].y - rows[last].y
        if step < 1.35 * max(rows[last].size, 1.0) and (rows[last].x0 > columns[0][1] or _framed(rows[last], step, rules)):
            last += 1
        else:
            break
    return last


def _framed(row: Row, step: float, rules: Sequence[Rule]) -> bool:
    """True when a line is drawn right below a row and none between it and the row above, `step` points higher."""
    over = [r.y - row.y for r in rules if r.x0 <= row.x0 + 2 and r.x1 > row.x0 and abs(r.y - row.y) < max(step, 1.5 * row.size)]
    return any(y < 0 for y in over) and not any(0.3 * row.size < y < step for y in over)


def _text(rows: Sequence[Row], columns: list[tuple[float, float]], rules: Sequence[Rule]) -> str:
    steps = [a.y - b.y for a, b in pairwise(rows)]
    least = min((s for s in steps if s > 0), default=0.0)
    lines = {round(r.y) for r in rules if r.x0 < columns[-1][0] and r.x1 > columns[0][0] and rows[-1].y < r.y < rows[0].y}
    airy = any(step > 1.3 * least for step in steps)
    ruled = len(lines) > 1 or (len(lines) == 1 and sum(bool(_cells(row, columns)[0]) for row in rows) <= 2)  # not only below the header
    table: list[list[list[str]]] = []
    for i, row in enumerate(rows):
        cells = _cells(row, columns)
        if i == 0:
            begins = True
        elif ruled:
            begins = any(row.y + 0.3 * row.size < y < rows[i - 1].y + 0.3 * row.size for y in lines)
        elif airy:
            begins = steps[i - 1] > 1.3 * least
        else:
            begins = bool(cells[0])
        if begins:
            table.append([[] for _ in columns])
        for cell, text in zip(table[-1], cells, strict=True):
            if text:
                cell.append(text)
    return "\n".join("\t".join(CELL_END.join(cell) for cell in row).rstrip("\t") for row in table)


def _cells(row: Row, columns: list[tuple[float, float]]) -> list[str]:
    cells: list[list[Word]] = [[] for _ in columns]
    for segment in row.segments:
        place = max((i for i, (x0, _) in enumerate(columns) if segment[0].x0 > x0 - 6), default=0)
        cells[place].extend(segment)
    return [joined(cell) for cell in cells]
