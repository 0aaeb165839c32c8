"""Read a Word document: the one module that knows python-docx. Runs inside `isolate`'s limited process."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from docx import Document as open_docx
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest import clean
from ingest.errors import ReadError
from ingest.readers import Reading
from ingest.records import Block
from ingest.text import heading_of

MOST_UNPACKED = 200 * 1024 * 1024
TINY = 2  # points
WHITE = 0xF0  # every part of a colour at least this: white to the eye


def read_docx(path: Path) -> Reading:
    """Return the blocks of a DOCX: headings by style, lists, tables by row. Raises ReadError on zip bombs."""
    if not zipfile.is_zipfile(path):
        raise ReadError("it is not a Word document (.docx)", "Save it again as .docx or PDF.")
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED or len(archive.infolist()) > 5000:
            raise ReadError("it unpacks to more than is safe")
    document = open_docx(str(path))
    blocks: list[Block] = []
    warnings: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            rows = ["\t".join(" ".join(_visible(p, warnings) for p in cell.paragraphs).strip() for cell in row.cells) for row in part.rows]
            blocks.append(Block("table", "\n".join(row for row in rows if row.strip())))
        elif isinstance(part, Paragraph):
            text = _visible(part, warnings)
            if text:
                blocks.append(_block(text, (part.style.name if part.style is not None else "") or ""))
    properties = document.core_properties
    metadata = {"title": properties.title or "", "author": properties.author or ""}
    return Reading(blocks, {k: v for k, v in metadata.items() if v}, tuple(dict.fromkeys(warnings)))


def _visible(paragraph: Paragraph, warnings: list[str]) -> str:
    """Return what a reader of the page sees of a paragraph, links included; what was hidden is added to `warnings`."""
    runs = [run for part in paragraph.iter_inner_content() for run in (part.runs if isinstance(part, Hyperlink) else [part])]
    if any(_unseen(run) and run.text.strip() for run in runs):
        warnings.append("hidden text left out")
    text, found = clean.printable("".join(run.text for run in runs if not _unseen(run)))
    warnings.extend(found)
    return " ".join(text.split())


def _unseen(run: Run) -> bool:
    """True for text that nobody sees on the page: hidden, tiny, or white with no shade behind it (a table may bring its own)."""
    size = run.font.size
    if run.font.hidden or (size is not None and size.pt <= TINY):
        return True
    colour = run.font.color.rgb if run.font.color is not None else None
    if colour is None or min(colour) < WHITE:
        return False
    return not run._element.xpath("w:rPr/w:shd | w:rPr/w:highlight | ancestor::w:p/w:pPr/w:shd | ancestor::w:tbl")


def _block(text: str, style: str) -> Block:
    level = re.match(r"(?:Heading|Kop) (\d)", style)
    if level or style in {"Title", "Titel"}:
        numbered = heading_of(text)
        if numbered and numbered.number:
            return numbered
        return Block("heading", text, int(level.group(1)) if level else 1)
    return Block("item" if style.startswith(("List", "Lijst")) else "paragraph", text)
