"""A small typesetter: blocks to a PDF as a word processor makes it, and where on paper every letter came to stand.

Running heads, page numbers, footnotes below a line, one or two columns, words broken at line ends, tables in a grid,
page labels (Roman for the front matter, then from 1) and bookmarks: what real theses have and readers of PDFs stumble on.
The same blocks give the same bytes. The one module that knows reportlab, which only comes with the tools for development.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.records import Block

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 68.0
GUTTER = 20.0
BODY, NOTE = 10.5, 8.0
_SYLLABLE = re.compile(r"(?<=[aeiou])(?=[bcdfghklmnprstvwz][aeiou])")
_WINANSI = str.maketrans({"\u2009": " ", "\u2011": "-", "→": "-", "≥": ">", "≤": "<"})


@dataclass(frozen=True)
class Style:
    """How to set a document."""

    columns: int = 1
    head: str = "Rapport over vernieuwing"
    numbers: bool = True
    front: int = 0  # so many pages have Roman labels
    bookmarks: bool = False
    indent: bool = False  # paragraphs begin with an indent instead of white space above
    hyphens: bool = True
    grid: bool = True


def label(sheet: int, style: Style) -> str:
    """Return the number printed on a sheet (1 = first): Roman for the first `style.front` ones."""
    return ("", "i", "ii", "iii", "iv", "v", "vi")[sheet] if sheet <= style.front else str(sheet - style.front)


@dataclass
class Typeset:
    """The PDF, and per block the (offset, sheet) where it begins and passes to another sheet."""

    data: bytes
    places: list[list[tuple[int, int]]]
    sheets: int
    broken: int = 0  # words broken at a line end
    notes: int = 0


@dataclass
class _Setter:
    style: Style
    out: io.BytesIO = field(default_factory=io.BytesIO)
    sheet: int = 1
    column: int = 0
    broken: int = 0
    notes_set: int = 0

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.out, pagesize=(WIDTH, HEIGHT), invariant=1)
        if self.style.front:
            self.canvas.addPageLabel(0, style="ROMAN_LOWER")
            self.canvas.addPageLabel(self.style.front, style="ARABIC", start=1)
        self.y = HEIGHT - MARGIN
        self.floor = MARGIN  # raised by footnotes
        self.notes: list[list[str]] = []
        self.empty = True

    @property
    def width(self) -> float:
        """Width of a column, in points."""
        return (WIDTH - 2 * MARGIN - GUTTER * (self.style.columns - 1)) / self.style.columns

    @property
    def left(self) -> float:
        """Left edge of the column."""
        return MARGIN + self.column * (self.width + GUTTER)

    def room(self, height: float) -> None:
        """Go to the next column or page when there is no room for `height`."""
        if self.y - height < self.floor and not self.empty:
            self._close_column()
            if self.column + 1 < self.style.columns:
                self.column += 1
            else:
                self.new_page()
            self.y, self.floor, self.empty = HEIGHT - MARGIN, MARGIN, True

    def _close_column(self) -> None:
        if self.notes:
            y = self.floor - 4
            self.canvas.setLineWidth(0.4)
            self.canvas.line(self.left, y, self.left + 70, y)
            for lines in self.notes:
                for line in lines:
                    y -= NOTE * 1.2
                    self.write(line, self.left, y, "Helvetica", NOTE)
        self.notes = []

    def new_page(self) -> None:
        """Set head and number, and go to the next sheet."""
        if self.style.head:
            side = MARGIN if self.sheet % 2 else WIDTH - MARGIN - stringWidth(self.style.head, "Helvetica", 8)
            self.write(self.style.head, side, HEIGHT - MARGIN + 26, "Helvetica", 8)
        if self.style.numbers:
            self.write(label(self.sheet, self.style), WIDTH / 2, MARGIN - 34, "Helvetica", 9)
        self.canvas.showPage()
        self.sheet, self.column = self.sheet + 1, 0

    def write(self, text: str, x: float, y: float, font: str, size: float, space: float = 0.0) -> None:
        """Put a line on the sheet."""
        line = self.canvas.beginText(x, y)
        line.setFont(font, size)
        line.setWordSpace(space)
        line.textOut(text.translate(_WINANSI))
        self.canvas.drawText(line)

    def lines(self, text: str, font: str, size: float, width: float, first: float = 0.0) -> list[tuple[str, int]]:
        """Break a text into lines: (line, offset of its first letter). Long words are broken at a syllable."""
        made: list[tuple[str, int]] = []
        line, start, room = "", 0, width - first
        for match in re.finditer(r"\S+", text):
            word, at = match.group(), match.start()
            while True:
                trial = f"{line} {word}" if line else word
                if stringWidth(trial, font, size) <= room or (not line and len(word) < 6):
                    line, start = trial, start if line else at
                    break
                cut = self._cut(word, room - stringWidth(line + " ", font, size), font, size)
                if cut:
                    made.append((f"{line} {word[:cut]}-".strip(), start if line else at))
                    word, at, self.broken = word[cut:], at + cut, self.broken + 1
                elif line:
                    made.append((line, start))
                else:  # an endless word, such as a link
                    fits = max(n for n in range(1, len(word) + 1) if n == 1 or stringWidth(word[:n], font, size) <= room)
                    fits = next((n for n in range(fits, 3, -1) if word[n - 1] in "/-_=&?" or n == len(word)), fits)
                    hyphen = "-" if word.isalpha() and fits < len(word) else ""
                    fits -= len(hyphen) if fits > 3 else 0
                    made.append((word[:fits] + hyphen, at))
                    word, at = word[fits:], at + fits
                    if not word:
                        break
                line, start, room = "", at, width
        return [*made, (line, start)] if line else made

    def _cut(self, word: str, room: float, font: str, size: float) -> int:
        if not self.style.hyphens or len(word) < 8 or not word.isalpha() or not word.islower():
            return 0
        places = [m.start() for m in _SYLLABLE.finditer(word) if 3 <= m.start() <= len(word) - 3]
        return max((p for p in places if stringWidth(word[:p] + "-", font, size) <= room), default=0)

    def paragraph(
        self, text: str, font: str, size: float, notes: Sequence[str] = (), above: float = 6.0, first: float = 0.0
    ) -> list[tuple[int, int]]:
        """Set a text and return its places; its footnotes stand at the foot of the column where it begins."""
        set_notes = [[line for line, _ in self.lines(note, "Helvetica", NOTE, self.width)] for note in notes]
        need = sum(len(lines) for lines in set_notes) * NOTE * 1.2 + (8 if set_notes and not self.notes else 0)
        lines = self.lines(text, font, size, self.width, first)
        self.room(above + 1.25 * size * min(2, len(lines)) + need)
        self.floor += need
        self.notes += set_notes
        self.notes_set += len(set_notes)
        places: list[tuple[int, int]] = []
        self.y -= 0 if self.empty else above
        for number, (line, offset) in enumerate(lines):
            self.room(1.25 * size)
            self.y -= 1.25 * size
            indent = first if number == 0 else 0.0
            gaps = line.count(" ")
            spare = self.width - indent - stringWidth(line, font, size)
            justify = self.style.columns > 0 and number < len(lines) - 1 and gaps > 3 and spare < 40
            self.write(line, self.left + indent, self.y, font, size, spare / gaps if justify else 0.0)
            self.empty = False
            if not places or places[-1][1] != self.sheet:
                places.append((offset, self.sheet))
        return places

    def table(self, text: str) -> list[tuple[int, int]]:
        """Set the rows of a table, in a grid or only with white space between them."""
        rows = [row.split("\t") for row in text.split("\n")]
        count = max(map(len, rows))
        widths = [self.width / count] * count
        places: list[tuple[int, int]] = []
        offset = 0
        self.y -= 6
        for row in rows:
            cells = [[line for line, _ in self.lines(cell, "Helvetica", 9, widths[i] - 14)] for i, cell in enumerate(row)]
            high = max(1, *(len(cell) for cell in cells)) * 11 + 7
            self.room(high if offset else 3 * high)  # a header does not stay behind alone
            if not places or places[-1][1] != self.sheet:
                places.append((offset, self.sheet))
            for i, cell in enumerate(cells):
                for down, line in enumerate(cell):
                    self.write(line, self.left + sum(widths[:i]) + 4, self.y - 11 * (down + 1), "Helvetica", 9)
            if self.style.grid:
                for i in range(count):
                    self.canvas.rect(self.left + sum(widths[:i]), self.y - high, widths[i], high)
            self.y -= high
            self.empty = False
            offset += len("\t".join(row)) + 1
        return places


def typeset(blocks: Sequence[Block], style: Style = Style()) -> Typeset:
    """Set blocks as a PDF. Footnotes are set on the page of the paragraph that bears their mark."""
    setter = _Setter(style)
    notes = _notes_by_paragraph(blocks)
    places: list[list[tuple[int, int]]] = []
    for position, block in enumerate(blocks):
        if block.kind == "footnote":
            places.append([])
            continue
        own = [blocks[n].text for n in notes.get(position, ())]
        if block.kind == "heading":
            size = {1: 15.0, 2: 13.0, 3: 11.5}.get(block.level, 10.5)
            text = f"{block.number} {block.text}" if block.number else block.text
            setter.room(60)
            found = setter.paragraph(text, "Helvetica-Bold", size, own, 16)
            if style.bookmarks:
                setter.canvas.bookmarkPage(f"h{position}")
                setter.canvas.addOutlineEntry(text, f"h{position}", 0)
            places.append([(max(0, at - len(text) + len(block.text)), sheet) for at, sheet in found])
        elif block.kind == "table":
            places.append(setter.table(block.text))
        elif block.kind == "contents":
            found = [
                setter.paragraph(line.replace("\t", " "), "Helvetica", BODY, above=1)[0] for line in block.text.split("\n") if line.strip()
            ]
            places.append([(0, found[0][1])])
        else:
            indented = style.indent and block.kind == "paragraph" and position and blocks[position - 1].kind == "paragraph"
            places.append(setter.paragraph(block.text, "Helvetica", BODY, own, 0.0 if indented else 7.0, 16.0 if indented else 0.0))
    setter._close_column()
    setter.new_page()
    setter.canvas.save()
    return Typeset(setter.out.getvalue(), places, setter.sheet - 1, setter.broken, setter.notes_set)


def texts(blocks: Sequence[Block], made: Typeset) -> dict[int, str]:
    """Return what stands on each sheet, in reading order; footnotes, which are set apart, are left out."""
    found: dict[int, str] = {}
    for block, places in zip(blocks, made.places, strict=True):
        ends = [*(at for at, _ in places[1:]), len(block.text)]
        for (at, sheet), end in zip(places, ends, strict=False):  # a footnote has no places
            found[sheet] = found.get(sheet, "") + block.text[at:end] + "\n"
    return dict(sorted(found.items()))


def _notes_by_paragraph(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """Return, per paragraph, the footnotes whose mark stands in it; those without a mark go to the paragraph before them."""
    found: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if block.kind != "footnote":
            continue
        number = re.match(r"\d+", block.text)
        back = range(position - 1, max(-1, position - 60), -1)
        bearer = next((b for b in back if number and re.search(rf"[^\d\s,(]{number.group()}(?!\d|\w)", blocks[b].text)
                       and blocks[b].kind in {"paragraph", "item"}), None)  # fmt: skip
        if bearer is None:
            bearer = next((b for b in back if blocks[b].kind in {"paragraph", "item"}), None)
        if bearer is not None:
            found.setdefault(bearer, []).append(position)
    return found
