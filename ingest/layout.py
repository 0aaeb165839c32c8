"""From placed words to lines in reading order: columns, running heads and feet, footnotes, tables.

Pure geometry, no library: the same for words that a PDF draws and words that OCR finds in a picture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from ingest.glyphs import Rule, Word
from ingest.tables import Row, find_tables, rows_of

_EDGE = 3  # so many lines at the top and at the bottom may be a running head or foot
_SMALL = 0.93  # letters of footnotes are smaller than this part of the usual size
_NUMBER = re.compile(r"\d+")
_LONE = re.compile(
    r"(?i)(?:pagina|page|p\.|blz\.?|-|–|—|\[|\|)?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*(?:(?:van|of|/)\s*\d{1,4})?\s*(?:-|–|—|\]|\|)?"
)
_NOTE = re.compile(r"(\d{1,3}|\*{1,3}|†)[.)]?\s*(?=[^\d\s.,%)])")


@dataclass(frozen=True)
class Page:
    """A page as it is shown, `number` 1 = first; sizes in points, origin at the bottom left."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A line of text in reading order, a footnote, or a whole table (rows by newline, cells by tab, lines in a cell by CELL_END).

    `left` and `right` are the edges of its column; `above` the distance to the line above it in that column, 0 at its top.
    """

    text: str
    page: int
    x0: float
    x1: float
    size: float
    bold: bool
    left: float
    right: float
    above: float
    kind: Literal["text", "footnote", "table"] = "text"


@dataclass
class _Region:
    rows: list[Row]
    left: float
    right: float


def lines_of(pages: Sequence[Page]) -> tuple[list[Line], dict[int, str]]:
    """Return the lines of all pages in reading order, and the page numbers printed on them where they can be told."""
    usual = usual_size(word for page in pages for word in page.words)
    bodies, printed = _without_furniture(pages)
    lines: list[Line] = []
    pending = False  # a footnote that runs on from the page before
    known = _usual_gutters(pages, bodies)
    for page, words in zip(pages, bodies, strict=True):
        regions = [r for part in _regions(words, page.rules, known) if (r := _region(part)).rows]
        notes: list[Line] = []
        for region in regions:
            body, small, pending = _split_notes(region, regions, page, usual, pending)
            lines += _region_lines(region, body, page)
            notes += [_note_line(text, page, region) for text in small]
        lines += notes
    return lines, printed


def usual_size(words: Iterable[Word]) -> float:
    """Return the letter size that most of the text has."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _without_furniture(pages: Sequence[Page]) -> tuple[list[list[Word]], dict[int, str]]:
    """Return per page the words without running heads and feet, and the numbers printed in those."""
    rows = [rows_of([w for w in page.words if not w.artifact]) for page in pages]
    marked = [rows_of([w for w in page.words if w.artifact]) for page in pages]
    edges = [list({id(r): r for r in found[:_EDGE] + found[-_EDGE:]}.values()) for found in rows]
    shift = _shift([[row.text for row in (*edge, *own)] for edge, own in zip(edges, marked, strict=True)])

    def shape(row: Row, page: int) -> str:
        own = None if shift is None else str(page + shift)
        return _NUMBER.sub(lambda m: "#" if m.group() == own else m.group(), " ".join(row.text.lower().split()))

    seen: Counter[tuple[str, int]] = Counter()
    for number, edge in enumerate(edges, 1):
        seen.update({(shape(row, number), round(row.y / 4)) for row in edge})

    few = len(pages) == 2 and all(len(found) > 2 * _EDGE for found in rows)

    def recurs(row: Row, page: int) -> bool:
        text, y = shape(row, page), round(row.y / 4)
        times = max(seen[text, y - 1] + seen[text, y], seen[text, y] + seen[text, y + 1])
        return bool(_LONE.fullmatch(row.text.strip())) or times >= (2 if few else max(3, min(0.4 * len(pages), 12)))

    bodies = []
    for number, found in enumerate(rows, 1):
        first, last = 0, len(found)
        while first < min(_EDGE, last) and recurs(found[first], number):
            first += 1
        while last > max(first, len(found) - _EDGE) and recurs(found[last - 1], number):
            last -= 1
        bodies.append([word for row in found[first:last] for word in row.words])
    if shift is None:
        return bodies, {}
    return bodies, {page: str(page + shift) for page in range(1, len(pages) + 1) if page + shift > 0}


def _shift(edges: Sequence[Sequence[str]]) -> int | None:
    """Return printed number minus sheet, when the numbers at the edges of the pages run along with the pages."""
    shifts: Counter[int] = Counter()
    few = len(edges) < 3
    for page, texts in enumerate(edges, 1):
        numbers = {int(n) for text in texts if not few or _LONE.fullmatch(text.strip()) for n in _NUMBER.findall(text) if len(n) <= 4}
        shifts.update(n - page for n in numbers)
    shift, times = max(shifts.items(), key=lambda item: (item[1], -abs(item[0])), default=(0, 0))
    return shift if times >= max(min(3, len(edges)), 0.4 * len(edges)) else None


def _usual_gutters(pages: Sequence[Page], bodies: Sequence[list[Word]]) -> list[float]:
    """Return where the white space between columns stands on more than one page, or down most of one.

    A page that has short lines has it there too.
    """
    found: list[tuple[float, int]] = []
    for page, words in zip(pages, bodies, strict=True):
        rows = rows_of(words)
        counts: Counter[float] = Counter()
        for x, begin, end in _splits(rows, page.rules, []):
            counts[x] += end - begin
        found += [(x, 2 if n > 0.6 * len(rows) else 1) for x, n in counts.items()]
    return [x for x, _ in found if sum(weight for other, weight in found if abs(x - other) < 8) >= max(2, 0.2 * len(pages))]


def _regions(words: list[Word], rules: Sequence[Rule], known: Sequence[float], depth: int = 0) -> list[list[Word]]:
    """Split the words of a page into parts in reading order: full-width text, and columns from left to right."""
    rows = rows_of(words)
    parts: list[list[Word]] = []
    at = 0
    for x, begin, end in _splits(rows, rules, known) if depth < 3 else ():
        parts.append([w for r in rows[at:begin] for w in r.words])
        inside = [w for r in rows[begin:end] for w in r.words]
        parts += _regions([w for w in inside if w.x1 <= x], rules, known, depth + 1)
        parts += _regions([w for w in inside if w.x0 >= x], rules, known, depth + 1)
        at = end
    parts.append([w for r in rows[at:] for w in r.words])
    return [part for part in parts if part]


def _splits(rows: Sequence[Row], rules: Sequence[Rule], known: Sequence[float]) -> list[tuple[float, int, int]]:
    """Return (place of the white space, first row, end row) of the runs of rows that stand in two columns, top to bottom."""
    best: list[tuple[float, int, int]] = []
    for x in _gutters(rows, known) if sum(len(row.words) for row in rows) >= 12 else ():
        runs, begin = [], 0
        sure = any(abs(x - k) < 8 for k in known)
        for i, row in enumerate([*rows, None]):
            if row is None or any(w.x0 < x < w.x1 for w in row.words):
                inside = [w for r in rows[begin:i] for w in r.words]
                if i - begin >= 4 and _are_columns(inside, x, rules, sure):
                    runs.append((x, begin, i))
                begin = i + 1
        if sum(b - a for _, a, b in runs) > sum(b - a for _, a, b in best):
            best = runs
    return best


def _gutters(rows: Sequence[Row], known: Sequence[float]) -> list[float]:
    """Return the places, most likely first, where blank space between words recurs from line to line."""
    if not rows:
        return []
    left, right = min(r.x0 for r in rows), max(r.x1 for r in rows)
    places: Counter[int] = Counter()
    for row in rows:
        for before, after in zip(row.words, row.words[1:], strict=False):
            if after.x0 - before.x1 > 0.8 * row.size:
                places.update(range(int(before.x1 / 3) + 1, int(after.x0 / 3) + 1))
    inside = [(n, place * 3.0) for place, n in places.items() if left + 0.2 * (right - left) < place * 3 < right - 0.2 * (right - left)]
    usual = [x for x in dict.fromkeys(known) if left < x < right][:3]
    return usual + [place for n, place in sorted(inside, reverse=True)[:8] if n >= 3]


def _are_columns(words: Sequence[Word], x: float, rules: Sequence[Rule], sure: bool) -> bool:
    """True when the words left and right of `x` are running text of their own, not the cells of a table.

    `sure`: columns stand there on other pages too, so that short lines are no reason to doubt.
    """
    top, bottom = max(w.y for w in words), min(w.y for w in words)
    if sum(r.x0 < x < r.x1 and bottom - 4 < r.y < top + 12 for r in rules) >= 2:
        return False
    sides = [rows_of([w for w in words if w.x1 <= x]), rows_of([w for w in words if w.x0 >= x])]
    if min(len(side) for side in sides) < (1 if sure else 4):
        return False
    edges = [(min(r.x0 for r in side), max(r.x1 for r in side)) for side in sides]
    size = median(w.size for w in words)
    if edges[1][0] - edges[0][1] < 0.7 * size:
        return False
    if sure:
        return True
    for side, (x0, x1) in zip(sides, edges, strict=True):
        full = sum(row.x1 > x0 + 0.7 * (x1 - x0) for row in side) / len(side)
        if full < 0.5 or x1 - x0 < 8 * size or sum(len(row.words) for row in side) < 3 * len(side):
            return False
    return True


def _region(words: list[Word]) -> _Region:
    rows = rows_of(words)
    return _Region(rows, min((r.x0 for r in rows), default=0.0), max((r.x1 for r in rows), default=0.0))


def _split_notes(region: _Region, regions: Sequence[_Region], page: Page, usual: float, pending: bool) -> tuple[list[Row], list[str], bool]:
    """Return the rows of the running text, the footnotes at the foot of the column, and whether the last one runs on."""
    rows = region.rows
    below = [r for other in regions if other is not region for r in other.rows if r.y < rows[-1].y and r.size >= _SMALL * usual]
    if any(r.x1 > region.left and r.x0 < region.right for r in below):
        return rows, [], pending
    ruled = _note_rule(region, page)
    first = len(rows)
    while first and (rows[first - 1].size < _SMALL * usual or (ruled is not None and rows[first - 1].y < ruled)):
        first -= 1
    start = next((i for i in range(first, len(rows)) if _NOTE.match(rows[i].text)), None)
    if pending and first < len(rows):
        start = first  # it goes on from the page before
    if start is None or (start == 0 and not pending and ruled is None and region.rows[0].y > page.height * 0.5):
        return rows, [], pending
    notes: list[str] = []
    for row in rows[start:]:
        match = _NOTE.match(row.text)
        if match and (row.size < _SMALL * usual or ruled is not None):
            notes.append(f"{match.group(1)} {row.text[match.end() :]}")
        elif notes:
            notes[-1] += "\n" + row.text
        else:
            notes.append(row.text)
    return rows[:start], notes, not notes[-1].rstrip().endswith((".", "!", "?", ")", "”", "’"))


def _note_rule(region: _Region, page: Page) -> float | None:
    """Return the place of a short line of its own in the lower half of a column, with a footnote right below it."""
    wide = region.right - region.left
    lines = [r.y for r in page.rules if abs(r.x0 - region.left) < 6 and r.x1 - r.x0 < 0.7 * wide and r.y < page.height / 2]
    if len(lines) != 1:  # more of them are the grid of a table
        return None
    below = next((row for row in region.rows if row.y < lines[0]), None)
    return lines[0] if below and lines[0] - below.y < 2.5 * below.size and _NOTE.match(below.text) and not below.bold else None


def _note_line(text: str, page: Page, region: _Region) -> Line:
    return Line(text, page.number, region.left, region.right, 0.0, False, region.left, region.right, 0.0, "footnote")


def _region_lines(region: _Region, rows: list[Row], page: Page) -> list[Line]:
    tables = {start: (end, text) for start, end, text in find_tables(rows, page.rules)}
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        above = rows[at - 1].y - row.y if at else 0.0
        end, text = tables.get(at, (at + 1, ""))
        lines.append(
            Line(
                text or row.text,
                page.number,
                row.x0,
                row.x1,
                row.size,
                row.bold,
                region.left,
                region.right,
                above,
                "table" if text else "text",
            )
        )
        at = end
    return lines
