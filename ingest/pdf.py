"""Read a PDF: the one module that knows pypdf. Runs inside `isolate`'s limited process."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError

from ingest import clean
from ingest.errors import ReadError
from ingest.readers import Reading
from ingest.records import Block
from ingest.text import read_text

MOST_PAGES = 3000


def read_pdf(path: Path) -> Reading:
    """Return the blocks of a PDF with their physical page (1 = first). Raises ReadError when locked or a scan."""
    try:
        return _read(PdfReader(path))
    except DependencyError as error:
        raise ReadError("the PDF is encrypted in a way that cannot be read here", "Save a copy without protection and add that.") from error


def _read(reader: PdfReader) -> Reading:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("the PDF is locked with a password", "Save a copy without the password and add that.")
    if len(reader.pages) > MOST_PAGES:
        raise ReadError(f"the PDF has more than {MOST_PAGES} pages", "Split it into parts.")
    pages = [page.extract_text() or "" for page in reader.pages]
    if sum(len(p.strip()) for p in pages) < 20 * len(pages):
        raise ReadError("the PDF holds pictures of text, not text", "Run OCR over it first (for example with ocrmypdf).")
    empty = [str(n) for n, page in enumerate(pages, 1) if len(page.strip()) < 20]
    warnings = [f"no text on page {', '.join(empty[:10])}"] if empty and len(empty) < len(pages) else []
    text, hidden = clean.printable("\f".join(page.replace("\f", "\n").strip() for page in _without_running_lines(pages)))
    blocks = _with_pages(read_text(text, least_lines=4), text.split("\f"))
    info: Mapping[str, object] = reader.metadata or {}
    metadata = {"title": str(info.get("/Title") or "").strip(), "author": str(info.get("/Author") or "").strip()}
    return Reading(blocks, {k: v for k, v in metadata.items() if v}, tuple(warnings + hidden))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _with_pages(blocks: list[Block], pages: list[str]) -> list[Block]:
    """Give each block the page on which its first letters stand. (Marks in the text would hide headings from `read_text`.)"""
    letters, starts = "", []
    for page in pages:
        starts.append(len(letters))
        letters += _letters(page)
    result, at, number = [], 0, 1
    for block in blocks:
        wanted = _letters(block.text)
        found = letters.find(wanted[:40], at)
        if found >= 0 and block.kind != "footnote":  # footnotes were moved to the end of their section
            at = found + len(wanted)
        elif found < 0:
            found = letters.find(wanted[:40])
        number = bisect_right(starts, found) if found >= 0 else number
        result.append(replace(block, page=number))
    return result


def _without_running_lines(pages: list[str]) -> list[str]:
    """Remove heads, feet and page numbers: first or last lines that recur on many pages, numbers aside."""

    def shape(line: str) -> str:
        return re.sub(r"\d+", "#", line.strip().lower())

    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        edges.update({shape(line) for line in lines[:2] + lines[-2:]})
    common = {s for s, n in edges.items() if n >= max(3, len(pages) * 0.4)} | {"#"}
    result = []
    for page in pages:
        lines = [line for line in page.split("\n")]
        while lines and (not lines[0].strip() or shape(lines[0]) in common):
            lines.pop(0)
        while lines and (not lines[-1].strip() or shape(lines[-1]) in common):
            lines.pop()
        result.append("\n".join(lines))
    return result
