"""From lines with their place on paper to blocks: headings, paragraphs, items, captions, tables, footnotes, with their pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest import clean
from ingest.layout import Line
from ingest.records import Block, BlockKind
from ingest.text import CAPTION, CONTENTS, END, ITEM, finish, heading_of, lone_heading
from ingest.titlepage import usual_line

_LARGER = 1.08  # letters of a heading are larger than this times the usual size, or bold
_MOST_HEADING = 16  # words
_ROW_END = "\u2029"


@dataclass(frozen=True)
class Bookmark:
    """An entry of the file's own outline: `level` 1 is the outermost, `page` 1 the first, 0 when it leads nowhere."""

    title: str
    level: int
    page: int


@dataclass
class _Paragraph:
    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    number: str | None = None


def blocks_of(lines: Sequence[Line], bookmarks: Sequence[Bookmark] = ()) -> tuple[list[Block], list[str]]:
    """Return the blocks of a document and the warnings of cleaning. Words broken at line ends are mended."""
    groups = _Grouping(lines, bookmarks).groups()
    raw, warnings = clean.printable("\n\n".join(_raw(group) or "-" for group in groups))
    texts = clean.mend_words(raw).split("\n\n")
    if len(texts) != len(groups):  # cannot happen while no line is empty; without it the pages would be wrong
        texts = [_raw(group) for group in groups]
    blocks: list[Block] = []
    for group, text in zip(groups, texts, strict=True):
        if group.kind == "table":
            text = re.sub(rf" *{clean.CELL_END} *", " ", text).replace(_ROW_END, "\n")
        else:
            text = clean.squeeze(text if group.kind == "contents" else text.replace("\n", " "))
        if not text.strip():
            continue
        block = Block(group.kind, text, group.level, None, group.lines[0].page, _turns(group.lines, text))
        blocks.append(_heading(block) if group.kind == "heading" else block)
    return finish(_tables_joined(blocks)), warnings


def _raw(group: _Paragraph) -> str:
    """Return the lines of a group; the rows of a table apart from each other, so that no word is mended across them."""
    text = "\n".join(line.text for line in group.lines)
    return text.replace("\n", _ROW_END) if group.kind == "table" else text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


class _Grouping:
    """One pass over the lines that decides which belong together, and what they are."""

    def __init__(self, lines: Sequence[Line], bookmarks: Sequence[Bookmark]) -> None:
        self._lines = lines
        self._usual = usual_line(lines)
        text = [line for line in lines if line.kind == "text"]
        self._bold = sum(len(line.text) for line in text if line.bold) > 0.5 * sum(len(line.text) for line in text)
        self._right: dict[int, float] = {}  # the right edge of a column over all pages; on some all lines are short
        for line in text:
            self._right[round(line.left / 4)] = max(self._right.get(round(line.left / 4), 0.0), line.right)
        close = [line.above for line in text if 0 < line.above < 3 * line.size and abs(line.size - self._usual) < 0.5]
        self._leading = median(close) if close else 1.2 * self._usual
        self._bookmarks: dict[str, list[Bookmark]] = {}
        for bookmark in bookmarks:
            self._bookmarks.setdefault(_letters(bookmark.title), []).append(bookmark)
        numbered = [line for line in text if (h := heading_of(line.text)) and h.number]
        self._styled_numbers = sum(self._styled(line) for line in numbered) >= 3
        styles = {self._style(line) for line in text if self._styled(line) and len(line.text.split()) <= _MOST_HEADING}
        self._ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), 1)}
        self._number_levels = self._levels_of_numbers(numbered)
        indents = sum(self._indented(line) for line in text)
        self._indents = indents > 0.5 * sum(line.above > 1.3 * self._leading for line in text)

    def groups(self) -> list[_Paragraph]:
        """Return the lines in groups, one for each block."""
        groups: list[_Paragraph] = []
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if line.kind != "text":
                groups.append(_Paragraph([line], line.kind))
                at += 1
            elif (end := self._contents_end(at)) > at:
                groups.append(_Paragraph(list(self._lines[at:end]), "contents"))
                at = end
            elif heading := self._heading_at(at):
                groups.append(heading)
                at += len(heading.lines)
            else:
                last = self._last_text(groups)
                if last is not None and self._goes_on(last, line):
                    last.lines.append(line)
                else:
                    kind: BlockKind = "caption" if CAPTION.match(line.text) else "item" if ITEM.match(line.text) else "paragraph"
                    groups.append(_Paragraph([line], kind))
                at += 1
        for group in groups:
            if group.kind == "caption" and sum(len(line.text) for line in group.lines) >= 200:
                group.kind = "paragraph"
        return groups

    def _last_text(self, groups: list[_Paragraph]) -> _Paragraph | None:
        """Return the paragraph that a line may go on from; footnotes at the foot of a page do not end it."""
        for group in reversed(groups):
            if group.kind != "footnote":
                return group if group.kind in {"paragraph", "item", "caption"} else None
        return None

    def _goes_on(self, group: _Paragraph, line: Line) -> bool:
        before = group.lines[-1]
        ended = before.text.rstrip().endswith(END)
        item = ITEM.match(line.text)
        if (CAPTION.match(line.text) and ended) or abs(line.size - before.size) > 0.08 * before.size:
            return False
        if not line.above or line.page != before.page or line.left != before.left:  # the top of a page or column
            bullet = item and not item.group().strip(" .)").isdigit()
            cut_short = before.x1 < before.left + 0.6 * self._width(before) and line.text[:1].isupper()
            if group.kind == "caption" or bullet or cut_short or (item and ended):
                return False
            return not ended or (self._indents and not self._indented(line) and not line.text[:1].islower())
        if line.above > 1.3 * max(self._leading * line.size / self._usual, line.size):
            return False
        short = before.x1 < before.left + 0.8 * self._width(before)
        if item and (ended or short or group.kind == "item" or not item.group().strip(" .)").isdigit()):
            return False
        if group.kind == "item":
            hanging = len(group.lines) > 1 and line.x0 < group.lines[-1].x0 - 0.8 * line.size
            back = line.x0 < group.lines[0].x0 - 2
            return not (back or hanging or (ended and short))
        if group.kind == "caption" and ended:
            return False
        return not (ended and short) and not (self._indented(line) and before.x0 < line.x0 - 0.8 * line.size)

    def _width(self, line: Line) -> float:
        return max(line.right, self._right.get(round(line.left / 4), 0.0)) - line.left

    def _indented(self, line: Line) -> bool:
        return 0.8 * line.size < line.x0 - line.left < 5 * line.size

    def _styled(self, line: Line) -> bool:
        return line.size > _LARGER * self._usual or (line.bold and not self._bold and line.size > 0.92 * self._usual)

    def _style(self, line: Line) -> tuple[float, bool]:
        return round(line.size), line.bold

    def _levels_of_numbers(self, numbered: Sequence[Line]) -> dict[tuple[float, bool], int]:
        """Return the level of each style that numbered headings have."""
        levels: dict[tuple[float, bool], Counter[int]] = {}
        for line in numbered:
            heading = heading_of(line.text)
            if heading and self._styled(line):
                levels.setdefault(self._style(line), Counter())[heading.level] += 1
        return {style: counts.most_common(1)[0][0] for style, counts in levels.items()}

    def _contents_end(self, start: int) -> int:
        """Return where a run of lines that end in a page number ends; `start` when there is none."""
        end = last = start
        hits = 0
        while end < len(self._lines) and end - last <= 2 and self._lines[end].kind == "text":
            if CONTENTS.match(self._lines[end].text.strip()):
                hits, last = hits + 1, end + 1
            end += 1
        return last if hits >= 3 and hits >= 0.5 * (last - start) and CONTENTS.match(self._lines[start].text.strip()) else start

    def _heading_at(self, at: int) -> _Paragraph | None:
        line = self._lines[at]
        for count in (3, 2, 1):  # the longest match first: a bookmark may stand on several lines
            part = self._lines[at : at + count]
            text = " ".join(part_line.text for part_line in part)
            if len(part) == count and all(p.kind == "text" for p in part) and (mark := self._bookmark(text, line.page)):
                found = heading_of(text)
                return _Paragraph(list(part), "heading", mark.level, found.number if found else None)
        words = len(line.text.split())
        if words > _MOST_HEADING or CAPTION.match(line.text):
            return None
        before = self._lines[at - 1] if at else None
        fresh = before is None or before.kind != "text" or before.text.rstrip().endswith(END) or self._apart(line) or self._styled(before)
        found = heading_of(line.text)
        styled = self._styled(line)
        if found and found.number and fresh and (styled or not self._styled_numbers):
            return _Paragraph(self._whole(at, styled), "heading", found.level, found.number)
        if found and not found.number and fresh and (styled or self._alone(at)):
            return _Paragraph(self._whole(at, styled), "heading", found.level)
        if styled and fresh and not line.text.rstrip().endswith((".", ";", ",", "?”")) and not ITEM.match(line.text):
            whole = self._whole(at, styled)
            if sum(len(w.text.split()) for w in whole) <= _MOST_HEADING:
                ranks = self._number_levels or self._ranks
                return _Paragraph(whole, "heading", ranks.get(self._style(line), 9))
        if not styled and self._alone(at) and lone_heading(line.text):
            return _Paragraph([line], "heading", 9)
        return None

    def _bookmark(self, text: str, page: int) -> Bookmark | None:
        if (item := ITEM.match(text)) and not item.group()[0].isalnum():
            return None  # an item that announces the heading
        near = [b for b in self._bookmarks.get(_letters(text), ()) if abs(b.page - page) <= 1]
        if not near and (found := heading_of(text)) and found.number:
            near = [b for b in self._bookmarks.get(_letters(found.text), ()) if abs(b.page - page) <= 1]
        return near[0] if near else None

    def _apart(self, line: Line) -> bool:
        return not line.above or line.above > 1.3 * self._leading

    def _alone(self, at: int) -> bool:
        """True for a line with white space above and below."""
        after = self._lines[at + 1] if at + 1 < len(self._lines) else None
        return self._apart(self._lines[at]) and after is not None and after.kind == "text" and bool(after.above) and self._apart(after)

    def _whole(self, at: int, styled: bool) -> list[Line]:
        """Return the line with those below it that go on in the same style."""
        lines = [self._lines[at]]
        for line in self._lines[at + 1 : at + 4]:
            same = line.kind == "text" and self._style(line) == self._style(lines[0]) and 0 < line.above < 1.5 * line.size
            if not (styled and same) or heading_of(line.text) or lines[-1].x1 < lines[-1].left + 0.4 * (lines[-1].right - lines[-1].left):
                break
            lines.append(line)
        return lines


def _heading(block: Block) -> Block:
    """Return the heading with its number taken off; a bookmark's level holds when there is no number."""
    found = heading_of(block.text)
    if found and found.number:
        return replace(block, text=found.text, level=found.level, number=found.number, turns=())
    return replace(block, text=block.text.strip(" *"))


def _turns(lines: Sequence[Line], text: str) -> tuple[tuple[int, int], ...]:
    """Return (offset in `text`, page) where the lines pass to another page. Cleaning changes no letters, so those are counted."""
    turns: list[tuple[int, int]] = []
    passed, page, at, counted = 0, lines[0].page, 0, 0
    for line in lines:
        if line.page != page:
            page = line.page
            while at < len(text) and counted < passed:
                counted += text[at].isalnum()
                at += 1
            while at < len(text) and not text[at].isalnum():
                at += 1
            turns.append((at, page))
        passed += sum(char.isalnum() for char in line.text)
    return tuple(turns)


def _tables_joined(blocks: Sequence[Block]) -> list[Block]:
    """Put a table together again that a page end cut; its header, when repeated, is taken once."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and before.kind == block.kind == "table" and before.page != block.page:
            widths = [max(row.count("\t") for row in b.text.split("\n")) for b in (before, block)]
            if widths[0] == widths[1]:
                rows = block.text.split("\n")
                rows = rows[1:] if rows[0] == before.text.split("\n", 1)[0] else rows
                turn = (len(before.text) + 1, block.page or 0)
                joined[-1] = replace(before, text="\n".join([before.text, *rows]), turns=(*before.turns, turn))
                continue
        joined.append(block)
    return joined
