"""Text from pictures of pages, when the machine has tesseract (Debian: tesseract-ocr, tesseract-ocr-nld) and the extra `ocr`."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ingest.glyphs import Word

HELP = (
    "Run OCR over it first (for example with ocrmypdf), or install tesseract with Dutch (Debian: tesseract-ocr tesseract-ocr-nld) "
    "and `pip install innovatiewijzer[ocr]`, and add it again."
)
SECONDS = 60  # for one page
_SURE = 30  # tesseract's own confidence, 0-100; below it the "words" are specks and lines


@cache
def available() -> bool:
    """True when tesseract is on the path and the library that takes pictures out of a PDF is installed."""
    return shutil.which("tesseract") is not None and find_spec("PIL") is not None


@cache
def _languages() -> str:
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=SECONDS, check=False)
    known = [name for name in ("nld", "eng") if name in (listed.stdout + listed.stderr).split()]
    return "+".join(known) or "eng"


def words(picture: bytes, width: float, height: float) -> list[Word]:
    """Return the words in a picture, placed as if it filled a page of `width` by `height` points; none when it fails."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page"
        file.write_bytes(picture)
        command = ["tesseract", str(file), "stdout", "-l", _languages(), "tsv"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return []
    rows = list(csv.DictReader(io.StringIO(done.stdout), delimiter="\t", quoting=csv.QUOTE_NONE))
    try:
        page = next(row for row in rows if row["level"] == "1")
        across, down = width / float(page["width"]), height / float(page["height"])
        lines = {_line(row): row for row in rows if row["level"] == "4"}
        return [_word(row, lines[_line(row)], across, down, height) for row in rows if _is_word(row)]
    except (StopIteration, KeyError, TypeError, ValueError, ZeroDivisionError):
        return []


def _line(row: dict[str, str]) -> tuple[str, ...]:
    return row["block_num"], row["par_num"], row["line_num"]


def _is_word(row: dict[str, str]) -> bool:
    return row["level"] == "5" and float(row["conf"]) >= _SURE and bool((row["text"] or "").strip())


def _word(row: dict[str, str], line: dict[str, str], across: float, down: float, height: float) -> Word:
    """Place a word on its line: letters differ in height, lines do not."""
    x0, base = float(row["left"]) * across, height - (float(line["top"]) + float(line["height"])) * down
    return Word(row["text"].strip(), x0, x0 + float(row["width"]) * across, base, round(float(line["height"]) * down), spaced=True)
