"""A memo as a Word document with real footnotes, written as Office Open XML (ECMA-376); see docs/decisions.

Headings, lists, a table head that repeats, the language of every piece of text and a title in the properties are there for
who reads with a screen reader. The same memo gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from assistant.memo import docx_parts as parts
from assistant.memo.records import Block, Bullets, Heading, Line, Memo, Quoted, Run, Table
from assistant.messages import message

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCALE = {"nl": "nl-NL", "en": "en-GB"}


def docx(memo: Memo, created: str) -> bytes:
    """Return the memo as a .docx file. `created` is a moment as 2026-03-31T00:00:00Z, for its properties."""
    writer = _Writer(memo)
    body = "".join([_paragraph("Title", _text(Run(memo.title))), *map(writer.block, memo.blocks)])
    locale = _LOCALE[memo.language]
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE_RELATIONS,
        "docProps/core.xml": parts.core(_clean(memo.title), locale, created),
        "word/document.xml": parts.document(body),
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "word/styles.xml": parts.styles(locale),
        "word/numbering.xml": parts.NUMBERING,
        "word/settings.xml": parts.settings(locale),
        "word/footnotes.xml": parts.footnotes("".join(writer.footnotes())),
        "word/footer1.xml": parts.footer(message("memo_page", memo.language)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Writer:
    """Blocks as XML. A footnote used again becomes a reference to the first one, so that the numbers stay those of the memo."""

    def __init__(self, memo: Memo) -> None:
        self._memo = memo
        self._used: set[int] = set()

    def footnotes(self) -> list[str]:
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        space = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        return [
            f'<w:footnote w:id="{n}">{_paragraph("FootnoteText", mark + space + "".join(map(_text, note.runs)))}</w:footnote>'
            for n, note in enumerate(self._memo.notes, 1)
        ]

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return _paragraph(f"Heading{block.level}", _text(Run(block.text, language=block.language)))
        if isinstance(block, Bullets):
            return "".join(_paragraph("ListBullet", self._line(item)) for item in block.lines)
        if isinstance(block, Quoted):
            return _paragraph("Quote", self._line(block.line))
        if isinstance(block, Table):
            return self._table(block)
        return _paragraph("", self._line(block))

    def _line(self, content: Line) -> str:
        shown = "".join(map(_text, content.runs))
        for at, n in enumerate(content.notes):
            comma = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>,</w:t></w:r>' if at else ""
            shown += comma + self._note(n)
        return shown

    def _note(self, n: int) -> str:
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        if n in self._used:
            return f'<w:fldSimple w:instr=" NOTEREF _Noot{n} \\f \\h "><w:r>{style}<w:t>{n}</w:t></w:r></w:fldSimple>'
        self._used.add(n)
        mark = f'<w:r>{style}<w:footnoteReference w:id="{n}"/></w:r>'
        return f'<w:bookmarkStart w:id="{n}" w:name="_Noot{n}"/>{mark}<w:bookmarkEnd w:id="{n}"/>'

    def _table(self, table: Table) -> str:
        width = 9000 // len(table.head)
        grid = f'<w:gridCol w:w="{width}"/>' * len(table.head)

        def row(cells: list[str], head: bool) -> str:
            inner = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph("", c)}</w:tc>' for c in cells)
            return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{inner}</w:tr>"

        rows = [row([_text(Run(name, True)) for name in table.head], True)]
        rows += [row([self._line(cell) for cell in cells], False) for cells in table.rows]
        look = (
            '<w:tblStyle w:val="MemoTable"/><w:tblW w:w="9000" w:type="dxa"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(_clean(table.caption))}/>"
        )
        caption = _paragraph("Caption", _text(Run(table.caption)))
        return f"{caption}<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('', '')}"


def _paragraph(style: str, content: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def _text(run: Run) -> str:
    """Return a run; line ends and tabs are kept."""
    language = f'<w:lang w:val="{_LOCALE.get(run.language, run.language)}"/>' if run.language else ""
    properties = ("<w:b/>" if run.bold else "") + language
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = re.split(r"(\n|\t)", _clean(run.text))
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    inner = "".join(marks.get(p) or f'<w:t xml:space="preserve">{escape(p)}</w:t>' for p in pieces if p)
    return f"<w:r>{head}{inner}</w:r>" if inner else ""


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
