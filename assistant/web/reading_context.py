"""What the templates to read with get: documents, their text in blocks, passages, pages of a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Language
from assistant.web.pages_context import CitationView, Frame, Part


@dataclass(frozen=True)
class SourceView:
    """A document with its facts."""

    id: str
    title: str
    author: str
    year: str
    kind: str
    method: str
    present: bool
    passages: int
    notes: int
    words: str
    warnings: tuple[tuple[str, Language], ...]
    apa: str
    language: str
    sections: int
    origin: str


@dataclass(frozen=True)
class SourcesPage(Frame):
    """The list of documents."""

    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table, as its parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class TextBlock:
    """A paragraph (`parts`) or a table (`rows`). `anchors` are ids to jump to: of passages that begin here, of what a search found."""

    parts: tuple[Part, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    anchors: tuple[str, ...] = ()
    cited: bool = False
    marks: int = 0


@dataclass(frozen=True)
class SectionView:
    """A section with its blocks. `level` is the heading's level on the page, from 2."""

    anchor: str
    title: str
    level: int
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True)
class Branch:
    """A part of the table of contents, with what is under it."""

    anchor: str
    title: str
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a search found something: its id on the page, its section, the words around it, how often in this block."""

    anchor: str
    section: str
    parts: tuple[Part, ...]
    marks: int


@dataclass(frozen=True)
class ReaderPage(Frame):
    """A document to read. `cited` is the address, on the page, of the passage that was asked for.

    `found` is what a search for `query` gave, `exact` whether the words stand there as they were typed; at most `most` are
    shown. `pdf` is the address of the document's own pages, "" when there are none.
    """

    source: SourceView
    contents: tuple[Branch, ...]
    sections: tuple[SectionView, ...]
    cited: str
    query: str
    exact: bool
    found: tuple[Place, ...]
    most: int
    pdf: str

    @property
    def hits(self) -> int:
        """How often the query was found."""
        return sum(place.marks for place in self.found)


@dataclass(frozen=True)
class PdfPage(Frame):
    """A page of a PDF. `viewer` is false when pdf.js was not installed: then there is only the link to the file.

    `page` counts the sheets of the file from 1; `labels` is what is printed on them where that is something else.
    """

    source: SourceView
    file: str
    page: int
    labels: dict[int, str]
    quoted: str
    text: str
    viewer: bool

    @property
    def heading(self) -> str:
        """What to call the page: its sheet, with what is printed on it where that is known to be something else."""
        label = self.labels.get(self.page, "")
        said = self.t("pdf_label").replace("{label}", label) if label else ""
        return self.t("pdf_sheet" if self.labels else "pdf_page").replace("{n}", str(self.page)).replace("{label}", said)


@dataclass(frozen=True)
class PassagePage(Frame):
    """One passage between its neighbours."""

    source: SourceView
    citation: CitationView
    blocks: tuple[TextBlock, ...]
    before: tuple[TextBlock, ...]
    after: tuple[TextBlock, ...]
    previous: str
    next: str
    claims: tuple[str, ...]
    address: str
