"""One door for every kind of file: `read(path)` gives blocks, metadata and warnings, or a ReadError with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest import clean
from ingest.errors import ReadError
from ingest.records import Block
from ingest.text import read_text

MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Reading:
    """What a reader found in a file. `metadata` may hold title, author and year; `labels` the numbers printed on its sheets."""

    blocks: list[Block]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with a mark, else Windows-1252. Raises ReadError for binary data."""
    if data.startswith(b"%PDF-"):
        raise ReadError("this is a PDF, not a text file", "Give it a name that ends in .pdf.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise ReadError("this is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _text(path: Path) -> Reading:
    text, warnings = clean.printable(decode(path.read_bytes()))
    return Reading(read_text(text), warnings=tuple(warnings))


def _pdf(path: Path) -> Reading:
    from ingest.pdf import read_pdf

    return read_pdf(path)


def _html(path: Path) -> Reading:
    from ingest.html import read_html

    return read_html(decode(path.read_bytes()))


def _docx(path: Path) -> Reading:
    from ingest.docx import read_docx

    return read_docx(path)


def _markdown(path: Path) -> Reading:
    from ingest.html import read_markdown

    return read_markdown(decode(path.read_bytes()))


READERS: dict[str, Callable[[Path], Reading]] = {
    ".txt": _text, ".md": _markdown, ".markdown": _markdown, ".pdf": _pdf, ".docx": _docx, ".html": _html, ".htm": _html,
}  # fmt: skip


def read(path: Path) -> Reading:
    """Read a file by its suffix. Raises ReadError when it is too large, empty or cannot be read."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"files of kind {path.suffix or 'without a suffix'} are not supported", f"Use {', '.join(READERS)}.")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ReadError(f"the file is larger than {MOST_BYTES >> 20} MB", "Split it into parts.")
        if size == 0:
            raise ReadError("the file is empty")
        reading = reader(path)
    except OSError as error:
        raise ReadError(f"the file cannot be opened ({error.strerror})") from error
    if not any(block.text.strip() for block in reading.blocks):
        raise ReadError("no text was found in it", "If it is a scan, run OCR over it first (for example with ocrmypdf).")
    if any(clean.addresses_assistant(block.text) for block in reading.blocks):
        warning = "holds text that looks like an instruction to an assistant; it is treated as text only and not quoted"
        reading = replace(reading, warnings=(*reading.warnings, warning))
    return reading
