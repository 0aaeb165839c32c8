"""Read a PDF: the one module that knows pypdf. Runs inside `isolate`'s limited process.

pypdf gives the operators and fonts of each page, `glyphs` turns them into placed words, `layout` into lines in reading
order, and `paragraphs` into blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ContentStream, DictionaryObject
from pypdf.generic._font import Font  # widths and encodings have no public door; pyproject pins the major version

from ingest import clean, glyphs, ocr
from ingest.drawing import Matrix, multiply
from ingest.errors import ReadError
from ingest.layout import Page, lines_of
from ingest.paragraphs import Bookmark, blocks_of
from ingest.readers import Reading
from ingest.titlepage import title_page

MOST_PAGES = 3000
_FEW_LETTERS = 20  # a page with fewer letters counts as empty


def read_pdf(path: Path) -> Reading:
    """Return the blocks of a PDF with their page. Raises ReadError when it is locked, or a scan that OCR cannot read here."""
    try:
        return _read(PdfReader(path))
    except DependencyError as error:
        raise ReadError("the PDF is encrypted in a way that cannot be read here", "Save a copy without protection and add that.") from error


def _read(reader: PdfReader) -> Reading:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("the PDF is locked with a password", "Save a copy without the password and add that.")
    if len(reader.pages) > MOST_PAGES:
        raise ReadError(f"the PDF has more than {MOST_PAGES} pages", "Split it into parts.")
    fonts: dict[int, Any] = {}
    pages, warnings, broken = [], [], []
    for number, page in enumerate(reader.pages, 1):
        try:
            pages.append(_page(page, number, fonts))
        except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
            pages.append(Page(number, 595, 842))
            broken.append(number)
    if broken:
        warnings.append(f"damaged, and left out: page {_numbers(broken)}")
    blank = [page.number for page in pages if sum(len(word.text) for word in page.words) < _FEW_LETTERS]
    if blank and (scanned := [n for n in blank if _images(reader.pages[n - 1])]) and ocr.available():
        for number in scanned:
            pages[number - 1] = replace(pages[number - 1], words=_recognised(reader.pages[number - 1], pages[number - 1]))
        blank = [n for n in blank if not pages[n - 1].words]
        warnings.append(f"read from a picture by OCR, which makes mistakes: page {_numbers(scanned)}")
    letters = sum(len(word.text) for page in pages for word in page.words)
    if letters < _FEW_LETTERS * len(pages):
        raise ReadError("the PDF holds pictures of text, not text", ocr.HELP)
    if blank := [n for n in blank if n not in broken]:
        warnings.append(f"no text on page {_numbers(blank)}")
    hidden = Counter(word.hidden for page in pages for word in page.words if word.hidden)
    for why, count in sorted(hidden.items()):
        on = sorted({page.number for page in pages for word in page.words if word.hidden == why})
        warnings.append(f"hidden text left out: {count} words {why} on page {_numbers(on)}")
    labels = _labels(reader, len(pages))
    lines, printed = lines_of([replace(p, words=[w for w in p.words if not w.hidden]) for p in pages])
    blocks, found = blocks_of(lines, _bookmarks(reader))
    return Reading(blocks, _metadata(reader, title_page(lines)), tuple(dict.fromkeys(warnings + found)), labels or printed)


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:10])) + (" and others" if len(pages) > 10 else "")


def _page(page: PageObject, number: int, known: dict[int, Any]) -> Page:
    """Return the words and lines of a page, upright, with the origin at the bottom left."""
    box = page.cropbox
    left, bottom, width, height = float(box.left), float(box.bottom), float(box.width), float(box.height)
    turned = int(page.rotation or 0) % 360
    matrix: Matrix = (1, 0, 0, 1, -left, -bottom)
    if turned == 90:
        matrix = multiply(matrix, (0, -1, 1, 0, 0, width))
    elif turned == 180:
        matrix = multiply(matrix, (-1, 0, 0, -1, width, height))
    elif turned == 270:
        matrix = multiply(matrix, (0, 1, -1, 0, height, 0))
    size = (height, width) if turned in (90, 270) else (width, height)
    contents = page.get_contents()
    if contents is None:
        return Page(number, *size)
    resources = _dictionary(page.get("/Resources"))
    drawing = glyphs.draw(
        ContentStream(contents, page.pdf, "bytes").operations, _fonts(resources, known), _forms(resources, page.pdf, known), matrix, size
    )
    return Page(number, *size, drawing.words, drawing.rules)


def _dictionary(value: Any) -> Mapping[str, Any]:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else {}


def _fonts(resources: Mapping[str, Any], known: dict[int, Any]) -> dict[str, Any]:
    """Return the fonts of a page by name; each is made once a document."""
    fonts = {}
    for name, value in _dictionary(resources.get("/Font")).items():
        key = getattr(value, "idnum", 0) or id(value)
        if key not in known:
            try:
                known[key] = Font.from_font_resource(value.get_object())
            except (AttributeError, KeyError, TypeError, ValueError, PyPdfError):
                known[key] = None
        fonts[name] = known[key]
    return fonts


def _forms(resources: Mapping[str, Any], pdf: Any, known: dict[int, Any]) -> Callable[[str], Any]:
    def form(name: str) -> Any:
        found = _dictionary(resources.get("/XObject")).get(name)
        found = found.get_object() if found is not None else None
        if found is None or found.get("/Subtype") == "/Image":
            return "image" if found is not None else None
        own = _dictionary(found.get("/Resources")) or resources
        try:
            matrix = tuple(float(v) for v in found.get("/Matrix", (1, 0, 0, 1, 0, 0)))
            return ContentStream(found, pdf, "bytes").operations, _fonts(own, known), _forms(own, pdf, known), matrix
        except PyPdfError:
            return None

    return form


def _images(page: PageObject) -> bool:
    resources = _dictionary(page.get("/Resources"))
    return any(_dictionary(value).get("/Subtype") == "/Image" for value in _dictionary(resources.get("/XObject")).values())


def _recognised(page: PageObject, size: Page) -> list[glyphs.Word]:
    """Return the words in the largest picture on a page, placed as if it filled the page."""
    try:
        pictures = [image.data for image in page.images]
    except (ImportError, PyPdfError, ValueError, KeyError, OSError):
        return []
    return ocr.words(max(pictures, key=len), size.width, size.height) if pictures else []


def _labels(reader: PdfReader, count: int) -> dict[int, str]:
    """Return the printed number of each page (1 = first), from the file's own page labels; empty when it has none."""
    if "/PageLabels" not in reader.root_object:
        return {}
    try:
        labels = reader.page_labels
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError):
        return {}
    return {n: str(label)[:20] for n, label in enumerate(labels[:count], 1) if str(label).strip()}


def _bookmarks(reader: PdfReader) -> list[Bookmark]:
    """Return the bookmarks in order; level 1 is the outermost. A broken outline gives none."""
    found: list[Bookmark] = []

    def walk(entries: Any, level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
            elif title := clean.squeeze(clean.printable(str(entry.title or ""))[0]):
                page = reader.get_destination_page_number(entry)
                found.append(Bookmark(title, level, page + 1 if page is not None else 0))

    try:
        walk(reader.outline, 1)
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return []
    return found


def _metadata(reader: PdfReader, first: dict[str, str]) -> dict[str, str]:
    """Return title, author and year: what the file says of itself, else what its first page shows."""
    info: Mapping[str, object] = reader.metadata or {}
    title, author = (clean.squeeze(clean.printable(str(info.get(key) or ""))[0]) for key in ("/Title", "/Author"))
    if re.search(r"(?i)\.(?:docx?|pdf|indd|tmp)$|^(?:microsoft word|untitled|naamloos|document\d*|powerpoint)", title):
        title = ""  # the name of a file, put there by the program that made the PDF
    data = first | {k: v for k, v in {"title": title, "author": author}.items() if v}
    if "year" not in data and (made := re.match(r"D:((?:19|20)\d\d)", str(info.get("/CreationDate") or ""))):
        data["year"] = made.group(1)
    return data
