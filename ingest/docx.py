"""Read a Word document: the one module that knows python-docx. Runs inside `isolate`'s limited process."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document as open_docx
from docx.document import Document
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest import clean
from ingest.errors import ReadError
from ingest.numbering import Counter, counter_of, section_number, whole
from ingest.readers import Reading
from ingest.records import Block
from ingest.text import CAPTION, finish, heading_of

MOST_UNPACKED = 200 * 1024 * 1024
MOST_NESTED = 8  # tables within tables
TINY = 2  # points
WHITE = 0xF0  # every part of a colour at least this: white to the eye
_PAPER = {MSO_THEME_COLOR.BACKGROUND_1, MSO_THEME_COLOR.LIGHT_1}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands beside it
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HOLDERS = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:smartTag")}
_RUN, _NO_TEXT = qn("w:r"), {qn(name) for name in ("w:del", "w:moveFrom", "w:pPr")}
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_PLAIN_TABLES = {"TableGrid", "TableNormal", "Tabelraster", "Standaardtabel"}  # these shade no cell


def read_docx(path: Path) -> Reading:
    """Return the blocks of a DOCX: headings by style, lists, tables by row, notes apart. Raises ReadError on zip bombs."""
    if not zipfile.is_zipfile(path):
        raise ReadError("it is not a Word document (.docx)", "Save it again as .docx or PDF.")
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED or len(archive.infolist()) > 5000:
            raise ReadError("it unpacks to more than is safe")
    document = open_docx(str(path))
    reader = _Reader(document)
    reader.read(document.element.body)
    properties = document.core_properties
    metadata = {"title": properties.title or "", "author": properties.author or ""}
    return Reading(finish(reader.blocks, False), {k: v for k, v in metadata.items() if v}, tuple(dict.fromkeys(reader.warnings)))


class _Look(NamedTuple):
    """How letters look; None: as elsewhere."""

    size: float | None = None
    hidden: bool | None = None
    white: bool | None = None

    def over(self, other: _Look) -> _Look:
        """Return this look, and the other where it says nothing."""
        return _Look._make(theirs if own is None else own for own, theirs in zip(self, other, strict=True))


class _Kind(NamedTuple):
    """A paragraph style: its name, its level as a heading, and the (list, depth or None) that it is an item of."""

    name: str = ""
    level: int | None = None
    item: tuple[str, int | None] | None = None


class _Reader:
    def __init__(self, document: Document) -> None:
        self.blocks: list[Block] = []
        self.warnings: list[str] = []
        self._document = document
        self._counter = _counter(document)
        self._notes = {kind: _notes(document, kind) for kind in _NOTES}
        self._noted = 0
        self._looks: dict[tuple[str | None, WD_STYLE_TYPE], _Look] = {}
        self._kinds: dict[str | None, _Kind] = {}

    def read(self, container: Any) -> None:
        """Read the paragraphs and tables in an element, also those in content controls."""
        for element in _inner(container, "w:p", "w:tbl"):
            if element.tag == qn("w:tbl"):
                if rows := self._rows(element, 0):
                    self.blocks.append(Block("table", "\n".join(rows)))
            else:
                self._paragraph(element)

    def _paragraph(self, element: Any) -> None:
        paragraph = Paragraph(element, self._document)
        text, notes = self._visible(paragraph)
        kind = self._kind_of(element.style)
        if own := element.xpath("w:pPr/w:outlineLvl"):
            level = whole(own[0].get(qn("w:val"), ""), 9) + 1
            kind = kind._replace(level=kind.level or (level if level < 10 else None))
        label = self._label(_item(element) or kind.item, kind.level)
        if text:
            self.blocks.append(_block(text, label, kind))
        self.blocks += [Block("footnote", note) for note in notes]
        self._boxes(element)

    def _label(self, item: tuple[str, int | None] | None, level: int | None) -> str:
        """Return the number that Word shows before an item, or an empty text; "•" stands for a bullet."""
        if item is None or item[0] == "0":
            return ""
        depth = (level or 1) - 1 if item[1] is None else item[1]  # a heading style stands for one level of its list
        return self._counter.next(item[0], depth) or "•"

    def _kind_of(self, name: str | None) -> _Kind:
        if name not in self._kinds:
            styles = list(_styles(self._document.part.get_style(name, WD_STYLE_TYPE.PARAGRAPH)))
            level = next((level for style in styles if (level := _level(style))), None)
            item = next((item for style in styles if (item := _item(style.element))), None)
            self._kinds[name] = _Kind(styles[0].name or "", level, item)
        return self._kinds[name]

    def _rows(self, table: Any, depth: int) -> list[str]:
        """Return the rows of a table, cells by tab; a merged cell is said in every row and column that it covers."""
        rows: list[str] = []
        above: list[str] = []
        for row in _inner(table, "w:tr"):
            cells = [""] * row.grid_before
            for cell in _inner(row, "w:tc"):
                merged = cell.vMerge == "continue" and len(cells) < len(above)
                cells += [above[len(cells)] if merged else self._cell(cell, depth)] * cell.grid_span
            above = cells
            if any(cells):
                rows.append("\t".join(cells))
        return rows

    def _cell(self, cell: Any, depth: int) -> str:
        parts: list[str] = []
        for element in _inner(cell, "w:p", "w:tbl"):
            if element.tag == qn("w:p"):
                text, notes = self._visible(Paragraph(element, self._document))
                parts.append(text)
                self.blocks += [Block("footnote", note) for note in notes]
                self._boxes(element)
            elif depth < MOST_NESTED:
                parts += [row.replace("\t", " ").strip() for row in self._rows(element, depth + 1)]
        return " ".join(part for part in parts if part)

    def _boxes(self, paragraph: Any) -> None:
        """Read the text boxes that hang on a paragraph."""
        for box in paragraph.iter(qn("w:txbxContent")):
            if next(box.iterancestors(qn("w:p")), None) is paragraph and next(box.iterancestors(_FALLBACK), None) is None:
                self.read(box)

    def _visible(self, paragraph: Paragraph) -> tuple[str, list[str]]:
        """Return what a reader of the page sees of a paragraph, and the notes it refers to; what was hidden is reported."""
        parts: list[str] = []
        notes: list[str] = []
        usual = self._look_of(paragraph._p.style, WD_STYLE_TYPE.PARAGRAPH)
        for element in _runs(paragraph._p):
            run = Run(element, paragraph)
            if self._unseen(run, usual):
                self.warnings += ["hidden text left out"] if run.text.strip() else []
                continue
            parts.append(run.text)
            for kind in _NOTES:
                for mark in element.findall(qn(f"w:{kind}Reference")):
                    if note := self._note(kind, mark.get(qn("w:id"))):
                        notes.append(note)
                        parts.append(str(self._noted).translate(_SUPERSCRIPT))
        return self._safe("".join(parts)), notes

    def _unseen(self, run: Run, usual: _Look) -> bool:
        """True for text that nobody sees on the page: hidden, tiny, or white with no shade behind it."""
        styled = self._look_of(run._r.style, WD_STYLE_TYPE.CHARACTER) if run._r.style else _Look()
        look = _look(run.font).over(styled).over(usual)
        return bool(look.hidden or (look.size is not None and look.size <= TINY) or (look.white and not _shaded(run)))

    def _look_of(self, name: str | None, kind: WD_STYLE_TYPE) -> _Look:
        """Return the look that a style gives, with those it is based on."""
        if (name, kind) not in self._looks:
            look = _Look()
            for style in _styles(self._document.part.get_style(name, kind)):
                look = look.over(_look(style.font))
            self._looks[name, kind] = look
        return self._looks[name, kind]

    def _note(self, kind: str, name: str) -> str:
        paragraphs = self._notes[kind].pop(name, ())
        text = " ".join(part for p in paragraphs if (part := self._visible(Paragraph(p, self._document))[0]))
        if not text:
            return ""
        self._noted += 1
        return f"{self._noted} {text}"

    def _safe(self, text: str) -> str:
        text, found = clean.printable(text)
        self.warnings.extend(found)
        return " ".join(text.split())


def _inner(container: Any, *wanted: str) -> Iterator[Any]:
    """Yield the elements wanted that stand in another, in order; content controls and marks of changes hold further ones."""
    return _walk(container, {qn(name) for name in wanted}, _HOLDERS.__contains__)


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph: in links, fields and insertions too, not what was struck out or stands in a text box."""
    return _walk(paragraph, {_RUN}, lambda tag: tag not in _NO_TEXT)


def _walk(container: Any, wanted: set[str], entered: Callable[[str], bool]) -> Iterator[Any]:
    waiting = [iter(container)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in wanted:
            yield element
        elif entered(element.tag):
            waiting.append(iter(element))


def _styles(start: Any) -> Iterator[Any]:
    """Yield a style and those it is based on."""
    style, seen = start, 0
    while style is not None and seen < 20:
        yield style
        style, seen = style.base_style, seen + 1


def _look(font: Any) -> _Look:
    colour = font.color
    if colour is None or colour.type is None:
        white = None
    else:
        white = colour.theme_color in _PAPER if colour.rgb is None else min(colour.rgb) >= WHITE
    return _Look(font.size.pt if font.size is not None else None, font.hidden, white)


def _shaded(run: Run) -> bool:
    """True when something darker than paper lies behind a run: its own shade, that of its paragraph or cell, or a table's style."""
    element = run._element
    fills = element.xpath("(w:rPr/w:shd | ancestor::w:p[1]/w:pPr/w:shd | ancestor::w:tc/w:tcPr/w:shd)/@w:fill | w:rPr/w:highlight/@w:val")
    if any(fill.lower() not in {"auto", "none", "white"} and not re.fullmatch(r"(?i)(?:f[0-9a-f]){3}", fill) for fill in fills):
        return True
    styles = element.xpath("ancestor::w:tbl/w:tblPr/w:tblStyle/@w:val")
    return any(style not in _PLAIN_TABLES for style in styles)


def _item(element: Any) -> tuple[str, int | None] | None:
    """Return (list, depth from 0 where it says so) that a paragraph or style is an item of; list "0" is none."""
    for numbering in element.xpath("w:pPr/w:numPr[w:numId]"):
        depth = numbering.find(qn("w:ilvl"))
        return numbering.find(qn("w:numId")).get(qn("w:val")), None if depth is None else whole(depth.get(qn("w:val"), ""))
    return None


def _level(style: Any) -> int | None:
    """Return the level of a heading style (1 = outermost), None for others."""
    if named := re.match(r"(?i)(?:heading|kop) (\d)|(title|titel)$", style.name or ""):
        return int(named.group(1) or 1)
    found = [whole(level.get(qn("w:val"), ""), 9) + 1 for level in style.element.xpath("w:pPr/w:outlineLvl")]
    return found[0] if found and found[0] < 10 else None


def _block(text: str, label: str, kind: _Kind) -> Block:
    if re.match(r"(?i)toc \d|inhopg \d", kind.name):
        return Block("contents", text)
    if kind.level is not None:
        number = section_number(label)
        if number is None and (numbered := heading_of(text)) and numbered.number:
            return numbered
        title = text if number or label in {"", "•"} else f"{label} {text}"
        return Block("heading", title, number.count(".") + 1 if number else kind.level, number)
    if kind.name.lower() in {"caption", "bijschrift"} or (CAPTION.match(text) and len(text) < 200):
        return Block("caption", text)
    if label not in {"", "•"}:
        return Block("item", f"{label} {text}")
    return Block("item" if label or kind.name.startswith(("List", "Lijst")) else "paragraph", text)


def _notes(document: Document, kind: str) -> dict[str, list[Any]]:
    """Return the paragraphs of the footnotes or endnotes of a document by id."""
    for relation in document.part.rels.values():
        if relation.reltype == _NOTES[kind] and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id")): list(note.iter(qn("w:p")))
                for note in root.iter(qn(f"w:{kind}"))
                if note.get(qn("w:type"), "normal") == "normal"
            }
    return {}


def _counter(document: Document) -> Counter:
    defined = any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values())
    return counter_of(document.part.numbering_part.element) if defined else Counter({}, {}, {})
